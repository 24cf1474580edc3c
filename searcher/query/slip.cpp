#include "searcher/query/slip.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "common/text/utf8.hpp"

namespace limier {
namespace {

constexpr std::size_t k_slip = 1;  ///< half-edits of a frequent slip
constexpr std::size_t k_edit = 2;

/// Letters that sound alike, each pair once.
constexpr std::array<std::u32string_view, 10> k_alike = {U"sc", U"sz", U"cz", U"iy", U"ck",
                                                         U"cq", U"kq", U"gj", U"mn", U"sx"};

/// Several letters that sound like others.
constexpr std::array<std::pair<std::u32string_view, std::u32string_view>, 13> k_digraphs = {{
    {U"ph", U"f"},
    {U"qu", U"k"},
    {U"qu", U"c"},
    {U"ss", U"c"},
    {U"ou", U"w"},
    {U"au", U"o"},
    {U"eau", U"o"},
    {U"eau", U"au"},
    {U"ai", U"e"},
    {U"ei", U"e"},
    {U"en", U"an"},
    {U"em", U"am"},
    {U"in", U"ain"},
}};

/// Where a letter's key is on AZERTY, in keys from the left and rows from the top; nothing for one without a key.
struct Key {
    double x = -10;
    int row = -10;
};

Key key_of(char32_t letter) {
    constexpr std::array<std::u32string_view, 3> rows = {U"azertyuiop", U"qsdfghjklm", U"wxcvbn"};
    constexpr std::array<double, 3> shifts = {0, 0.25, 0.75};
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const std::size_t place = rows[row].find(letter);
        if (place != std::u32string_view::npos)
            return {shifts[row] + static_cast<double>(place), static_cast<int>(row)};
    }
    return {};
}

bool beside(char32_t a, char32_t b) {
    const Key first = key_of(a), second = key_of(b);
    if (first.row < 0 || second.row < 0) return false;
    const double across = std::abs(first.x - second.x);
    return first.row == second.row ? across <= 1 : std::abs(first.row - second.row) == 1 && across < 1;
}

std::size_t substitution(char32_t a, char32_t b) {
    if (a == b) return 0;
    const auto alike = [&](std::u32string_view pair) {
        return (pair[0] == a && pair[1] == b) || (pair[0] == b && pair[1] == a);
    };
    return beside(a, b) || std::ranges::any_of(k_alike, alike) ? k_slip : k_edit;
}

/// A letter that only one of two words has, at a place of the one that has it.
std::size_t extra(std::u32string_view word, std::size_t at) {
    const bool doubled = (at > 0 && word[at - 1] == word[at]) || (at + 1 < word.size() && word[at + 1] == word[at]);
    const bool silent = word[at] == U'h' || (at + 1 == word.size() &&
                                             std::u32string_view(U"estx").find(word[at]) != std::u32string_view::npos);
    return doubled || silent ? k_slip : k_edit;
}

bool ends(std::u32string_view word, std::size_t length, std::u32string_view part) {
    return word.substr(0, length).ends_with(part);
}

}  // namespace

std::u32string code_points(std::string_view text) {
    std::u32string out;
    for (std::size_t at = 0; at < text.size();) out.push_back(next_code_point(text, at));
    return out;
}

std::size_t edits_forgiven(std::string_view folded) {
    const std::size_t letters = code_points(folded).size();
    return letters < 4 ? 0 : letters < 8 ? 1 : 2;
}

std::size_t half_edits(std::string_view typed, std::string_view meant) {
    const std::u32string a = code_points(typed), b = code_points(meant);
    std::vector<std::vector<std::size_t>> rows(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 && j == 0) continue;
            std::size_t least = static_cast<std::size_t>(-1);
            const auto by = [&](std::size_t from_a, std::size_t from_b, std::size_t cost) {
                least = std::min(least, rows[i - from_a][j - from_b] + cost);
            };
            if (i > 0) by(1, 0, extra(a, i - 1));
            if (j > 0) by(0, 1, extra(b, j - 1));
            if (i > 0 && j > 0) by(1, 1, substitution(a[i - 1], b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) by(2, 2, k_slip);
            for (const auto& [one, other] : k_digraphs) {
                if (ends(a, i, one) && ends(b, j, other)) by(one.size(), other.size(), k_slip);
                if (ends(a, i, other) && ends(b, j, one)) by(other.size(), one.size(), k_slip);
            }
            rows[i][j] = least;
        }
    }
    return rows[a.size()][b.size()];
}

double likelihood(double uses, std::size_t half_edits) {
    return std::log10(1 + uses) - static_cast<double>(half_edits);
}

}  // namespace limier
