// BM25 (Robertson and Zaragoza, 2009), with one set of parameters wherever it is reckoned.
#pragma once

#include <algorithm>
#include <cmath>

namespace limier {

/// A document shorter than a tenth of the average counts as such.
inline constexpr double k_bm25_k1 = 1.2, k_bm25_b = 0.75, k_bm25_shortest = 0.1;

/// Of a word that so many of the documents have; never negative.
inline double inverse_frequency(double documents, double frequency) {
    return std::log(1 + (documents - frequency + 0.5) / (frequency + 0.5));
}

/// What a word's occurrences weigh in a document; its length in averages.
inline double saturated(double count, double length) {
    const double norm = k_bm25_k1 * (1 - k_bm25_b + k_bm25_b * std::max(length, k_bm25_shortest));
    return (k_bm25_k1 + 1) * count / (count + norm);
}

}  // namespace limier
