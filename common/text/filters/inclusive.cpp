#include <algorithm>

#include "common/text/filters/filters.hpp"
#include "common/text/utf8.hpp"

namespace limier {
namespace {

/// The feminine of a masculine form, by the ending that inclusive writing gives it; empty where they do not agree.
std::string feminine_of(const std::string& masculine, std::string_view ending) {
    struct Rule {
        std::string_view ending, masculine, feminine;
    };
    constexpr Rule k_rules[] = {
        {"ne", "n", "nne"},        {"le", "l", "lle"},          {"te", "t", "tte"},         {"tes", "tous", "toutes"},
        {"te", "tous", "toute"},   {"te", "tou", "toute"},      {"se", "eux", "euse"},      {"se", "eur", "euse"},
        {"se", "s", "sse"},        {"ère", "er", "ère"},        {"ere", "er", "ère"},       {"ière", "ier", "ière"},
        {"rice", "teur", "trice"}, {"ice", "teur", "trice"},    {"trice", "teur", "trice"}, {"euse", "eur", "euse"},
        {"euse", "eux", "euse"},   {"eresse", "eur", "eresse"}, {"ve", "f", "ve"},          {"ive", "if", "ive"},
        {"elle", "eau", "elle"},   {"elle", "el", "elle"},      {"ale", "aux", "ale"},      {"ale", "al", "ale"},
        {"enne", "en", "enne"},    {"ienne", "ien", "ienne"},   {"onne", "on", "onne"},     {"he", "c", "che"},
        {"che", "c", "che"},       {"que", "c", "que"},         {"sse", "e", "esse"},       {"esse", "e", "esse"},
    };
    if (ending == "e" && !masculine.ends_with('e')) return masculine + "e";
    for (const Rule& rule : k_rules) {
        if (rule.ending == ending && masculine.ends_with(rule.masculine))
            return masculine.substr(0, masculine.size() - rule.masculine.size()) + std::string(rule.feminine);
    }
    return {};
}

}  // namespace

/// étudiant·e·s, étudiant.e.s, étudiant(e)s, étudiant-e-s: the masculine, and over it the feminine.
std::size_t inclusive(Chunk& chunk, std::size_t piece) {
    const Piece& base = chunk.pieces()[piece];
    if (!base.letters || base.chars.size() < 2) return piece;
    const Kind mark = chunk.separator(piece);
    if (mark != Kind::middle_dot && mark != Kind::dot && mark != Kind::open && mark != Kind::hyphen) return piece;
    const Piece& ending = chunk.pieces()[piece + 1];
    // A capital after a small letter begins a sentence; RTL-le is no word.
    if (in_capitals(base.chars) != is_upper(ending.chars.front().c)) return piece;
    std::size_t last = piece + 2;
    const bool bracket = ending.last < chunk.chars().size() && kind_of(chunk.chars()[ending.last].c) == Kind::close;
    const bool s_follows = last < chunk.pieces().size() && chunk.pieces()[last].first == ending.last + 1 &&
                           chunk.pieces()[last].text == "s";
    bool plural = s_follows && (mark == Kind::open ? bracket : chunk.separator(piece + 1) == mark);
    if (plural) ++last;
    std::string suffix = ending.text;
    if (!plural && suffix.size() > 1 && suffix.ends_with('s')) {
        plural = true;
        suffix.pop_back();
    }
    // Luxeuil-les-Bains, travail-le: of pronouns after a hyphen only -le-s is sure.
    const bool pronoun = mark == Kind::hyphen && !s_follows && one_of(suffix, {"le", "te", "se", "que"});
    if (pronoun || (mark == Kind::hyphen && chunk.separator(last - 1) == Kind::hyphen)) return piece;
    std::string masculine = base.text, feminine = feminine_of(masculine, suffix);
    if (feminine.empty() && !(mark == Kind::middle_dot && suffix == "s")) return piece;
    if ((plural || feminine.empty()) && !masculine.ends_with('s') && !masculine.ends_with('x')) masculine += 's';
    if (plural && !feminine.ends_with('s')) feminine += 's';
    chunk.push(masculine, piece, last);
    // The bracket is the word's: étudiant(e).
    if (bracket && last == piece + 2) chunk.last().end = chunk.chars()[ending.last].end;
    const std::uint32_t end = chunk.last().end;
    if (feminine.empty()) return last;
    chunk.overlay(feminine, piece, last, chunk.position() - 1, 1);
    chunk.last().end = end;
    return last;
}

}  // namespace limier
