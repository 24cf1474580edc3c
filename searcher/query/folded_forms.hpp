// The vocabulary folded and in order, for what must look at all of it: wildcards and typing errors.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/store.hpp"

namespace limier {

/// Whether a text matches a glob: `*` any letters, `?` one.
bool glob_matches(std::string_view glob, std::string_view text);

/// The folded forms of a segment, sorted: place i holds fold(form(vocabulary(i))).
class FoldedForms {
 public:
    explicit FoldedForms(const Segment& segment);
    /// Of texts that are folded, and sorted.
    explicit FoldedForms(std::span<const std::string_view> folded);

    std::uint32_t size() const { return static_cast<std::uint32_t>(ends_.size()); }
    std::string_view operator[](std::uint32_t place) const {
        const std::uint32_t begin = place == 0 ? 0 : ends_[place - 1];
        return std::string_view(bytes_).substr(begin, ends_[place] - begin);
    }
    struct Near {
        std::uint32_t place;
        std::size_t edits;
    };
    /// Places of the forms at most `limit` edits from a folded word: insertion, deletion, substitution, swap of
    /// neighbours, each letter edited once (optimal string alignment).
    std::vector<Near> near(std::string_view word, std::size_t limit) const;
    /// Places of the forms for which a folded word may have been typed, with half_edits() for edits: at most twice
    /// edits_forgiven().
    std::vector<Near> meant_by(std::string_view word) const;

 private:
    std::string bytes_;
    std::vector<std::uint32_t> ends_;
};

/// The folded forms of an index, made for each segment when first asked for. Lifetime: the index must outlive it.
class FoldedVocabulary {
 public:
    explicit FoldedVocabulary(const Index& index) : index_(&index), segments_(index.segments().size()) {}

    const FoldedForms& of(std::size_t segment);

 private:
    const Index* index_;
    std::vector<std::optional<FoldedForms>> segments_;
};

}  // namespace limier
