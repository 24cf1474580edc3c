// The second stage of the ranking: BM25 finds the best documents by stems, and of these alone the tokens are read for
// what stems do not tell.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "common/store.hpp"
#include "searcher/query/ranked_word.hpp"

namespace limier {

/// So many of the best by BM25 are read again: with 100, nDCG@10 on two sets is the same within 0.002, and each costs a
/// one-shot query 5 µs.
inline constexpr Xapian::doccount k_reranked = 24;

/// What a document's tokens add to its BM25; none is negative, so that what is not read again stays behind.
struct Agreement {
    double forms = 0;   ///< BM25 of the words as typed, stop words too: `marché` before `marchés`
    double order = 0;   ///< neighbours of the query that are neighbours in the text
    double window = 0;  ///< the words that stand closest together
    double lead = 0;    ///< the words in the title and at the beginning
    double kin = 0;     ///< words of the same beginning (`colonisation`, `colonial`) where the word is not there
    double total() const { return forms + order + window + lead + kin; }
};

/// Reads candidates of one query. Lifetime: index and words must outlive it. Not thread-safe.
class Reranker {
 public:
    /// `found`: the candidates; it knows how frequent the terms of its query are. `kin`: documents that lack a word may
    /// be among them.
    Reranker(const Index& index, std::span<const RankedWord> words, const Xapian::MSet& found, bool kin);

    /// Throws Damaged.
    Agreement operator()(Xapian::docid document);

 private:
    struct Word {
        double weight = 0;       ///< inverse document frequency, scaled
        double form_weight = 0;  ///< of the form as typed
        bool stop = false;
        std::uint16_t before = 0;  ///< the word before that is no stop word; itself where there is none
    };
    /// What a form is to a word of the query.
    struct Role {
        std::uint16_t word = 0;
        std::uint16_t kinship = 0;  ///< in eighths; k_same for a form of the word, k_typed for the one typed
        friend auto operator<=>(const Role&, const Role&) = default;
    };
    /// What one form is to all of them.
    struct Cast {
        std::vector<Role> roles;
        std::uint32_t* stop = nullptr;  ///< where it is a stop word as typed and no more: what to count
    };
    static constexpr std::uint16_t k_same = 8, k_typed = 9;
    static constexpr std::size_t k_block = 16, k_most_ranges = 6;
    struct Range {
        std::uint16_t low = 0, size = 0;
        std::size_t first = 0;  ///< of its casts
    };
    /// The roles of a segment's forms: forms with the same are of one cast; 0 is that of forms without a role.
    struct Casting {
        std::vector<Range> ranges;              ///< the codes of the token column that have a cast
        std::vector<std::uint8_t> range_casts;  ///< theirs, range after range
        std::vector<std::uint8_t> by_code;      ///< instead, the cast of every code, where these are scattered
        std::vector<std::pair<std::uint32_t, std::uint8_t>> by_form;  ///< of forms without a code
        std::vector<Cast> casts;

        std::uint8_t cast_of(std::uint16_t code) const;
        std::uint8_t cast_of_form(std::uint32_t form) const;
        /// The first of a block of codes that is no plain token or has a cast, k_block where none is; of ranges only.
        std::size_t first_met(const std::uint16_t* codes) const;
        void place(std::span<const std::pair<std::uint16_t, std::uint8_t>> codes);
    };
    /// What a document has of a word.
    struct Found {
        std::uint32_t typed = 0;
        std::uint16_t kinship = 0;
        bool in_title = false, in_lead = false;
    };
    struct Place {
        std::uint32_t place = 0;
        std::uint16_t word = 0;
    };

    void weigh(std::span<const RankedWord> words, const Xapian::MSet& found);
    const Casting& casting(std::size_t segment);
    void add_kin(const Segment& segment, std::size_t word, std::vector<std::pair<std::uint32_t, Role>>& roles) const;
    using Spelt = std::pair<std::string_view, std::string_view>;  ///< term and form
    Spelt typed_form(std::size_t word) const;
    void read(const Casting& casting, std::span<const std::uint16_t> codes, bool title);
    void meet(const Cast& cast, std::uint32_t place, bool title);
    double in_order(double length);
    double closest();

    const Index& index_;
    std::span<const RankedWord> asked_;
    bool kin_;
    double average_length_;
    std::uint32_t window_ = 0;
    std::vector<Word> words_;
    std::vector<std::optional<std::uint32_t>> typed_;  ///< the form typed, by word and then segment
    std::vector<std::optional<Casting>> castings_;     ///< by segment, made when first asked

    // Of the document read last.
    std::vector<Found> found_;
    std::string buffer_;  ///< of the codes last read
    std::vector<Place> places_;
    std::vector<std::uint32_t> in_window_, pairs_, last_place_;  ///< by word
};

}  // namespace limier
