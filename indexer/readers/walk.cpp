#include "indexer/readers/walk.hpp"

#include <algorithm>
#include <cerrno>
#include <system_error>

#include <unistd.h>

#include "common/output/language.hpp"
#include "common/text/utf8.hpp"
#include "indexer/readers/format.hpp"

namespace limier {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t k_chunk = std::size_t{64} << 10;

/// Absolute and without `.` and `..`. Behind a symbolic link only the file system knows where `..` leads.
fs::path absolute_path(const fs::path& given) {
    const fs::path path = fs::absolute(given);
    if (std::find(path.begin(), path.end(), fs::path("..")) == path.end()) return path.lexically_normal();
    std::error_code error;
    fs::path real = fs::canonical(path, error);
    return error ? path : real;
}

/// Bytes of standard input, broken off when `stop` is set.
ReadBytes standard_input(const std::atomic<bool>* stop) {
    return [stop](std::string& out, std::size_t most) -> Result<std::size_t> {
        const std::size_t before = out.size();
        out.resize(before + most);
        ssize_t got = 0;
        do {
            got = ::read(STDIN_FILENO, out.data() + before, most);
        } while (got < 0 && errno == EINTR && (stop == nullptr || !*stop));
        const int error_number = errno;
        out.resize(before + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        if (got < 0) return Error{Code::io, system_reason(error_number)};
        return static_cast<std::size_t>(got);
    };
}

}  // namespace

void FoundFiles::add(FoundFile file) {
    const std::string& path = file.path.native();
    rows_.push_back({file.size, static_cast<std::uint32_t>(file.id.size()), file.named});
    paths_.add(path);
    if (file.bytes || !path.ends_with(file.id) || file.name != file.path.filename().native())
        others_.emplace(rows_.size() - 1, std::move(file));
}

FoundFile FoundFiles::operator[](std::size_t i) const {
    if (const auto other = others_.find(i); other != others_.end()) return other->second;
    const std::string_view path = paths_[i];
    const auto& [size, id_size, named] = rows_[i];
    return {path, std::string(path.substr(path.size() - id_size)), fs::path(path).filename().string(), size, named};
}

Result<void> Walk::add_argument(const fs::path& given) {
    if (given == "-") return add_standard_input();
    struct ::stat status {};
    if (::stat(given.c_str(), &status) != 0) {
        const int error_number = errno;
        return Error{error_number == ENOENT || error_number == ENOTDIR ? Code::not_found : Code::io,
                     path_text(given) + ": " + system_reason(error_number),
                     std::string(tr("name files or folders that exist", "nommer des fichiers ou dossiers existants"))};
    }
    const fs::path path = absolute_path(given);
    add(path, path.filename().string(), status);
    return {};
}

/// A file or folder that the user named. `id`: of a file.
void Walk::add(const fs::path& path, const std::string& id, const struct ::stat& status) {
    if (S_ISDIR(status.st_mode)) return add_folder(path, std::string(), status);
    if (may_be_read(path, options)) return add_file(path, id, status, true);
    const std::string extension = extension_of(path);
    refuse(path,
           std::string(extension.empty() ? tr("it has no extension; known: ", "il n’a pas d’extension ; connues : ")
                                         : tr("unknown extension; known: ", "extension inconnue ; connues : ")) +
               known_extensions(options) +
               std::string(tr("; or --format auto, or --filter ", " ; ou --format auto, ou --filter ")) +
               filter_for(extension));
}

Result<void> Walk::add_standard_input() {
    const ReadBytes read = standard_input(options.stop);
    std::string input;
    std::size_t first = std::string::npos;
    for (bool more = true; more && first == std::string::npos; first = input.find_first_not_of(" \t\r\n")) {
        const Result<std::size_t> got = read(input, k_chunk);
        if (!got) return Error{got.error().code, "-: " + got.error().message};
        more = *got > 0;
    }
    const bool is_said = !options.format.empty() && options.format != k_by_content;
    if (is_said || (first != std::string::npos && input[first] == '{')) {
        files.add({"-", "-", is_said ? "-" : "-.jsonl", 0, true, bytes_then(std::move(input), read)});
        return {};
    }
    for (;;) {
        const Result<std::size_t> got = read(input, k_chunk);
        if (!got) return Error{got.error().code, "-: " + got.error().message};
        if (*got == 0) break;
    }
    const char end_of_path = options.zero_ended ? '\0' : '\n';
    for (std::size_t begin = 0; begin < input.size();) {
        const std::size_t end = std::min(input.find(end_of_path, begin), input.size());
        std::string listed = input.substr(begin, end - begin);
        if (!options.zero_ended && listed.ends_with('\r')) listed.pop_back();
        if (!listed.empty()) add_listed(listed);
        begin = end + 1;
    }
    return {};
}

void Walk::add_listed(const std::string& listed) {
    struct ::stat status {};
    if (listed.find('\0') != std::string::npos || ::stat(listed.c_str(), &status) != 0) {
        const std::string reason =
            listed.find('\0') != std::string::npos
                ? std::string(tr("a zero byte in a path: see --null", "un octet nul dans un chemin : voir --null"))
                : system_reason(errno);
        return refuse(clean_utf8(listed).text, reason);
    }
    const std::string plain = fs::path(listed).lexically_normal().string();
    add(absolute_path(listed), plain.substr(std::min(plain.find_first_not_of('/'), plain.size())), status);
}

void Walk::refuse(const fs::path& path, std::string reason) {
    refusals.push_back({path_text(path), std::move(reason)});
}

void Walk::add_file(const fs::path& path, const std::string& id, const struct ::stat& status, bool named) {
    if (!S_ISREG(status.st_mode))
        return refuse(path, std::string(tr("not a regular file", "pas un fichier ordinaire")));
    if (!seen_.insert({status.st_dev, status.st_ino}).second) return;
    const auto size = static_cast<std::uint64_t>(status.st_size);
    bytes += size;
    files.add({path, clean_utf8(id).text, path.filename().string(), size, named});
}

// A folder met twice holds only files met twice, and folders that link to one another have endless paths: each is
// walked once.
void Walk::add_folder(const fs::path& path, const std::string& relative, const struct ::stat& status) {
    if (!seen_.insert({status.st_dev, status.st_ino}).second) return;
    const std::vector<std::string> names = names_in(path);
    levels_.push_back({relative, read_rules(path)});
    for (const std::string& name : names) {
        const fs::path entry = path / name;
        struct ::stat status_of_entry {};
        if (!look_at(entry, status_of_entry)) continue;
        const bool is_folder = S_ISDIR(status_of_entry.st_mode);
        const std::string place = relative + name;
        if (is_ignored(place, is_folder)) continue;
        if (is_folder) {
            add_folder(entry, place + "/", status_of_entry);
            continue;
        }
        if (may_be_read(entry, options)) {
            add_file(entry, place, status_of_entry, false);
        } else {
            ++skipped[extension_of(entry)];
        }
    }
    levels_.pop_back();
}

std::vector<std::string> Walk::names_in(const fs::path& folder) {
    std::vector<std::string> names;
    std::error_code error;
    fs::directory_iterator at(folder, error);
    for (; !error && at != fs::directory_iterator(); at.increment(error)) {
        std::string name = at->path().filename().string();
        if (!name.starts_with('.')) names.push_back(std::move(name));
    }
    if (error) refuse(folder, system_reason(error.value()));
    std::sort(names.begin(), names.end());
    return names;
}

/// False where that is refused.
bool Walk::look_at(const fs::path& path, struct ::stat& status) {
    if (::stat(path.c_str(), &status) == 0) return true;
    const int error_number = errno;
    std::error_code ignored;
    const bool dangling = error_number == ENOENT && fs::is_symlink(path, ignored);
    refuse(path, dangling ? std::string(tr("a symbolic link to nothing", "un lien symbolique vers rien"))
                          : system_reason(error_number));
    return false;
}

IgnoreRules Walk::read_rules(const fs::path& folder) {
    const fs::path path = folder / ".limierignore";
    struct ::stat status {};
    if (::stat(path.c_str(), &status) != 0) return {};
    std::string text;
    Result<ByteStream> stream = ByteStream::open(path);
    if (!stream) return refuse(path, stream.error().message), IgnoreRules();
    for (;;) {
        const Result<std::size_t> got = stream->read(text, std::size_t{64} << 10);
        if (!got) return refuse(path, got.error().message), IgnoreRules();
        if (*got == 0 || text.size() > k_most_document_bytes) return IgnoreRules(text);
    }
}

/// The innermost folder that says something about the path decides.
bool Walk::is_ignored(const std::string& relative, bool is_folder) const {
    for (auto level = levels_.rbegin(); level != levels_.rend(); ++level) {
        const auto verdict = level->rules.verdict(relative.substr(level->relative.size()), is_folder);
        if (verdict != IgnoreRules::Verdict::nothing_said) return verdict == IgnoreRules::Verdict::ignored;
    }
    return false;
}

}  // namespace limier
