#include "searcher/suggest.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "common/text/fold.hpp"
#include "common/text/phrase_key.hpp"
#include "common/text/utf8.hpp"
#include "searcher/query/expand.hpp"
#include "searcher/query/field_index.hpp"
#include "searcher/query/slip.hpp"
#include "searcher/query/word.hpp"

namespace limier {
namespace {

/// The names under which a segment knows values of a field, sorted, and the values.
struct Names {
    std::vector<std::string_view> names;
    std::vector<std::uint32_t> ordinals;
};

Names names_of(const Segment& segment, const FieldInfo& field) {
    Names out;
    const FacetColumn column = segment.facet(field.field);
    for (std::uint32_t i = 0; field.kind != FieldKind::entity && i < column.keys(); ++i) {
        out.names.push_back(column.key(i));
        out.ordinals.push_back(i);
    }
    for (std::uint32_t i = 0; field.kind == FieldKind::entity && i < segment.aliases(); ++i) {
        const auto [alias, target] = segment.alias_at(i);
        if (target.field != field.field) continue;
        out.names.push_back(alias);
        out.ordinals.push_back(target.ordinal);
    }
    return out;
}

/// The value that was most likely meant, by likelihood() of its documents; one that is only called so too, and one
/// whose name goes on (`lepoint.fr` for `lepoint`), as if one edit further. Empty when none is near.
std::string likeliest_value(const Index& index, const FieldInfo& field, const std::string& folded) {
    constexpr std::size_t edit = 2;  // in half-edits
    std::string best;
    double best_likelihood = -std::numeric_limits<double>::infinity();
    if (edits_forgiven(folded) == 0) return best;
    for (std::size_t s = 0; s < index.segments().size(); ++s) {
        const Segment& segment = index.segments()[s].segment;
        const Names known = names_of(segment, field);
        const auto consider = [&](std::size_t place, std::size_t half_edits) {
            const std::uint32_t ordinal = known.ordinals[place];
            const std::string_view label = index.label(s, field.field, ordinal);
            if (fold_key(label) != known.names[place]) half_edits += edit;
            const double found = likelihood(segment.facet(field.field).total(ordinal), half_edits);
            if (found <= best_likelihood) return;
            best_likelihood = found;
            best = label;
        };
        for (const auto& [place, half_edits] : FoldedForms(known.names).meant_by(folded)) consider(place, half_edits);
        const auto longer = std::lower_bound(known.names.begin(), known.names.end(), folded);
        for (auto name = longer; name != known.names.end() && name->starts_with(folded); ++name)
            consider(static_cast<std::size_t>(name - known.names.begin()), edit);
    }
    return best;
}

class Suggester {
 public:
    Suggester(const Index& index, Analyser& analyser, IndexWords& words, const std::string& query, Deadline& deadline)
        : index_(index), analyser_(analyser), words_(words), query_(query), deadline_(deadline) {}

    std::string corrected(const Node& root) {
        look_into(root, nullptr);
        std::ranges::sort(slips_, std::greater<>{}, &Slip::begin);
        std::string text = query_;
        for (const Slip& slip : slips_) text.replace(slip.begin, slip.length, slip.text);
        return text;
    }

 private:
    struct Slip {
        std::size_t begin, length;
        std::string text;
    };

    void look_into(const Node& node, const FieldInfo* field) {
        deadline_.check();
        if (node.occur == Occur::must_not) return;
        if (node.kind == NodeKind::field && node.children.empty()) return look_at(node, node.field);
        if (node.kind == NodeKind::words || node.kind == NodeKind::phrase) return look_at(node, field);
        // Of `chat SAUF sport` the second is not looked for.
        const std::size_t wanted = node.kind == NodeKind::not_ ? node.children.size() / 2 : node.children.size();
        for (std::size_t i = 0; i < wanted; ++i)
            look_into(node.children[i], node.kind == NodeKind::field ? node.field : field);
    }

    void look_at(const Node& node, const FieldInfo* field) {
        const std::size_t place = query_.find(node.value, node.begin);
        if (node.value.empty() || place == std::string::npos || place + node.value.size() > node.end) return;
        if (field == nullptr || field->kind == FieldKind::text)
            words(node, place);
        else if ((field->kind == FieldKind::entity || field->kind == FieldKind::exact) && !node.value.ends_with('*'))
            value(node, *field, place);
    }

    void words(const Node& node, std::size_t place) {
        std::vector<Token> tokens;
        analyser_.analyse(node.value, tokens);
        const bool quoted = node.kind == NodeKind::phrase || node.exact;
        if (tokens.size() != 1 && !quoted) return;
        for (const Token& token : tokens) {
            if (token.overlay || token.begin == token.end) continue;
            const Form form = analyser_.form(token.form);
            const std::vector<std::string>& terms = words_.forms.of(analyser_, form).terms;
            if (std::ranges::any_of(terms, [this](const auto& term) { return index_.database().term_exists(term); }))
                continue;
            std::string nearest = likeliest_form(index_, words_.folded, form.text);
            if (nearest.empty()) continue;
            std::size_t first = token.begin;
            if (is_upper(next_code_point(node.value, first)) && nearest[0] >= 'a' && nearest[0] <= 'z')
                nearest[0] = static_cast<char>(nearest[0] - 'a' + 'A');
            slips_.push_back({place + token.begin, token.end - token.begin, std::move(nearest)});
        }
    }

    void value(const Node& node, const FieldInfo& field, std::size_t place) {
        const std::string folded = fold_key(node.value);
        const auto named = [&](std::string_view name) {
            return !entity_keys(index_, field.field, name, false).found.empty();
        };
        const bool known = field.kind == FieldKind::entity
                               ? named(folded) || named(phrase_key(node.value, analyser_))
                               : index_.database().term_exists(field_term(field.prefix, folded));
        std::string nearest = known ? std::string() : likeliest_value(index_, field, folded);
        if (nearest.empty() || nearest.find('"') != std::string::npos) return;
        const bool quoted = node.exact || node.kind == NodeKind::phrase || is_plain_value(nearest);
        slips_.push_back({place, node.value.size(), quoted ? nearest : "\"" + nearest + "\""});
    }

    const Index& index_;
    Analyser& analyser_;
    IndexWords& words_;
    const std::string& query_;
    Deadline& deadline_;
    std::vector<Slip> slips_;
};

}  // namespace

std::optional<std::string> suggestion(const Index& index, Analyser& analyser, IndexWords& words,
                                      const std::string& query, const Node& root, Deadline& deadline) {
    std::string corrected = Suggester(index, analyser, words, query, deadline).corrected(root);
    if (corrected == query) return std::nullopt;
    return corrected;
}

}  // namespace limier
