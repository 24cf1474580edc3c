#include "common/schema.hpp"

#include <algorithm>
#include <cassert>
#include <string>
#include <utility>
#include <vector>

#include "common/text/edit_distance.hpp"
#include "common/text/fold.hpp"

namespace limier {
namespace {

// Prefixes follow Omega's table where it has one (S, A, Q, U, L); X… are ours, always with a colon before the value.
constexpr std::array<FieldInfo, k_field_count> k_fields{{
    {Field::title, "title", "titre", "S", FieldKind::text, false, "Title", "Titre", "title:Stargate"},
    {Field::person, "person", "personne", "XPER:", FieldKind::entity, true, "Persons", "Personnes", "person:Musk"},
    {Field::org, "org", "organisation", "XORG:", FieldKind::entity, true, "Organisations", "Organisations",
     "org:OpenAI"},
    {Field::place, "place", "lieu", "XLOC:", FieldKind::entity, true, "Places", "Lieux", "place:\"États-Unis\""},
    {Field::product, "product", "produit", "XPRO:", FieldKind::entity, true, "Products", "Produits", "product:ChatGPT"},
    {Field::event, "event", "evenement", "XEVE:", FieldKind::entity, true, "Events", "Événements", "event:Brexit"},
    {Field::work, "work", "oeuvre", "XWOR:", FieldKind::entity, true, "Works", "Œuvres", "work:Germinal"},
    {Field::topic, "topic", "sujet", "XTOP:", FieldKind::entity, true, "Topics", "Sujets", "topic:financement"},
    {Field::keyword, "keyword", "motcle", "XKEY:", FieldKind::entity, true, "Key phrases", "Mots-clés",
     "keyword:\"centre de données\""},
    {Field::date, "date", "date", "D", FieldKind::date, true, "Dates", "Dates", "date:2025-01"},
    {Field::when, "when", "quand", "XWHE:", FieldKind::date, true, "Dates mentioned", "Dates citées", "when:2018"},
    {Field::amount, "amount", "montant", "XAMT:", FieldKind::amount, true, "Amounts", "Montants", "amount:>=1e9"},
    {Field::lang, "lang", "langue", "L", FieldKind::exact, true, "Languages", "Langues", "lang:fr"},
    {Field::source, "source", "source", "XSRC:", FieldKind::exact, true, "Sources", "Sources", "source:lemonde.fr"},
    {Field::author, "author", "auteur", "A", FieldKind::entity, true, "Authors", "Auteurs", "author:Fontanel"},
    {Field::url, "url", "url", "U", FieldKind::raw, false, "Addresses", "Adresses", "url:https://exemple.fr/1"},
    {Field::id, "id", "id", "Q", FieldKind::raw, false, "Identifiers", "Identifiants", "id:economie/banque.txt"},
}};

}  // namespace

std::string date_text(Date date) {
    if (!date) return {};
    const auto digits = [](unsigned value, std::size_t width) {
        const std::string text = std::to_string(value);
        return std::string(width - std::min(width, text.size()), '0') + text;
    };
    std::string text = digits(date.year, 4);
    if (date.month != 0) text += '-' + digits(date.month, 2);
    if (date.month != 0 && date.day != 0) text += '-' + digits(date.day, 2);
    return text;
}

std::span<const FieldInfo> all_fields() { return k_fields; }

const FieldInfo& info(Field field) {
    const FieldInfo& row = k_fields[static_cast<std::size_t>(field)];
    assert(row.field == field);
    return row;
}

const FieldInfo* find_field(std::string_view name) {
    const std::string folded = fold(name);
    for (const FieldInfo& row : k_fields) {
        if (folded == row.name || folded == row.french) return &row;
    }
    return nullptr;
}

const FieldInfo* nearest_field(std::string_view name) {
    if (name.size() > 24) return nullptr;
    const std::string folded = fold(name);
    const FieldInfo* best = nullptr;
    std::size_t best_distance = std::min<std::size_t>(2, folded.size() / 2) + 1;
    for (const FieldInfo& row : k_fields) {
        for (const std::string_view candidate : {row.name, row.french}) {
            const std::size_t distance = edit_distance(folded, candidate);
            if (distance < best_distance) {
                best_distance = distance;
                best = &row;
            }
        }
    }
    return best;
}

}  // namespace limier
