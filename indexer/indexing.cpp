#include "indexer/indexing.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "common/output/json.hpp"
#include "common/text/fold.hpp"

namespace limier {
namespace {

// An entity in the title says more of the subject than one in the last paragraph, as in inverted-pyramid news writing.
constexpr std::uint32_t k_title_bonus = 3;
constexpr std::uint32_t k_lead_bonus = 1;
constexpr std::uint32_t k_topic_scale = 10;

std::string_view surface(const Document& document, std::uint32_t begin, std::uint32_t end, bool in_title) {
    return std::string_view(in_title ? document.title : document.text).substr(begin, end - begin);
}

bool stands_in_title(const Document& document, std::uint32_t begin, bool in_title) {
    return in_title || (begin >= document.title_begin && begin < document.title_end);
}

/// Values of one document in order of first appearance, found by field and key.
class Collected {
 public:
    WeightedValue& at(Field field, std::string key, std::string_view label) {
        const auto [found, is_new] = places_.try_emplace({field, key}, values_.size());
        if (is_new) values_.push_back({{field, std::move(key), std::string(label), 0}, 0});
        return values_[found->second];
    }
    std::vector<WeightedValue> take() { return std::move(values_); }

 private:
    std::map<std::pair<Field, std::string>, std::size_t> places_;
    std::vector<WeightedValue> values_;
};

void add_exact(Collected& values, Field field, std::string_view value) {
    std::string key = fold_key(value);
    if (key.empty()) return;
    WeightedValue& found = values.at(field, std::move(key), value);
    ++found.entry.weight;
    ++found.about;
}

// What a surname of several words begins with, folded: `Le Bihan`, `de La Tour`, `Ben Salah`, `van der Meer`. A longer
// given name begins with none of them: `Jean-Paul Martin` is not found by "Paul Martin".
constexpr std::array<std::string_view, 24> k_surname_particles{
    "ait", "al",  "bel", "ben", "bin", "d",  "da",  "de",   "del", "den", "der", "des",
    "di",  "dos", "du",  "el",  "la",  "le", "les", "ould", "san", "ter", "van", "von",
};

/// person:Musk finds every person of whom Musk is a name: each word of a name of several leads to it, and what stands
/// from a particle to the end.
void add_parts_of_name(const FacetEntry& entry, std::vector<AliasRow>& rows) {
    for (std::size_t begin = 0; begin < entry.key.size();) {
        const std::size_t end = std::min(entry.key.find(' ', begin), entry.key.size());
        const std::string word = entry.key.substr(begin, end - begin);
        if (word.size() > 1) rows.push_back({word, entry.field, entry.key});
        const bool particle =
            std::find(k_surname_particles.begin(), k_surname_particles.end(), word) != k_surname_particles.end();
        if (begin > 0 && particle) rows.push_back({entry.key.substr(begin), entry.field, entry.key});
        begin = end + 1;
    }
}

}  // namespace

AnalysedDocument analyse_document(Document document, Analyser& analyser, const Tagger& tagger) {
    AnalysedDocument analysed;
    analyser.analyse(document.title, analysed.title);
    analyser.analyse(document.text, analysed.body);
    analysed.annotations = tagger.tag(document, analysed.title, analysed.body, analyser);
    analysed.document = std::move(document);
    return analysed;
}

std::vector<WeightedValue> facet_values(const AnalysedDocument& analysed) {
    const Document& document = analysed.document;
    Collected values;
    for (const Mention& mention : analysed.annotations.mentions) {
        std::string key = fold_key(mention.value);
        if (key.empty()) continue;
        WeightedValue& value = values.at(mention.field, std::move(key), mention.value);
        value.entry.weight = mention.known ? k_known_label : value.entry.weight + 1;
        const bool in_title = stands_in_title(document, mention.begin, mention.in_title);
        const bool in_lead = !in_title && mention.begin < document.text.size() / 10;
        value.about += 1 + (in_title ? k_title_bonus : 0) + (in_lead ? k_lead_bonus : 0);
    }
    for (const TopicScore& topic : analysed.annotations.topics) {
        WeightedValue& value = values.at(Field::topic, fold_key(topic.slug), topic.label);
        value.entry.weight = k_known_label;
        value.about = 1 + static_cast<std::uint32_t>(std::lround(topic.score * k_topic_scale));
    }
    for (const Amount& amount : analysed.annotations.amounts) {
        WeightedValue& value = values.at(Field::amount, amount.value, amount.value);
        ++value.entry.weight;
        ++value.about;
    }
    for (const DateMention& mention : analysed.annotations.dates) {
        const std::string said = date_text(mention.date);
        WeightedValue& value = values.at(Field::when, said, said);
        ++value.entry.weight;
        ++value.about;
    }
    add_exact(values, Field::lang, document.lang);
    add_exact(values, Field::source, document.source);
    add_exact(values, Field::author, document.author);
    std::vector<WeightedValue> list = values.take();
    std::stable_sort(list.begin(), list.end(), [](const WeightedValue& a, const WeightedValue& b) {
        return a.entry.field != b.entry.field ? a.entry.field < b.entry.field : a.about > b.about;
    });
    return list;
}

std::vector<AliasRow> alias_rows(const AnalysedDocument& analysed, const std::vector<WeightedValue>& values,
                                 const Tagger& tagger) {
    std::vector<AliasRow> rows;
    for (const WeightedValue& value : values) {
        const FacetEntry& entry = value.entry;
        if (info(entry.field).kind != FieldKind::entity) continue;
        rows.push_back({entry.key, entry.field, entry.key});
        rows.push_back({fold_key(entry.label), entry.field, entry.key});
        if ((entry.weight & k_known_label) != 0) {
            for (const Alias& alias : tagger.aliases(entry.field, entry.label))
                rows.push_back({fold_key(alias.alias), entry.field, entry.key});
        }
        if (entry.field == Field::person || entry.field == Field::author) add_parts_of_name(entry, rows);
    }
    for (const Mention& mention : analysed.annotations.mentions) {
        std::string folded = fold_key(surface(analysed.document, mention.begin, mention.end, mention.in_title));
        if (!folded.empty()) rows.push_back({std::move(folded), mention.field, fold_key(mention.value)});
    }
    return rows;
}

std::string extra_members(const Document& document) {
    std::string members;
    for (const auto& [name, value] : document.extra) {
        if (!members.empty()) members += ',';
        members += JsonWriter().string(name).take() + ":" + value;
    }
    return members;
}

}  // namespace limier
