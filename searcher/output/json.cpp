#include "common/output/json.hpp"

#include "common/output/number.hpp"
#include "searcher/output/formats.hpp"

namespace limier {
namespace {

constexpr std::uint64_t k_schema = 1;

void write_highlights(JsonWriter& json, std::string_view key, const std::vector<Highlight>& highlights) {
    json.key(key).begin_array();
    for (const Highlight& highlight : highlights) {
        json.begin_array().number(std::uint64_t{highlight.begin}).number(std::uint64_t{highlight.end}).end_array();
    }
    json.end_array();
}

void write_strings(JsonWriter& json, std::string_view key, const std::vector<std::string>& values) {
    json.key(key).begin_array();
    for (const std::string& value : values) json.string(value);
    json.end_array();
}

void write_hit(JsonWriter& json, const Hit& hit, bool collapsed) {
    json.begin_object();
    json.key("rank").number(std::uint64_t{hit.rank});
    json.key("id").string(hit.id);
    json.key("path").string(hit.path);
    json.key("score").number(hit.score, k_score_decimals);
    json.key("title").string(hit.title);
    json.key("date").string(hit.date);
    json.key("source").string(hit.source);
    json.key("snippet").string(hit.snippet);
    write_highlights(json, "highlights", hit.highlights);
    write_highlights(json, "title_highlights", hit.title_highlights);
    if (hit.text) {
        json.key("text").string(*hit.text);
        write_highlights(json, "text_highlights", hit.text_highlights);
    }
    json.key("entities").begin_object();
    for (const auto& [field, values] : hit.entities) write_strings(json, info(field).name, values);
    json.end_object();
    write_strings(json, "topics", hit.topics);
    json.key("author").string(hit.author);
    json.key("url").string(hit.url);
    if (!hit.shared.empty()) write_strings(json, "shared", hit.shared);
    if (collapsed) {
        json.key("duplicates").number(std::uint64_t{hit.duplicates.size()});
        write_strings(json, "duplicate_ids", hit.duplicates);
    }
    json.end_object();
}

void write_facet(JsonWriter& json, const Facet& facet) {
    json.key(facet.name).begin_array();
    for (const FacetValue& value : facet.values) {
        json.begin_object();
        json.key("value").string(value.value);
        json.key("count").number(value.count);
        json.key("selected").boolean(value.selected);
        if (facet.tree) {
            json.key("parent");
            value.parent.empty() ? json.null() : json.string(value.parent);
        }
        json.end_object();
    }
    json.end_array();
}

void write_significant(JsonWriter& json, const std::vector<Significant>& list) {
    json.key("significant").begin_object();
    for (const Significant& found : list) {
        json.key(found.name).begin_array();
        for (const SignificantValue& value : found.values) {
            json.begin_object();
            json.key("value").string(value.value);
            json.key("count").number(value.count);
            json.key("total").number(value.total);
            json.key("score").number(value.score, k_score_decimals);
            json.key("selected").boolean(value.selected);
            json.end_object();
        }
        json.end_array();
    }
    json.end_object();
}

void write_timeline(JsonWriter& json, const Timeline& timeline) {
    json.key("timeline").begin_object();
    json.key("by").string(timeline.period);
    json.key("values").begin_array();
    for (const TimelineBar& bar : timeline.bars)
        json.begin_object().key("value").string(bar.date).key("count").number(bar.count).end_object();
    json.end_array();
    json.key("without").number(timeline.without);
    json.end_object();
}

void write_added(JsonWriter& json, const std::vector<AddedWord>& words) {
    json.key("added").begin_array();
    for (const AddedWord& added : words) {
        json.begin_object().key("word").string(added.word).key("weight").number(added.weight, 3);
        json.key("why").string(added.feedback ? "feedback" : "synonym").end_object();
    }
    json.end_array();
}

void write_explanation(JsonWriter& json, const Explanation& told) {
    json.key("explain").begin_object();
    json.key("tokens").begin_array();
    for (const ExplainedToken& token : told.tokens) {
        json.begin_object().key("text").string(token.text).key("term").string(token.term);
        json.key("begin").number(std::uint64_t{token.begin}).key("end").number(std::uint64_t{token.end}).end_object();
    }
    json.end_array();
    json.key("tree").string(told.tree).key("xapian").string(told.xapian);
    json.key("times").begin_array();
    for (const StageTime& time : told.times)
        json.begin_object().key("stage").string(time.stage).key("micros").number(time.micros).end_object();
    json.end_array();
    json.key("hits").begin_array();
    for (const ExplainedScore& hit : told.hits) {
        json.begin_object().key("rank").number(std::uint64_t{hit.rank}).key("id").string(hit.id);
        json.key("score").number(hit.score, k_score_decimals);
        for (const auto& [name, value] : hit.parts) json.key(name).number(value, k_score_decimals);
        json.end_object();
    }
    json.end_array().end_object();
}

class JsonFormatter : public Formatter {
 public:
    explicit JsonFormatter(bool indented) : json_(indented) {}

    std::string result(const SearchResult& result) override {
        json_.begin_object();
        json_.key("schema").number(k_schema);
        json_.key("query").string(result.query);
        string_or_null("qid", result.qid.empty() ? nullptr : &result.qid);
        json_.key("total").number(result.total);
        json_.key("exact").boolean(result.exact);
        json_.key("relaxed").boolean(result.relaxed);
        if (!result.alone.empty()) {
            json_.key("alone").begin_array();
            for (const FoundAlone& operand : result.alone)
                json_.begin_object().key("query").string(operand.query).key("count").number(operand.count).end_object();
            json_.end_array();
        }
        json_.key("hits").begin_array();
        for (const Hit& hit : result.hits) write_hit(json_, hit, result.collapsed.has_value());
        json_.end_array();
        json_.key("facets").begin_object();
        for (const Facet& facet : result.facets) write_facet(json_, facet);
        json_.end_object();
        write_added(json_, result.added);
        string_or_null("suggestion", result.suggestion ? &*result.suggestion : nullptr);
        if (result.collapsed) {
            json_.key("groups").number(result.collapsed->groups);
            json_.key("groups_exact").boolean(result.collapsed->exact);
        }
        if (!result.significant.empty()) write_significant(json_, result.significant);
        if (result.timeline) write_timeline(json_, *result.timeline);
        if (result.explanation) write_explanation(json_, *result.explanation);
        if (!result.missing.empty()) write_strings(json_, "missing", result.missing);
        json_.end_object();
        return json_.take() + "\n";
    }

 private:
    void string_or_null(std::string_view key, const std::string* value) {
        json_.key(key);
        if (value == nullptr) {
            json_.null();
        } else {
            json_.string(*value);
        }
    }

    JsonWriter json_;
};

}  // namespace

Result<std::unique_ptr<Formatter>> make_json(const OutputOptions& options) {
    return {std::make_unique<JsonFormatter>(options.terminal)};
}

Result<std::unique_ptr<Formatter>> make_jsonl(const OutputOptions&) { return {std::make_unique<JsonFormatter>(false)}; }

}  // namespace limier
