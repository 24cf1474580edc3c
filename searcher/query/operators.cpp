#include "searcher/query/operators.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace limier {
namespace {

// Europresse and most French catalogues write ET, OU, SAUF. SUIVI is ours: no catalogue agrees on a French ADJ.
constexpr std::array k_operators{
    Operator{NodeKind::or_, "OR", "OU", 1, 2, false, "chat OU chien"},
    Operator{NodeKind::and_, "AND", "ET", 2, 2, false, "retraites ET grève"},
    Operator{NodeKind::not_, "NOT", "SAUF", 2, 2, false, "élection SAUF sondage"},
    Operator{NodeKind::near, "NEAR", "PROCHE", 3, 2, true, "président PROCHE/5 république"},
    Operator{NodeKind::adj, "ADJ", "SUIVI", 3, 2, true, "réforme SUIVI/3 retraites"},
};

int read_distance(std::string_view digits) {
    int value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    const bool whole = error == std::errc() && end == digits.data() + digits.size();
    return whole && value >= 1 && value <= k_most_distance ? value : 0;
}

}  // namespace

std::span<const Operator> all_operators() { return k_operators; }

const Operator* operator_of(NodeKind kind) {
    const auto found =
        std::find_if(k_operators.begin(), k_operators.end(), [kind](const Operator& row) { return row.kind == kind; });
    return found == k_operators.end() ? nullptr : &*found;
}

OperatorWord read_operator(std::string_view word) {
    for (const Operator& row : k_operators) {
        for (const std::string_view spelling : {row.english, row.french}) {
            if (word == spelling) return {&row, row.distance ? k_default_distance : 0};
            if (!row.distance || !word.starts_with(spelling) || word[spelling.size()] != '/') continue;
            const int distance = read_distance(word.substr(spelling.size() + 1));
            return {&row, distance, distance == 0};
        }
    }
    return {};
}

}  // namespace limier
