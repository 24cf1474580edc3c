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

/// Makes a Xapian::Document.
class DocumentSink : public PostingSink {
 public:
    Xapian::Document document;

    void term(std::string_view term, std::uint32_t wdf) override {
        if (wdf == 0)
            document.add_boolean_term(std::string(term));
        else
            document.add_term(std::string(term), wdf);
    }
    /// Counts before the terms go to Xapian: one add_term a distinct form instead of one a token.
    void words(std::string_view prefix, std::span<const std::uint32_t> forms, const Analyser& analyser) override {
        std::unordered_map<std::uint32_t, Xapian::termcount> counts;
        for (const std::uint32_t form : forms) ++counts[form];
        for (const auto& [form, count] : counts)
            document.add_term(std::string(prefix).append(analyser.form(form).term), count);
    }
    void value(unsigned slot, std::string value) override { document.add_value(slot, value); }
};

std::string date_key(Date date) {
    std::string key = std::to_string(pack_date(date));
    return key.substr(0, date.month == 0 ? 4 : date.day == 0 ? 6 : 8);
}

}  // namespace

void give_postings(const AnalysedDocument& analysed, const std::vector<WeightedValue>& values, const Analyser& analyser,
                   double added, PostingSink& sink) {
    const Document& document = analysed.document;
    std::vector<std::uint32_t> forms;
    for (const Token& token : analysed.title) forms.push_back(token.form);
    sink.words(info(Field::title).prefix, forms, analyser);
    if (!document.title_apart) forms.clear();  // the text holds the title
    for (const Token& token : analysed.body) forms.push_back(token.form);
    sink.words("", forms, analyser);
    for (const WeightedValue& value : values) {
        const FieldInfo& field = info(value.entry.field);
        if (field.kind == FieldKind::entity) {
            sink.term(field_term(field.prefix, value.entry.key), value.about);
        } else if (field.kind == FieldKind::exact) {
            sink.term(field_term(field.prefix, value.entry.key), 0);
        } else if (const auto money = field.kind == FieldKind::amount ? money_of(value.entry.key) : std::nullopt) {
            for (const std::string& term : amount_terms(*money)) sink.term(term, 0);
        }
    }
    for (const std::string& term : date_terms(info(Field::date), document.date)) sink.term(term, 0);
    for (const DateMention& mention : analysed.annotations.dates) {
        for (const std::string& term : date_terms(info(Field::when), mention.date)) sink.term(term, 0);
    }
    sink.term(field_term(info(Field::id).prefix, document.id), 0);
    if (!document.url.empty()) sink.term(field_term(info(Field::url).prefix, document.url), 0);
    if (document.date) sink.value(k_slot_date, date_key(document.date));
    if (!document.title.empty()) sink.value(k_slot_title, collation_key(document.title, k_title_key_bytes));
    sink.value(k_slot_added, Xapian::sortable_serialise(added));
}

Xapian::Document postings(const AnalysedDocument& analysed, const std::vector<WeightedValue>& values,
                          const Analyser& analyser, double added) {
    DocumentSink sink;
    give_postings(analysed, values, analyser, added, sink);
    return std::move(sink.document);
}

void compact_databases(std::span<const std::filesystem::path> inputs, const std::filesystem::path& output) {
    Xapian::Database all;
    for (const std::filesystem::path& input : inputs) all.add_database(Xapian::Database(input.string()));
    all.compact(output.string(), 0);
}

}  // namespace limier
