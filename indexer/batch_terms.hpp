// The terms and values of a batch of documents, inverted and written as a scratch database (glass.hpp).
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/result.hpp"
#include "common/text/open_table.hpp"
#include "indexer/glass.hpp"
#include "indexer/writer.hpp"

namespace limier {

/// Collects postings document by document. The database it writes equals, entry for entry, one that Xapian makes of the
/// same documents without term lists.
class BatchTerms : public PostingSink {
 public:
    void term(std::string_view term, std::uint32_t wdf) override;
    void words(std::string_view prefix, std::span<const std::uint32_t> forms, const Analyser& analyser) override;
    void value(unsigned slot, std::string value) override;

    /// Ends a document: what came since the last is its own.
    void end_document();

    Result<void> write(const std::filesystem::path& folder);

 private:
    struct Entry {
        std::uint32_t term = 0, wdf = 0;
    };
    struct Posting {
        std::uint32_t document = 0, wdf = 0;
    };
    /// The term of each form of the analyser, by prefix; ~0 where not met yet.
    struct FormTerms {
        std::string prefix;
        std::vector<std::uint32_t> terms;
    };
    std::uint32_t id_of(std::string_view term);
    void count(std::uint32_t id, std::uint32_t wdf);
    void sort_postings();
    void write_values(GlassTable& postlist) const;
    void write_lengths(GlassTable& postlist) const;
    void write_postings(GlassTable& postlist) const;
    GlassStatistics statistics() const;
    std::span<const Posting> postings_of(std::size_t rank) const;

    OpenTable ids_;
    std::deque<std::string> terms_;  ///< by id
    std::vector<FormTerms> forms_;
    std::vector<std::uint32_t> open_;  ///< the terms of the document not yet ended
    std::vector<std::uint32_t> wdf_;   ///< by term: that in this document, plus one; 0 where it has it not
    std::vector<Entry> entries_;       ///< of all documents ended, one a term
    std::vector<std::size_t> ends_;
    std::vector<std::uint32_t> lengths_;
    std::map<unsigned, std::vector<std::pair<std::uint32_t, std::string>>> values_;  ///< slot: document, value
    std::vector<std::string> ranked_;                                                ///< the terms in order
    std::vector<Posting> postings_;                                                  ///< in that order
    std::vector<std::size_t> first_posting_;
};

}  // namespace limier
