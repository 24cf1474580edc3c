#include "searcher/output.hpp"

#include <algorithm>
#include <array>

#include "common/output/language.hpp"
#include "searcher/output/formats.hpp"

namespace limier {
namespace {

constexpr std::array<OutputFormat, 8> k_formats{{
    {"text", "for people", "pour les gens", true, true, false, make_text},
    {"json", "one JSON object a query, indented on a terminal", "un objet JSON par requête, indenté sur un terminal",
     true, true, true, make_json},
    {"jsonl", "one JSON object a query, on one line", "un objet JSON par requête, sur une ligne", true, true, true,
     make_jsonl},
    {"tsv", "one line a hit, fields between tabs", "une ligne par résultat, champs séparés par des tabulations", false,
     true, false, make_tsv},
    {"csv", "one record a hit (RFC 4180), after a header line",
     "un enregistrement par résultat (RFC 4180), après une ligne de titres", false, true, false, make_csv},
    {"trec", "a run for trec_eval", "une exécution pour trec_eval", false, false, false, make_trec},
    {"ids", "the identifiers alone", "les identifiants seuls", false, false, false, make_ids},
    {"template", "each hit by --template", "chaque résultat selon --template", true, true, false, make_template},
}};

}  // namespace

std::span<const OutputFormat> output_formats() { return k_formats; }

Result<std::unique_ptr<Formatter>> make_formatter(std::string_view name, const OutputOptions& options) {
    const auto row = std::ranges::find(k_formats, name, &OutputFormat::name);
    if (row != k_formats.end()) return row->make(options);
    std::string hint;
    for (const OutputFormat& format : k_formats) hint.append(hint.empty() ? "" : ", ").append(format.name);
    return Error{Code::usage, std::string(tr("unknown format: ", "format inconnu : ")).append(name), hint};
}

}  // namespace limier
