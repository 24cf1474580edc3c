#include "searcher/timeline_picture.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "common/child_process.hpp"
#include "common/output/language.hpp"
#include "common/output/terminal.hpp"

namespace limier {
namespace {

constexpr std::size_t k_widest_title = 90;     // columns
constexpr std::uint64_t k_least_rounded = 10;  // from so many on gnuplot's own marks are whole numbers
constexpr std::size_t k_most_labels = 12;      // below the bars, that they do not run into each other

/// Between single quotes gnuplot expands nothing: no `command`, @macro or escape. A quote within becomes a typographic
/// one, since gnuplot 5.4 misreads a doubled one beside another.
std::string quoted(std::string_view text) {
    std::string out = "'";
    for (const char byte : text) {
        if (byte == '\'')
            out += "’";
        else
            out += byte;
    }
    return out + "'";
}

/// `'2025-01' 0, '2025-07' 6, …`
std::string labels(const std::vector<TimelineBar>& bars) {
    const std::size_t step = (bars.size() + k_most_labels - 1) / k_most_labels;
    std::string out;
    for (std::size_t i = 0; i < bars.size(); i += step)
        out += (i == 0 ? "" : ", ") + quoted(bars[i].date) + " " + std::to_string(i);
    return out;
}

Error cannot_write(const std::string& path) {
    return {Code::io, std::string(tr("cannot write ", "impossible d’écrire ")) + path + ": " + std::strerror(errno)};
}

}  // namespace

std::optional<PictureKind> picture_kind(std::string_view path) {
    if (path.ends_with(".svg")) return PictureKind::svg;
    if (path.ends_with(".png")) return PictureKind::png;
    return std::nullopt;
}

Result<void> find_gnuplot() {
    if (find_program("gnuplot")) return {};
    return Error{
        Code::not_found,
        std::string(tr("gnuplot, which draws the picture, is not installed",
                       "gnuplot, qui dessine l’image, n’est pas installé")),
        std::string(tr("apt-get install gnuplot-nox; --timeline without a file needs no other program",
                       "apt-get install gnuplot-nox ; --timeline sans fichier ne demande aucun autre programme"))};
}

std::string gnuplot_script(const Timeline& timeline, std::string_view title, PictureKind kind) {
    std::uint64_t most = 0;
    for (const TimelineBar& bar : timeline.bars) most = std::max(most, bar.count);
    std::string script = "set encoding utf8\n";
    script += kind == PictureKind::svg ? "set terminal svg size 960,400 noenhanced font 'sans,12' background 'white'\n"
                                       : "set terminal pngcairo size 960,400 noenhanced font 'sans,10'\n";
    script += "set title " + quoted(fit(on_one_line(title), k_widest_title)) + "\n";
    script += "set xtics nomirror out (" + labels(timeline.bars) + ")\n";
    script += "set xrange [-1:" + std::to_string(timeline.bars.size()) + "]\nset yrange [0:*]\n";
    script += "set ytics nomirror out\nset border 3\nset style fill solid noborder\nset boxwidth 0.9\n";
    if (most < k_least_rounded) script += "set ytics 1\n";  // there are no half documents
    script += "$counts << end\n";
    for (const TimelineBar& bar : timeline.bars) script += std::to_string(bar.count) + "\n";
    return script + "end\nplot $counts using 0:1 with boxes linecolor rgb '#4878a8' notitle\n";
}

Result<void> draw_timeline(const SearchResult& result, const std::string& path) {
    if (Result<void> found = find_gnuplot(); !found) return found;
    if (!result.timeline || result.timeline->bars.empty()) {
        return Error{Code::not_found,
                     path + std::string(tr(": no document found has a date, nothing is drawn",
                                           " : aucun document trouvé n’a de date, rien n’est dessiné"))};
    }
    const std::string title = result.like.empty() || !result.query.empty() ? result.query : result.like;
    const PictureKind kind = picture_kind(path).value_or(PictureKind::svg);
    // Without `-d` it would do what the user's own ~/.gnuplot says.
    Result<std::string> picture = run_child({"gnuplot", "-d", "-"}, {}, gnuplot_script(*result.timeline, title, kind));
    if (!picture) return picture.error();
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    if (!file || !file.write(picture->data(), static_cast<std::streamsize>(picture->size())).flush())
        return cannot_write(path);
    return {};
}

}  // namespace limier
