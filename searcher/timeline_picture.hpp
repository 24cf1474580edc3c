// A timeline as a picture, drawn by gnuplot.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "common/result.hpp"
#include "searcher/result.hpp"

namespace limier {

enum class PictureKind { svg, png };

/// The kind that the name of a file ends with; nothing for another.
std::optional<PictureKind> picture_kind(std::string_view path);

/// Nothing where gnuplot is installed. Errors: not_found, with what to install.
Result<void> find_gnuplot();

/// What gnuplot reads to write the picture to its stdout. The timeline has a bar at least; the title is any text.
std::string gnuplot_script(const Timeline& timeline, std::string_view title, PictureKind kind);

/// Draws the documents of a result by date into a file, anew where there is one. Errors: no gnuplot, or it fails; no
/// document has a date; io.
Result<void> draw_timeline(const SearchResult& result, const std::string& path);

}  // namespace limier
