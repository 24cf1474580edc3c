#include "searcher/query/word.hpp"

#include <algorithm>
#include <charconv>
#include <string>

#include "common/output/language.hpp"
#include "common/text/utf8.hpp"

namespace limier {
namespace {

constexpr double k_most_boost = 1000;

// Elasticsearch's AUTO: one edit up to five letters, two beyond.
constexpr std::size_t k_one_edit_letters = 5;

template <class Holds>
bool any_code_point(std::string_view text, Holds holds) {
    for (std::size_t at = 0; at < text.size();) {
        if (holds(next_code_point(text, at))) return true;
    }
    return false;
}

bool is_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::size_t letters(std::string_view text) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++count) next_code_point(text, at);
    return count;
}

/// Whether operators of words may stand here: not in `http://x.fr/?a=b` or `f(x)*2`.
bool is_operand(std::string_view text) {
    return has_word(text) && !any_code_point(text, [](char32_t c) {
               const bool combining = c >= 0x300 && c < 0x370;
               return !is_word_sign(c) && !is_apostrophe(c) && !combining && c != U'-' && c != U'.' && c != U'*' &&
                      c != U'?';
           });
}

/// The number after `^`, or 0.
double boost_number(std::string_view digits) {
    std::string plain(digits);
    std::replace(plain.begin(), plain.end(), ',', '.');
    if (plain.find_first_not_of("0123456789.") != std::string::npos) return 0;
    double value = 0;
    const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
    const bool whole = error == std::errc() && end == plain.data() + plain.size();
    return whole && value > 0 && value <= k_most_boost ? value : 0;
}

void bad_boost(std::size_t begin, std::size_t end, Problems& problems) {
    problems.fault(begin, end,
                   std::string(tr("^ needs a number above 0, at most 1000, after it",
                                  "^ demande un nombre au-dessus de 0, au plus 1000")),
                   std::string(tr("for example ", "par exemple ")) + "chat^2");
}

/// Bytes of the punctuation that ends the text; 0 where there is none.
std::size_t end_punctuation(std::string_view text) {
    std::size_t at = text.size();
    const char32_t c = previous_code_point(text, at);
    const std::size_t size = text.size() - at;
    if (c == U'.') {
        const std::size_t last = text.find_last_not_of('.');
        if (last == std::string_view::npos) return text.size();
        const std::size_t dots = text.size() - 1 - last;
        return dots > 1 || text.substr(0, last).find('.') == std::string_view::npos ? dots : 0;
    }
    const bool edge = c == U',' || c == U';' || c == U':' || c == U'!' || c == U'?' || c == U']' || c == U'}' ||
                      c == U'-' || c == U'…' || c == U'–' || c == U'—';
    return edge ? size : 0;
}

/// The slice without the punctuation at its end.
Slice without_end_punctuation(std::string_view text, Slice slice) {
    while (!slice.empty()) {
        const std::size_t size = end_punctuation(slice.of(text));
        if (size == 0) break;
        slice.end -= size;
    }
    return slice;
}

/// `mot~`, `mot~1`; nothing where `~` is only a sign in a text.
std::optional<Node> read_fuzzy(std::string_view text, Slice& slice, Problems& problems) {
    const std::string_view word = slice.of(text);
    const std::size_t tilde = word.rfind('~');
    if (tilde == std::string_view::npos) return std::nullopt;
    const std::string_view base = word.substr(0, tilde), edits = word.substr(tilde + 1);
    if (!is_operand(base) || (!edits.empty() && !is_digits(edits))) return std::nullopt;
    if (base.find_first_of("*?") != std::string_view::npos) {
        problems.fault(slice.begin + tilde, slice.end,
                       std::string(tr("a word has either ~ or wildcards", "un mot a soit ~, soit des jokers")));
        slice = without_end_punctuation(text, {slice.begin, slice.begin + tilde});
        return std::nullopt;
    }
    Node node;
    node.kind = NodeKind::fuzzy;
    node.value = base;
    node.distance = edits.empty() ? (letters(base) > k_one_edit_letters ? 2 : 1) : edits == "1" ? 1 : 2;
    if (!edits.empty() && edits != "1" && edits != "2") {
        problems.fault(slice.begin + tilde, slice.end,
                       std::string(tr("~ takes 1 or 2 edits", "~ prend 1 ou 2 corrections")),
                       std::string(tr("for example ", "par exemple ")) + std::string(base) + "~1");
    }
    return node;
}

/// `Quoi?Comment`: a question mark whose blank was lost.
bool asks_then_goes_on(std::string_view word) {
    const std::size_t mark = word.find('?');
    if (mark == std::string_view::npos || mark + 1 == word.size()) return false;
    std::size_t before = mark, after = mark + 1;
    return !is_upper(previous_code_point(word, before)) && is_upper(next_code_point(word, after));
}

/// `mot*`, `*tion`, `ch?val`, `*`; nothing for other words.
std::optional<Node> read_glob(std::string_view word) {
    const std::size_t first = word.find_first_of("*?");
    if (first == std::string_view::npos || asks_then_goes_on(word)) return std::nullopt;
    Node node;
    if (word == "*") {
        node.kind = NodeKind::all;
        return node;
    }
    if (!is_operand(word)) return std::nullopt;
    const bool prefix = word[first] == '*' && first + 1 == word.size();
    const bool letter = any_code_point(word, [](char32_t c) { return is_letter(c); });
    if (!prefix && !letter) return std::nullopt;  // `5*3`
    node.kind = prefix ? NodeKind::prefix : NodeKind::wildcard;
    node.value = prefix ? word.substr(0, first) : word;
    return node;
}

/// Takes `^2` off the end of the slice.
double take_boost(std::string_view text, Slice& slice, Problems& problems) {
    double boost = 1;
    for (std::size_t caret; (caret = slice.of(text).rfind('^')) != std::string_view::npos;) {
        const std::string_view base = slice.of(text).substr(0, caret), digits = slice.of(text).substr(caret + 1);
        const double number = boost_number(digits);
        if (number == 0 && (base.ends_with('^') || !is_operand(base))) break;  // `^^`, `x=y^n`
        if (number == 0)
            bad_boost(slice.begin + caret, slice.end, problems);
        else
            boost = times_boost(boost, number, {slice.begin + caret, slice.end}, problems);
        slice.end = slice.begin + caret;
    }
    return boost;
}

}  // namespace

bool is_blank(char32_t c) { return c <= 0x20 || c == 0x7F || is_space(c); }

bool is_enclitic(std::string_view word) {
    // Subject pronouns in inversion, those of the imperative, and the particles (Grevisse, Le bon usage).
    constexpr std::string_view k_enclitics[] = {"je",  "tu",  "il",  "elle", "on", "nous", "vous", "ils", "elles", "ce",
                                                "moi", "toi", "lui", "leur", "le", "la",   "les",  "ci",  "là",    "t"};
    std::string_view end = word;
    while (!end.empty() && end_punctuation(end) != 0) end.remove_suffix(end_punctuation(end));
    return std::find(std::begin(k_enclitics), std::end(k_enclitics), end) != std::end(k_enclitics);
}

bool is_word_sign(char32_t c) { return is_letter(c) || is_digit(c); }

bool is_plain_value(std::string_view text) {
    return !any_code_point(text, [](char32_t c) { return !is_word_sign(c) && c != U'-' && c != U'.'; });
}

bool has_word(std::string_view text) {
    return any_code_point(text, [](char32_t c) {
        const bool punctuation = c < 0xC0 || (c >= 0x2000 && c < 0x2070);
        return is_word_sign(c) || !punctuation;
    });
}

bool has_lower(std::string_view text) {
    return any_code_point(text, [](char32_t c) { return is_letter(c) && !is_upper(c); });
}

std::size_t leading_punctuation(std::string_view text, std::size_t at) {
    std::size_t next = at;
    const char32_t c = next_code_point(text, next);
    if (c == U'.') {  // `.NET` begins with its dot
        std::size_t after = next;
        return next == text.size() || !is_word_sign(next_code_point(text, after)) ? 1 : 0;
    }
    if (c == U'*') return 0;
    const bool ascii =
        c < 0x80 && std::string_view(",;:!?-+'[]{}<>=|/\\").find(static_cast<char>(c)) != std::string_view::npos;
    const bool wide =
        c == U'…' || c == U'–' || c == U'—' || c == U'¿' || c == U'¡' || c == U'•' || c == U'·' || is_apostrophe(c);
    return ascii || wide ? next - at : 0;
}

double take_end(std::string_view text, Slice& slice, Problems& problems) {
    double boost = 1;
    for (std::size_t end = slice.end + 1; end != slice.end;) {
        end = slice.end;
        slice = without_end_punctuation(text, slice);
        const std::size_t behind = slice.end;
        const double more = take_boost(text, slice, problems);
        boost = times_boost(boost, more, {slice.end, behind}, problems);
    }
    return boost;
}

double read_boost(std::string_view text, std::size_t& at, Problems& problems) {
    const std::size_t begin = at++;
    const std::size_t digits = at;
    while (at < text.size() && ((text[at] >= '0' && text[at] <= '9') || text[at] == '.' || text[at] == ',')) ++at;
    while (at > digits && (text[at - 1] == '.' || text[at - 1] == ',')) --at;
    if (at == digits || (at < text.size() && is_word_sign(static_cast<unsigned char>(text[at])))) {
        for (std::size_t next = at; at < text.size() && is_word_sign(next_code_point(text, next));) at = next;
    }
    const double number = boost_number(text.substr(digits, at - digits));
    if (number == 0) bad_boost(begin, at, problems);
    return number == 0 ? 1 : number;
}

double times_boost(double boost, double more, Slice place, Problems& problems) {
    const double product = boost * more;
    if (product > 0 && product <= k_most_boost) return product;
    bad_boost(place.begin, place.end, problems);
    return boost;
}

std::optional<Node> read_word(std::string_view text, Slice slice, Problems& problems) {
    const Slice whole = slice;
    const double boost = take_end(text, slice, problems);
    std::optional<Node> node = read_fuzzy(text, slice, problems);
    const std::string_view word = slice.of(text);
    if (!node) node = read_glob(word);
    if (!node) {
        node.emplace();
        node->kind = NodeKind::words;
        node->value = word;
        if (!has_word(node->value)) return std::nullopt;
    }
    node->boost = boost;
    node->begin = whole.begin;
    node->end = slice.end;
    return node;
}

}  // namespace limier
