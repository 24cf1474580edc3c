// Files that a command of the user's makes a text of.
#include <algorithm>
#include <utility>

#include "common/child_process.hpp"
#include "common/output/language.hpp"
#include "common/text/utf8.hpp"
#include "indexer/readers/format.hpp"

namespace limier {
namespace {

/// A word of a command with the path put in.
std::string filled_in(std::string_view word, const std::string& path) {
    std::string out;
    for (std::size_t at = 0; at < word.size(); ++at) {
        const char next = word[at] == '%' && at + 1 < word.size() ? word[at + 1] : '\0';
        if (next == 'f') out += path;
        if (next == '%') out += '%';
        if (next == 'f' || next == '%') {
            ++at;
        } else {
            out += word[at];
        }
    }
    return out;
}

/// Whether `%f` stands in the word; the f of `%%f` is a letter.
bool takes_path(std::string_view word) { return filled_in(word, "/") != filled_in(word, ""); }

/// The words of a command. Nothing where a quote stays open.
std::optional<std::vector<std::string>> split_words(std::string_view command) {
    std::vector<std::string> words;
    bool in_word = false;
    char quote = '\0';
    for (std::size_t at = 0; at < command.size(); ++at) {
        const char c = command[at];
        const bool blank = quote == '\0' && (c == ' ' || c == '\t' || c == '\n');
        if (!blank && !std::exchange(in_word, true)) words.emplace_back();
        if (blank) {
            in_word = false;
        } else if (c == quote) {
            quote = '\0';
        } else if (quote == '\0' && (c == '\'' || c == '"')) {
            quote = c;
        } else if (c == '\\' && quote != '\'' && at + 1 < command.size()) {
            words.back() += command[++at];
        } else {
            words.back() += c;
        }
    }
    if (quote != '\0') return std::nullopt;
    return words;
}

Result<Document> read_filtered(const InputFile& file, const Filter& filter) {
    const Result<DiskFile> disk = DiskFile::of(file);
    if (!disk) return disk.error();
    std::vector<std::string> words;
    for (const std::string& word : filter.words) words.push_back(filled_in(word, disk->path().native()));
    return read_printed(file, words);
}

Error bad_filter(std::string_view option, std::string reason) {
    return {Code::usage, "--filter " + clean_utf8(option).text + ": " + std::move(reason),
            std::string(tr("for example: --filter ", "par exemple : --filter ")) + filter_for(".doc")};
}

}  // namespace

Result<Document> read_printed(const InputFile& file, const std::vector<std::string>& words,
                              const std::string& only_file) {
    ChildLimits limits;
    limits.only_file = only_file;
    limits.stop = file.options == nullptr ? nullptr : file.options->stop;
    const Result<std::string> text = run_child(words, limits);
    if (!text) return text.error();
    if (text->find_first_not_of(" \t\r\n\f") == std::string::npos)
        return Error{Code::input, words[0] + std::string(tr(": it gives no text", " : il ne donne aucun texte"))};
    return read_plain_text(file.id, path_text(file.path), *text);
}

Result<Filter> parse_filter(std::string_view option) {
    const std::size_t equals = option.find('=');
    std::string extension = lower_ascii(std::string(option.substr(0, std::min(equals, option.size()))));
    if (!extension.starts_with('.')) extension.insert(0, ".");
    if (equals == std::string_view::npos || extension.size() == 1 || extension.find('/') != std::string::npos ||
        extension.find('.', 1) != std::string::npos)
        return bad_filter(option, std::string(tr("it is not EXT=COMMAND", "ce n’est pas EXT=COMMAND")));
    std::optional<std::vector<std::string>> words = split_words(option.substr(equals + 1));
    if (!words) return bad_filter(option, std::string(tr("a quote is not closed", "un guillemet n’est pas fermé")));
    if (words->empty() || words->front().empty())
        return bad_filter(option, std::string(tr("it names no command", "il ne nomme aucune commande")));
    // Said before the build instead of once a file.
    if (!find_program(words->front())) {
        return bad_filter(
            option, std::string(tr("there is no such program: ", "il n’y a pas de tel programme : ")) + words->front());
    }
    if (std::none_of(words->begin() + 1, words->end(), takes_path)) words->push_back("%f");
    return Filter{std::move(extension), std::move(*words)};
}

std::string filter_for(std::string_view extension) {
    if (extension == ".doc") return "'doc=antiword -m UTF-8 -w 0 %f'";
    if (extension == ".xls") return "'xls=xls2csv -d utf-8 %f'";
    return std::string(tr("EXT=COMMAND", "EXT=COMMANDE"));
}

std::unique_ptr<FileReader> open_filtered(const InputFile& file, const Filter& filter) {
    return open_single(file, [&filter](const InputFile& input) { return read_filtered(input, filter); });
}

}  // namespace limier
