#include "searcher/hits.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace limier {
namespace {

// More words than these cost more to look up in the vocabulary than ten texts cost to analyse.
constexpr std::size_t k_most_looked_up = 100;

constexpr std::array k_entity_fields{Field::person, Field::org,  Field::place,  Field::product,
                                     Field::event,  Field::work, Field::keyword};

static_assert(k_values_listed < k_most_listed);  // one more tells that there are more

std::vector<std::string> labels(const Index& index, std::size_t segment, Field field,
                                std::span<const std::uint32_t> ordinals) {
    std::vector<std::string> values;
    for (const std::uint32_t ordinal : ordinals) values.emplace_back(index.label(segment, field, ordinal));
    return values;
}

KnownWords words_among(std::span<const ColumnToken> tokens, const FormTest& wanted, const Segment& segment) {
    KnownWords words;
    std::vector<std::uint32_t> forms;
    for (std::size_t at = wanted.find(tokens, 0); at < tokens.size(); at = wanted.find(tokens, at + 1)) {
        ++words.tokens;
        if (std::find(forms.begin(), forms.end(), tokens[at].form()) == forms.end()) forms.push_back(tokens[at].form());
    }
    for (const std::uint32_t form : forms) words.forms.push_back(segment.form(form));
    return words;
}

constexpr std::size_t k_before_title = 300;  // bytes of rubric and date

std::size_t find_title(std::string_view text, std::string_view title) {
    return title.empty() ? std::string_view::npos : text.substr(0, title.size() + k_before_title).find(title);
}

/// The body without the title line that is shown above it already.
std::string_view without_title(std::string_view text, std::string_view title) {
    const std::size_t at = find_title(text, title);
    return at == std::string_view::npos ? text : text.substr(at + title.size());
}

}  // namespace

std::vector<std::uint32_t> forms_to_mark(const Segment& segment, const HighlightWords& words) {
    std::vector<std::uint32_t> forms;
    for (const std::string& term : words.terms) {
        const auto [begin, end] = segment.forms_of(term);
        for (std::uint32_t form = begin; form < end; ++form) forms.push_back(form);
    }
    for (const std::string& folded : words.folded) {
        const auto [begin, end] = segment.folded_range(folded, false);
        for (std::uint32_t at = begin; at < end; ++at) forms.push_back(segment.vocabulary(at));
    }
    std::sort(forms.begin(), forms.end());
    forms.erase(std::unique(forms.begin(), forms.end()), forms.end());
    return forms;
}

bool holds_title(std::string_view text, std::string_view title) {
    return find_title(text, title) != std::string_view::npos;
}

HitMaker::HitMaker(const Index& index, Analyser& analyser, const HighlightWords& words, const SearchRequest& request)
    : index_(index),
      words_(words),
      records_(request.records),
      snippets_(request.snippets),
      values_(request.values),
      full_(request.full),
      highlighter_(words, analyser),
      marked_forms_(index.segments().size()) {}

/// Fills the snippet and what is marked.
void HitMaker::show_words(const Index::Place& place, std::string_view title, Hit& hit) {
    place.segment->text(place.row, text_, frame_);
    const std::string_view text = text_;
    const std::string_view shown = without_title(text, title);
    const auto skipped = static_cast<std::uint32_t>(text.size() - shown.size());
    const std::optional<KnownRow> known = known_words(place);
    std::vector<Mark> marks = known ? highlighter_.marks(text, known->body) : highlighter_.marks(text);
    highlighter_.add_names(text, marks);
    if (full_) hit.text_highlights = places_of(marks);
    std::erase_if(marks, [skipped](const Mark& mark) { return mark.place.begin < skipped; });
    for (Mark& mark : marks) mark.place = {mark.place.begin - skipped, mark.place.end - skipped};
    Snippet snippet = make_snippet(shown, marks);
    hit.snippet = std::move(snippet.text);
    hit.highlights = std::move(snippet.highlights);
    std::vector<Mark> title_marks = known ? highlighter_.marks(title, known->title) : highlighter_.marks(title);
    highlighter_.add_names(title, title_marks);
    hit.title_highlights = places_of(title_marks);
    if (full_) hit.text = text_;
}

/// What the token column tells of the words to mark; nothing where they are too many to ask for.
std::optional<HitMaker::KnownRow> HitMaker::known_words(const Index::Place& place) {
    if (words_.terms.size() + words_.folded.size() > k_most_looked_up) return std::nullopt;
    if (!marked_forms_[place.number]) marked_forms_[place.number] = FormTest(forms_to_mark(*place.segment, words_));
    const FormTest& wanted = *marked_forms_[place.number];
    const TokenRow row = place.segment->decode(place.segment->codes(place.row, codes_), tokens_);
    return KnownRow{words_among(row.title, wanted, *place.segment), words_among(row.body, wanted, *place.segment)};
}

std::string_view HitMaker::id(Xapian::docid document) const {
    const Index::Place place = index_.place(document);
    return place.segment->record(place.row).id;
}

Hit HitMaker::operator()(Xapian::docid document, double score, std::size_t rank) {
    const Index::Place place = index_.place(document);
    const Record record = place.segment->record(place.row, record_);
    Hit hit;
    hit.rank = rank;
    hit.score = score;
    hit.id = record.id;
    if (!records_) return hit;
    hit.path = record.path;
    hit.title = record.title;
    hit.date = date_text(place.segment->date(place.row));
    hit.source = record.source;
    hit.author = record.author;
    hit.url = record.url;
    if (!snippets_) return hit;
    show_words(place, record.title, hit);
    const auto add = [&](Field field, std::span<const std::uint32_t> ordinals) {
        std::vector<std::string> values = labels(index_, place.number, field, ordinals);
        if (!values.empty()) hit.entities.emplace_back(field, std::move(values));
    };
    if (!values_) {
        for (const Field field : k_listed_fields) add(field, place.segment->listed(record, field));
        return hit;
    }
    const auto all = [&place](Field field) { return place.segment->facet(field).values(place.row); };
    for (const Field field : k_entity_fields) add(field, all(field));
    hit.topics = labels(index_, place.number, Field::topic, all(Field::topic));
    return hit;
}

}  // namespace limier
