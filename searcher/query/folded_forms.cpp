#include "searcher/query/folded_forms.hpp"

#include <algorithm>

#include "common/text/fold.hpp"
#include "common/text/utf8.hpp"
#include "searcher/query/slip.hpp"

namespace limier {
namespace {

bool begins_letter(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }

std::size_t letter_end(std::string_view text, std::size_t at) {
    for (++at; at < text.size() && !begins_letter(text[at]);) ++at;
    return at;
}

/// Edits from a word to forms that come in order: what the next form shares with the one before is not counted again.
class EditRows {
 public:
    EditRows(std::string_view word, std::size_t limit)
        : word_(code_points(word)), limit_(limit), longest_(word_.size() + limit) {
        rows_.assign(longest_ + 1, std::vector<std::size_t>(word_.size() + 1, limit_ + 1));
        for (std::size_t j = 0; j <= std::min(word_.size(), limit_); ++j) rows_[0][j] = j;
    }

    /// Edits to the form, or limit + 1.
    std::size_t to(std::string_view form) {
        std::size_t at = 0, depth = 0;
        while (depth < done_ && at < form.size()) {
            std::size_t next = at;
            if (next_code_point(form, next) != form_[depth]) break;
            at = next;
            ++depth;
        }
        if (dead_ && depth == done_) return limit_ + 1;
        done_ = depth;
        dead_ = false;
        while (at < form.size()) {
            if (done_ == longest_) return limit_ + 1;
            form_.resize(done_ + 1);
            form_[done_++] = next_code_point(form, at);
            if (!fill_row()) {
                dead_ = true;
                return limit_ + 1;
            }
        }
        return rows_[done_][word_.size()];
    }

 private:
    /// Row `done_`, near the diagonal; false where no form that begins so is near enough.
    bool fill_row() {
        const std::size_t i = done_;
        const auto& above = rows_[i - 1];
        auto& row = rows_[i];
        const std::size_t first = i > limit_ ? i - limit_ : 0;
        const std::size_t last = std::min(word_.size(), i + limit_);
        bool alive = false;
        for (std::size_t j = first; j <= last; ++j) {
            std::size_t edits = above[j] + 1;
            if (j > 0) {
                edits = std::min({edits, row[j - 1] + 1, above[j - 1] + (word_[j - 1] != form_[i - 1] ? 1u : 0u)});
                const bool swapped = i > 1 && j > 1 && word_[j - 1] == form_[i - 2] && word_[j - 2] == form_[i - 1];
                if (swapped) edits = std::min(edits, rows_[i - 2][j - 2] + 1);
            }
            row[j] = std::min(edits, limit_ + 1);
            alive = alive || edits <= limit_;
        }
        return alive;
    }

    std::u32string word_;
    std::size_t limit_;
    std::size_t longest_;
    std::vector<std::vector<std::size_t>>
        rows_;  ///< by letters of the form; beyond `limit_` from the diagonal untouched
    std::u32string form_;
    std::size_t done_ = 0;  ///< letters of `form_` that have their row
    bool dead_ = false;     ///< the last row is too far already
};

}  // namespace

bool glob_matches(std::string_view glob, std::string_view text) {
    std::size_t g = 0, t = 0, star = std::string_view::npos, mark = 0;
    while (t < text.size()) {
        if (g < glob.size() && glob[g] == '*') {
            star = g++;
            mark = t;
        } else if (g < glob.size() && glob[g] == '?' && begins_letter(text[t])) {
            ++g;
            t = letter_end(text, t);
        } else if (g < glob.size() && glob[g] == text[t]) {
            ++g, ++t;
        } else if (star != std::string_view::npos) {
            g = star + 1;
            t = ++mark;
        } else {
            return false;
        }
    }
    while (g < glob.size() && glob[g] == '*') ++g;
    return g == glob.size();
}

FoldedForms::FoldedForms(const Segment& segment) {
    ends_.reserve(segment.forms());
    for (std::uint32_t place = 0; place < segment.forms(); ++place) {
        bytes_ += fold(segment.form(segment.vocabulary(place)));
        ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
    }
}

FoldedForms::FoldedForms(std::span<const std::string_view> folded) {
    for (const std::string_view text : folded) {
        bytes_ += text;
        ends_.push_back(static_cast<std::uint32_t>(bytes_.size()));
    }
}

std::vector<FoldedForms::Near> FoldedForms::near(std::string_view word, std::size_t limit) const {
    std::vector<Near> places;
    EditRows rows(word, limit);
    for (std::uint32_t place = 0; place < size(); ++place) {
        const std::size_t edits = rows.to((*this)[place]);
        if (edits <= limit) places.push_back({place, edits});
    }
    return places;
}

std::vector<FoldedForms::Near> FoldedForms::meant_by(std::string_view word) const {
    const std::size_t forgiven = edits_forgiven(word);
    if (forgiven == 0) return {};
    // One edit more than forgiven may be two slips.
    std::vector<Near> places = near(word, forgiven + 1);
    for (Near& form : places) form.edits = half_edits(word, (*this)[form.place]);
    std::erase_if(places, [&](const Near& form) { return form.edits > 2 * forgiven; });
    return places;
}

const FoldedForms& FoldedVocabulary::of(std::size_t segment) {
    std::optional<FoldedForms>& forms = segments_[segment];
    if (!forms) forms.emplace(index_->segments()[segment].segment);
    return *forms;
}

}  // namespace limier
