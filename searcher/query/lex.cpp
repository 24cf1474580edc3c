#include "searcher/query/lex.hpp"

#include <algorithm>
#include <string>

#include "common/output/language.hpp"
#include "common/text/utf8.hpp"
#include "searcher/query/capitals.hpp"
#include "searcher/query/field_value.hpp"
#include "searcher/query/quotes.hpp"
#include "searcher/query/word_bounds.hpp"

namespace limier {
namespace {

std::string in_quotes(std::string_view word) { return "« " + std::string(word) + " »"; }

std::string unknown_field_note(std::string_view name, std::string_view value) {
    const bool has = !value.empty() && is_has(name);
    const FieldInfo* const near = nearest_field(has ? value : name);
    std::string note = std::string(tr("no field ", "aucun champ ")) + in_quotes(has ? value : name) +
                       std::string(tr(": read as words", " : lu comme des mots"));
    if (near == nullptr) return note;
    return note + std::string(tr("; did you mean ", " ; vouliez-vous dire ")) +
           (has ? std::string(tr(k_has, k_has_french)) + ":" : "") + std::string(tr(near->name, near->french)) +
           std::string(has ? tr("?", " ?") : tr(":?", ": ?"));
}

class Lexer {
 public:
    Lexer(std::string_view text, Problems& problems) : text_(text), problems_(problems) {}

    std::vector<Lexeme> run() {
        while (at_ < text_.size()) step();
        return std::move(lexemes_);
    }

 private:
    void step();
    void bracket(char c);
    void quote();
    void group_value();
    bool in_ranges() const {
        return !groups_.empty() && groups_.back() != nullptr &&
               (groups_.back()->kind == FieldKind::date || groups_.back()->kind == FieldKind::amount);
    }
    bool sign();
    bool smiley();
    void boost();
    void chunk();
    bool operator_word(Slice slice);
    bool field(Slice slice);
    bool has_field(Slice slice, std::string_view name, std::string_view value);
    bool known_field(const FieldInfo& field, std::size_t value);
    bool unknown_field(std::string_view name, std::size_t value);
    void skip(std::size_t bytes) {
        at_ += bytes;
        fresh_ = false;
        plain_ = true;
    }
    void push(Lexeme::Kind kind, std::size_t begin, Node node = {}) {
        lexemes_.push_back({kind, begin, at_, std::move(node)});
    }
    void push_words(Slice slice) {
        if (std::optional<Node> node = read_word(text_, slice, problems_)) push(Lexeme::Kind::leaf, slice.begin, *node);
    }
    bool after(Lexeme::Kind kind) const {
        return !lexemes_.empty() && lexemes_.back().end == at_ && lexemes_.back().kind == kind;
    }
    bool blank_at(std::size_t at) const { return at == text_.size() || is_blank(next_code_point(text_, at)); }
    bool nothing_from(std::size_t at) const {
        while (at < text_.size()) {
            const char32_t c = next_code_point(text_, at);
            if (c == U')') return true;
            if (!is_blank(c)) return false;
        }
        return true;
    }

    std::string_view text_;
    Problems& problems_;
    std::vector<Lexeme> lexemes_;
    std::size_t at_ = 0;
    std::vector<const FieldInfo*> groups_;  ///< of each open bracket, the field before it or before one around it
    bool fresh_ = true;                     ///< a sign may stand here
    bool plain_ = false;                    ///< an operator may not: something is glued before it
    bool split_ = false;                    ///< in the rest of `unknown:text:text`
};

void Lexer::step() {
    std::size_t next = at_;
    const char32_t c = next_code_point(text_, next);
    if (is_blank(c)) {
        at_ = next;
        fresh_ = true;
        plain_ = split_ = false;
    } else if (is_quote(c) && !in_ranges()) {
        quote();
    } else if (c == U')' || (c == U'(' && (in_ranges() || !opens_word(text_, at_)))) {
        bracket(text_[at_]);
    } else if (c == U'^' && (after(Lexeme::Kind::leaf) || after(Lexeme::Kind::close))) {
        boost();
    } else if (text_.substr(at_).starts_with("**")) {
        skip(std::min(text_.find_first_not_of('*', at_), text_.size()) - at_);
    } else if ((fresh_ && sign()) || smiley()) {
        return;
    } else if (in_ranges()) {
        group_value();
    } else if (const std::size_t size = leading_punctuation(text_, at_); size != 0) {
        skip(size);
    } else {
        chunk();
    }
}

void Lexer::bracket(char c) {
    const std::size_t begin = at_++;
    fresh_ = c == '(';
    plain_ = split_ = false;
    if (c == '(') {
        const bool of_field = !lexemes_.empty() && lexemes_.back().kind == Lexeme::Kind::field;
        groups_.push_back(of_field ? lexemes_.back().node.field : groups_.empty() ? nullptr : groups_.back());
        push(Lexeme::Kind::open, begin);
        return;
    }
    // `1) …` in a list of a text.
    const Node* before = lexemes_.empty() || lexemes_.back().end != begin ? nullptr : &lexemes_.back().node;
    if (groups_.empty() && before != nullptr && before->kind == NodeKind::words &&
        before->value.find_first_not_of("0123456789") == std::string::npos)
        return;
    if (!groups_.empty()) groups_.pop_back();
    push(Lexeme::Kind::close, begin);
}

/// In `date:(2023 OU >=2025)` every operand is a value of the field.
void Lexer::group_value() {
    const Slice slice{at_, word_end(text_, at_)};
    if (!slice.empty() && ((!plain_ && operator_word(slice)) || field(slice))) return;
    const std::size_t begin = at_;
    std::optional<Node> node = read_field_value(text_, *groups_.back(), begin, at_, problems_);
    if (at_ == begin) ++at_;
    if (node) push(Lexeme::Kind::leaf, begin, std::move(*node));
    fresh_ = false;
    plain_ = true;
}

void Lexer::quote() {
    const std::size_t begin = at_;
    const std::optional<Quotation> quotation = quotation_at(text_, at_);
    if (!quotation) {
        std::size_t next = at_;
        next_code_point(text_, next);
        if (opens_quotation(text_, at_) && !blank_at(next)) {
            problems_.note(
                begin, next,
                std::string(tr("a quote that nothing closes is ignored", "un guillemet que rien ne ferme est ignoré")));
        }
        skip(next - at_);
        return;
    }
    at_ = quotation->end;
    fresh_ = plain_ = split_ = false;
    if (!has_word(quotation->content.of(text_))) return;
    Node node;
    node.kind = NodeKind::phrase;
    node.value = quotation->content.of(text_);
    node.begin = begin;
    node.end = at_;
    push(Lexeme::Kind::leaf, begin, std::move(node));
    if (at_ < text_.size() && (text_[at_] == '~' || text_[at_] == '*') && text_.substr(at_, 2) != "**") {
        problems_.note(
            at_, at_ + 1,
            std::string(tr("after a quotation this is ignored: ", "ignoré après des guillemets : ")) + text_[at_]);
        do skip(1);
        while (at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9');
    }
}

bool Lexer::sign() {
    const char c = text_[at_];
    if ((c != '+' && c != '-') || at_ + 1 == text_.size()) return false;
    std::size_t next = at_ + 1;
    const char32_t operand = next_code_point(text_, next);
    const bool starts = is_word_sign(operand) || operand == U'*' || operand == U'(' || operand == U'"' ||
                        operand == U'«' || operand == U'“' || operand == U'„';
    if (!starts || text_.substr(at_ + 1).starts_with("**") || is_signed_measure(text_, at_)) return false;
    const std::string_view word = text_.substr(at_ + 1, word_end(text_, at_ + 1) - at_ - 1);
    if (c == '-' && is_enclitic(word)) {
        problems_.note(
            at_, at_ + 1 + word.size(),
            in_quotes("-" + std::string(word)) + std::string(tr(" is read as the word", " est lu comme le mot")));
        return false;
    }
    skip(1);
    push(c == '+' ? Lexeme::Kind::must : Lexeme::Kind::must_not, at_ - 1);
    return true;
}

bool Lexer::smiley() {
    if (!fresh_ || std::string_view(":;=").find(text_[at_]) == std::string_view::npos) return false;
    std::size_t end = at_ + 1;
    if (end < text_.size() && text_[end] == '-') ++end;
    if (end >= text_.size() || (text_[end] != '(' && text_[end] != ')') || !blank_at(end + 1)) return false;
    skip(end + 1 - at_);
    return true;
}

void Lexer::boost() {
    const std::size_t begin = at_;
    Node node;
    node.boost = read_boost(text_, at_, problems_);
    fresh_ = false;
    plain_ = true;
    push(Lexeme::Kind::boost, begin, std::move(node));
}

void Lexer::chunk() {
    const Slice slice{at_, word_end(text_, at_)};
    if (slice.empty()) return skip(1);
    if ((!plain_ && operator_word(slice)) || field(slice)) return;
    at_ = slice.end;
    push_words(slice);
    fresh_ = false;
    plain_ = true;
}

bool Lexer::operator_word(Slice slice) {
    const OperatorWord word = read_operator(slice.of(text_));
    if (word.row == nullptr) return false;
    at_ = slice.end;
    fresh_ = false;
    if (word.malformed) {
        const std::size_t slash = slice.of(text_).find('/');
        problems_.fault(
            slice.begin + slash + 1, slice.end,
            in_quotes(slice.of(text_)) + std::string(tr(": the distance is a number of words from 1 to 1000",
                                                        " : la distance est un nombre de mots de 1 à 1000")),
            std::string(tr("for example ", "par exemple ")) + std::string(word.row->example));
        return true;
    }
    push(Lexeme::Kind::op, slice.begin);
    lexemes_.back().op = word.row;
    lexemes_.back().distance = word.distance;
    return true;
}

/// Reads a chunk that begins with `name:`, known or not. False where it is text whole: `10:30`, `http://…`.
bool Lexer::field(Slice slice) {
    const std::string_view chunk = slice.of(text_);
    const std::size_t colon = chunk.find(':');
    if (colon == std::string_view::npos || colon == 0) return false;
    const std::string_view name = chunk.substr(0, colon);
    for (std::size_t at = 0; at < name.size();) {
        const char32_t c = next_code_point(name, at);
        if (!is_letter(c) && c != U'-' && c != U'_') return false;
    }
    const std::size_t value = slice.begin + colon + 1;
    if (!split_ && !in_ranges() && has_field(slice, name, chunk.substr(colon + 1))) return true;
    const FieldInfo* known = split_ ? nullptr : find_field_name(name);
    if (known != nullptr) return known_field(*known, value);
    return !in_ranges() && unknown_field(name, value);
}

/// `has:person`, `avec:personne`.
bool Lexer::has_field(Slice slice, std::string_view name, std::string_view value) {
    if (!is_has(name)) return false;
    value = value.substr(0, value.find('^'));
    const FieldInfo* const field = find_field_name(value);
    if (field == nullptr) return false;
    Node node;
    node.kind = NodeKind::has;
    node.field = field;
    node.begin = slice.begin;
    node.end = at_ = slice.begin + name.size() + 1 + value.size();
    push(Lexeme::Kind::leaf, slice.begin, std::move(node));
    fresh_ = false;
    plain_ = true;
    return true;
}

bool Lexer::known_field(const FieldInfo& field, std::size_t value) {
    const std::size_t begin = at_;
    const std::string name(text_.substr(begin, value - begin));
    if (!blank_at(value) && text_[value] != ')') {
        skip(value - begin);
        if (text_[value] == '(') {
            Node head;
            head.field = &field;
            push(Lexeme::Kind::field, begin, std::move(head));
            bracket('(');  // here it opens a group whatever follows: `person:(Elon)…`
        } else if (std::optional<Node> node = read_field_value(text_, field, begin, at_, problems_)) {
            push(Lexeme::Kind::leaf, begin, std::move(*node));
        }
        return true;
    }
    if (nothing_from(value)) {
        problems_.fault(begin, value, name + std::string(tr(" has no value", " n’a pas de valeur")),
                        std::string(tr("for example ", "par exemple ")) + std::string(field.example));
        skip(value - begin);
        return true;
    }
    if (blank_at(value)) {
        problems_.note(begin, value,
                       in_quotes(name) + std::string(tr(" before a blank is read as a word",
                                                        " avant une espace est lu comme un mot")));
    }
    return false;
}

bool Lexer::unknown_field(std::string_view name, std::size_t value) {
    const std::size_t begin = at_;
    std::size_t next = value;
    const bool has_value = !blank_at(value) && (is_word_sign(next_code_point(text_, next)) || text_[value] == '(' ||
                                                quotation_at(text_, value));
    if (!split_ && !has_value) return false;
    if (!split_) {
        problems_.note(begin, value, unknown_field_note(name, text_.substr(value, word_end(text_, value) - value)));
    }
    skip(value - begin);
    push_words({begin, value - 1});
    split_ = true;
    return true;
}

/// Numbers whose groups stand apart are one word: `500 000`, as the analyser reads them.
void join_numbers(std::string_view text, std::vector<Lexeme>& lexemes) {
    const auto digits = [](const Lexeme& lexeme) -> std::size_t {
        const Node& node = lexeme.node;
        const bool number = lexeme.kind == Lexeme::Kind::leaf && node.kind == NodeKind::words && node.boost == 1 &&
                            lexeme.end - lexeme.begin == node.value.size() &&
                            node.value.find_first_not_of("0123456789") == std::string::npos;
        return number ? node.value.size() : 0;
    };
    std::vector<Lexeme> joined;
    std::size_t open = 0;  // the last lexeme of `joined` is a number that a group may go on
    for (Lexeme& lexeme : lexemes) {
        const std::size_t size = digits(lexeme);
        if (open != 0 && size == 3) {
            std::size_t gap = joined.back().end;
            if (is_space(next_code_point(text, gap)) && gap == lexeme.begin) {
                Lexeme& number = joined.back();
                number.end = number.node.end = lexeme.end;
                number.node.value = text.substr(number.begin, number.end - number.begin);
                continue;
            }
        }
        open = size >= 1 && size <= 3 ? size : 0;
        joined.push_back(std::move(lexeme));
    }
    lexemes = std::move(joined);
}

}  // namespace

std::vector<Lexeme> lex_query(std::string_view query, Problems& problems) {
    std::vector<Lexeme> lexemes = Lexer(query, problems).run();
    capitals_as_text(query, lexemes, problems);
    join_numbers(query, lexemes);
    return lexemes;
}

}  // namespace limier
