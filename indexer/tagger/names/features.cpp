#include "indexer/tagger/names/features.hpp"

#include <algorithm>

namespace limier {
namespace {

constexpr std::uint64_t mixed(std::uint64_t a, std::uint64_t b) {
    std::uint64_t x = (a ^ (b + 0x9E3779B97F4A7C15ULL + (a << 6) + (a >> 2))) * 0xBF58476D1CE4E5B9ULL;
    x ^= x >> 29;
    x *= 0x94D049BB133111EBULL;
    return x ^ (x >> 32);
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

constexpr std::uint32_t k_gender = k_cue_male | k_cue_female;

/// Writes the features of one word.
class Extractor {
 public:
    Extractor(const Scene& scene, std::span<const Evidence> evidence, std::uint32_t i, std::vector<std::uint64_t>& out)
        : scene_(scene), evidence_(evidence), i_(i), word_(scene.word(i)), mine_(evidence[i]), out_(out) {
        shape_ = shape_of(word_);
    }

    void word() {
        const std::string_view text = scene_.surface(i_, i_ + 1);
        add(1, word_.hash);
        add(2, word_.hash, shape_);
        add(3, affix(text, 3, false));
        add(4, affix(text, 2, true));
        add(5, affix(text, 3, true));
        add(6, affix(text, 4, true));
        add(7, shape_, word_.starts ? 1 : 0);
        add(8, gap_of(scene_, i_), shape_);
        add(9, gap_of(scene_, i_ + 1), shape_);
    }
    void context() {
        add(10, hash_at(-1));
        add(11, hash_at(1));
        add(12, hash_at(-2));
        add(13, hash_at(2));
        add(14, shape_at(-1), shape_);
        add(15, shape_at(1), shape_);
        add(16, mixed(shape_at(-1), shape_at(1)), shape_);
        add(17, hash_at(-1), gap_of(scene_, i_));
        add(18, hash_at(1), gap_of(scene_, i_ + 1));
    }
    void pairs() {
        add(20, hash_at(-1), word_.hash);
        add(21, word_.hash, hash_at(1));
        add(22, hash_at(-2), hash_at(-1));
        add(23, hash_at(1), hash_at(2));
    }
    void lexicon() {
        const std::uint64_t cues = scene_.cues(i_) & ~k_gender;
        add(30, cues, shape_);
        add(31, mine_.listed, shape_);
        add(32, scene_.announced(i_), gap_of(scene_, i_));
        add(33, cues_at(-1), cues);
        add(34, cues_at(1), cues);
        add(35, mine_.listed, cues_at(-1));
        add(36, scene_.announced(i_), cues);
        add(37, scene_.announced(i_ + 1), gap_of(scene_, i_ + 1));
    }
    void document() {
        const std::uint64_t seen = (scene_.seen_small(word_.hash) ? 1U : 0U) | (word_.starts ? 2U : 0U) |
                                   (mine_.bare_elsewhere ? 4U : 0U);
        add(40, seen, shape_);
        add(41, mine_.elsewhere, mine_.label);
        add(42, mixed(mine_.elsewhere, seen), mine_.label);
    }
    void rules() {
        const std::uint64_t source = mixed(mine_.why, mine_.strength);
        add(50, mine_.label);
        add(51, mine_.label, source);
        add(52, mixed(mine_.label, source), mine_.length);
        add(53, label_at(-1), mine_.label);
        add(54, mine_.label, label_at(1));
        add(55, mixed(label_at(-1), label_at(1)), mine_.label);
        add(56, mine_.proposed, mine_.label);
        add(57, mine_.proposed, mixed(proposed_at(-1), proposed_at(1)));
        add(58, mine_.listed, mine_.label);
        add(59, mixed(mine_.label, source), mine_.listed);
    }
    void crossed() {
        add(70, mine_.label, word_.hash);
        add(71, mine_.label, hash_at(-1));
        add(72, mine_.label, hash_at(1));
        add(73, mine_.label, shape_);
        add(74, mine_.label, mixed(shape_at(-1), shape_at(1)));
        add(75, mine_.label, scene_.cues(i_));
        add(76, mine_.label, mixed(cues_at(1), gap_of(scene_, i_ + 1)));
        add(77, mine_.label, mixed(scene_.announced(i_), gap_of(scene_, i_)));
        add(78, mixed(mine_.label, mine_.why), affix(scene_.surface(i_, i_ + 1), 3, true));
        add(79, mixed(mine_.label, mine_.why), mixed(gap_of(scene_, i_), gap_of(scene_, i_ + 1)));
    }

 private:
    void add(std::uint64_t kind, std::uint64_t a, std::uint64_t b = 0) { out_.push_back(mixed(mixed(kind, a), b) | 1); }

    bool inside(int offset) const {
        const std::int64_t at = static_cast<std::int64_t>(i_) + offset;
        return at >= 0 && at < static_cast<std::int64_t>(scene_.size());
    }
    std::uint32_t at(int offset) const { return static_cast<std::uint32_t>(static_cast<std::int64_t>(i_) + offset); }
    std::uint64_t hash_at(int offset) const { return inside(offset) ? scene_.word(at(offset)).hash : 0; }
    std::uint64_t shape_at(int offset) const { return inside(offset) ? shape_of(scene_.word(at(offset))) : 1023; }
    std::uint64_t cues_at(int offset) const { return inside(offset) ? scene_.cues(at(offset)) & ~k_gender : 0; }
    std::uint64_t label_at(int offset) const { return inside(offset) ? evidence_[at(offset)].label : 0; }
    std::uint64_t proposed_at(int offset) const { return inside(offset) ? evidence_[at(offset)].proposed : 0; }

    const Scene& scene_;
    std::span<const Evidence> evidence_;
    std::uint32_t i_;
    const Word& word_;
    const Evidence& mine_;
    std::uint64_t shape_ = 0;
    std::vector<std::uint64_t>& out_;
};

}  // namespace

void features_of(const Scene& scene, std::span<const Evidence> evidence, std::uint32_t i, std::uint32_t groups,
                 std::vector<std::uint64_t>& out) {
    out.clear();
    Extractor extractor(scene, evidence, i, out);
    if ((groups & k_features_word) != 0) extractor.word();
    if ((groups & k_features_context) != 0) extractor.context();
    if ((groups & k_features_pairs) != 0) extractor.pairs();
    if ((groups & k_features_lexicon) != 0) extractor.lexicon();
    if ((groups & k_features_document) != 0) extractor.document();
    if ((groups & k_features_rules) != 0) extractor.rules();
    if ((groups & k_features_crossed) != 0) extractor.crossed();
}

}  // namespace limier
