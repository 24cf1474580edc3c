// Output formats: one row each, one file each under output/. The contract with readers is output/README.md.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "common/result.hpp"
#include "searcher/result.hpp"

namespace limier {

struct OutputOptions {
    bool colour = false;
    bool terminal = false;      ///< stdout is a terminal: json is indented, text is laid out to the width
    bool null = false;          ///< -0: records of ids and template end with a zero byte
    bool batch = false;         ///< several queries: qid comes first in tsv and csv
    std::size_t width = 80;     ///< columns of the terminal
    std::string folder;         ///< the one the user is in; text output shows paths from there
    std::string template_text;  ///< for `template`; \t \n \\ \0 are understood
    bool numbered = false;      ///< text: the values of a facet have their numbers
};

/// Writes results to a string that the caller sends to stdout. One formatter for a whole run.
class Formatter {
 public:
    virtual ~Formatter() = default;
    /// What stands before the first record (the csv header), or nothing.
    virtual std::string begin() { return {}; }
    virtual std::string result(const SearchResult& result) = 0;
    /// What stands between two results.
    virtual std::string_view between() const { return {}; }
};

struct OutputFormat {
    std::string_view name;  ///< of --format
    std::string_view help;
    std::string_view help_french;
    bool needs_snippets;  ///< reads the text of the hits
    bool needs_records;   ///< reads more of a hit than id and score
    bool needs_values;    ///< reads all entities and topics of a hit
    /// Errors: a template that names no known field or is malformed.
    Result<std::unique_ptr<Formatter>> (*make)(const OutputOptions&);
};

std::span<const OutputFormat> output_formats();

/// The formatter of this name. Errors: no such format, and those of `make`.
Result<std::unique_ptr<Formatter>> make_formatter(std::string_view name, const OutputOptions& options);

/// The title and the text of a hit that has its text, for people, with the words of the query marked.
std::string document_text(const Hit& hit, const OutputOptions& options);

/// The formatter of tsv or csv that writes facets and what else is counted, where no hits are asked for.
Result<std::unique_ptr<Formatter>> make_counts(std::string_view format, const OutputOptions& options);

/// The formatter of concordances. Errors: a format that has none.
Result<std::unique_ptr<Formatter>> make_concordance(std::string_view format, const OutputOptions& options);

}  // namespace limier
