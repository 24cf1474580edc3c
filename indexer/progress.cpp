#include "indexer/progress.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "common/output/language.hpp"
#include "common/output/terminal.hpp"

namespace limier {
namespace {

constexpr double k_megabyte = 1e6;
constexpr double k_first_estimate = 0.5;  ///< seconds before which a rate says nothing

std::string decimal(double value, int places) {
    std::array<char, 64> text;
    const auto done = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, places);
    return {text.data(), done.ptr};
}

std::string duration(double seconds) {
    const auto whole = static_cast<unsigned long>(std::max(seconds, 0.0) + 0.5);
    const std::string rest = std::to_string(whole % 60);
    return std::to_string(whole / 60) + ":" + (rest.size() < 2 ? "0" : "") + rest;
}

std::string count_of(std::size_t count, std::string_view one, std::string_view many) {
    return std::to_string(count) + " " + std::string(count == 1 ? one : many);
}

std::string_view phase_name(BuildProgress::Phase phase) {
    switch (phase) {
        case BuildProgress::Phase::reading:
            return tr("indexing", "indexation");
        case BuildProgress::Phase::merging:
            return tr("merging", "fusion");
        case BuildProgress::Phase::publishing:
            return tr("publishing", "publication");
    }
    return {};
}

}  // namespace

std::string progress_line(const BuildProgress& progress, std::size_t columns) {
    const double share = progress.share;
    std::string tail =
        " " + std::to_string(static_cast<int>(share * 100)) + " %  " + std::to_string(progress.documents) + " docs";
    if (progress.seconds > k_first_estimate) {
        tail += "  " + decimal(static_cast<double>(progress.bytes) / k_megabyte / progress.seconds, 1) +
                std::string(tr(" MB/s", " Mo/s"));
        if (share > 0 && share < 1) tail += "  ETA " + duration(progress.phase_seconds * (1 - share) / share);
    }
    constexpr std::size_t k_bar = 24;
    const auto filled = static_cast<std::size_t>(share * k_bar);
    const std::string bar = " [" + std::string(filled, '#') + std::string(k_bar - filled, '.') + "]";
    return fit(std::string(phase_name(progress.phase)) + bar + tail, columns);
}

std::string summary_line(const BuildReport& report, const std::string& db, bool update) {
    const double megabytes = static_cast<double>(report.bytes) / k_megabyte;
    std::string line = db + std::string(tr(": ", " : "));
    if (update) {
        line += count_of(report.documents - report.changed, tr("document added", "document ajouté"),
                         tr("documents added", "documents ajoutés")) +
                ", " + count_of(report.changed, tr("changed", "modifié"), tr("changed", "modifiés")) + ", " +
                count_of(report.unchanged, tr("unchanged", "inchangé"), tr("unchanged", "inchangés")) + ", " +
                count_of(report.removed, tr("removed", "retiré"), tr("removed", "retirés"));
    } else {
        line += count_of(report.documents, "document", "documents");
    }
    line += ", " + decimal(megabytes, 2) + std::string(tr(" MB in ", " Mo en ")) + decimal(report.seconds, 2) + " s";
    if (report.seconds > 0) line += " (" + decimal(megabytes / report.seconds, 1) + std::string(tr(" MB/s)", " Mo/s)"));
    if (!report.refusals.empty())
        line += ", " + count_of(report.refusals.size(), tr("refused", "refusé"), tr("refused", "refusés"));
    if (!report.skipped.empty()) {
        std::map<std::string, std::size_t> kinds(report.skipped.begin(), report.skipped.end());
        std::size_t total = 0;
        std::string list;
        for (const auto& [extension, files] : kinds) {
            total += files;
            list += (list.empty() ? "" : ", ") +
                    (extension.empty() ? std::string(tr("no extension", "sans extension")) : extension);
        }
        line += ", " +
                count_of(total, tr("file of another format passed over", "fichier d’un autre format laissé"),
                         tr("files of other formats passed over", "fichiers d’autres formats laissés")) +
                " (" + list + ")";
    }
    if (report.replaced != 0) {
        line +=
            ", " + count_of(report.replaced, tr("invalid UTF-8 sequence replaced", "séquence UTF-8 invalide remplacée"),
                            tr("invalid UTF-8 sequences replaced", "séquences UTF-8 invalides remplacées"));
    }
    return on_one_line(line);
}

std::string refusal_lines(const BuildReport& report, std::size_t most) {
    std::string lines;
    for (std::size_t i = 0; i < std::min(most, report.refusals.size()); ++i) {
        lines += std::string(tr("refused: ", "refusé : ")) + on_one_line(report.refusals[i].what) + ": " +
                 on_one_line(report.refusals[i].reason) + "\n";
    }
    if (report.refusals.size() > most) {
        lines += std::string(tr("… and ", "… et ")) + std::to_string(report.refusals.size() - most) +
                 std::string(tr(" more\n", " autres\n"));
    }
    return lines;
}

std::string unconfined_line(const std::string& reason) {
    if (reason.empty()) return {};
    return std::string(tr("note: the kernel takes no rights from what reads archives, office files and mail (",
                          "note : le noyau n’ôte aucun droit à ce qui lit archives, bureautique et courriels (")) +
           reason +
           std::string(tr("): only limits of time and memory hold\n",
                          ") : seules tiennent les limites de temps et de mémoire\n"));
}

}  // namespace limier
