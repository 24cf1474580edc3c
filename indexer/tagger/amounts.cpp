#include "common/amounts.hpp"

#include "common/ranges.hpp"
#include "common/text/fold.hpp"
#include "common/text/utf8.hpp"
#include "indexer/tagger/form_notes.hpp"
#include "indexer/tagger/parts.hpp"

namespace limier {
namespace {

constexpr std::uint64_t k_million = 1'000'000;
// A bare `100 milliards` takes the currency of an amount before it in the sentence, no farther off than this.
constexpr std::size_t k_reach = 400;
constexpr std::uint64_t k_no_small_number = 1000 * 100;  ///< hundredths: from here on a number has its own magnitude

bool is_digit_byte(char c) { return c >= '0' && c <= '9'; }

std::size_t after_blanks(std::string_view text, std::size_t at) {
    for (std::size_t next = at; next < text.size();) {
        const char32_t c = next_code_point(text, next);
        if (!is_space(c) || c == U'\n') break;
        at = next;
    }
    return at;
}

/// One text, read from its begin to its end.
class AmountScan {
 public:
    AmountScan(std::string_view text, bool in_title, std::vector<Amount>& out)
        : text_(text), in_title_(in_title), out_(out) {}

    /// Looks at a token that may begin an amount; `before` is the word before it, folded.
    void visit(std::size_t begin, std::string_view before) {
        if (begin < done_) return;
        begin = with_sign(begin);
        const std::optional<AmountReading> reading = read_amount(text_, begin, AmountStyle::text);
        if (!reading) return;
        if (!reading->currency.empty()) return add(begin, *reading);
        if (lend(begin, *reading, before)) return;
        done_ = reading->end;
        if (reading->scale >= k_million && same_sentence(begin) && !of_something(reading->end)) {
            AmountReading known = *reading;
            known.currency = currency_;
            add(begin, known);
        }
    }

 private:
    /// `$500`, `US$500`: the sign before the digits belongs to the amount.
    std::size_t with_sign(std::size_t begin) const {
        for (const std::string_view sign : {"CA$", "US$", "C$", "$", "€", "£", "¥"}) {
            if (text_.substr(0, begin).ends_with(sign)) return begin - sign.size();
        }
        return begin;
    }

    void add(std::size_t begin, const AmountReading& reading) {
        done_ = reading.end;
        currency_ = reading.currency;
        currency_end_ = reading.end;
        if (reading.cents == 0) return;
        out_.push_back({money_text({reading.cents, std::string(reading.currency)}), static_cast<std::uint32_t>(begin),
                        static_cast<std::uint32_t>(reading.end), in_title_});
    }

    /// `300 à 240 euros`, `entre 5 et 10 milliards de dollars`: the first number has the unit of the second.
    bool lend(std::size_t begin, AmountReading first, std::string_view before) {
        std::size_t at = after_blanks(text_, first.end);
        const bool dash = text_.substr(at).starts_with("-") || text_.substr(at).starts_with("–");
        if (dash) {
            at += text_[at] == '-' ? 1 : 3;
        } else {
            const std::size_t end = std::min(text_.find(' ', at), text_.size());
            const std::string joint = fold(text_.substr(at, std::min<std::size_t>(end - at, 8)));
            const bool between = before == "entre";
            if (joint != "a" && joint != "ou" && !(joint == "et" && between)) return false;
            at = end;
        }
        at = after_blanks(text_, at);
        const std::optional<AmountReading> second = read_amount(text_, at, AmountStyle::text);
        if (!second || second->currency.empty()) return false;
        const bool year_like =
            first.scale == 1 && first.end - begin == 4 && first.cents >= 190000 && first.cents < 210000;
        if (year_like && before != "de" && before != "entre") return false;
        if (first.scale == 1 && first.cents < k_no_small_number) first.cents *= second->scale;
        first.currency = second->currency;
        if (first.cents > k_most_cents) return false;
        add(begin, first);
        add(at, *second);
        return true;
    }

    /// Whether `de` or `d’` follows: `3 millions de clients` is no money.
    bool of_something(std::size_t at) const {
        const std::string_view rest = text_.substr(after_blanks(text_, at));
        return rest.starts_with("de ") || rest.starts_with("d'") || rest.starts_with("d’") || rest.starts_with("du ") ||
               rest.starts_with("des ");
    }

    bool same_sentence(std::size_t begin) const {
        if (currency_.empty() || begin - currency_end_ > k_reach) return false;
        const std::string_view between = text_.substr(currency_end_, begin - currency_end_);
        for (std::size_t i = 0; i < between.size(); ++i) {
            const char c = between[i];
            const bool stop = c == '.' || c == '!' || c == '?';
            if (c == '\n' || (stop && (i + 1 == between.size() || between[i + 1] == ' '))) return false;
        }
        return true;
    }

    std::string_view text_;
    bool in_title_;
    std::vector<Amount>& out_;
    std::size_t done_ = 0;            ///< everything before is read
    std::string_view currency_ = {};  ///< of the last amount
    std::size_t currency_end_ = 0;
};

/// Whether a form may stand behind a number and a blank in what AmountScan reads.
bool goes_on(std::string_view form) {
    const std::string folded = fold(form);
    return folded == "a" || folded == "ou" || may_follow_number(form);
}

void scan(std::string_view text, std::span<const Token> tokens, const Analyser& analyser, bool in_title,
          std::vector<Amount>& out) {
    AmountScan scan(text, in_title, out);
    const std::span<std::uint64_t> notes = analyser.notes();
    const auto text_of = [&](const Token& token) { return std::string_view(analyser.form(token.form).text); };
    // `un homme`, `12 mars`: most numbers, told by the note on the word behind them.
    const auto counts_no_money = [&](std::size_t i) {
        const Token& token = tokens[i];
        do ++i;
        while (i < tokens.size() && tokens[i].overlay);
        const bool blanks = (token.begin == 0 || text[token.begin - 1] == ' ') && i < tokens.size() &&
                            tokens[i].begin == token.end + 1 && text[token.end] == ' ';
        return blanks && !noted(notes[tokens[i].form], FormQuestion::goes_on_in_an_amount,
                                [&] { return goes_on(text_of(tokens[i])); });
    };
    const Token* before = nullptr;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const Token& token = tokens[i];
        if (token.overlay) continue;
        const auto number_word = [&] { return is_number_word(text_of(token)); };
        const bool number =
            is_digit_byte(text[token.begin]) || noted(notes[token.form], FormQuestion::amount, number_word);
        if (number && !counts_no_money(i))
            scan.visit(token.begin, before != nullptr ? text_of(*before) : std::string_view());
        before = &token;
    }
}

}  // namespace

void tag_amounts(const TagInput& input, Annotations& out) {
    if (input.document.title_apart) scan(input.document.title, input.title, input.analyser, true, out.amounts);
    scan(input.document.text, input.text, input.analyser, false, out.amounts);
}

}  // namespace limier
