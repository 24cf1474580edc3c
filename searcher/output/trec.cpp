#include "common/output/number.hpp"
#include "common/output/terminal.hpp"
#include "common/text/utf8.hpp"
#include "searcher/output/formats.hpp"

namespace limier {
namespace {

/// A column of a run file, in which blanks separate: every blank as `%` and its bytes in hexadecimal, a space `%20`.
std::string column(std::string_view value) {
    constexpr std::string_view k_digits = "0123456789ABCDEF";
    std::string out;
    for (std::size_t at = 0; at < value.size();) {
        const std::size_t begin = at;
        const bool blank = is_space(next_code_point(value, at));
        const std::string_view bytes = value.substr(begin, at - begin);
        if (!blank) {
            out += without_controls(bytes);
            continue;
        }
        for (const char byte : bytes) {
            const auto code = static_cast<unsigned char>(byte);
            ((out += '%') += k_digits[code >> 4]) += k_digits[code & 15];
        }
    }
    return out;
}

class TrecFormatter : public Formatter {
 public:
    std::string result(const SearchResult& result) override {
        // A run has to name its query; trec_eval takes any name.
        const std::string qid = result.qid.empty() ? "1" : column(result.qid);
        std::string out;
        for (const Hit& hit : result.hits) {
            out.append(qid).append(" Q0 ").append(column(hit.id)).append(" ").append(std::to_string(hit.rank));
            out.append(" ").append(fixed_decimals(hit.score, k_score_decimals)).append(" limier\n");
        }
        return out;
    }
};

}  // namespace

Result<std::unique_ptr<Formatter>> make_trec(const OutputOptions&) { return {std::make_unique<TrecFormatter>()}; }

}  // namespace limier
