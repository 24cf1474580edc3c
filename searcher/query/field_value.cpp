#include "searcher/query/field_value.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "common/output/language.hpp"
#include "common/text/fold.hpp"
#include "common/text/utf8.hpp"
#include "searcher/query/quotes.hpp"
#include "searcher/query/word.hpp"
#include "searcher/query/word_bounds.hpp"

namespace limier {
namespace {

std::string example_hint(const FieldInfo& field) {
    return std::string(tr("for example ", "par exemple ")) + std::string(field.example);
}

enum class Comparison { none, at_least, more, at_most, less };

/// Reads `>=` and its kin at `at`, moving behind it.
Comparison read_comparison(std::string_view text, std::size_t& at) {
    constexpr std::pair<std::string_view, Comparison> k_signs[] = {
        {">=", Comparison::at_least}, {"≥", Comparison::at_least}, {">", Comparison::more},
        {"<=", Comparison::at_most},  {"≤", Comparison::at_most},  {"<", Comparison::less},
    };
    for (const auto& [sign, comparison] : k_signs) {
        if (!text.substr(at).starts_with(sign)) continue;
        at += sign.size();
        return comparison;
    }
    return Comparison::none;
}

/// One reading of a value, with the place where it stands.
class ValueReader {
 public:
    ValueReader(std::string_view text, const FieldInfo& field, std::size_t begin, std::size_t& at, Problems& problems)
        : text_(text), field_(field), at_(at), problems_(problems) {
        node_.kind = NodeKind::field;
        node_.field = &field;
        node_.begin = begin;
    }

    std::optional<Node> run() {
        const bool read = field_.kind == FieldKind::raw ? raw() : value();
        if (dropped_) return std::nullopt;
        if (!read) {
            problems_.fault(node_.begin, at_,
                            std::string(field_.name) + std::string(tr(": has no value", ": n’a pas de valeur")),
                            example_hint(field_));
            return std::nullopt;
        }
        node_.end = at_;
        return std::move(node_);
    }

 private:
    bool ranges() const { return field_.kind == FieldKind::date || field_.kind == FieldKind::amount; }
    bool raw();
    bool value();
    void skip_signs();
    bool quoted(std::string& value);
    bool compared(Comparison comparison);
    bool bounds();
    bool quoted_range(std::string_view content);
    std::string& bounded_by(Comparison comparison);
    std::string bound();
    bool word(Slice slice);
    bool name(Slice slice);

    std::string_view text_;
    const FieldInfo& field_;
    std::size_t& at_;
    Problems& problems_;
    Node node_;
    bool dropped_ = false;  ///< after a fault that leaves nothing to look for
};

/// Passes over what would not be part of a value that stands here.
void ValueReader::skip_signs() {
    constexpr std::string_view k_signs = "+-<>=~^*(\"";
    while (at_ < text_.size()) {
        if (k_signs.find(text_[at_]) != std::string_view::npos)
            ++at_;
        else if (read_comparison(text_, at_) == Comparison::none)
            return;
    }
}

/// Reads a quotation at `at_`. A mark that nothing closes is a fault, and as if it were not there.
bool ValueReader::quoted(std::string& value) {
    std::size_t next = at_;
    if (at_ == text_.size() || !is_quote(next_code_point(text_, next))) return false;
    const std::optional<Quotation> quotation = quotation_at(text_, at_);
    if (!quotation) {
        problems_.fault(at_, next, std::string(tr("nothing closes this quote", "rien ne ferme ce guillemet")));
        at_ = next;
        skip_signs();
        return false;
    }
    value = quotation->content.of(text_);
    at_ = quotation->end;
    return true;
}

/// Byte for byte: an address may hold any sign.
bool ValueReader::raw() {
    node_.exact = quoted(node_.value);
    if (node_.exact) {
        if (at_ < text_.size() && text_[at_] == '^') node_.boost = read_boost(text_, at_, problems_);
        return !node_.value.empty();
    }
    const Slice slice{at_, word_end(text_, at_)};
    at_ = slice.end;
    node_.value = slice.of(text_);
    return !slice.empty();
}

bool ValueReader::value() {
    const std::size_t begin = at_;
    if (text_[at_] == '-' || text_[at_] == '+') {
        problems_.fault(at_, at_ + 1,
                        std::string(tr("a sign stands before the field, not before the value",
                                       "un signe se met avant le champ, pas avant la valeur")),
                        std::string(tr("for example ", "par exemple ")) + text_[at_] + std::string(field_.example));
        ++at_;
        dropped_ = true;  // the value without its sign would be the opposite
    }
    const Comparison comparison = read_comparison(text_, at_);
    if (comparison != Comparison::none && !ranges()) {
        problems_.fault(begin, at_,
                        std::string(tr("only dates and amounts have ranges",
                                       "seules les dates et les montants ont des intervalles")),
                        std::string(tr("for example ", "par exemple ")) + "date:>=2024");
        dropped_ = true;
    } else if (comparison != Comparison::none) {
        return compared(comparison);
    }
    if (ranges()) return bounds();
    node_.canonical = field_.kind == FieldKind::entity && text_[at_] == '=' && at_ + 1 < text_.size() &&
                      !is_blank(static_cast<unsigned char>(text_[at_ + 1]));
    if (node_.canonical) ++at_;
    if (quoted(node_.value)) {
        node_.exact = true;
        if (at_ < text_.size() && text_[at_] == '^') node_.boost = read_boost(text_, at_, problems_);
        return has_word(node_.value);
    }
    const Slice slice{at_, word_end(text_, at_)};
    at_ = slice.end;
    return field_.kind == FieldKind::text ? word(slice) : name(slice);
}

/// One side of a range: a quotation, or what stands before `..` or the end of the word.
std::string ValueReader::bound() {
    std::string value;
    if (quoted(value)) {
        node_.exact = true;
        if (at_ < text_.size() && text_[at_] == '^') node_.boost = read_boost(text_, at_, problems_);
        return value;
    }
    Slice slice{at_, word_end(text_, at_)};
    const std::size_t dots = slice.of(text_).find("..");
    if (dots != std::string_view::npos) {
        slice.end = at_ + dots;
        at_ = slice.end;
        return std::string(slice.of(text_));
    }
    at_ = slice.end;
    const double more = take_end(text_, slice, problems_);
    node_.boost = times_boost(node_.boost, more, {slice.end, at_}, problems_);
    return std::string(slice.of(text_));
}

/// The side of a range that a comparison bounds.
std::string& ValueReader::bounded_by(Comparison comparison) {
    const bool low = comparison == Comparison::at_least || comparison == Comparison::more;
    (low ? node_.low_exclusive : node_.high_exclusive) =
        comparison == Comparison::more || comparison == Comparison::less;
    return low ? node_.low : node_.high;
}

bool ValueReader::compared(Comparison comparison) {
    node_.kind = NodeKind::range;
    std::string& side = bounded_by(comparison);
    side = bound();
    node_.exact = false;
    return !side.empty();
}

/// Whether a quotation is a range, `">=1 Md€"` or `"2024..2025"`: no date and no amount is written so.
bool ValueReader::quoted_range(std::string_view content) {
    const auto side = [](std::string_view text) { return without_blanks(text, {0, text.size()}).of(text); };
    std::size_t at = 0;
    const std::string_view whole = side(content);
    const std::size_t dots = whole.find("..");
    if (const Comparison comparison = read_comparison(whole, at); comparison != Comparison::none) {
        bounded_by(comparison) = side(whole.substr(at));
    } else if (dots != std::string_view::npos) {
        node_.low = side(whole.substr(0, dots));
        node_.high = side(whole.substr(dots + 2));
    }
    if (node_.low.empty() && node_.high.empty()) return false;
    node_.kind = NodeKind::range;
    node_.exact = false;
    return true;
}

bool ValueReader::bounds() {
    std::string low = bound();
    if (!text_.substr(at_).starts_with("..")) {
        if (node_.exact && quoted_range(low)) return true;
        node_.value = std::move(low);
        return has_word(node_.value);
    }
    at_ += 2;
    node_.kind = NodeKind::range;
    node_.exact = false;
    node_.low = std::move(low);
    if (at_ < text_.size() && !is_blank(static_cast<unsigned char>(text_[at_]))) node_.high = bound();
    node_.exact = false;
    return !node_.low.empty() || !node_.high.empty();
}

/// A value of a field of text: a word like any other.
bool ValueReader::word(Slice slice) {
    std::optional<Node> node = read_word(text_, slice, problems_);
    if (!node) return false;
    node_.boost = std::exchange(node->boost, 1);
    if (node->kind == NodeKind::words)
        node_.value = std::move(node->value);
    else
        node_.children.push_back(std::move(*node));
    return true;
}

/// A value that is looked up whole. `*` may end the name of an entity.
bool ValueReader::name(Slice slice) {
    node_.boost = take_end(text_, slice, problems_);
    node_.value = slice.of(text_);
    const std::size_t star = node_.value.find('*');
    const bool prefix = field_.kind == FieldKind::entity && !node_.canonical && star + 1 == node_.value.size();
    if ((star != std::string::npos && !prefix) || node_.value.ends_with('~')) {
        const std::size_t sign = star != std::string::npos ? star : node_.value.size() - 1;
        problems_.fault(slice.begin + sign, slice.begin + sign + 1,
                        std::string(tr("a value of this field takes * at the end of a name, and no other wildcard",
                                       "une valeur de ce champ prend * à la fin d’un nom, et aucun autre joker")),
                        example_hint(field_));
        dropped_ = true;
    }
    return has_word(node_.value) || node_.value == "*";
}

}  // namespace

const FieldInfo* find_field_name(std::string_view name) {
    if (const FieldInfo* field = find_field(name)) return field;
    if (name.find('-') == std::string_view::npos || name.starts_with('-')) return nullptr;
    std::string joined(name);
    std::erase(joined, '-');
    return find_field(joined);
}

bool is_has(std::string_view name) {
    const std::string folded = fold(name);
    return folded == k_has || folded == k_has_french;
}

std::optional<Node> read_field_value(std::string_view text, const FieldInfo& field, std::size_t begin, std::size_t& at,
                                     Problems& problems) {
    return ValueReader(text, field, begin, at, problems).run();
}

}  // namespace limier
