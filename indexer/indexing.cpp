#include "indexer/indexing.hpp"

#include <algorithm>
#include <cmath>

#include "common/output/json.hpp"
#include "common/text/fold.hpp"
#include "indexer/given_keywords.hpp"

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
    /// `key_of(label)` is asked once a label: folding costs more than all else here.
    template <class KeyOf>
    WeightedValue* at(Field field, std::string_view label, KeyOf key_of) {
        const std::size_t hash = hash_of(field, label);
        const std::uint32_t known = label_ids_.find(
            hash, [&](std::uint32_t id) { return labels_[id].field == field && labels_[id].text == label; });
        const std::uint32_t value = known != k_none ? labels_[known].value : value_of(field, label, key_of(label));
        if (known == k_none) {
            label_ids_.add(hash, static_cast<std::uint32_t>(labels_.size()));
            labels_.push_back({field, std::string(label), value});
        }
        return value == k_none ? nullptr : &values_[value];
    }
    std::vector<WeightedValue> take() { return std::move(values_); }

 private:
    static constexpr std::uint32_t k_none = OpenTable::k_none;
    struct Label {
        Field field;
        std::string text;
        std::uint32_t value;  ///< k_none where its key is empty
    };
    static std::size_t hash_of(Field field, std::string_view text) {
        return text_hash(text) + static_cast<std::size_t>(field);
    }
    std::uint32_t value_of(Field field, std::string_view label, std::string key) {
        if (key.empty()) return k_none;
        const std::size_t hash = hash_of(field, key);
        const std::uint32_t known = value_ids_.find(
            hash, [&](std::uint32_t id) { return values_[id].entry.field == field && values_[id].entry.key == key; });
        if (known != k_none) return known;
        const auto id = static_cast<std::uint32_t>(values_.size());
        value_ids_.add(hash, id);
        values_.push_back({{field, std::move(key), std::string(label), 0}, 0});
        return id;
    }

    OpenTable label_ids_, value_ids_;
    std::vector<Label> labels_;
    std::vector<WeightedValue> values_;
};

/// The names of Document::author. Two of which the second is one word and no agency's are an inverted one: `Dupont,
/// Jean`.
std::vector<std::string_view> authors_of(std::string_view joined) {
    constexpr std::string_view k_comma = ", ";
    std::vector<std::string_view> authors;
    for (std::string_view rest = joined; !rest.empty();) {
        const std::size_t end = std::min(rest.find(k_comma), rest.size());
        if (end > 0) authors.push_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + k_comma.size(), rest.size()));
    }
    const auto is_given_name = [](std::string_view name) {
        return name.find(' ') == std::string_view::npos && fold(name) != name && name.size() > 1 &&
               (name[1] < 'A' || name[1] > 'Z');
    };
    if (authors.size() == 2 && is_given_name(authors[1])) return {joined};
    return authors;
}

std::string as_it_is(std::string_view label) { return std::string(label); }

void count_once(WeightedValue* value) {
    if (value == nullptr) return;
    ++value->entry.weight;
    ++value->about;
}

// What a surname of several words begins with, folded: `Le Bihan`, `de La Tour`, `Ben Salah`, `van der Meer`. A longer
// given name begins with none of them: `Jean-Paul Martin` is not found by "Paul Martin".
constexpr std::string_view k_surname_particles[] = {
    "ait", "al",  "bel", "ben", "bin", "d",  "da",  "de",   "del", "den", "der", "des",
    "di",  "dos", "du",  "el",  "la",  "le", "les", "ould", "san", "ter", "van", "von",
};

/// person:Musk finds every person of whom Musk is a name: each word of a name of several leads to it, and what stands
/// from a particle to the end; a particle alone is no name.
template <class Visit>
void for_name_parts(std::string_view key, Visit visit) {
    for (std::size_t begin = 0; begin < key.size();) {
        const std::size_t end = std::min(key.find(' ', begin), key.size());
        const std::string_view word = key.substr(begin, end - begin);
        const bool particle = std::find(std::begin(k_surname_particles), std::end(k_surname_particles), word) !=
                              std::end(k_surname_particles);
        if (word.size() > 1 && !particle) visit(word);
        if (begin > 0 && particle) visit(key.substr(begin));
        begin = end + 1;
    }
}

}  // namespace

AnalysedDocument analyse_document(Document document, Analyser& analyser, const Tagger* tagger) {
    AnalysedDocument analysed;
    analyser.analyse(document.title, analysed.title);
    analyser.analyse(document.text, analysed.body);
    analysed.foreign = find_languages(document, analysed.title, analysed.body, analyser);
    if (tagger != nullptr)
        analysed.annotations = tagger->tag(document, analysed.title, analysed.body, analyser, analysed.foreign);
    add_given_keywords(document, analyser, analysed.annotations.key_phrases);
    analysed.document = std::move(document);
    return analysed;
}

std::vector<WeightedValue> facet_values(const AnalysedDocument& analysed) {
    const Document& document = analysed.document;
    Collected values;
    for (const Mention& mention : analysed.annotations.mentions) {
        WeightedValue* value = values.at(mention.field, mention.value, fold_key);
        if (value == nullptr) continue;
        value->entry.weight = mention.known ? k_known_label : value->entry.weight + 1;
        const bool in_title = stands_in_title(document, mention.begin, mention.in_title);
        const bool in_lead = !in_title && mention.begin < document.text.size() / 10;
        value->about += 1 + (in_title ? k_title_bonus : 0) + (in_lead ? k_lead_bonus : 0);
    }
    for (const TopicScore& topic : analysed.annotations.topics) {
        WeightedValue* value =
            values.at(Field::topic, topic.label, [&topic](std::string_view) { return fold_key(topic.slug); });
        value->entry.weight = k_known_label;
        value->about = 1 + static_cast<std::uint32_t>(std::lround(topic.score * k_topic_scale));
    }
    for (const KeyPhrase& phrase : analysed.annotations.key_phrases) {
        WeightedValue* value =
            values.at(Field::keyword, phrase.value, [&phrase](std::string_view) { return phrase.key; });
        ++value->entry.weight;
        value->about += 1 + static_cast<std::uint32_t>(std::lround(phrase.score * k_topic_scale));
    }
    for (const Amount& amount : analysed.annotations.amounts)
        count_once(values.at(Field::amount, amount.value, as_it_is));
    for (const DateMention& mention : analysed.annotations.dates)
        count_once(values.at(Field::when, date_text(mention.date), as_it_is));
    count_once(values.at(Field::lang, document.lang, fold_key));
    for (const ForeignStretch& stretch : analysed.foreign) values.at(Field::lang, stretch.lang, fold_key)->about = 1;
    count_once(values.at(Field::source, document.source, fold_key));
    for (const std::string_view author : authors_of(document.author))
        count_once(values.at(Field::author, author, fold_key));
    std::vector<WeightedValue> list = values.take();
    std::stable_sort(list.begin(), list.end(), [](const WeightedValue& a, const WeightedValue& b) {
        return a.entry.field != b.entry.field ? a.entry.field < b.entry.field : a.about > b.about;
    });
    return list;
}

bool AliasCollector::is_new(Field field, std::string_view name, std::string_view value, char kind) {
    row_.assign(1, kind).push_back(static_cast<char>(field));
    row_.append(name).push_back('\0');
    const std::size_t hash = text_hash(row_.append(value));
    if (seen_.find(hash, [&](std::uint32_t row) { return rows_[row] == row_; }) != OpenTable::k_none) return false;
    seen_.add(hash, static_cast<std::uint32_t>(rows_.size()));
    rows_.push_back(row_);
    return true;
}

void AliasCollector::add_value(const FacetEntry& entry) {
    const auto add = [&](std::string_view folded) { columns_.add_alias(folded, entry.field, entry.key); };
    add(entry.key);
    add(fold_key(entry.label));
    if ((entry.weight & k_known_label) != 0) {
        for (const Alias& alias : tagger_.aliases(entry.field, entry.label)) add(fold_key(alias.alias));
        if (entry.field == Field::topic) add_ancestors(entry);
    }
    if (entry.field == Field::person || entry.field == Field::author) for_name_parts(entry.key, add);
}

void AliasCollector::add_ancestors(const FacetEntry& topic) {
    const std::vector<TopicName> ancestors = tagger_.ancestors(topic.label);
    std::vector<std::string> keys;
    for (const TopicName& above : ancestors) keys.push_back(fold_key(above.slug));
    std::vector<TopicAbove> columns;
    for (std::size_t i = 0; i < keys.size(); ++i) columns.push_back({keys[i], ancestors[i].label});
    columns_.add_ancestors(topic.key, columns);
}

void AliasCollector::add(const AnalysedDocument& analysed, const std::vector<WeightedValue>& values) {
    for (const WeightedValue& value : values) {
        const FacetEntry& entry = value.entry;
        const char kind = (entry.weight & k_known_label) != 0 ? 'k' : 'v';
        if (info(entry.field).kind == FieldKind::entity && is_new(entry.field, entry.label, entry.key, kind))
            add_value(entry);
    }
    for (const Mention& mention : analysed.annotations.mentions) {
        const std::string_view said = surface(analysed.document, mention.begin, mention.end, mention.in_title);
        if (!is_new(mention.field, said, mention.value, 'm')) continue;
        const std::string folded = fold_key(said);
        if (!folded.empty()) columns_.add_alias(folded, mention.field, fold_key(mention.value));
    }
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
