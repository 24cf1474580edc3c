#include "searcher/repl/save.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

#include "common/output/language.hpp"
#include "searcher/output.hpp"

namespace limier {
namespace {

bool is_format(std::string_view name) {
    for (const OutputFormat& format : output_formats())
        if (format.name == name && name != "template") return true;
    return false;
}

std::string file_of_user(std::string_view name) {
    if (name.size() > 1 && (name.front() == '"' || name.front() == '\'') && name.back() == name.front())
        name = name.substr(1, name.size() - 2);
    const char* const home = std::getenv("HOME");
    if (name.starts_with("~/") && home != nullptr) return home + std::string(name.substr(1));
    return std::string(name);
}

Error unwritten(const std::filesystem::path& file) {
    return {Code::io,
            std::string(tr("cannot write ", "impossible d’écrire ")) + file.string() + ": " + std::strerror(errno)};
}

}  // namespace

Result<SaveTarget> read_save_target(std::string_view argument) {
    SaveTarget target;
    const std::size_t blank = argument.rfind(' ');
    if (blank != std::string_view::npos && is_format(argument.substr(blank + 1))) {
        target.format = argument.substr(blank + 1);
        argument = argument.substr(0, argument.find_last_not_of(' ', blank) + 1);
    }
    target.file = file_of_user(argument);
    if (target.file.empty()) {
        return Error{Code::usage, std::string(tr("no file named", "aucun fichier nommé")),
                     std::string(tr(":save hits.csv", ":save resultats.csv"))};
    }
    const std::string extension = target.file.extension().string();
    if (target.format.empty())
        target.format = extension.size() > 1 && is_format(extension.substr(1)) ? extension.substr(1) : "text";
    return target;
}

Result<void> write_file(const std::filesystem::path& file, std::string_view text, bool overwrite) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | (overwrite ? O_TRUNC : O_EXCL), 0666);
    if (descriptor < 0 && errno == EEXIST) {
        return Error{Code::usage, file.string() + std::string(tr(" exists", " existe déjà")),
                     std::string(tr(":save! writes over it", ":save! l’écrase"))};
    }
    if (descriptor < 0) return unwritten(file);
    bool written = true;
    while (written && !text.empty()) {
        const ssize_t count = ::write(descriptor, text.data(), text.size());
        if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
        written = count >= 0 || errno == EINTR;
    }
    const Error why = unwritten(file);
    if (::close(descriptor) != 0 && written) return unwritten(file);
    return written ? Result<void>() : why;
}

}  // namespace limier
