#include "indexer/writer.hpp"

#include <string>
#include <unordered_map>

#include "common/ranges.hpp"
#include "common/store.hpp"
#include "common/text/fold.hpp"
#include "common/text/utf8.hpp"

namespace limier {
namespace {

constexpr std::size_t k_title_key_bytes = 64;

/// Counts terms before they go to Xapian: one add_term a distinct form instead of one a token.
void add_words(Xapian::Document& out, std::string_view prefix, std::span<const std::vector<Token>* const> parts,
               const Analyser& analyser) {
    std::unordered_map<std::uint32_t, Xapian::termcount> counts;
    for (const std::vector<Token>* part : parts) {
        for (const Token& token : *part) ++counts[token.form];
    }
    std::string term;
    for (const auto& [form, count] : counts) {
        term.assign(prefix).append(analyser.form(form).term);
        out.add_term(term, count);
    }
}

std::string date_key(Date date) {
    std::string key = std::to_string(pack_date(date));
    return key.substr(0, date.month == 0 ? 4 : date.day == 0 ? 6 : 8);
}

}  // namespace

Xapian::Document postings(const AnalysedDocument& analysed, const std::vector<WeightedValue>& values,
                          const Analyser& analyser, double added) {
    const Document& document = analysed.document;
    Xapian::Document out;
    const std::vector<Token>* both[] = {&analysed.body, &analysed.title};
    add_words(out, "", std::span(both).first(document.title_apart ? 2 : 1), analyser);
    add_words(out, info(Field::title).prefix, std::span(both).last(1), analyser);
    for (const WeightedValue& value : values) {
        const FieldInfo& field = info(value.entry.field);
        if (field.kind == FieldKind::entity) {
            out.add_term(field_term(field.prefix, value.entry.key), value.about);
        } else if (field.kind == FieldKind::exact) {
            out.add_boolean_term(field_term(field.prefix, value.entry.key));
        } else if (const auto money = field.kind == FieldKind::amount ? money_of(value.entry.key) : std::nullopt) {
            for (const std::string& term : amount_terms(*money)) out.add_boolean_term(term);
        }
    }
    for (const std::string& term : date_terms(info(Field::date), document.date)) out.add_boolean_term(term);
    for (const DateMention& mention : analysed.annotations.dates) {
        for (const std::string& term : date_terms(info(Field::when), mention.date)) out.add_boolean_term(term);
    }
    out.add_boolean_term(field_term(info(Field::id).prefix, document.id));
    if (!document.url.empty()) out.add_boolean_term(field_term(info(Field::url).prefix, document.url));
    if (document.date) out.add_value(k_slot_date, date_key(document.date));
    if (!document.title.empty()) out.add_value(k_slot_title, collation_key(document.title, k_title_key_bytes));
    out.add_value(k_slot_added, Xapian::sortable_serialise(added));
    return out;
}

void compact_databases(std::span<const std::filesystem::path> inputs, const std::filesystem::path& output) {
    Xapian::Database all;
    for (const std::filesystem::path& input : inputs) all.add_database(Xapian::Database(input.string()));
    all.compact(output.string(), 0);
}

}  // namespace limier
