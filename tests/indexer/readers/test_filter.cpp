#include <array>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <thread>

#include <catch2/catch.hpp>
#include <signal.h>

#include "common/child_process.hpp"
#include "common/file_access.hpp"
#include "indexer/readers.hpp"
#include "tests/indexer/readers/invariants.hpp"
#include "tests/scratch.hpp"

using namespace limier;
using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

std::vector<std::string> shell(const std::string& script) { return {"sh", "-c", script}; }

std::string error_of(const std::string& script, const ChildLimits& limits = {}) {
    const Result<std::string> text = run_child(shell(script), limits);
    return text ? "none: " + *text : text.error().message;
}

ChildLimits at_most(std::chrono::milliseconds wall) {
    ChildLimits limits;
    limits.wall = wall;
    return limits;
}

void write(const fs::path& path, std::string_view bytes) { std::ofstream(path, std::ios::binary) << bytes; }

std::string contents(const fs::path& path) {
    std::ifstream in(path);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// Whether the process with this number goes within a second.
bool is_gone(pid_t process) {
    for (int i = 0; i < 100; ++i) {
        // A killed orphan may be a zombie until init looks after it.
        const std::string status = contents("/proc/" + std::to_string(process) + "/stat");
        if (status.empty() || status.find(") Z") != std::string::npos) return true;
        std::this_thread::sleep_for(10ms);
    }
    return false;
}

}  // namespace

TEST_CASE("child process: what it writes is returned, whole") {
    CHECK(*run_child({"printf", "%s|%s", "a b", "$HOME"}) == "a b|$HOME");
    CHECK(*run_child(shell("cat; echo done")) == "done\n");  // stdin is empty
    const std::string long_input(1'000'000, 'x');
    CHECK(*run_child(shell("cat"), {}, long_input) == long_input);
    CHECK(*run_child(shell("exec 0<&-; echo unread"), {}, long_input) == "unread\n");
    CHECK(run_child(shell("head -c 3000000 /dev/zero; echo much >&2"))->size() == 3'000'000);
    CHECK(*run_child(shell("exec 1>&- 2>&-; sleep 0.1")) == "");
    CHECK(*run_child(shell("head -c 1000000 /dev/zero >&2; echo ok")) == "ok\n");
}

TEST_CASE("child process: a failure says how, with the first line of stderr") {
    CHECK(error_of("echo; echo '  bad\tfile '>&2; echo more >&2; exit 3") == "sh: exit status 3: bad\tfile");
    CHECK(error_of("exit 1") == "sh: exit status 1");
    CHECK(error_of("kill -SEGV $$").starts_with("sh: killed by signal 11 (Segmentation fault)"));
    const std::string quoted = error_of("head -c 999999 /dev/zero | tr '\\0' '\\351' >&2; exit 1");
    CHECK(is_utf8(quoted));
    CHECK(quoted.size() < 300);
    const Result<std::string> missing = run_child({"limier-has-no-such-program"});
    REQUIRE_FALSE(missing);
    CHECK(missing.error().code == Code::not_found);
    CHECK(missing.error().message == "limier-has-no-such-program: there is no such program");
    CHECK_FALSE(run_child({"/etc/passwd"}));
    CHECK_FALSE(run_child({"/"}));
}

TEST_CASE("child process: one that hangs is killed with all that it started") {
    const ScratchFolder scratch;
    const std::string file = (scratch.path() / "pid").string();
    const auto begin = std::chrono::steady_clock::now();
    CHECK(error_of("sleep 100 & echo $! >" + file + "; wait", at_most(300ms)) == "sh: still running after 0.3 s");
    CHECK(std::chrono::steady_clock::now() - begin < 10s);
    const pid_t left = std::stoi(contents(file));
    CHECK(is_gone(left));
}

TEST_CASE("child process: one that ends and leaves another behind, which holds its output, is not waited for") {
    const ScratchFolder scratch;
    const std::string file = (scratch.path() / "pid").string();
    CHECK(error_of("sleep 100 & echo $! >" + file + "; echo text") == "none: text\n");
    CHECK(is_gone(std::stoi(contents(file))));
}

TEST_CASE("child process: limits of output, processor time and memory hold") {
    ChildLimits limits;
    CHECK(error_of("yes | head -c 1000000000") == "sh: it writes more than 128 MiB");
    limits.output = 10;
    CHECK(error_of("printf 1234567890", limits) == "none: 1234567890");
    CHECK(error_of("printf 12345678901; sleep 100", limits) == "sh: it writes more than 0 MiB");
    limits = {};
    limits.processor_seconds = 1;
    CHECK(error_of("while :; do :; done", limits) == "sh: it used more processor time than 1 s");
    // dd takes its block at once.
    CHECK(error_of("exec dd if=/dev/zero of=/dev/null bs=3G count=1").find("exit status 1: dd: ") != std::string::npos);
    CHECK(error_of("ulimit -c") == "none: 0\n");
}

TEST_CASE("child process: one that is to read a file sees no other and writes none") {
    const ScratchFolder scratch;
    const std::string file = (scratch.path() / "a").string(), other = (scratch.path() / "b").string();
    write(file, "text");
    write(other, "secret");
    ChildLimits limits;
    limits.only_file = file;
    if (!read_only_access("/bin/sh", file).is_open()) {
        WARN("this kernel has no Landlock");
        return;
    }
    CHECK(error_of("cat " + file, limits) == "none: text");
    CHECK(error_of("cat " + other, limits).find("Permission denied") != std::string::npos);
    CHECK(error_of("ls " + scratch.path().string(), limits).find("Permission denied") != std::string::npos);
    CHECK(error_of("echo x >>" + file, limits).find("Permission denied") != std::string::npos);
    CHECK(error_of("echo x >" + other + "-2", limits).find("Permission denied") != std::string::npos);
    CHECK(error_of("rm " + file, limits).find("Permission denied") != std::string::npos);
    CHECK(error_of("echo x >/dev/null; cat /proc/self/environ", limits).find("Permission denied") != std::string::npos);
    CHECK(contents(file) == "text");
    // Without, all is as ever.
    CHECK(error_of("cat " + other) == "none: secret");
}

TEST_CASE("child process: it is killed when the caller is to stop") {
    std::atomic<bool> stop = false;
    ChildLimits limits;
    limits.stop = &stop;
    std::jthread later([&stop] {
        std::this_thread::sleep_for(100ms);
        stop = true;
    });
    CHECK(error_of("sleep 100", limits) == "sh: interrupted");
}

TEST_CASE("child process: many threads may run some at once") {
    std::atomic<int> good = 0;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([&good, i] {
                for (int j = 0; j < 10; ++j) {
                    const std::string text = std::to_string(i) + "-" + std::to_string(j);
                    const Result<std::string> said = run_child({"echo", text});
                    if (said && *said == text + "\n") ++good;
                }
            });
        }
    }
    CHECK(good == 40);
}

TEST_CASE("filter: a command is split as documented") {
    struct Row {
        std::string option;
        std::vector<std::string> words;  // empty: refused
    };
    const Row rows[] = {
        {"pdf=cat", {".pdf", "cat", "%f"}},
        {".PDF=cat %f", {".pdf", "cat", "%f"}},
        {"x=cat  -n\t'%f'", {".x", "cat", "-n", "%f"}},
        {"x=cat 'a b' \"c 'd\" e\\ f '\\' \"\\\"\" g'h'\"i\" ''",
         {".x", "cat", "a b", "c 'd", "e f", "\\", "\"", "ghi", "", "%f"}},
        {"x=cat --in=%f -", {".x", "cat", "--in=%f", "-"}},
        {"x=cat %%f", {".x", "cat", "%%f", "%f"}},
        {"x=cat a=b", {".x", "cat", "a=b", "%f"}},
        {"x=cat 'open", {}},
        {"x=", {}},
        {"x= ", {}},
        {"x=''", {}},
        {"=cat", {}},
        {".=cat", {}},
        {"cat", {}},
        {"", {}},
        {"a/b=cat", {}},
        {"tar.gz=cat", {}},
        {"x=limier-has-no-such-program", {}},
    };
    for (const Row& row : rows) {
        INFO(row.option);
        const Result<Filter> filter = parse_filter(row.option);
        REQUIRE(static_cast<bool>(filter) == !row.words.empty());
        if (!filter) {
            CHECK(filter.error().code == Code::usage);
            CHECK(filter.error().message.starts_with("--filter " + row.option + ": "));
            continue;
        }
        std::vector<std::string> got{filter->extension};
        got.insert(got.end(), filter->words.begin(), filter->words.end());
        CHECK(got == row.words);
    }
}

TEST_CASE("filter: a file is what its command prints, one that fails costs one document") {
    const ScratchFolder scratch;
    const fs::path root = scratch.path();
    write(root / "a b.doc", "Un titre\n\nDu texte en \xE9t\xE9.\n");
    write(root / "bad.doc", "bad");
    write(root / "empty.doc", "");
    write(root / "n.txt", "n");
    const std::string script =
        "--filter is no word: grep -q bad \"$1\" && { echo 100% wrong >&2; exit 5; }; cat \"$1\"";
    SourceOptions options;
    options.filters.push_back({".doc", {"sh", "-c", script.substr(script.find("grep")), "%%sh", "%f"}});
    options.filters.push_back(*parse_filter("txt=tr n m"));
    options.filters.push_back(*parse_filter("txt=wc -c"));
    Result<DocumentSource> source = DocumentSource::open({root}, std::move(options));
    REQUIRE(source);
    const auto first = source->next();
    REQUIRE(first);
    CHECK(broken_invariant(*first) == "");
    CHECK(first->id == "a b.doc");
    CHECK(first->path == (root / "a b.doc").string());
    CHECK(first->title == "Un titre");
    CHECK(first->text == "Un titre\n\nDu texte en été.\n");
    const auto second = source->next();
    REQUIRE(second);
    CHECK(second->text == "1 " + (root / "n.txt").string() + "\n");
    CHECK_FALSE(source->next());
    REQUIRE(source->refusals().size() == 2);
    CHECK(source->refusals()[0].what == (root / "bad.doc").string());
    CHECK(source->refusals()[0].reason == "sh: exit status 5: 100% wrong");
    CHECK(source->refusals()[1].reason == "sh: it gives no text");
    CHECK(source->bytes_read() == source->bytes_total());
}
