#include <algorithm>
#include <array>
#include <chrono>
#include <optional>

#include "common/dates.hpp"
#include "common/text/fold.hpp"
#include "common/text/utf8.hpp"
#include "indexer/tagger/form_notes.hpp"
#include "indexer/tagger/parts.hpp"

namespace limier {
namespace {

namespace ch = std::chrono;

constexpr unsigned k_first_year = 1000;
constexpr unsigned k_last_year = 2099;
// A number that stands bare is a year only where the press speaks of one.
constexpr unsigned k_first_bare_year = 1900;
constexpr unsigned k_last_bare_year = 2049;
// Farther than half a year from the document another year would be said.
constexpr ch::days k_farthest{190};

template <std::size_t N>
constexpr bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

// What stands before a year and before no other number of four digits. Folded.
constexpr std::array<std::string_view, 33> k_year_cues{
    "en",      "depuis",    "des",    "avant",          "apres",        "fin",         "debut",   "mi",    "milieu",
    "an",      "annee",     "ici",    "courant",        "ete",          "printemps",   "automne", "hiver", "rentree",
    "saison",  "exercice",  "mandat", "millesime",      "budget",       "mondial",     "euro",    "coupe", "promotion",
    "edition", "elections", "jo",     "presidentielle", "legislatives", "municipales",
};
// Before `de` and a year: `la rupture date de 2018`. Folded.
constexpr std::array<std::string_view, 7> k_dating_words{
    "date", "datent", "datait", "dataient", "datant", "dater", "datee",
};
// What makes a number of four digits a quantity: `les 2000 emplois`. Folded.
constexpr std::array<std::string_view, 17> k_quantity_cues{
    "les",     "des",     "ces",      "ses",  "nos", "leurs", "aux", "plus", "moins",
    "environ", "quelque", "quelques", "pres", "de",  "par",   "a",   "un",
};

constexpr std::string_view k_yesterday = "hier", k_tomorrow = "demain";

bool is_digit_byte(char c) { return c >= '0' && c <= '9'; }

ch::year_month_day civil(int year, unsigned month, unsigned day) {
    return ch::year(year) / ch::month(month) / ch::day(day);
}

std::optional<ch::sys_days> day_of(Date date) {
    if (date.day == 0) return std::nullopt;
    return ch::sys_days(civil(date.year, date.month, date.day));
}

Date date_of(ch::sys_days day) {
    const ch::year_month_day parts(day);
    return {static_cast<std::uint16_t>(int{parts.year()}), static_cast<std::uint8_t>(unsigned{parts.month()}),
            static_cast<std::uint8_t>(unsigned{parts.day()})};
}

unsigned weekday_of(ch::sys_days day) { return ch::weekday(day).iso_encoding(); }

/// The day of a month nearest to the document's date, on the weekday said where one was said.
std::optional<Date> nearest(Date document, unsigned month, unsigned day, unsigned weekday) {
    if (!document) return std::nullopt;
    constexpr unsigned k_middle_month = 7, k_middle_day = 15;
    const ch::sys_days about = civil(document.year, document.month == 0 ? k_middle_month : document.month,
                                     document.day == 0 ? k_middle_day : document.day);
    std::optional<ch::sys_days> best;
    for (const int shift : {0, -1, 1}) {
        const ch::year_month_day said = civil(document.year + shift, month, day);
        if (!said.ok()) continue;
        const ch::sys_days candidate(said);
        if (weekday != 0 && weekday_of(candidate) != weekday) continue;
        if (document.month != 0 && ch::abs(candidate - about) > k_farthest) continue;
        if (document.month == 0 && shift != 0 && weekday == 0) continue;
        if (!best || ch::abs(candidate - about) < ch::abs(*best - about)) best = candidate;
    }
    if (!best) return std::nullopt;
    return date_of(*best);
}

/// The tokens of one text, read in order.
class DateScan {
 public:
    DateScan(std::string_view text, std::span<const Token> tokens, const TagInput& input, bool in_title,
             std::vector<DateMention>& out)
        : text_(text), input_(input), in_title_(in_title), out_(out) {
        for (const Token& token : tokens) {
            if (!token.overlay) words_.push_back(&token);
        }
    }

    void run() {
        for (std::size_t i = 0; i < words_.size(); ++i) {
            // Nearly all words are passed here: dates begin with a digit, a weekday, a month, or one of few adverbs.
            if ((digits(i) || (may_begin(i) && in_plain_letters(i))) && words_[i]->begin >= done_ &&
                !in_zone(words_[i]->begin))
                visit(i);
        }
    }

 private:
    std::string_view form(std::size_t i) const { return input_.analyser.form(words_[i]->form).text; }
    std::string folded(std::size_t i) const { return i < words_.size() ? fold(form(i)) : std::string(); }
    bool digits(std::size_t i) const { return i < words_.size() && is_digit_byte(text_[words_[i]->begin]); }

    bool may_begin(std::size_t i) const {
        return noted(notes_[words_[i]->form], FormQuestion::date, [&] {
            const std::string word = folded(i);
            return weekday_number(word) != 0 || month_number(word) != 0 || word == k_yesterday || word == k_tomorrow;
        });
    }

    /// What is written in compatibility letters (`ｊｕｉｎ`) is passed over.
    bool in_plain_letters(std::size_t i) const {
        const char c = text_[words_[i]->begin];
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    bool in_zone(std::size_t at) const {
        return !in_title_ && std::any_of(input_.document.zones.begin(), input_.document.zones.end(),
                                         [at](const Zone& zone) { return at >= zone.begin && at < zone.end; });
    }

    void add(Date date, std::size_t begin, std::size_t end) {
        done_ = end;
        out_.push_back({date, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), in_title_});
    }

    void visit(std::size_t i) {
        const std::size_t begin = words_[i]->begin;
        const std::string word = digits(i) ? std::string() : folded(i);
        const unsigned weekday = word.size() > 3 ? weekday_number(word) : 0;
        if (digits(i) || weekday != 0 || month_number(word) != 0) {
            std::size_t end = begin;
            const std::optional<Date> date = read_date(text_, end);
            if (date && date->month != 0) return add(*date, begin, end);
        }
        if (digits(i) && year(i)) return;
        if (weekday != 0) {
            if (!digits(i + 1)) return on_weekday(i, weekday);
            return without_year(i + 1, begin, weekday);
        }
        if (digits(i)) return without_year(i, begin, 0);
        if (month_number(word) != 0) return last_or_next_month(i, month_number(word));
        relative(i, word);
    }

    /// A year by the words around it, and the second of `2023-2024`, `entre 2019 et 2022`.
    bool year(std::size_t i) {
        const unsigned value = year_value(i);
        if (value == 0) return false;
        const std::string before = i > 0 ? folded(i - 1) : std::string();
        const bool brackets = words_[i]->begin > 0 && text_[words_[i]->begin - 1] == '(' &&
                              words_[i]->end < text_.size() &&
                              (text_[words_[i]->end] == ')' || text_[words_[i]->end] == '-');
        const std::size_t second = second_year(i);
        const bool announced = is_one_of(before, k_year_cues) ||
                               (before == "de" && i > 1 && is_one_of(folded(i - 2), k_dating_words)) ||
                               (second != 0 && (before == "entre" || joined(i, second)));
        if (!announced && !brackets && !bare_year(i, value, before)) return false;
        add({static_cast<std::uint16_t>(value), 0, 0}, words_[i]->begin, words_[i]->end);
        if (second != 0)
            add({static_cast<std::uint16_t>(year_value(second)), 0, 0}, words_[second]->begin, words_[second]->end);
        return true;
    }

    /// Four digits written together, as a number from the first year to the last; 0 for all else.
    unsigned year_value(std::size_t i) const {
        if (i >= words_.size() || words_[i]->end - words_[i]->begin != 4) return 0;
        unsigned value = 0;
        for (std::size_t at = words_[i]->begin; at < words_[i]->end; ++at) {
            if (!is_digit_byte(text_[at])) return 0;
            value = value * 10 + static_cast<unsigned>(text_[at] - '0');
        }
        return value >= k_first_year && value <= k_last_year ? value : 0;
    }

    /// The year that a range begun at `i` ends with, or 0.
    std::size_t second_year(std::size_t i) const {
        if (year_value(i + 1) != 0 && joined(i, i + 1)) return i + 1;
        const std::string joint = folded(i + 1);
        return (joint == "et" || joint == "a") && year_value(i + 2) != 0 ? i + 2 : 0;
    }

    bool joined(std::size_t i, std::size_t next) const {
        const std::string_view between = text_.substr(words_[i]->end, words_[next]->begin - words_[i]->end);
        return between == "-" || between == "–" || between == "/";
    }

    /// `élection 2017,`: not a quantity, and nothing behind it that could be counted.
    bool bare_year(std::size_t i, unsigned value, std::string_view before) const {
        if (value < k_first_bare_year || value > k_last_bare_year) return false;
        if (i == 0 || is_one_of(before, k_quantity_cues) || digits(i - 1) || month_number(before) != 0) return false;
        const std::size_t gap = words_[i]->begin - words_[i - 1]->end;
        if (gap != 1) return false;
        const std::size_t end = words_[i]->end;
        if (end >= text_.size() || std::string_view(",;:)!?\n").find(text_[end]) != std::string_view::npos) return true;
        if (text_[end] == '.') return end + 1 >= text_.size() || !is_digit_byte(text_[end + 1]);
        return text_[end] == ' ' && i + 1 < words_.size() && input_.analyser.form(words_[i + 1]->form).stop;
    }

    /// `10 février`, `1er mai`: the year is that of the document, or its neighbour where that is nearer.
    void without_year(std::size_t i, std::size_t begin, unsigned weekday) {
        if (i + 1 >= words_.size()) return;
        const std::string_view day = form(i);
        unsigned number = 0;
        for (const char c : day) {
            if (is_digit_byte(c)) number = number * 10 + static_cast<unsigned>(c - '0');
            if (number > 31) return;
        }
        const bool plain = std::all_of(day.begin(), day.end(), is_digit_byte) || day == "1er";
        const std::string name = folded(i + 1);
        const unsigned month = month_number(name);
        if (!plain || number == 0 || month == 0 || name == "sept" || name.size() < 3) return;  // `3 sept nains`
        if (words_[i + 1]->begin - words_[i]->end > 3) return;
        // What is no day of the calendar is no month either.
        done_ = words_[i + 1]->end;
        if (const auto date = nearest(input_.document.date, month, number, weekday)) add(*date, begin, done_);
    }

    /// `janvier dernier`, `octobre prochain`: by the document's date.
    void last_or_next_month(std::size_t i, unsigned month) {
        const Date document = input_.document.date;
        const std::string way = folded(i + 1);
        if (document.month == 0 || (way != "dernier" && way != "prochain")) return;
        const bool before = month<document.month, after = month> document.month;
        const int shift = way == "dernier" ? (before ? 0 : -1) : (after ? 0 : 1);
        add({static_cast<std::uint16_t>(document.year + shift), static_cast<std::uint8_t>(month), 0}, words_[i]->begin,
            words_[i + 1]->end);
    }

    /// A weekday alone is the last such day up to the document's date (news tells what was), `prochain` the next after
    /// it. `le mercredi`, `chaque mercredi` are habits.
    void on_weekday(std::size_t i, unsigned weekday) {
        const auto document = day_of(input_.document.date);
        const std::string before = i > 0 ? folded(i - 1) : std::string();
        if (!document || before == "le" || before == "un" || before == "chaque" || before == "tous" || before == "les")
            return;
        const std::string after = folded(i + 1);
        const bool next = after == "prochain";
        const int ahead = static_cast<int>((weekday + 7 - weekday_of(*document)) % 7);
        const int shift = next ? (ahead == 0 ? 7 : ahead) : ahead == 0 ? (after == "dernier" ? -7 : 0) : ahead - 7;
        add(date_of(*document + ch::days(shift)), words_[i]->begin, words_[i]->end);
    }

    void relative(std::size_t i, std::string_view word) {
        const auto document = day_of(input_.document.date);
        if (!document) return;
        int shift = 0;
        std::size_t begin = words_[i]->begin;
        if (word == k_yesterday) {
            const bool day_before = i > 0 && folded(i - 1) == "avant" && text_[words_[i - 1]->end] == '-';
            shift = day_before ? -2 : -1;
            if (day_before) begin = words_[i - 1]->begin;
        } else if (word == k_tomorrow) {
            shift = 1;
        } else {
            return;
        }
        add(date_of(*document + ch::days(shift)), begin, words_[i]->end);
    }

    std::string_view text_;
    const TagInput& input_;
    std::span<std::uint64_t> notes_ = input_.analyser.notes();
    bool in_title_;
    std::vector<DateMention>& out_;
    std::vector<const Token*> words_;  ///< without overlays
    std::size_t done_ = 0;
};

}  // namespace

void tag_dates(const TagInput& input, Annotations& out) {
    if (input.document.title_apart) DateScan(input.document.title, input.title, input, true, out.dates).run();
    DateScan(input.document.text, input.text, input, false, out.dates).run();
}

}  // namespace limier
