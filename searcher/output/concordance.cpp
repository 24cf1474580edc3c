#include <algorithm>

#include "common/output/json.hpp"
#include "common/output/language.hpp"
#include "common/output/terminal.hpp"
#include "common/text/utf8.hpp"
#include "searcher/output/formats.hpp"

namespace limier {
namespace {

constexpr std::string_view k_gap = "  ";
constexpr std::size_t k_widest_id = 28, k_least_context = 10;

/// The end of a text cut to a number of columns.
std::string fit_end(std::string_view text, std::size_t columns) {
    if (display_width(text) <= columns) return std::string(text);
    std::size_t at = 0;
    while (at < text.size() && display_width(text.substr(at)) + 1 > columns) next_code_point(text, at);
    return "…" + std::string(text.substr(at));
}

std::string padded(std::size_t columns, std::string_view text) {
    return std::string(columns - std::min(columns, display_width(text)), ' ');
}

/// Aligned for reading: id, words before, keyword, words behind.
class TextConcordance : public Formatter {
 public:
    explicit TextConcordance(const OutputOptions& options) : options_(options) {}

    std::string result(const SearchResult& result) override {
        const Concordance& concordance = *result.concordance;
        std::size_t id_width = 0, left_width = 0, keyword_width = 0;
        for (const ConcordanceLine& line : concordance.lines) {
            id_width = std::max(id_width, display_width(on_one_line(line.id)));
            left_width = std::max(left_width, display_width(on_one_line(line.left)));
            keyword_width = std::max(keyword_width, display_width(on_one_line(line.keyword)));
        }
        std::size_t right_width = ~std::size_t{0};
        if (options_.terminal) {
            id_width = std::min({id_width, k_widest_id, options_.width / 4});
            const std::size_t taken = id_width + keyword_width + 3 * k_gap.size();
            const std::size_t side = std::max(k_least_context, (options_.width - std::min(options_.width, taken)) / 2);
            left_width = std::min(left_width, side);
            right_width = side;
        }
        std::string out;
        for (const ConcordanceLine& line : concordance.lines) {
            const std::string id = options_.terminal ? fit(on_one_line(line.id), id_width) : on_one_line(line.id);
            const std::string left = fit_end(on_one_line(line.left), left_width);
            const std::string keyword = on_one_line(line.keyword);
            std::string right = on_one_line(line.right);
            if (options_.terminal) right = fit(right, right_width);
            out.append(styled("2", id)).append(padded(id_width, id)).append(k_gap);
            out.append(padded(left_width, left)).append(left).append(k_gap);
            out.append(styled("1;31", keyword)).append(padded(keyword_width, keyword)).append(k_gap).append(right);
            while (out.ends_with(' ')) out.pop_back();
            out += '\n';
        }
        return out;
    }

 private:
    std::string styled(std::string_view code, std::string_view text) const {
        if (!options_.colour || text.empty()) return std::string(text);
        return std::string("\033[").append(code).append("m").append(text).append("\033[0m");
    }

    OutputOptions options_;
};

/// One record a line, fields between tabs or, after a header, as RFC 4180 has it.
class TableConcordance : public Formatter {
 public:
    TableConcordance(bool comma, bool batch) : comma_(comma), batch_(batch) {}

    std::string begin() override {
        return comma_ ? record(batch_ ? std::vector<std::string>{"qid"} : std::vector<std::string>{},
                               {"id", "in", "begin", "end", "left", "keyword", "right"})
                      : std::string();
    }

    std::string result(const SearchResult& result) override {
        std::string out;
        for (const ConcordanceLine& line : result.concordance->lines) {
            out += record(batch_ ? std::vector<std::string>{result.qid} : std::vector<std::string>{},
                          {line.id, line.in_title ? "title" : "text", std::to_string(line.place.begin),
                           std::to_string(line.place.end), line.left, line.keyword, line.right});
        }
        return out;
    }

 private:
    std::string record(std::vector<std::string> values, const std::vector<std::string>& more) const {
        values.insert(values.end(), more.begin(), more.end());
        return table_record(values, comma_);
    }

    bool comma_, batch_;
};

class JsonConcordance : public Formatter {
 public:
    explicit JsonConcordance(bool indented) : json_(indented) {}

    std::string result(const SearchResult& result) override {
        json_.begin_object().key("schema").number(std::uint64_t{1}).key("query").string(result.query).key("qid");
        if (result.qid.empty())
            json_.null();
        else
            json_.string(result.qid);
        json_.key("total").number(result.total).key("places").number(std::uint64_t{result.concordance->total});
        json_.key("lines").begin_array();
        for (const ConcordanceLine& line : result.concordance->lines) {
            json_.begin_object().key("id").string(line.id).key("in").string(line.in_title ? "title" : "text");
            json_.key("begin").number(std::uint64_t{line.place.begin}).key("end").number(std::uint64_t{line.place.end});
            json_.key("left").string(line.left).key("keyword").string(line.keyword).key("right").string(line.right);
            json_.end_object();
        }
        json_.end_array();
        if (!result.missing.empty()) {
            json_.key("missing").begin_array();
            for (const std::string& missing : result.missing) json_.string(missing);
            json_.end_array();
        }
        json_.end_object();
        return json_.take() + "\n";
    }

 private:
    JsonWriter json_;
};

}  // namespace

Result<std::unique_ptr<Formatter>> make_concordance(std::string_view format, const OutputOptions& options) {
    if (format == "text") return {std::make_unique<TextConcordance>(options)};
    if (format == "json") return {std::make_unique<JsonConcordance>(options.terminal)};
    if (format == "jsonl") return {std::make_unique<JsonConcordance>(false)};
    if (format == "tsv" || format == "csv") return {std::make_unique<TableConcordance>(format == "csv", options.batch)};
    return Error{Code::usage, std::string(tr("--kwic has no format ", "--kwic n’a pas de format ")).append(format),
                 "text, json, jsonl, tsv, csv"};
}

}  // namespace limier
