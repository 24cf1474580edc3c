#include "indexer/tagger/train/corpus.hpp"

#include <algorithm>
#include <fstream>
#include <optional>
#include <sstream>
#include <string_view>

#include <xxhash.h>

#include "common/text/utf8.hpp"

namespace limier {
namespace {

std::optional<NameKind> kind_named(std::string_view name) {
    const auto found = std::find(k_kind_names.begin(), k_kind_names.end(), name);
    if (found == k_kind_names.end()) return std::nullopt;
    return static_cast<NameKind>(found - k_kind_names.begin());
}

/// Adds a line's text and names. Brackets that hold no kind are text. False where one does not close.
bool add_line(std::string_view line, AnnotatedDocument& document) {
    for (std::size_t at = 0; at < line.size();) {
        const std::size_t blank = line[at] == '[' ? line.find(' ', at) : std::string_view::npos;
        const auto kind =
            blank == std::string_view::npos ? std::nullopt : kind_named(line.substr(at + 1, blank - at - 1));
        if (!kind) {
            document.text += line[at++];
            continue;
        }
        const std::size_t close = line.find(']', blank);
        if (close == std::string_view::npos) return false;
        const auto begin = static_cast<std::uint32_t>(document.text.size());
        document.text += line.substr(blank + 1, close - blank - 1);
        document.names.push_back({begin, static_cast<std::uint32_t>(document.text.size()), *kind});
        at = close + 1;
    }
    return true;
}

bool one_of(std::string_view text, std::initializer_list<std::string_view> list) {
    return std::find(list.begin(), list.end(), text) != list.end();
}

/// A sentence of tokens as text: blanks where French has them.
class Joiner {
 public:
    void add(std::string_view token, std::string_view tag) {
        const std::string_view first = utf8_prefix(token, 4);
        const bool glued = document_.text.empty() || after_opening_ ||
                           (token.size() == first.size() &&
                            one_of(token, {",", ".", ";", ":", "!", "?", ")", "]", "}", "…", "%", "»"}));
        if (!glued) document_.text += ' ';
        const auto begin = static_cast<std::uint32_t>(document_.text.size());
        document_.text += token;
        const auto end = static_cast<std::uint32_t>(document_.text.size());
        const auto kind = tag.size() > 2 ? kind_named(tag.substr(2)) : std::nullopt;
        if (kind && tag[0] == 'I' && open_ && document_.names.back().kind == *kind)
            document_.names.back().end = end;
        else if (kind)
            document_.names.push_back({begin, end, *kind});
        open_ = kind.has_value();
        after_opening_ = token.ends_with("'") || token.ends_with("’") || one_of(token, {"(", "[", "{", "«"});
    }
    AnnotatedDocument take() {
        AnnotatedDocument done = std::move(document_);
        *this = {};
        return done;
    }
    bool empty() const { return document_.text.empty(); }

 private:
    AnnotatedDocument document_;
    bool open_ = false, after_opening_ = false;
};

std::vector<AnnotatedDocument> read_conll(std::string_view text) {
    std::vector<AnnotatedDocument> documents;
    Joiner joiner;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const std::size_t tab = line.find('\t');
        if (tab != std::string_view::npos)
            joiner.add(line.substr(0, tab), line.substr(line.rfind('\t') + 1));
        else if (!joiner.empty())
            documents.push_back(joiner.take());
    }
    if (!joiner.empty()) documents.push_back(joiner.take());
    return documents;
}

}  // namespace

Result<std::vector<AnnotatedDocument>> read_bracketed(std::string_view text, const std::string& name) {
    constexpr std::string_view k_document = "# doc";
    std::vector<AnnotatedDocument> documents;
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.starts_with(k_document)) {
            line.remove_prefix(std::min(k_document.size() + 1, line.size()));
            documents.push_back({std::string(line), {}, {}});
            continue;
        }
        if (documents.empty()) documents.emplace_back();
        if (!documents.back().text.empty()) documents.back().text += '\n';
        if (!add_line(line, documents.back()))
            return Error{Code::input, name + ":" + std::to_string(number) + ": a bracket does not close", {}};
    }
    return documents;
}

Result<Corpus> read_corpus(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream read;
    read << file.rdbuf();
    if (!file) return Error{Code::io, path.string() + ": cannot be read", {}};
    const std::string bytes = std::move(read).str();
    Corpus corpus{path.filename().string(), XXH3_64bits(bytes.data(), bytes.size()), {}};
    if (path.extension() == ".conll") {
        corpus.documents = read_conll(bytes);
        return corpus;
    }
    auto documents = read_bracketed(bytes, path.string());
    if (!documents) return documents.error();
    corpus.documents = std::move(*documents);
    return corpus;
}

}  // namespace limier
