// What the formats share: their makers, for the table in searcher/output.cpp, and the columns of a hit.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "searcher/output.hpp"

namespace limier {

Result<std::unique_ptr<Formatter>> make_text(const OutputOptions& options);
Result<std::unique_ptr<Formatter>> make_json(const OutputOptions& options);
Result<std::unique_ptr<Formatter>> make_jsonl(const OutputOptions& options);
Result<std::unique_ptr<Formatter>> make_tsv(const OutputOptions& options);
Result<std::unique_ptr<Formatter>> make_csv(const OutputOptions& options);
Result<std::unique_ptr<Formatter>> make_trec(const OutputOptions& options);
Result<std::unique_ptr<Formatter>> make_ids(const OutputOptions& options);
Result<std::unique_ptr<Formatter>> make_template(const OutputOptions& options);

/// A count with its thousands set apart as the language does: `1,234`, `1 234` (narrow no-break space).
std::string grouped(std::uint64_t count);

/// Counts as blocks of eight heights, a blank for none, side by side in at most `width` columns; of more counts several
/// are summed in one. `width` and `counts` are not empty.
std::string sparkline(std::span<const std::uint64_t> counts, std::size_t width);

/// The lines of a timeline that has bars, to a width in columns; a long gap is one line.
std::string timeline_text(const Timeline& timeline, std::size_t width);

/// A field of a hit as text, for the formats that are not JSON.
struct HitColumn {
    std::string_view name;
    std::string (*value)(const SearchResult&, const Hit&);
};

/// Every field that a template can name. The first eight are the columns of csv, `qid` in a batch only.
std::span<const HitColumn> hit_columns();

/// The columns of tsv and csv.
std::span<const HitColumn> record_columns(bool batch);

/// A value of a csv record (RFC 4180): with a comma, quote or line end it stands between quotes, its own doubled.
std::string csv_value(std::string_view value);

/// Values of one record, each on one line, between tabs or, with `comma`, as RFC 4180 has it; the first is not empty.
std::string table_record(const std::vector<std::string>& values, bool comma);

/// A value for a record: on one line, or with its tabs and line ends where a zero byte ends the record. Control
/// characters are replaced in both.
std::string record_value(std::string_view value, bool null);

}  // namespace limier
