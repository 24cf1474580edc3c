// Numbers as text, the same in every locale.
#pragma once

#include <string>

namespace limier {

/// The decimals of a score, in every output format.
inline constexpr int k_score_decimals = 6;

/// A number with so many decimals and a point. `nan` and `inf` where it is not finite.
std::string fixed_decimals(double value, int decimals);

}  // namespace limier
