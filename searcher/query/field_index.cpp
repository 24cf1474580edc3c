#include "searcher/query/field_index.hpp"

#include <algorithm>
#include <charconv>

#include "common/text/fold.hpp"
#include "searcher/query/expand.hpp"

namespace limier {

EntityKeys entity_keys(const Index& index, Field field, std::string_view name, bool prefix) {
    EntityKeys keys;
    for (const Index::SegmentAt& at : index.segments()) {
        const auto [first, last] = at.segment.alias_range(name, prefix);
        for (std::uint32_t i = first; i < last; ++i) {
            if (keys.found.size() == k_most_forms) {
                keys.cut = true;
                break;
            }
            const AliasTarget target = at.segment.alias_at(i).second;
            if (target.field == field) keys.found.emplace(at.segment.facet(field).key(target.ordinal));
        }
    }
    return keys;
}

std::set<std::string> keys_named(const Index& index, Field field, std::string_view value) {
    const std::string name = fold_key(value);
    std::set<std::string> as_written, folded;
    for (const Index::SegmentAt& at : index.segments()) {
        const FacetColumn column = at.segment.facet(field);
        const auto [first, last] = at.segment.alias_range(name, false);
        for (std::uint32_t i = first; i < last; ++i) {
            const AliasTarget target = at.segment.alias_at(i).second;
            if (target.field != field) continue;
            const std::string_view label = column.label(target.ordinal);
            if (label == value) as_written.emplace(column.key(target.ordinal));
            if (fold_key(label) == name) folded.emplace(column.key(target.ordinal));
        }
    }
    return as_written.empty() ? folded : as_written;
}

std::set<std::string, std::less<>> other_names(const Index& index, Field field, const std::set<std::string>& keys,
                                               std::string_view name) {
    constexpr std::size_t k_most_values = 3;
    std::set<std::string, std::less<>> names;
    if (keys.size() > k_most_values) return names;
    const auto has_word = [](std::string_view text, std::string_view word) {
        return (" " + std::string(text) + " ").find(" " + std::string(word) + " ") != std::string::npos;
    };
    const auto has_word_of_name = [&](std::string_view alias) {
        for (std::size_t at = 0; at < alias.size();) {
            const std::size_t end = std::min(alias.find(' ', at), alias.size());
            if (has_word(name, alias.substr(at, end - at))) return true;
            at = end + 1;
        }
        return false;
    };
    // A word of a person's name alone may be a first name that others have too.
    const auto is_part = [&](std::string_view key, std::string_view alias) {
        return field == Field::person && has_word(key, alias);
    };
    for (const Index::SegmentAt& at : index.segments()) {
        const FacetColumn column = at.segment.facet(field);
        for (const std::string& key : keys) {
            const std::optional<std::uint32_t> ordinal = column.find(key);
            if (!ordinal) continue;
            for (const std::string_view alias : at.segment.aliases_of({field, *ordinal}))
                if (!has_word_of_name(alias) && !is_part(key, alias)) names.emplace(alias);
        }
    }
    return names;
}

std::optional<std::pair<std::uint16_t, std::uint16_t>> years_of(const Index& index, const FieldInfo& field) {
    std::uint16_t least = 9999, most = 0;
    const auto add = [&](std::string_view digits) {
        std::uint16_t year = 0;
        // A damaged index may have anything here.
        if (std::from_chars(digits.data(), digits.data() + std::min<std::size_t>(digits.size(), 4), year).ec !=
            std::errc())
            return;
        least = std::min(least, year);
        most = std::max(most, year);
    };
    if (field.field == Field::date) {
        const std::string prefix = "Y";
        const auto end = index.database().allterms_end(prefix);
        for (auto term = index.database().allterms_begin(prefix); term != end; ++term) add((*term).substr(1));
    } else {
        for (const Index::SegmentAt& at : index.segments()) {
            const FacetColumn column = at.segment.facet(field.field);
            if (column.keys() == 0) continue;
            add(column.key(0));
            add(column.key(column.keys() - 1));
        }
    }
    if (most < least) return std::nullopt;
    return std::pair(least, most);
}

}  // namespace limier
