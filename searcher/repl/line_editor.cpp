#include "searcher/repl/line_editor.hpp"

#include <cerrno>
#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include <langinfo.h>
#include <readline/history.h>
#include <readline/readline.h>
#include <unistd.h>

#include "common/text/fold.hpp"
#include "common/text/utf8.hpp"

namespace limier {
namespace {

namespace fs = std::filesystem;

constexpr int k_history_lines = 1000;
constexpr int k_abort = 'G' & 0x1F;

// readline knows only C callbacks without a context: what they need stands here.
const LineEditor::Completer* g_completer = nullptr;
bool g_dropped = false;
std::atomic<bool> g_interrupted = false;
static_assert(std::atomic<bool>::is_always_lock_free, "it is set by a signal handler");

fs::path history_file() {
    const char* state = std::getenv("XDG_STATE_HOME");
    const char* home = std::getenv("HOME");
    if (state != nullptr && *state == '/') return fs::path(state) / "limier" / "history";
    if (home != nullptr && *home != '\0') return fs::path(home) / ".local" / "state" / "limier" / "history";
    return {};
}

char** complete_line(const char* text, int start, int) {
    const Completion completion =
        (*g_completer)(std::string_view(rl_line_buffer).substr(0, static_cast<std::size_t>(start)), text);
    rl_attempted_completion_over = completion.files ? 0 : 1;  // readline itself completes files
    if (completion.candidates.empty()) return nullptr;
    rl_completion_append_character = completion.finished ? ' ' : '\0';
    // readline frees the list and its strings: entry 0 is what they have in common.
    const std::size_t count = completion.candidates.size();
    auto** matches = static_cast<char**>(std::calloc(count + 2, sizeof(char*)));
    matches[0] = ::strdup(completion.common.c_str());
    for (std::size_t i = 0; i < count; ++i) matches[i + 1] = ::strdup(completion.candidates[i].c_str());
    if (count == 1) {
        std::free(matches[1]);
        matches[1] = nullptr;
    }
    return matches;
}

/// A key. Ctrl-C ends the line, of which `read` then says that it was dropped; a search or question is left before.
int read_key(std::FILE* stream) {
    for (;;) {
        if (g_interrupted.exchange(false)) g_dropped = true;
        if (g_dropped) {
            if (RL_ISSTATE(RL_STATE_ISEARCH | RL_STATE_NSEARCH | RL_STATE_MOREINPUT)) return k_abort;
            return '\n';
        }
        unsigned char key = 0;
        const ssize_t got = ::read(::fileno(stream), &key, 1);
        if (got == 1) return key;
        if (got == 0 || errno != EINTR) return EOF;
        ::rl_check_signals();  // a new size of the window
    }
}

/// Characters are edited as such only in a locale of UTF-8; messages choose their language by themselves.
void use_utf8() {
    if (std::setlocale(LC_CTYPE, "") == nullptr || std::strcmp(::nl_langinfo(CODESET), "UTF-8") != 0)
        std::setlocale(LC_CTYPE, "C.UTF-8");
}

}  // namespace

LineEditor::LineEditor(Completer completer) : completer_(std::move(completer)), file_(history_file()) {
    use_utf8();
    g_completer = &completer_;
    rl_readline_name = "limier";
    rl_outstream = stderr;  // stdout carries results only
    rl_attempted_completion_function = complete_line;
    rl_completer_word_break_characters = const_cast<char*>(" \t\n()");
    rl_sort_completion_matches = 0;
    rl_change_environment = 0;  // COLUMNS would stay what it was when the window changes
    rl_catch_signals = 0;
    rl_getc_function = read_key;
    struct sigaction interrupt = {};
    interrupt.sa_handler = [](int) { g_interrupted = true; };
    ::sigaction(SIGINT, &interrupt, nullptr);
    ::using_history();
    ::stifle_history(k_history_lines);
    if (!file_.empty()) ::read_history(file_.c_str());
}

LineEditor::~LineEditor() {
    g_completer = nullptr;
    if (file_.empty()) return;
    std::error_code ignored;
    fs::create_directories(file_.parent_path(), ignored);
    if (::write_history(file_.c_str()) == 0)
        fs::permissions(file_, fs::perms::owner_read | fs::perms::owner_write, ignored);
}

TypedLine LineEditor::read(const std::string& prompt) {
    g_interrupted = g_dropped = false;
    char* const typed = ::readline(prompt.c_str());
    TypedLine line{g_dropped          ? TypedLine::Kind::dropped
                   : typed == nullptr ? TypedLine::Kind::end
                                      : TypedLine::Kind::line};
    if (line.kind == TypedLine::Kind::line) line.text = clean_utf8(typed).text;
    std::free(typed);
    return line;
}

void LineEditor::remember(const std::string& line) { ::add_history(line.c_str()); }

std::vector<std::string> LineEditor::history(std::string_view word) const {
    std::vector<std::string> lines;
    const std::string folded = fold(word);
    HIST_ENTRY* const* const entries = ::history_list();
    for (std::size_t i = 0; entries != nullptr && entries[i] != nullptr; ++i) {
        if (fold(entries[i]->line).find(folded) != std::string::npos) lines.emplace_back(entries[i]->line);
    }
    return lines;
}

std::atomic<bool>& LineEditor::interrupted() { return g_interrupted; }

}  // namespace limier
