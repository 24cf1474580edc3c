#include "searcher/complete.hpp"

#include <algorithm>
#include <map>

#include "common/output/language.hpp"
#include "common/schema.hpp"
#include "common/text/fold.hpp"

namespace limier {
namespace {

constexpr std::size_t k_most_candidates = 50;
constexpr std::uint32_t k_most_aliases = 5000;

constexpr std::string_view k_commands[] = {":help", ":facets ", ":limit ",  ":sort ", ":match ",
                                           ":more", ":show ",   ":explain", ":quit"};

/// Labels of a field's values of which a name begins so, most frequent first.
std::vector<std::string> values(const Index& index, const FieldInfo& field, std::string_view typed) {
    std::map<std::string, std::uint64_t> totals;
    const std::string folded = fold_key(typed);
    for (std::size_t number = 0; number < index.segments().size(); ++number) {
        const Segment& segment = index.segments()[number].segment;
        const FacetColumn column = segment.facet(field.field);
        if (field.kind == FieldKind::entity) {
            std::vector<std::uint32_t> ordinals;
            const auto [first, last] = segment.alias_range(folded, true);
            for (std::uint32_t i = first; i < std::min(last, first + k_most_aliases); ++i) {
                const AliasTarget target = segment.alias_at(i).second;
                if (target.field == field.field) ordinals.push_back(target.ordinal);
            }
            std::sort(ordinals.begin(), ordinals.end());
            ordinals.erase(std::unique(ordinals.begin(), ordinals.end()), ordinals.end());
            for (const std::uint32_t ordinal : ordinals)
                totals[std::string(index.label(number, field.field, ordinal))] += column.total(ordinal);
        } else {
            const auto [first, last] = column.range(folded);
            for (std::uint32_t i = first; i < std::min(last, first + k_most_aliases); ++i)
                totals[std::string(index.label(number, field.field, i))] += column.total(i);
        }
    }
    std::vector<std::pair<std::string, std::uint64_t>> sorted(totals.begin(), totals.end());
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    std::vector<std::string> labels;
    for (const auto& [label, total] : sorted) {
        if (labels.size() < k_most_candidates) labels.push_back(label);
    }
    return labels;
}

std::string quoted(const std::string& label) {
    const bool plain = label.find_first_of(" \t()\"") == std::string::npos;
    return plain ? label : '"' + label + '"';
}

std::string common_prefix(const std::vector<std::string>& candidates) {
    if (candidates.empty()) return {};
    std::string common = candidates.front();
    for (const std::string& candidate : candidates) {
        const auto differ = std::mismatch(common.begin(), common.end(), candidate.begin(), candidate.end());
        common.erase(differ.first, common.end());
    }
    while (!common.empty() && (common.back() & 0xC0) == 0x80) common.pop_back();  // no half of a code point
    if (!common.empty() && (common.back() & 0x80) != 0) common.pop_back();
    return common;
}

/// The field whose quoted value is open at the end of `before`, and where that value begins.
const FieldInfo* open_value(std::string_view before, std::size_t& begin) {
    const std::size_t quote = before.rfind('"');
    if (quote == std::string_view::npos || quote == 0 || before[quote - 1] != ':') return nullptr;
    std::size_t name = quote - 1;
    while (name > 0 && before[name - 1] != ' ' && before[name - 1] != '(' && before[name - 1] != '+' &&
           before[name - 1] != '-')
        --name;
    begin = quote + 1;
    return find_field(before.substr(name, quote - 1 - name));
}

}  // namespace

Completion complete(const Index& index, std::string_view before, std::string_view word) {
    Completion completion;
    std::size_t begin = 0;
    if (const FieldInfo* field = open_value(before, begin)) {
        const std::string typed = std::string(before.substr(begin)) + std::string(word);
        for (const std::string& label : values(index, *field, typed)) {
            // Only a name that goes on as typed can replace the last word alone.
            if (label.size() >= typed.size() && fold(label.substr(0, typed.size())) == fold(typed)) {
                completion.candidates.push_back(label.substr(before.size() - begin) + "\"");
            }
        }
        completion.common = common_prefix(completion.candidates);
        return completion;
    }
    const std::size_t sign = !word.empty() && (word[0] == '+' || word[0] == '-') ? 1 : 0;
    const std::string head(word.substr(0, sign));
    const std::string_view body = word.substr(sign);
    const std::size_t colon = body.find(':');
    if (before.find_first_not_of(' ') == std::string_view::npos && word.starts_with(':')) {
        for (const std::string_view command : k_commands) {
            if (command.starts_with(word)) completion.candidates.emplace_back(command);
        }
        completion.finished = false;
    } else if (colon != std::string_view::npos) {
        const FieldInfo* field = find_field(body.substr(0, colon));
        if (field == nullptr || !field->facet) return completion;
        std::string_view typed = body.substr(colon + 1);
        if (typed.starts_with('"')) typed.remove_prefix(1);
        for (const std::string& label : values(index, *field, typed)) {
            completion.candidates.push_back(head + std::string(body.substr(0, colon + 1)) + quoted(label));
        }
    } else {
        const std::string folded = fold(body);
        // One name a field, that of the user's language first: `pers` is `person:` and not what it shares with
        // `personne:`.
        for (const FieldInfo& field : all_fields()) {
            for (const std::string_view name : {tr(field.name, field.french), tr(field.french, field.name)}) {
                if (!name.starts_with(folded)) continue;
                completion.candidates.push_back(head + std::string(name) + ":");
                break;
            }
        }
        completion.finished = false;
    }
    completion.common = common_prefix(completion.candidates);
    // readline would take away what was typed where the candidates share less: the value was found by another of its
    // names.
    if (completion.candidates.size() > 1 && completion.common.size() < word.size()) completion.common = word;
    return completion;
}

}  // namespace limier
