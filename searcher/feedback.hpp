// The words that tell some texts from the others of an index: what to look for beside a query (pseudo-relevance
// feedback), or to find what resembles a text.
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/store.hpp"
#include "common/text/french.hpp"

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

/// The same of one document, as far as others have them too; and of a text, which is valid UTF-8 and need not be in the
/// index.
std::vector<FeedbackTerm> document_terms(const Index& index, Xapian::docid document);
std::vector<FeedbackTerm> text_terms(const Index& index, Analyser& analyser, std::string_view text);

}  // namespace limier
