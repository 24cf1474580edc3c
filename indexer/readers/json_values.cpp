#include "indexer/readers/json_values.hpp"

#include <string_view>
#include <utility>

#include "common/output/language.hpp"
#include "common/text/utf8.hpp"
#include "indexer/readers/format.hpp"

namespace limier {
namespace {

constexpr std::size_t k_read_bytes = std::size_t{256} << 10;

Error cut_off() {
    return {Code::input, std::string(tr("it ends within a value: the file is cut off",
                                        "il finit au milieu d’une valeur : le fichier est coupé"))};
}

/// Where in JSON text: follows brackets and strings to the end of a value.
class Nesting {
 public:
    /// Takes the next byte; true where it is the last of a value that began with a bracket or a quote.
    bool closes(char c) {
        if (in_string_) {
            if (std::exchange(escaped_, false)) return false;
            escaped_ = c == '\\';
            in_string_ = c != '"';
            return !in_string_ && depth_ == 0;
        }
        in_string_ = c == '"';
        if (c == '{' || c == '[') ++depth_;
        return (c == '}' || c == ']') && --depth_ == 0;
    }

 private:
    std::size_t depth_ = 0;
    bool in_string_ = false, escaped_ = false;
};

bool is_between(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == ',' || c == '\x1e'; }

}  // namespace

/// Whether there is a byte at at_.
Result<bool> JsonValues::more() {
    if (at_ < buffer_.size()) return true;
    buffer_.clear();
    at_ = 0;
    const Result<std::size_t> got = bytes_.read(buffer_, k_read_bytes);
    if (!got) return got.error();
    const bool first = bytes_read_ == 0;
    bytes_read_ += *got;
    if (first) at_ = buffer_.size() - without_mark(buffer_).size();
    return at_ < buffer_.size();
}

Result<std::optional<std::string>> JsonValues::value() {
    std::string text;
    Nesting nesting;
    const bool is_bare = std::string_view("{[\"").find(buffer_[at_]) == std::string_view::npos;
    begins_ = line_;
    for (;;) {
        const std::size_t begin = at_;
        bool done = false;
        while (at_ < buffer_.size() && !done) {
            const char c = buffer_[at_];
            const bool first = text.empty() && at_ == begin;
            if (is_bare && !first && (is_between(c) || c == ']')) {
                done = true;
                break;
            }
            line_ += c == '\n';
            done = !is_bare && nesting.closes(c);
            ++at_;
        }
        text.append(buffer_, begin, at_ - begin);
        if (text.size() > k_most_document_bytes) {
            return Error{Code::input, std::string(tr("a value longer than 128 MiB: no article",
                                                     "une valeur de plus de 128 Mio : pas un article"))};
        }
        if (done) return std::optional(std::move(text));
        const Result<bool> more_bytes = more();
        if (!more_bytes) return more_bytes.error();
        if (*more_bytes) continue;
        if (!is_bare) return cut_off();
        return std::optional(std::move(text));
    }
}

Result<std::optional<std::string>> JsonValues::next() {
    for (;;) {
        const Result<bool> more_bytes = more();
        if (!more_bytes) return more_bytes.error();
        if (!*more_bytes) {
            begins_ = line_;
            if (in_list_) return cut_off();
            return std::optional<std::string>();
        }
        const char c = buffer_[at_];
        if (is_between(c)) {
            line_ += c == '\n';
        } else if (c == '[' && !in_list_) {
            in_list_ = true;
        } else if (c == ']' && in_list_) {
            in_list_ = false;
        } else {
            return value();
        }
        ++at_;
    }
}

}  // namespace limier
