#include "searcher/repl/complete.hpp"

#include <algorithm>
#include <map>

#include "common/output/language.hpp"
#include "common/schema.hpp"
#include "common/text/fold.hpp"
#include "searcher/query/field_value.hpp"
#include "searcher/query/operators.hpp"
#include "searcher/query/word.hpp"
#include "searcher/repl/dialogue.hpp"
#include "searcher/repl/filters.hpp"
#include "searcher/repl/programs.hpp"
#include "searcher/repl/settings.hpp"

namespace limier {
namespace {

constexpr std::size_t k_most_candidates = 50;
constexpr std::uint32_t k_most_aliases = 5000;

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

/// A value as it is typed behind its field.
std::string typed_value(const FieldInfo& field, const std::string& label) {
    return is_plain_value(label) ? label : filter_text(filter_on(field, label)).substr(field.name.size() + 1);
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

/// Candidates that continue the value in an open quote.
std::vector<std::string> rest_of_value(const Index& index, const FieldInfo& field, std::string_view before,
                                       std::string_view word) {
    std::vector<std::string> rests;
    const std::string typed = std::string(before) + std::string(word);
    for (const std::string& label : values(index, field, typed)) {
        // Only a name that goes on as typed can replace the last word alone.
        if (label.size() >= typed.size() && fold(label.substr(0, typed.size())) == fold(typed))
            rests.push_back(label.substr(before.size()) + "\"");
    }
    return rests;
}

std::vector<std::string> field_names(std::string_view typed, std::string_view behind, bool facets_alone) {
    std::vector<std::string> names;
    const std::string folded = fold(typed);
    // One name a field, that of the user's language first: `pers` is `person:` and not what it shares with
    // `personne:`.
    for (const FieldInfo& field : all_fields()) {
        for (const std::string_view name : {tr(field.name, field.french), tr(field.french, field.name)}) {
            if (!name.starts_with(folded) || (facets_alone && !field.facet)) continue;
            names.push_back(std::string(name) + std::string(behind));
            break;
        }
    }
    return names;
}

void add_operators(std::vector<std::string>& candidates, std::string_view typed) {
    if (typed.empty()) return;
    for (const Operator& row : all_operators()) {
        for (const std::string_view name : {tr(row.english, row.french), tr(row.french, row.english)}) {
            if (!name.starts_with(typed)) continue;
            candidates.push_back(std::string(name) + (row.distance ? "/" + std::to_string(k_default_distance) : ""));
            break;
        }
    }
}

void add_recent(std::vector<std::string>& candidates, std::span<const std::string> words, std::string_view typed) {
    const std::string folded = fold(typed);
    if (folded.empty()) return;
    for (auto word = words.rbegin(); word != words.rend() && candidates.size() < k_most_candidates; ++word) {
        const bool known = std::find(candidates.begin(), candidates.end(), *word) != candidates.end();
        if (!known && fold(*word).starts_with(folded)) candidates.push_back(*word);
    }
}

std::vector<std::string> of_query(const CompletionSource& source, std::string_view word) {
    const std::size_t sign = !word.empty() && (word[0] == '+' || word[0] == '-') ? 1 : 0;
    const std::string_view body = word.substr(sign);
    const std::size_t colon = body.find(':');
    std::vector<std::string> candidates;
    if (colon != std::string_view::npos && is_has(body.substr(0, colon))) {
        candidates = field_names(body.substr(colon + 1), "", false);
        for (std::string& candidate : candidates) candidate.insert(0, body.substr(0, colon + 1));
    } else if (colon != std::string_view::npos) {
        const FieldInfo* field = find_field(body.substr(0, colon));
        if (field == nullptr || !field->facet) return {};
        std::string_view typed = body.substr(colon + 1);
        if (typed.starts_with('"')) typed.remove_prefix(1);
        for (const std::string& label : values(source.index, *field, typed))
            candidates.push_back(std::string(body.substr(0, colon + 1)) + typed_value(*field, label));
    } else {
        candidates = field_names(body, ":", false);
        if (const std::string_view has = tr(k_has, k_has_french); !body.empty() && has.starts_with(fold(body)))
            candidates.push_back(std::string(has) + ":");
        add_operators(candidates, body);
        add_recent(candidates, source.words, body);
    }
    for (std::string& candidate : candidates) candidate.insert(0, word.substr(0, sign));
    return candidates;
}

std::vector<std::string> of_list(std::string_view values, std::string_view typed) {
    std::vector<std::string> candidates;
    while (!values.empty()) {
        const std::size_t end = std::min(values.find('|'), values.size());
        if (values.substr(0, end).starts_with(typed)) candidates.emplace_back(values.substr(0, end));
        values.remove_prefix(std::min(end + 1, values.size()));
    }
    return candidates;
}

/// The last of a list of facets with commas.
std::vector<std::string> of_facets(std::string_view typed) {
    const std::size_t comma = typed.rfind(',');
    const std::size_t begin = comma == std::string_view::npos ? 0 : comma + 1;
    std::vector<std::string> candidates = field_names(typed.substr(begin), "", true);
    for (std::string& period : of_list(k_facet_parts, typed.substr(begin))) candidates.push_back(std::move(period));
    for (std::string& candidate : candidates) candidate.insert(0, typed.substr(0, begin));
    return candidates;
}

/// The value of a setting: of `:set sort` and of `:sort`.
std::vector<std::string> of_setting(std::string_view command, std::string_view before, std::string_view word) {
    const std::vector<std::string> typed = words_of_command(before);
    const std::size_t own = command == ":set" ? 1 : 0;
    if (typed.size() <= own) {
        std::string names;
        for (const Setting& row : all_settings()) names += (names.empty() ? "" : "|") + std::string(row.name);
        return own == 1 && typed.size() == 1 ? of_list(names, word) : std::vector<std::string>();
    }
    if (typed.size() > own + 1) return {};
    const std::string_view name = own == 1 ? std::string_view(typed[1]) : command.substr(1);
    const Setting* const setting = find_setting(name);
    if (setting == nullptr) return {};
    return name == "facets" ? of_facets(word) : of_list(setting->values, word);
}

std::vector<std::string> commands(std::string_view typed) {
    std::vector<std::string> names;
    for (const DialogueCommand& row : dialogue_commands()) {
        if (row.name.starts_with(typed)) names.push_back(std::string(row.name) + (row.arguments.empty() ? "" : " "));
    }
    return names;
}

/// The command whose arguments are typed; null in a query.
const DialogueCommand* command_of(std::string_view before) {
    const std::vector<std::string> words = words_of_command(before);
    if (words.empty() || !words.front().starts_with(':')) return nullptr;
    return find_dialogue_command(words.front());
}

}  // namespace

Completion complete(const CompletionSource& source, std::string_view before, std::string_view word) {
    Completion completion;
    std::size_t begin = 0;
    const DialogueCommand* const command = command_of(before);
    const bool query = command == nullptr || command->completes == Completes::filter;
    if (before.find_first_not_of(' ') == std::string_view::npos && word.starts_with(':')) {
        completion.candidates = commands(word);
        completion.finished = false;
    } else if (!query) {
        completion.files = command->completes == Completes::file;
        if (command->completes == Completes::setting) completion.candidates = of_setting(command->name, before, word);
    } else if (const FieldInfo* field = open_value(before, begin)) {
        completion.candidates = rest_of_value(source.index, *field, before.substr(begin), word);
    } else {
        completion.candidates = of_query(source, word);
        completion.finished = completion.candidates.size() != 1 || !completion.candidates.front().ends_with(':');
    }
    completion.common = common_prefix(completion.candidates);
    // readline would take away what was typed where the candidates share less: the value was found by another of its
    // names.
    if (completion.candidates.size() > 1 && completion.common.size() < word.size()) completion.common = word;
    return completion;
}

}  // namespace limier
