#include "searcher/snippet.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
#include <span>

#include "common/text/fold.hpp"
#include "common/text/utf8.hpp"

namespace limier {
namespace {

bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// The longest run of ASCII letters of a form, to look for in its text whatever the case of the rest; empty where the
/// form has other signs than letters, which may be written in other ways (`4` in `GPT-4`).
std::string_view sure_part(std::string_view form) {
    std::string_view best;
    for (std::size_t begin = 0; begin < form.size();) {
        std::size_t end = begin;
        while (end < form.size() && is_ascii_letter(form[end])) ++end;
        if (end - begin > best.size()) best = form.substr(begin, end - begin);
        if (end < form.size() && static_cast<unsigned char>(form[end]) < 0x80) return {};
        begin = end + 1;
    }
    return best;
}

/// The text with small letters for the capitals of ASCII. In blocks of a fixed size the compiler makes vector code.
void lower_ascii(std::string_view text, std::string& lower) {
    constexpr std::size_t k_block = 32;
    const auto lower_byte = [](char c) {
        const bool capital = static_cast<unsigned char>(c - 'A') < 26;
        return static_cast<char>(c + 32 * capital);
    };
    lower = text;
    std::size_t at = 0;
    for (; at + k_block <= lower.size(); at += k_block) {
        char* const block = lower.data() + at;
        for (std::size_t i = 0; i < k_block; ++i) block[i] = lower_byte(block[i]);
    }
    for (; at < lower.size(); ++at) lower[at] = lower_byte(lower[at]);
}

bool is_blank_byte(char c) { return static_cast<unsigned char>(c) <= ' '; }

/// As std::string_view::find, which stops at each first sign of the part, of which a text has many.
std::size_t find_part(std::string_view text, std::string_view part, std::size_t from) {
    const void* const found = ::memmem(text.data() + from, text.size() - from, part.data(), part.size());
    return found == nullptr ? text.npos : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

/// Where the parts stand in a text, each widened to the blanks around it; sorted, disjoint.
std::vector<std::pair<std::size_t, std::size_t>> runs_with(std::string_view lower,
                                                           const std::vector<std::string_view>& parts) {
    std::vector<std::pair<std::size_t, std::size_t>> runs;
    for (const std::string_view part : parts) {
        for (std::size_t at = find_part(lower, part, 0); at != lower.npos; at = find_part(lower, part, at)) {
            std::size_t begin = at, end = at;
            while (begin > 0 && !is_blank_byte(lower[begin - 1])) --begin;
            while (end < lower.size() && !is_blank_byte(lower[end])) ++end;
            runs.emplace_back(begin, end);
            at = end;
        }
    }
    std::sort(runs.begin(), runs.end());
    runs.erase(std::unique(runs.begin(), runs.end()), runs.end());
    return runs;
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

/// Of each byte of UTF-8 whether it is no blank, line end, sentence end or control, nor begins one that is not ASCII:
/// most bytes are passed over by this alone. True of what stands within a code point.
constexpr std::array<bool, 256> k_plain_bytes = [] {
    std::array<bool, 256> plain{};
    for (unsigned byte = ' ' + 1; byte < 256; ++byte) plain[byte] = byte < 0xE1 || byte > 0xE3;
    for (const unsigned byte : {0x21u, 0x2Eu, 0x3Fu, 0x7Fu, 0xC0u, 0xC1u, 0xC2u}) plain[byte] = false;  // !.? DEL
    return plain;
}();
bool is_plain_byte(char c) { return k_plain_bytes[static_cast<unsigned char>(c)]; }

std::size_t behind_plain(std::string_view text, std::size_t at, std::size_t end) {
    while (at < end && is_plain_byte(text[at])) ++at;
    return at;
}

bool is_sentence_end(char32_t c) { return c == U'.' || c == U'!' || c == U'?' || c == U'…' || c == U'\n'; }

/// Where a passage that must hold `from` begins: after the sentence end or line end before it, or at a blank where that
/// is too far.
std::size_t passage_begin(std::string_view text, std::size_t from, std::size_t reach) {
    std::size_t at = from, blank = from;
    bool after_blank = true;
    while (at > 0 && from - at < reach) {
        if (text[at - 1] >= 0 && is_plain_byte(text[at - 1])) {
            after_blank = false;
            --at;
            continue;
        }
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
    for (const std::size_t end = std::min(text.size(), limit); at < end;) {
        if (const std::size_t plain = behind_plain(text, at, end); plain > at) {
            at = plain;
            continue;
        }
        const std::size_t here = at;
        const char32_t c = next_code_point(text, at);
        if (is_space(c)) blank = here;
        if (c == U'\n') sentence = here;
        if (is_sentence_end(c) && c != U'\n' && (at == text.size() || is_space(static_cast<unsigned char>(text[at]))))
            sentence = at;
    }
    // What began before the limit is taken whole.
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
    if (at >= text.size()) return text.size();
    return sentence > to ? sentence : blank;
}

std::size_t behind_blanks(std::string_view text, std::size_t at) {
    for (std::size_t next = at; next < text.size(); at = next)
        if (!is_space(next_code_point(text, next))) return at;
    return at;
}

/// Copies [begin, end) with each run of blanks as one, and the marks moved along.
Snippet copy_passage(std::string_view text, std::size_t begin, std::size_t end, std::span<const Mark> marks) {
    Snippet snippet;
    if (begin > behind_blanks(text, 0)) snippet.text = "… ";
    std::size_t mark = 0;
    std::size_t taken = begin;  // what stands behind is taken over as it is
    const auto take = [&](std::size_t to) { snippet.text += text.substr(taken, to - taken); };
    bool blank = true;
    for (std::size_t at = begin; at < end;) {
        while (mark < marks.size() && marks[mark].place.begin < at) ++mark;
        const std::size_t stop = mark < marks.size() ? std::min<std::size_t>(end, marks[mark].place.begin) : end;
        if (const std::size_t plain = behind_plain(text, at, stop); plain > at) {
            at = plain;
            blank = false;
            continue;
        }
        const std::size_t here = at;
        const char32_t c = next_code_point(text, at);
        if (mark < marks.size() && marks[mark].place.begin == here && marks[mark].place.end <= end) {
            const auto place = marks[mark].place;
            take(here);
            const auto shift = static_cast<std::uint32_t>(snippet.text.size());
            snippet.highlights.push_back({shift, shift + place.end - place.begin});
            taken = here;
            at = place.end;
            blank = false;
            continue;
        }
        // No-break spaces are kept: French typography needs them before « : ».
        const bool breaks = c == U' ' || (c < 0x20) || c == U'\u2028' || c == U'\u2029';
        if (breaks && (blank || c != U' ')) {
            take(here);
            if (!blank) snippet.text += ' ';
            taken = at;
        }
        blank = breaks;
    }
    take(std::max(taken, end));
    while (snippet.text.ends_with(' ')) snippet.text.pop_back();
    if (end < text.size()) snippet.text += " …";
    return snippet;
}

bool is_name_sign(char32_t c) { return is_letter(c) || is_digit(c); }

/// Whether a word is an article before its apostrophe: `L’`.
bool is_elided(std::string_view text, Highlight word) {
    std::size_t at = word.begin, behind = word.end;
    next_code_point(text, at);
    return at == word.end && behind < text.size() && is_apostrophe(next_code_point(text, behind));
}

}  // namespace

bool Highlighter::is_wanted(std::uint32_t form) {
    if (form >= wanted_.size()) wanted_.resize(analyser_.forms(), Wanted::unknown);
    if (wanted_[form] == Wanted::unknown) {
        const Form& known = analyser_.form(form);
        const bool wanted = words_.terms.contains(known.term) || words_.folded.contains(fold(known.text));
        wanted_[form] = wanted ? Wanted::yes : Wanted::no;
    }
    return wanted_[form] == Wanted::yes;
}

/// Adds the marks in [begin, end) of a text. Returns the number of wanted tokens, overlaid ones too.
std::size_t Highlighter::add_marks(std::string_view text, std::size_t begin, std::size_t end,
                                   std::vector<Mark>& marks) {
    analyser_.analyse(text.substr(begin, end - begin), tokens_);
    std::size_t count = 0;
    for (const Token& token : tokens_) {
        if (!is_wanted(token.form)) continue;
        ++count;
        if (token.begin == token.end) continue;
        const std::string_view term = analyser_.form(token.form).term;
        const auto shift = static_cast<std::uint32_t>(begin);
        const Highlight place{token.begin + shift, token.end + shift};
        if (marks.empty() || place.begin >= marks.back().place.end)
            marks.push_back({place, term});
        else if (place.end > marks.back().place.end)
            marks.back() = {{marks.back().place.begin, place.end}, term};
    }
    return count;
}

std::vector<Mark> Highlighter::marks(std::string_view text) {
    std::vector<Mark> found;
    add_marks(text, 0, text.size(), found);
    return found;
}

std::vector<Mark> Highlighter::marks(std::string_view text, const KnownWords& known) {
    std::vector<std::string_view> parts;
    for (const std::string_view form : known.forms) {
        const std::string_view part = sure_part(form);
        if (part.size() < 2) return marks(text);
        parts.push_back(part);
    }
    lower_ascii(text, lower_);
    std::vector<Mark> found;
    std::size_t tokens = 0;
    for (const auto& [begin, end] : runs_with(lower_, parts)) tokens += add_marks(text, begin, end, found);
    // A word written in another way than its form (`cœur`, `I.A.`) was passed over.
    if (tokens != known.tokens) return marks(text);
    return found;
}

void Highlighter::add_names(std::string_view text, std::vector<Mark>& marks) const {
    if (words_.names.empty()) return;
    std::vector<std::string> folded;
    std::vector<Highlight> places;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        std::size_t end = begin;
        while (at < text.size() && is_name_sign(next_code_point(text, at))) end = at;
        if (end == begin) continue;
        folded.push_back(fold(text.substr(begin, end - begin)));
        places.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
    }
    std::vector<Mark> found;
    for (std::size_t first = 0; first < folded.size(); ++first) {
        std::string name;
        std::size_t last = first;
        // The longest name that begins here: names that go on as these words do are neighbours in the set.
        for (std::size_t next = first; next < folded.size(); ++next) {
            name += (next == first ? "" : " ") + folded[next];
            const auto longer = words_.names.lower_bound(name);
            if (longer == words_.names.end() || !longer->starts_with(name)) break;
            if (*longer != name) continue;
            // `l oreal` is marked without its article.
            const std::size_t from = next > first && is_elided(text, places[first]) ? first + 1 : first;
            if (last > first) found.pop_back();
            found.push_back({{places[from].begin, places[next].end}, *longer});
            last = next + 1;
        }
        if (last > first) first = last - 1;
    }
    for (const Mark& name : found) {
        std::erase_if(marks, [&name](const Mark& mark) {
            return mark.place.begin < name.place.end && name.place.begin < mark.place.end;
        });
    }
    marks.insert(marks.end(), found.begin(), found.end());
    std::ranges::sort(marks, {}, [](const Mark& mark) { return mark.place.begin; });
}

std::vector<Highlight> places_of(const std::vector<Mark>& marks) {
    std::vector<Highlight> places;
    for (const Mark& mark : marks) places.push_back(mark.place);
    return places;
}

Snippet make_snippet(std::string_view text, const std::vector<Mark>& marks, std::size_t length) {
    while (!text.empty() && text.back() >= 0 && static_cast<unsigned char>(text.back()) <= ' ') text.remove_suffix(1);
    const auto [first, last] = best_window(marks, length * 2 / 3);
    std::size_t begin = 0;
    std::size_t last_end = 0;
    if (first < last) {
        last_end = marks[last - 1].place.end;
        const std::size_t inside = last_end - marks[first].place.begin;
        begin = passage_begin(text, marks[first].place.begin, length > inside ? length - inside : 0);
    }
    begin = behind_blanks(text, begin);
    const std::size_t end = passage_end(text, std::max(last_end, begin), begin + length);
    return copy_passage(text, begin, end, marks);
}

}  // namespace limier
