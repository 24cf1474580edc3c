#include "indexer/tagger/names/features.hpp"

#include <algorithm>
#include <bit>

namespace limier {
namespace {

constexpr std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
    return a * 0x9E3779B97F4A7C15ULL + std::rotl(b * 0xC2B2AE3D27D4EB4FULL, 31);
}

/// The kinds of features are told apart; upper and lower half serve as two hashes.
constexpr std::uint64_t feature(std::uint64_t kind, std::uint64_t value) {
    const std::uint64_t x = (value ^ kind * 0x165667B19E3779F9ULL) * 0xBF58476D1CE4E5B9ULL;
    return (x ^ x >> 32) * 0x94D049BB133111EBULL;
}

std::uint64_t shape_of(const Word& word) {
    const std::uint64_t length = word.letters < 4 ? word.letters : word.letters < 8 ? 4U : 5U;
    return length | (word.upper_first ? 8U : 0U) | (word.upper_later ? 16U : 0U) | (word.all_upper ? 32U : 0U) |
           (word.digits ? 64U : 0U) | (word.dotted ? 128U : 0U) | (word.shouted ? 256U : 0U);
}

/// What stands before a word, coarsely: 0 at the ends of the document.
std::uint64_t gap_of(const Scene& scene, std::uint32_t i) {
    if (i == 0 || i >= scene.size()) return 0;
    const std::uint16_t gap = scene.word(i).gap;
    constexpr std::uint16_t k_kept = k_gap_line | k_gap_comma | k_gap_stop | k_gap_colon | k_gap_open | k_gap_close |
                                     k_gap_quote | k_gap_hyphen | k_gap_apostrophe | k_gap_dash | k_gap_at;
    return 1 + static_cast<std::uint64_t>(gap & k_kept);
}

/// The last or first bytes of a word, ASCII letters small.
std::uint64_t affix(std::string_view text, std::size_t bytes, bool last) {
    bytes = std::min(bytes, text.size());
    const std::string_view part = last ? text.substr(text.size() - bytes) : text.substr(0, bytes);
    std::uint64_t packed = 0;
    for (const char c : part) {
        const auto byte = static_cast<unsigned char>(c);
        packed = packed << 8 | (byte >= 'A' && byte <= 'Z' ? byte | 0x20U : byte);
    }
    return packed;
}

/// Kinds of features. Others were tried (train/README.md): with few thousand sentences each that tells nothing new
/// does harm.
enum Kind : std::uint8_t {
    k_form = 1,
    k_prefix,
    k_suffix,
    k_gap_before,
    k_gap_behind,
    k_second_before,
    k_second_behind,
    k_before,
    k_behind,
    k_with_next,
    k_two_behind,
    k_cues,
    k_announced,
    k_cues_before,
    k_cues_behind,
    k_listed_behind_cues,
    k_announced_cues,
    k_announces,
    k_seen,
    k_rule_neighbours,
    k_rule_proposed,
    k_rule_source,
    k_rule_cues_behind,
    k_rule_announced,
    k_rule_suffix,
    k_rule_gaps,
    k_kinds,
};

/// What a name's gender says nothing of.
constexpr std::uint32_t k_told = ~(k_cue_male | k_cue_female);

/// Writes the features of one word.
class Extractor {
 public:
    Extractor(const Scene& scene, std::span<const Evidence> evidence, std::uint32_t i, FeatureList& out)
        : scene_(scene), evidence_(evidence), i_(i), word_(scene.word(i)), mine_(evidence[i]), out_(out) {
        shape_ = shape_of(word_);
        cues_ = cues_at(0);
        gap_before_ = gap_of(scene, i);
        gap_behind_ = gap_of(scene, i + 1);
        suffix_ = affix(scene.surface(i, i + 1), 3, true);
        listed_ = listed_as(scene, i);
    }

    void word() {
        const std::string_view text = scene_.surface(i_, i_ + 1);
        add(k_form, word_.hash, shape_);
        add(k_prefix, affix(text, 3, false));
        add(k_suffix, affix(text, 2, true));
        add(k_gap_before, gap_before_, shape_);
        add(k_gap_behind, gap_behind_, shape_);
    }
    void context() {
        const std::uint64_t next = hash_at(1), second = hash_at(2);
        add(k_second_before, hash_at(-2));
        add(k_second_behind, second);
        add(k_before, hash_at(-1), gap_before_);
        add(k_behind, next, gap_behind_);
        add(k_with_next, word_.hash, next);
        add(k_two_behind, next, second);
    }
    void lexicon() {
        const std::uint64_t before = cues_at(-1), announced = scene_.announced(i_);
        add(k_cues, cues_, shape_);
        add(k_announced, announced, gap_before_);
        add(k_cues_before, before, cues_);
        add(k_cues_behind, cues_at(1), cues_);
        add(k_listed_behind_cues, listed_, before);
        add(k_announced_cues, announced, cues_);
        add(k_announces, scene_.announced(i_ + 1), gap_behind_);
    }
    void document() {
        const std::uint64_t seen =
            (scene_.seen_small(word_.hash) ? 1U : 0U) | (word_.starts ? 2U : 0U) | (mine_.bare_elsewhere ? 4U : 0U);
        add(k_seen, seen, shape_);
    }
    void rules() {
        const std::uint64_t label = mine_.label, why = mixed(label, mine_.why);
        add(k_rule_neighbours, label_at(-1) << 4 | label_at(1), label);
        add(k_rule_proposed, mine_.proposed, label);
        add(k_rule_source, mixed(why, mine_.strength), listed_);
        add(k_rule_cues_behind, label, mixed(cues_at(1), gap_behind_));
        add(k_rule_announced, label, mixed(scene_.announced(i_), gap_before_));
        add(k_rule_suffix, why, suffix_);
        add(k_rule_gaps, why, mixed(gap_before_, gap_behind_));
    }

 private:
    void add(Kind kind, std::uint64_t a, std::uint64_t b = 0) { out_.add(feature(kind, mixed(a, b)) | 1); }

    bool inside(int offset) const {
        const std::int64_t at = static_cast<std::int64_t>(i_) + offset;
        return at >= 0 && at < static_cast<std::int64_t>(scene_.size());
    }
    std::uint32_t at(int offset) const { return static_cast<std::uint32_t>(static_cast<std::int64_t>(i_) + offset); }
    std::uint64_t hash_at(int offset) const { return inside(offset) ? scene_.word(at(offset)).hash : 0; }
    std::uint64_t cues_at(int offset) const { return inside(offset) ? scene_.cues(at(offset)) & k_told : 0; }
    std::uint64_t label_at(int offset) const { return inside(offset) ? evidence_[at(offset)].label : k_outside; }

    const Scene& scene_;
    std::span<const Evidence> evidence_;
    std::uint32_t i_;
    const Word& word_;
    const Evidence& mine_;
    std::uint64_t shape_, cues_, gap_before_, gap_behind_, suffix_, listed_;
    FeatureList& out_;
};

static_assert(k_kinds - 1 <= k_most_features);

}  // namespace

void features_of(const Scene& scene, std::span<const Evidence> evidence, std::uint32_t i, bool with_rules,
                 FeatureList& out) {
    out.clear();
    Extractor extractor(scene, evidence, i, out);
    extractor.word();
    extractor.context();
    extractor.lexicon();
    extractor.document();
    if (with_rules) extractor.rules();
}

}  // namespace limier
