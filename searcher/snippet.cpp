#include "searcher/snippet.hpp"

#include <algorithm>
#include <map>
#include <span>

#include "common/text/fold.hpp"
#include "common/text/utf8.hpp"

namespace limier {
namespace {

/// A marked word and which of the query's it is: its term.
struct Mark {
    Highlight place;
    std::string_view term;
};

std::vector<Mark> find_marks(std::string_view text, const HighlightWords& words, Analyser& analyser) {
    std::vector<Token> tokens;
    analyser.analyse(text, tokens);
    std::map<std::uint32_t, bool> wanted;
    std::vector<Mark> marks;
    for (const Token& token : tokens) {
        const auto [known, is_new] = wanted.try_emplace(token.form);
        const Form& form = analyser.form(token.form);
        if (is_new) known->second = words.terms.contains(form.term) || words.folded.contains(fold(form.text));
        if (!known->second || token.begin == token.end) continue;
        if (!marks.empty() && token.begin < marks.back().place.end) {
            if (token.end > marks.back().place.end) marks.back() = {{marks.back().place.begin, token.end}, form.term};
        } else {
            marks.push_back({{token.begin, token.end}, form.term});
        }
    }
    return marks;
}

/// The first mark of the best window of `length` bytes, and the one after its last.
std::pair<std::size_t, std::size_t> best_window(const std::vector<Mark>& marks, std::size_t length) {
    std::map<std::string_view, std::size_t> inside;
    std::pair<std::size_t, std::size_t> best{0, 0}, best_score{0, 0};
    std::size_t first = 0;
    for (std::size_t last = 0; last < marks.size(); ++last) {
        ++inside[marks[last].term];
        for (; marks[last].place.end - marks[first].place.begin > length && first < last; ++first) {
            const auto left = inside.find(marks[first].term);
            if (--left->second == 0) inside.erase(left);
        }
        const std::pair score{inside.size(), last + 1 - first};
        if (score > best_score) {
            best_score = score;
            best = {first, last + 1};
        }
    }
    return best;
}

bool is_sentence_end(char32_t c) { return c == U'.' || c == U'!' || c == U'?' || c == U'…' || c == U'\n'; }

/// Where a passage that must hold `from` begins: after the sentence end or line end before it, or at a blank where that
/// is too far.
std::size_t passage_begin(std::string_view text, std::size_t from, std::size_t reach) {
    std::size_t at = from, blank = from;
    bool after_blank = true;
    while (at > 0 && from - at < reach) {
        std::size_t before = at;
        const char32_t c = previous_code_point(text, before);
        if (c == U'\n' || (after_blank && is_sentence_end(c))) return at;
        after_blank = is_space(c);
        if (after_blank) blank = at;
        at = before;
    }
    return at == 0 ? 0 : blank;
}

/// Where a passage that begins at `begin` and must hold `to` ends: after a sentence within reach, or at a blank.
std::size_t passage_end(std::string_view text, std::size_t to, std::size_t limit) {
    std::size_t at = to, blank = to, sentence = 0;
    while (at < text.size() && at < limit) {
        const std::size_t here = at;
        const char32_t c = next_code_point(text, at);
        if (is_space(c)) blank = here;
        if (c == U'\n') sentence = here;
        if (is_sentence_end(c) && c != U'\n' && (at == text.size() || is_space(static_cast<unsigned char>(text[at]))))
            sentence = at;
    }
    if (at >= text.size()) return text.size();
    return sentence > to ? sentence : blank;
}

/// Copies [begin, end) with each run of blanks as one, and the marks moved along.
Snippet copy_passage(std::string_view text, std::size_t begin, std::size_t end, std::span<const Mark> marks) {
    Snippet snippet;
    if (begin > 0) snippet.text = "… ";
    std::size_t mark = 0;
    bool blank = true;
    for (std::size_t at = begin; at < end;) {
        while (mark < marks.size() && marks[mark].place.begin < at) ++mark;
        const std::size_t here = at;
        const char32_t c = next_code_point(text, at);
        if (mark < marks.size() && marks[mark].place.begin == here && marks[mark].place.end <= end) {
            const auto place = marks[mark].place;
            const auto shift = static_cast<std::uint32_t>(snippet.text.size());
            snippet.highlights.push_back({shift, shift + place.end - place.begin});
            snippet.text += text.substr(place.begin, place.end - place.begin);
            at = place.end;
            blank = false;
            continue;
        }
        // No-break spaces are kept: French typography needs them before « : ».
        const bool breaks = c == U' ' || (c < 0x20) || c == U'\u2028' || c == U'\u2029';
        if (!breaks) {
            snippet.text += text.substr(here, at - here);
        } else if (!blank) {
            snippet.text += ' ';
        }
        blank = breaks;
    }
    while (snippet.text.ends_with(' ')) snippet.text.pop_back();
    if (end < text.size()) snippet.text += " …";
    return snippet;
}

}  // namespace

std::vector<Highlight> find_highlights(std::string_view text, const HighlightWords& words, Analyser& analyser) {
    std::vector<Highlight> places;
    for (const Mark& mark : find_marks(text, words, analyser)) places.push_back(mark.place);
    return places;
}

Snippet make_snippet(std::string_view text, const HighlightWords& words, Analyser& analyser, std::size_t length) {
    while (!text.empty() && text.back() >= 0 && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
    const std::vector<Mark> marks = find_marks(text, words, analyser);
    const auto [first, last] = best_window(marks, length * 2 / 3);
    std::size_t begin = 0;
    std::size_t last_end = 0;
    if (first < last) {
        last_end = marks[last - 1].place.end;
        const std::size_t inside = last_end - marks[first].place.begin;
        begin = passage_begin(text, marks[first].place.begin, length > inside ? length - inside : 0);
    }
    while (begin < text.size() && static_cast<unsigned char>(text[begin]) <= ' ') ++begin;
    const std::size_t end = passage_end(text, std::max(last_end, begin), begin + length);
    return copy_passage(text, begin, end, marks);
}

}  // namespace limier
