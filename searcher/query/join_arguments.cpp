#include <algorithm>

#include "common/text/utf8.hpp"
#include "searcher/query/field_value.hpp"
#include "searcher/query/lex.hpp"
#include "searcher/query/parse.hpp"
#include "searcher/query/quotes.hpp"
#include "searcher/query/word.hpp"

namespace limier {
namespace {

bool has_blank(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        if (is_blank(next_code_point(text, at))) return true;
    }
    return false;
}

bool has_quote(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
        if (is_quote(next_code_point(text, at))) return true;
    }
    return false;
}

/// Where the weight begins that ends a value (`Elon Musk^2`); its size where there is none. Nothing where the value is
/// more than words.
std::optional<std::size_t> words_end(std::string_view value) {
    Problems problems;
    const std::vector<Lexeme> lexemes = lex_query(value, problems);
    if (lexemes.empty() || !problems.faults.empty()) return std::nullopt;
    for (const Lexeme& lexeme : lexemes) {
        if (lexeme.kind != Lexeme::Kind::leaf || lexeme.node.kind != NodeKind::words) return std::nullopt;
        if (lexeme.node.boost != 1 && &lexeme != &lexemes.back()) return std::nullopt;
    }
    return lexemes.back().node.boost != 1 ? value.rfind('^') : value.size();
}

/// A side of a range with the quotes that the shell took, where it has blanks.
std::string side(std::string_view text) {
    return has_blank(text) ? "\"" + std::string(text) + "\"" : std::string(text);
}

std::string with_quotes(const FieldInfo& field, std::string_view value, std::size_t end) {
    if (field.kind != FieldKind::date && field.kind != FieldKind::amount)
        return "\"" + std::string(value.substr(0, end)) + "\"" + std::string(value.substr(end));
    const std::size_t sign = std::min(value.find_first_not_of("<>=≥≤"), value.size());
    const std::string_view rest = value.substr(0, end).substr(sign);
    const std::size_t dots = rest.find("..");
    std::string out(value.substr(0, sign));
    if (dots == std::string_view::npos)
        out += side(rest);
    else
        out += side(rest.substr(0, dots)) + ".." + side(rest.substr(dots + 2));
    return out + std::string(value.substr(end));
}

std::string requoted(const std::string& argument) {
    const std::size_t sign = argument.starts_with('-') || argument.starts_with('+') ? 1 : 0;
    const std::size_t colon = argument.find(':');
    if (colon == std::string::npos || !is_utf8(argument)) return argument;
    const FieldInfo* field = find_field_name(std::string_view(argument).substr(sign, colon - sign));
    const std::string_view value = std::string_view(argument).substr(colon + 1);
    std::size_t first = 0;
    if (field == nullptr || !has_blank(value) || has_quote(value) || is_blank(next_code_point(value, first)))
        return argument;
    const std::optional<std::size_t> end = words_end(value);
    if (!end || !has_blank(value.substr(0, value.find_last_not_of(" \t\n") + 1))) return argument;
    return argument.substr(0, colon + 1) + with_quotes(*field, value, *end);
}

}  // namespace

std::string join_arguments(std::span<const std::string> arguments) {
    std::string query;
    for (const std::string& argument : arguments) query += (query.empty() ? "" : " ") + requoted(argument);
    return query;
}

}  // namespace limier
