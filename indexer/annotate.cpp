#include "indexer/annotate.hpp"

#include <algorithm>
#include <vector>

#include "common/output/json.hpp"
#include "common/output/terminal.hpp"

namespace limier {
namespace {

std::string_view surface(const Document& document, std::uint32_t begin, std::uint32_t end, bool in_title) {
    return std::string_view(in_title ? document.title : document.text).substr(begin, end - begin);
}

/// Where something was found: text, begin, end, in.
template <class Found>
void write_place(JsonWriter& out, const Document& document, const Found& found) {
    out.key("text").string(surface(document, found.begin, found.end, found.in_title));
    out.key("begin").number(std::uint64_t{found.begin}).key("end").number(std::uint64_t{found.end});
    out.key("in").string(found.in_title ? "title" : "text");
}

void write_entities(JsonWriter& out, const AnalysedDocument& analysed) {
    out.key("entities").begin_array();
    for (const Mention& mention : analysed.annotations.mentions) {
        out.begin_object().key("field").string(info(mention.field).name).key("value").string(mention.value);
        write_place(out, analysed.document, mention);
        out.key("why").string(mention.why).end_object();
    }
    out.end_array();
}

void write_foreign(JsonWriter& out, const AnalysedDocument& analysed) {
    out.key("foreign").begin_array();
    for (const ForeignStretch& stretch : analysed.foreign) {
        out.begin_object().key("lang").string(stretch.lang);
        write_place(out, analysed.document, stretch);
        out.end_object();
    }
    out.end_array();
}

void write_amounts_and_dates(JsonWriter& out, const AnalysedDocument& analysed) {
    out.key("amounts").begin_array();
    for (const Amount& amount : analysed.annotations.amounts) {
        out.begin_object().key("value").string(amount.value);
        write_place(out, analysed.document, amount);
        out.end_object();
    }
    out.end_array().key("dates").begin_array();
    for (const DateMention& date : analysed.annotations.dates) {
        out.begin_object().key("value").string(date_text(date.date));
        write_place(out, analysed.document, date);
        out.end_object();
    }
    out.end_array();
}

void write_key_phrases(JsonWriter& out, const AnalysedDocument& analysed) {
    out.key("keywords").begin_array();
    for (const KeyPhrase& phrase : analysed.annotations.key_phrases) {
        out.begin_object().key("value").string(phrase.value).key("key").string(phrase.key);
        if (phrase.given) {
            out.key("why").string("document").end_object();
            continue;
        }
        out.key("score").number(phrase.score, 3);
        write_place(out, analysed.document, phrase);
        out.key("why").string("text").end_object();
    }
    out.end_array();
}

void write_topics(JsonWriter& out, const Annotations& annotations) {
    out.key("topics").begin_array();
    for (const TopicScore& topic : annotations.topics) {
        out.begin_object()
            .key("value")
            .string(topic.label)
            .key("slug")
            .string(topic.slug)
            .key("score")
            .number(topic.score, 3);
        out.key("cues").begin_array();
        for (const std::string& cue : topic.cues) out.string(cue);
        out.end_array().end_object();
    }
    out.end_array();
}

struct Paint {
    std::uint32_t begin, end;
    std::string_view colour;
};

std::string_view colour_of(Field field) {
    switch (field) {
        case Field::person:
            return "\x1b[1;32m";
        case Field::org:
            return "\x1b[1;34m";
        case Field::place:
            return "\x1b[1;35m";
        default:
            return "\x1b[1;36m";
    }
}

std::string painted(std::string_view text, const AnalysedDocument& analysed, bool in_title) {
    std::vector<Paint> paints;
    for (const Mention& found : analysed.annotations.mentions) {
        if (found.in_title == in_title) paints.push_back({found.begin, found.end, colour_of(found.field)});
    }
    for (const Amount& found : analysed.annotations.amounts) {
        if (found.in_title == in_title) paints.push_back({found.begin, found.end, "\x1b[33m"});
    }
    for (const DateMention& found : analysed.annotations.dates) {
        if (found.in_title == in_title) paints.push_back({found.begin, found.end, "\x1b[4m"});
    }
    std::sort(paints.begin(), paints.end(), [](const Paint& a, const Paint& b) { return a.begin < b.begin; });
    std::string out;
    std::size_t at = 0;
    for (const Paint& paint : paints) {
        if (paint.begin < at) continue;
        out += without_controls(text.substr(at, paint.begin - at));
        out.append(paint.colour)
            .append(without_controls(text.substr(paint.begin, paint.end - paint.begin)))
            .append("\x1b[0m");
        at = paint.end;
    }
    return out + without_controls(text.substr(at));
}

}  // namespace

std::string annotation_json(const AnalysedDocument& analysed) {
    const Document& document = analysed.document;
    JsonWriter out;
    out.begin_object().key("schema").number(std::uint64_t{1});
    out.key("id").string(document.id).key("title").string(document.title).key("text").string(document.text);
    out.key("date").string(date_text(document.date)).key("source").string(document.source);
    out.key("author").string(document.author).key("lang").string(document.lang);
    write_entities(out, analysed);
    write_amounts_and_dates(out, analysed);
    write_topics(out, analysed.annotations);
    write_key_phrases(out, analysed);
    write_foreign(out, analysed);
    out.end_object();
    return out.take() + "\n";
}

std::string annotation_coloured(const AnalysedDocument& analysed) {
    const Document& document = analysed.document;
    std::string out = "\x1b[2m" + on_one_line(document.id) + "\x1b[0m\n";
    if (document.title_apart) out += painted(document.title, analysed, true) + "\n\n";
    out += painted(document.text, analysed, false) + "\n";
    for (const TopicScore& topic : analysed.annotations.topics) {
        out += "\x1b[7m " + on_one_line(topic.label) + " \x1b[0m";
        for (const std::string& cue : topic.cues)
            out += " " + on_one_line(cue) + (&cue == &topic.cues.back() ? "" : ",");
        out += "\n";
    }
    return out + "\n";
}

std::string tokens_json(const AnalysedDocument& analysed, const Analyser& analyser) {
    std::string lines;
    for (const bool in_title : {true, false}) {
        if (in_title && !analysed.document.title_apart) continue;
        for (const Token& token : in_title ? analysed.title : analysed.body) {
            const Form& form = analyser.form(token.form);
            JsonWriter out;
            out.begin_object().key("id").string(analysed.document.id);
            write_place(out, analysed.document, Amount{{}, token.begin, token.end, in_title});
            out.key("form")
                .string(form.text)
                .key("term")
                .string(form.term)
                .key("position")
                .number(std::uint64_t{token.position});
            out.key("span")
                .number(std::uint64_t{token.span})
                .key("overlay")
                .boolean(token.overlay)
                .key("stop")
                .boolean(form.stop);
            out.end_object();
            lines += out.take() + "\n";
        }
    }
    return lines;
}

}  // namespace limier
