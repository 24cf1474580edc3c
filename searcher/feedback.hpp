// Pseudo-relevance feedback, for --expand: what the best documents have in common tells what else to look for.
#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "common/store.hpp"

namespace limier {

/// So many documents are taken for relevant, and so many terms from them.
inline constexpr std::size_t k_feedback_documents = 5, k_feedback_terms = 20;

struct FeedbackTerm {
    std::string term;
    std::string word;   ///< the form of it that the documents have most
    double weight = 0;  ///< of the strongest 1
};

/// The terms that tell the documents from the index, by Bo1 (Amati, 2003: Bose-Einstein statistics), strongest first;
/// stop words, numbers, terms of one of the documents alone and those `asked` for aside. Throws Damaged.
std::vector<FeedbackTerm> feedback_terms(const Index& index, std::span<const Xapian::docid> documents,
                                         const std::set<std::string>& asked);

}  // namespace limier
