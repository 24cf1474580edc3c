#include "indexer/writer.hpp"

#include <map>
#include <string>
#include <unordered_map>
#include <utility>

#include "common/output/json.hpp"
#include "common/packed_values.hpp"
#include "common/ranges.hpp"
#include "common/store.hpp"
#include "common/text/fold.hpp"
#include "common/text/utf8.hpp"
#include "indexer/export.hpp"

namespace limier {
namespace {

constexpr std::size_t k_title_key_bytes = 64;
constexpr std::size_t k_longest_term = 245;  // Xapian's

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

/// Positions weigh nothing: the words are counted already.
void add_positions(const AnalysedDocument& analysed, const Analyser& analyser, Xapian::Document& document) {
    const auto add = [&](const Token& token, std::uint32_t first, std::span<const std::string_view> prefixes) {
        const Form& form = analyser.form(token.form);
        for (const std::string_view prefix : prefixes)
            document.add_posting(std::string(prefix) + form.term, first + token.position, 0);
        const std::string exact = std::string(k_form_prefix) + form.text;
        if (exact.size() <= k_longest_term) document.add_posting(exact, first + token.position, 0);
    };
    const std::string_view prefixes[] = {info(Field::title).prefix, ""};
    // Where the text holds the title its words are the text's.
    const auto of_title = std::span(prefixes).first(analysed.document.title_apart ? 2 : 1);
    for (const Token& token : analysed.title)
        if (token.position + 1 < k_body_position) add(token, 1, of_title);
    for (const Token& token : analysed.body) add(token, k_body_position, std::span(prefixes).last(1));
}

std::string stored_json(const Document& document) {
    JsonWriter json;
    json.begin_object();
    write_members(json, document, true);
    return json.key("text").string(document.text).end_object().take();
}

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
            // Key phrases, of which all documents have some, would make documents longer to BM25: they only select.
            const bool ranks = field.field != Field::keyword;
            sink.term(field_term(field.prefix, value.entry.key), ranks ? value.about : 0);
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
    sink.value(k_slot_added, Xapian::sortable_serialise(document.added != 0 ? document.added : added));
}

PortableTerms::PortableTerms(const std::filesystem::path& folder)
    : database_(folder.string(), Xapian::DB_CREATE | Xapian::DB_NO_SYNC) {}

void PortableTerms::add(const AnalysedDocument& analysed, const std::vector<WeightedValue>& values,
                        const Analyser& analyser, double added) {
    DocumentSink sink;
    give_postings(analysed, values, analyser, added, sink);
    add_positions(analysed, analyser, sink.document);
    std::map<Field, std::vector<std::string_view>> keys;
    for (const WeightedValue& value : values) keys[value.entry.field].push_back(value.entry.key);
    for (const auto& [field, list] : keys) sink.document.add_value(facet_slot(field), pack_values(list));
    sink.document.set_data(stored_json(analysed.document));
    database_.add_document(sink.document);
}

void compact_databases(std::span<const std::filesystem::path> inputs, const std::filesystem::path& output) {
    Xapian::Database all;
    for (const std::filesystem::path& input : inputs) all.add_database(Xapian::Database(input.string()));
    all.compact(output.string(), 0);
}

}  // namespace limier
