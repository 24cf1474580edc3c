// The lexicons, compiled into the program: lexicon/*.tsv, described in lexicon/README.md.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

namespace limier {

/// A lexicon file.
struct Lexicon {
    std::string_view name;  ///< without `.tsv`
    std::string_view text;
};

/// Of `topics`: how many columns it has, and where the cues stand.
constexpr std::size_t k_topic_columns = 6, k_topic_cues = 5;

/// Every lexicon, in the order of their names.
std::vector<Lexicon> all_lexicons();

/// The rows of a lexicon, comments left out; a row has `columns` cells, missing ones empty. Lifetime: the program's.
std::vector<std::vector<std::string_view>> lexicon_rows(std::string_view name, std::size_t columns);

/// Visits the lines of a lexicon, comments left out.
void for_lexicon_rows(std::string_view name, const std::function<void(std::string_view line)>& visit);

/// The cells of a row, parted by tabs; an empty line has one.
std::vector<std::string_view> row_cells(std::string_view line);

/// The parts of a cell between separators, blanks around them taken off; empty parts are left out.
std::vector<std::string_view> cell_parts(std::string_view cell, char separator = '|');

}  // namespace limier
