#include "searcher/concordance.hpp"

#include <algorithm>
#include <utility>

#include "common/text/utf8.hpp"
#include "searcher/hits.hpp"

namespace limier {
namespace {

constexpr std::size_t k_key_bytes = 96;  // some twenty letters of each context decide

/// The first letter or digit from `at` on, or what opens a quote or bracket.
std::size_t first_sign(std::string_view text, std::size_t at) {
    while (at < text.size()) {
        std::size_t next = at;
        const char32_t c = next_code_point(text, next);
        if (is_letter(c) || is_digit(c) || c == U'«' || c == U'“' || c == U'(') break;
        at = next;
    }
    return at;
}

std::vector<std::string> words_of(std::string_view context) {
    std::vector<std::string> words;
    bool inside = false;
    for (std::size_t at = 0; at < context.size();) {
        const std::size_t begin = at;
        const char32_t c = next_code_point(context, at);
        const bool sign = is_letter(c) || is_digit(c);
        if (sign && !inside) words.emplace_back();
        if (sign) words.back() += context.substr(begin, at - begin);
        inside = sign;
    }
    return words;
}

/// The words of a context as they are compared: away from the keyword, without signs.
std::string away(const ConcordanceLine& line, ConcordanceOrder order) {
    std::vector<std::string> words = words_of(order == ConcordanceOrder::left ? line.left : line.right);
    if (order == ConcordanceOrder::left) std::reverse(words.begin(), words.end());
    std::string out;
    for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
    return out;
}

void sort_by_context(std::vector<ConcordanceLine>& lines, ConcordanceOrder order) {
    std::vector<std::pair<std::string, std::size_t>> keys;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        keys.emplace_back(collation_key(away(lines[i], order), k_key_bytes), i);
    }
    std::sort(keys.begin(), keys.end());
    std::vector<ConcordanceLine> sorted;
    sorted.reserve(lines.size());
    for (const auto& [key, i] : keys) sorted.push_back(std::move(lines[i]));
    lines = std::move(sorted);
}

}  // namespace

std::optional<ConcordanceOrder> concordance_order(std::string_view name) {
    if (name == "position") return ConcordanceOrder::position;
    if (name == "left") return ConcordanceOrder::left;
    if (name == "right") return ConcordanceOrder::right;
    return std::nullopt;
}

ConcordanceMaker::ConcordanceMaker(const Index& index, Analyser& analyser, const BuiltQuery& built,
                                   ConcordanceRequest request, const Deadline& deadline)
    : index_(index),
      analyser_(analyser),
      built_(built),
      request_(request),
      deadline_(deadline),
      finders_(index.segments().size()),
      forms_(index.segments().size()) {}

/// Puts into `matches_` where the query stands in a text.
void ConcordanceMaker::find(const Index::Place& place, std::span<const ColumnToken> tokens) {
    matches_.clear();
    if (built_.places.empty()) {
        std::optional<FormTest>& forms = forms_[place.number];
        if (!forms) forms.emplace(forms_to_mark(*place.segment, built_.highlights));
        std::size_t at = 0;
        for (const ColumnToken token : tokens) {
            if (token.overlay()) continue;
            if ((*forms)(token.form())) {
                // Names of several words are one place.
                if (!matches_.empty() && matches_.back().end == at)
                    ++matches_.back().end;
                else
                    matches_.push_back({at, at + 1});
            }
            ++at;
        }
        return;
    }
    std::vector<PatternFinder>& finders = finders_[place.number];
    if (finders.empty())
        for (const Pattern& pattern : built_.places) finders.emplace_back(pattern, *place.segment, place.number);
    for (PatternFinder& finder : finders) {
        const std::vector<Match>& found = finder.all_matches(tokens);
        matches_.insert(matches_.end(), found.begin(), found.end());
    }
    std::sort(matches_.begin(), matches_.end(),
              [](const Match& a, const Match& b) { return a.begin != b.begin ? a.begin < b.begin : a.end > b.end; });
    std::size_t end = 0;
    std::erase_if(matches_, [&end](const Match& match) {
        if (match.begin < end) return true;
        end = match.end;
        return false;
    });
}

/// Adds the lines of the matches [first, first + count).
void ConcordanceMaker::add_lines(const Index::Place& place, std::string_view text, bool in_title, std::size_t first,
                                 std::size_t count, std::vector<ConcordanceLine>& lines) {
    analyser_.analyse(text, tokens_);
    primary_.clear();
    std::copy_if(tokens_.begin(), tokens_.end(), std::back_inserter(primary_),
                 [](const Token& token) { return !token.overlay; });
    const Record record = place.segment->record(place.row);
    for (std::size_t i = first; i < first + count; ++i) {
        const Match match = matches_[i];
        if (match.begin >= match.end || match.end > primary_.size()) continue;  // another version of the analyser
        const std::uint32_t begin = primary_[match.begin].begin, end = primary_[match.end - 1].end;
        const std::size_t before = match.begin - std::min(match.begin, request_.words);
        const std::size_t behind = std::min(primary_.size(), match.end + std::min(primary_.size(), request_.words));
        // An elided article stands outside of its word, and signs at the ends of the text outside of all.
        const std::size_t left = before == 0 ? 0 : first_sign(text, primary_[before - 1].end);
        const std::size_t right =
            behind == primary_.size() ? text.find_last_not_of(" \t\r\n") + 1 : primary_[behind - 1].end;
        ConcordanceLine line;
        line.id = record.id;
        line.in_title = in_title;
        line.place = {begin, end};
        line.left = text.substr(left, begin - std::min<std::size_t>(left, begin));
        line.keyword = text.substr(begin, end - begin);
        line.right = text.substr(end, right - std::min<std::size_t>(right, end));
        lines.push_back(std::move(line));
    }
}

Concordance ConcordanceMaker::operator()(std::span<const Xapian::docid> documents) {
    Concordance out;
    const std::size_t first = request_.first, limit = std::min(request_.limit, k_most_sorted_lines);
    const bool sorted = request_.order != ConcordanceOrder::position;
    // What is to be sorted is all read.
    const std::size_t from = sorted ? 0 : first;
    const std::size_t to = sorted ? k_most_sorted_lines : first + limit;
    std::vector<ColumnToken> buffer;
    for (const Xapian::docid document : documents) {
        deadline_.check();
        const Index::Place place = index_.place(document);
        const TokenRow row = place.segment->tokens(place.row, buffer);
        // A text is decompressed where its lines are shown, or its title may be one.
        std::string text;
        for (const bool in_title : {true, false}) {
            find(place, in_title ? row.title : row.body);
            if (matches_.empty()) continue;
            const std::size_t begin = std::clamp(from, out.total, out.total + matches_.size()) - out.total;
            const std::size_t end = std::clamp(to, out.total, out.total + matches_.size()) - out.total;
            if (text.empty() && (in_title || begin < end)) text = place.segment->text(place.row);
            const std::string_view title = place.segment->record(place.row).title;
            if (in_title && holds_title(text, title)) continue;
            if (begin < end)
                add_lines(place, in_title ? title : std::string_view(text), in_title, begin, end - begin, out.lines);
            out.total += matches_.size();
        }
    }
    if (!sorted) return out;
    out.all_sorted = out.total <= k_most_sorted_lines;
    sort_by_context(out.lines, request_.order);
    out.lines.erase(out.lines.begin(),
                    out.lines.begin() + static_cast<std::ptrdiff_t>(std::min(first, out.lines.size())));
    if (out.lines.size() > limit) out.lines.resize(limit);
    return out;
}

}  // namespace limier
