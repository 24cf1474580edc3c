#include "searcher/repl/settings.hpp"

#include <array>
#include <charconv>
#include <utility>

#include "common/output/language.hpp"
#include "common/output/number.hpp"

namespace limier {
namespace {

constexpr std::size_t k_most = 1'000'000'000;
constexpr double k_most_seconds = 1e6;

constexpr std::pair<SortOrder, std::string_view> k_orders[] = {{SortOrder::relevance, "relevance"},
                                                               {SortOrder::date, "date"},
                                                               {SortOrder::date_down, "-date"},
                                                               {SortOrder::title, "title"}};

std::string on_or_off(bool on) { return on ? "on" : "off"; }

Result<void> set_number(std::size_t& number, std::string_view value) {
    const Result<std::size_t> read = read_number(value);
    if (!read) return read.error();
    number = *read;
    return {};
}

Result<void> set_timeout(Settings& settings, std::string_view value) {
    double seconds = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), seconds);
    const bool number = error == std::errc() && end == value.data() + value.size();
    if (value != "off" && !(number && seconds > 0 && seconds <= k_most_seconds)) {
        return Error{Code::usage, std::string(tr("not a time: ", "pas une durée : ")) + std::string(value),
                     std::string(tr("seconds above 0, such as 0.5, or off", "des secondes, comme 0.5, ou off"))};
    }
    settings.request.timeout.reset();
    if (value != "off") settings.request.timeout = std::chrono::duration<double>(seconds);
    return {};
}

std::string facet_names(std::span<const FacetRequest> facets) {
    std::string names;
    for (const FacetRequest& facet : facets)
        names += (names.empty() ? "" : ",") + facet.name + (facet.word.empty() ? "" : "~" + facet.word);
    return names;
}

Result<void> set_significant(Settings& settings, std::string_view value) {
    Result<std::vector<FacetRequest>> facets = parse_significant(value == "off" ? "" : value);
    if (!facets) return facets.error();
    settings.request.significant = std::move(*facets);
    return {};
}

std::string timeline_text(const SearchRequest& request) {
    if (!request.timeline) return "off";
    return *request.timeline == FacetRequest::Period::none ? "auto" : std::string(period_name(*request.timeline));
}

Result<void> set_facets(Settings& settings, std::string_view value) {
    Result<std::vector<FacetRequest>> facets = parse_facets(value);
    if (!facets) return facets.error();
    settings.request.facets = std::move(*facets);
    return {};
}

constexpr auto k_settings = std::to_array<Setting>({
    {"limit", "", "hits a page", "résultats par page",
     [](const Settings& settings) { return std::to_string(settings.request.limit); },
     [](Settings& settings, std::string_view value) { return set_number(settings.request.limit, value); }},
    {"sort", "relevance|date|-date|title", "order of the hits", "ordre des résultats",
     [](const Settings& settings) {
         for (const auto& [order, name] : k_orders)
             if (order == settings.request.sort) return std::string(name);
         return std::string();
     },
     [](Settings& settings, std::string_view value) -> Result<void> {
         settings.request.sort = *sort_order(value);
         return {};
     }},
    {"match", "auto|all|any", "words a hit has: auto is all, or any where no document has all",
     "mots qu’a un résultat : auto, c’est all (tous), ou any (un seul) si aucun document ne les a tous",
     [](const Settings& settings) {
         if (settings.request.relax) return std::string("auto");
         return std::string(settings.request.match == MatchMode::any ? "any" : "all");
     },
     [](Settings& settings, std::string_view value) -> Result<void> {
         settings.request.match = value == "any" ? MatchMode::any : MatchMode::all;
         settings.request.relax = value == "auto";
         return {};
     }},
    {"facets", "", "counted with every query", "comptées à chaque requête",
     [](const Settings& settings) { return facet_names(settings.request.facets); }, set_facets},
    {"facet-limit", "", "values of a facet", "valeurs par facette",
     [](const Settings& settings) { return std::to_string(settings.request.facet_limit); },
     [](Settings& settings, std::string_view value) { return set_number(settings.request.facet_limit, value); }},
    {"facet-min", "", "documents that a listed value has at least", "documents qu’a au moins une valeur de la liste",
     [](const Settings& settings) { return std::to_string(settings.request.facet_min); },
     [](Settings& settings, std::string_view value) -> Result<void> {
         const Result<std::size_t> least = read_number(value);
         if (!least) return least.error();
         settings.request.facet_min = static_cast<std::uint32_t>(std::max<std::size_t>(*least, 1));
         return {};
     }},
    {"facet-order", "count|name", "of a facet’s values: most frequent first, or by name",
     "des valeurs d’une facette : les plus fréquentes d’abord, ou par nom",
     [](const Settings& settings) {
         return std::string(settings.request.facet_order == FacetOrder::name ? "name" : "count");
     },
     [](Settings& settings, std::string_view value) -> Result<void> {
         settings.request.facet_order = value == "name" ? FacetOrder::name : FacetOrder::count;
         return {};
     }},
    {"facet-mode", "drill|multi", "multi: as if none of the facet’s own values were chosen",
     "multi : comme si aucune valeur de la facette n’était choisie",
     [](const Settings& settings) { return std::string(settings.request.facets_apart ? "multi" : "drill"); },
     [](Settings& settings, std::string_view value) -> Result<void> {
         settings.request.facets_apart = value == "multi";
         return {};
     }},
    {"significant", "", "fields of which to show what sets the hits apart, such as person,org; or off",
     "champs dont montrer ce qui distingue les résultats, comme person,org ; ou off",
     [](const Settings& settings) {
         const std::string names = facet_names(settings.request.significant);
         return names.empty() ? std::string("off") : names;
     },
     set_significant},
    {"timeline", "off|auto|year|month|week|day", "how many hits each period has",
     "combien de résultats a chaque période", [](const Settings& settings) { return timeline_text(settings.request); },
     [](Settings& settings, std::string_view value) -> Result<void> {
         settings.request.timeline.reset();
         if (value != "off") settings.request.timeline = read_period(value);
         return {};
     }},
    {"collapse", "on|off", "of near-duplicates the best alone", "de textes presque identiques le meilleur seul",
     [](const Settings& settings) { return on_or_off(settings.request.collapse); },
     [](Settings& settings, std::string_view value) -> Result<void> {
         settings.request.collapse = value == "on";
         return {};
     }},
    {"expand", "on|off", "synonyms, and what the best documents have in common",
     "synonymes, et ce que les meilleurs documents ont en commun",
     [](const Settings& settings) { return on_or_off(settings.request.expand); },
     [](Settings& settings, std::string_view value) -> Result<void> {
         settings.request.expand = value == "on";
         return {};
     }},
    {"explain", "on|off", "tell how each query was understood", "dire comment la requête est comprise",
     [](const Settings& settings) { return on_or_off(settings.request.explain); },
     [](Settings& settings, std::string_view value) -> Result<void> {
         settings.request.explain = value == "on";
         return {};
     }},
    {"timeout", "", "seconds a query may take, or off", "secondes accordées à une requête, ou off",
     [](const Settings& settings) {
         const auto& timeout = settings.request.timeout;
         return timeout ? fixed_decimals(timeout->count(), 3) : std::string("off");
     },
     set_timeout},
    {"color", "on|off", "colour", "couleurs", [](const Settings& settings) { return on_or_off(settings.colour); },
     [](Settings& settings, std::string_view value) -> Result<void> {
         settings.colour = value == "on";
         return {};
     }},
});

bool is_one_of(std::string_view value, std::string_view values) {
    const std::string between = "|" + std::string(values) + "|";
    return !value.empty() && between.find("|" + std::string(value) + "|") != std::string::npos;
}

}  // namespace

std::span<const Setting> all_settings() { return k_settings; }

const Setting* find_setting(std::string_view name) {
    for (const Setting& setting : k_settings)
        if (setting.name == name) return &setting;
    return nullptr;
}

Result<void> set(Settings& settings, std::string_view name, std::string_view value) {
    const Setting* const setting = find_setting(name);
    if (setting == nullptr) {
        return Error{Code::usage,
                     std::string(tr("no such setting: ", "pas de réglage de ce nom : ")) + std::string(name),
                     std::string(tr(":set shows them", ":set les montre"))};
    }
    if (!setting->values.empty() && !is_one_of(value, setting->values)) {
        return Error{Code::usage,
                     std::string(name) + std::string(tr(": not one of its values: ", " : valeur inconnue : ")) +
                         std::string(value),
                     std::string(setting->values)};
    }
    return setting->set(settings, value);
}

Result<std::size_t> read_number(std::string_view text) {
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error == std::errc() && end == text.data() + text.size() && value <= k_most) return value;
    return Error{Code::usage,
                 std::string(tr("a number is needed, not ", "il faut un nombre, pas ")) + std::string(text)};
}

}  // namespace limier
