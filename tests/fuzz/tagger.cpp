// Any bytes as an article: whatever the taggers find lies in the text, on borders of characters, and what the index
// keeps of it is sound; a snippet of it too.
#include "indexer/tagger.hpp"

#include <cstdint>
#include <string>

#include "common/text/utf8.hpp"
#include "indexer/annotate.hpp"
#include "indexer/indexing.hpp"
#include "indexer/readers.hpp"
#include "searcher/snippet.hpp"
#include "tests/fuzz/require.hpp"

using namespace limier;

namespace {

bool on_border(std::string_view text, std::size_t at) {
    return at == text.size() || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

void require_place(std::string_view text, std::size_t begin, std::size_t end) {
    require(begin < end && end <= text.size() && on_border(text, begin) && on_border(text, end));
}

void check_document(const AnalysedDocument& analysed) {
    const Document& document = analysed.document;
    const auto part = [&document](bool in_title) -> std::string_view {
        return in_title ? document.title : document.text;
    };
    const Annotations& found = analysed.annotations;
    for (const Mention& mention : found.mentions) {
        require_place(part(mention.in_title), mention.begin, mention.end);
        require(!mention.value.empty() && is_utf8(mention.value));
    }
    for (const Amount& amount : found.amounts) require_place(part(amount.in_title), amount.begin, amount.end);
    for (const DateMention& mention : found.dates) require_place(part(mention.in_title), mention.begin, mention.end);
    for (const TopicScore& topic : found.topics) require(topic.score >= 0 && topic.score <= 1 && !topic.cues.empty());
    for (const KeyPhrase& phrase : found.key_phrases) {
        if (!phrase.given) require_place(part(phrase.in_title), phrase.begin, phrase.end);
        require(!phrase.key.empty() && !phrase.value.empty() && is_utf8(phrase.value) && phrase.score <= 1);
    }
    for (const WeightedValue& value : facet_values(analysed))
        require(!value.entry.key.empty() && value.about > 0 && is_utf8(value.entry.label));
    require(is_utf8(annotation_json(analysed)) && is_utf8(annotation_coloured(analysed)));
}

void check_snippet(std::string_view text, Analyser& analyser) {
    HighlightWords words;
    words.terms = {"le", "ville", "2024"};
    const Snippet snippet = make_snippet(text, Highlighter(words, analyser).marks(text));
    require(is_utf8(snippet.text));
    std::uint32_t last = 0;
    for (const Highlight& mark : snippet.highlights) {
        require_place(snippet.text, mark.begin, mark.end);
        require(mark.begin >= last);
        last = mark.end;
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static Analyser analyser;
    static const Tagger tagger;
    const std::string input(data, data + size);
    if (Result<Document> document = read_plain_text("id", "/id.txt", input)) {
        check_snippet(document->text, analyser);
        check_document(analyse_document(std::move(*document), analyser, &tagger));
    }
    if (Result<Document> document = read_json_object(input, "/id.jsonl", 1))
        check_document(analyse_document(std::move(*document), analyser, &tagger));
    return 0;
}
