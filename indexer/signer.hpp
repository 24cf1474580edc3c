// From a document to its signature.
#pragma once

#include <cstdint>
#include <vector>

#include "common/signature.hpp"
#include "common/text/french.hpp"
#include "indexer/indexing.hpp"

namespace limier {

/// Makes the signatures of documents of one analyser.
class Signer {
 public:
    /// Of the words of the body without its furniture: title, byline, date and rubric are the paper's, not the
    /// agency's.
    Signature operator()(const AnalysedDocument& analysed, const Analyser& analyser);

 private:
    std::vector<std::uint64_t> hash_of_form_;  ///< 0 where not met yet
    std::vector<std::uint64_t> words_;         ///< room to work in
};

}  // namespace limier
