// The indexer's side of Xapian: documents into small databases, small databases into one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <xapian.h>

#include "indexer/indexing.hpp"

namespace limier {

/// Takes the terms and values of one document.
class PostingSink {
 public:
    virtual ~PostingSink() = default;
    /// A term that comes again adds its wdf.
    virtual void term(std::string_view term, std::uint32_t wdf) = 0;
    /// A term a form, each with a wdf of 1.
    virtual void words(std::string_view prefix, std::span<const std::uint32_t> forms, const Analyser& analyser) = 0;
    virtual void value(unsigned slot, std::string value) = 0;
};

/// Gives the terms and slots of a document to `sink`. `added` is seconds since 1970.
void give_postings(const AnalysedDocument& analysed, const std::vector<WeightedValue>& values, const Analyser& analyser,
                   double added, PostingSink& sink);

/// A database of documents as a portable index has them (packed_values.hpp), written by Xapian itself: two to three
/// times slower than BatchTerms. Functions may throw Xapian::Error.
class PortableTerms {
 public:
    explicit PortableTerms(const std::filesystem::path& folder);
    void add(const AnalysedDocument& analysed, const std::vector<WeightedValue>& values, const Analyser& analyser,
             double added);
    void finish() { database_.commit(); }

 private:
    Xapian::WritableDatabase database_;
};

/// Compacts databases in order into one, renumbering documents consecutively. Throws Xapian::Error.
void compact_databases(std::span<const std::filesystem::path> inputs, const std::filesystem::path& output);

}  // namespace limier
