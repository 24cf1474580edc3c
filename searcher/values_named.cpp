#include "searcher/values_named.hpp"

#include <utility>

#include "common/text/fold.hpp"

namespace limier {
namespace {

/// In folded text a single blank parts words.
bool has_word_so(std::string_view folded, std::string_view begin) {
    for (std::size_t at = folded.find(begin); at != std::string_view::npos; at = folded.find(begin, at + 1)) {
        if (at == 0 || folded[at - 1] == ' ') return true;
    }
    return false;
}

}  // namespace

ValuesNamed::ValuesNamed(const Index& index, Field field, std::string word)
    : index_(index), field_(field), word_(std::move(word)) {
    if (word_.empty()) return;
    for (const Index::SegmentAt& at : index.segments()) {
        const FacetColumn column = at.segment.facet(field);
        for (std::uint32_t i = 0; i < at.segment.aliases(); ++i) {
            const auto [alias, target] = at.segment.alias_at(i);
            if (target.field == field && has_word_so(alias, word_)) by_alias_.insert(column.key(target.ordinal));
        }
    }
}

bool ValuesNamed::operator()(std::size_t segment, std::uint32_t value) const {
    if (word_.empty()) return true;
    if (by_alias_.contains(index_.segments()[segment].segment.facet(field_).key(value))) return true;
    return has_word_so(fold_key(index_.label(segment, field_, value)), word_);
}

}  // namespace limier
