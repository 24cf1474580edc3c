// The analysis in order, with the reason for each place:
//   1. chunks: blanks (no-break ones too) and outer punctuation separate; what is seen before costs one look-up from
//      here on
//   2. compatibility forms, soft hyphens, zero-width characters: before anything looks at characters (pieces.cpp)
//   3. the filters of a chunk, k_chain
//   4. numbers grouped by blanks (`500 000`): over chunks
//   5. stop words are marked and not taken out, so that phrases with them work
//   6. stems, of words only; accents stay, because stemming and folding do not commute (22.7 % of Snowball's accented
//      words differ)
#include "common/text/french.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <unordered_map>

#include <unicode/uvernum.h>

#include "common/text/chunk.hpp"
#include "common/text/filters/filters.hpp"
#include "common/text/stemmer.hpp"
#include "common/text/stop_words.hpp"
#include "common/text/utf8.hpp"

namespace limier {
namespace {

constexpr Filter k_chain[] = {
    elision,    // before compounds: `l'arc-en-ciel` is an article and a compound
    acronym,    // `I.A.`, before compounds, which would take it apart
    inclusive,  // `étudiant-e-s`, likewise; after acronyms, which are single letters
    ordinal,    // `47ème`, before numbers, which are figures alone
    number,     // `9,74`, before compounds
    compound,   // what is left: parts, and over them the joined form; glued sentences part here
};

constexpr std::string_view k_version = "french-2";
constexpr std::size_t k_longest_term = 200;
constexpr std::size_t k_longest_cached = 64;
// A chunk without blanks of megabytes (base64, minified code) is analysed in pieces; no word is that long.
constexpr std::size_t k_longest_chunk = 4096;
constexpr std::size_t k_most_cached = 400'000;

/// Bytes of the blank at `at`; 0 where there is none. Blanks are what no word and no chunk holds.
std::size_t blank_at(std::string_view text, std::size_t at) {
    const auto a = static_cast<unsigned char>(text[at]);
    if (a <= 0x20) return 1;
    if (a < 0xC2) return 0;
    const auto b = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0;
    if (a == 0xC2 && (b == 0xA0 || b == 0x85)) return 2;
    if (a != 0xE2 && a != 0xE3) return 0;
    const auto c = at + 2 < text.size() ? static_cast<unsigned char>(text[at + 2]) : 0;
    if (a == 0xE2 && b == 0x80 && ((c >= 0x80 && c <= 0x8A) || c == 0xA8 || c == 0xA9 || c == 0xAF)) return 3;
    if (a == 0xE2 && b == 0x81 && c == 0x9F) return 3;
    if (a == 0xE3 && b == 0x80 && c == 0x80) return 3;
    return 0;
}

/// Punctuation that never belongs to a word at its edge: quotes, brackets, stops. Bytes, 0 for other characters.
std::size_t edge_at(std::string_view text, std::size_t at) {
    const auto a = static_cast<unsigned char>(text[at]);
    if (a < 0x80)
        return std::string_view("\"'(),-./:;<>?[]{}!*=_|~").find(static_cast<char>(a)) != std::string_view::npos ? 1
                                                                                                                 : 0;
    const auto b = at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0;
    if (a == 0xC2 && (b == 0xAB || b == 0xBB || b == 0xB7)) return 2;
    const auto c = at + 2 < text.size() ? static_cast<unsigned char>(text[at + 2]) : 0;
    // U+2010 to U+201F and U+2026 (dashes, quotes, ellipsis), U+2022 (bullet).
    if (a == 0xE2 && b == 0x80 && ((c >= 0x90 && c <= 0x9F) || c == 0xA6 || c == 0xA2)) return 3;
    return 0;
}

bool is_quote_before(std::string_view text, std::size_t at) {
    return text.substr(0, at).ends_with('\'') || text.substr(0, at).ends_with("‘");
}

/// Takes edges off both ends of [begin, end), but for an apostrophe that elides what stands before it (`l’« idée »`)
/// and the bracket of `ami(e)`.
void trim(std::string_view text, std::size_t& begin, std::size_t& end) {
    while (begin < end) {
        const std::size_t size = edge_at(text, begin);
        if (size == 0 || begin + size > end) break;
        begin += size;
    }
    const std::size_t whole = end;
    while (begin < end) {
        std::size_t size = 1;
        while (size < 3 && end - size > begin && (static_cast<unsigned char>(text[end - size]) & 0xC0) == 0x80) ++size;
        if (edge_at(text, end - size) != size) break;
        end -= size;
    }
    if (begin == end || end == whole) return;
    constexpr std::size_t k_longest_elided = 7;  // lorsqu
    const std::string_view word = text.substr(begin, end - begin), after = text.substr(end, whole - end);
    if (after[0] == ')') {
        const std::size_t bracket = word.find_last_of("()");
        if (bracket != std::string_view::npos && word[bracket] == '(') ++end;
    } else if (word.size() <= k_longest_elided && !is_quote_before(text, begin)) {
        if (after[0] == '\'')
            ++end;
        else if (after.starts_with("’"))
            end += 3;
    }
}

std::uint64_t fnv(std::string_view bytes) {
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return hash;
}

/// Xapian takes 245 bytes a term: a longer one keeps its beginning and gets a hash.
std::string bounded(std::string term) {
    if (term.size() <= k_longest_term) return term;
    std::array<char, 17> digits{};
    std::snprintf(digits.data(), digits.size(), "%016llx", static_cast<unsigned long long>(fnv(term)));
    return std::string(utf8_prefix(term, k_longest_term - 16)) + digits.data();
}

bool is_word(std::string_view form) {
    for (std::size_t at = 0; at < form.size();) {
        const char32_t c = next_code_point(form, at);
        if (!is_letter(c) && c != U'\'' && c != U'-') return false;
    }
    return true;
}

/// What a chunk gives, with forms as ids.
struct Entry {
    std::string chunk = {};
    Token first = {};                ///< inline, the only one of most chunks: a cache miss less
    std::vector<Token> others = {};  ///< tokens after the first
    std::uint32_t positions = 0;     ///< 0 where there is no token
    bool number_goes_on = false;     ///< one to three figures end the chunk: a group may follow (`500 000`)
    bool group = false;              ///< three figures begin the chunk, with decimals or signs at most after them
};

/// Entries by chunk, in an open table of hashes: a chained one costs a cache miss a link (30 against 60 MB/s).
class ChunkCache {
 public:
    const Entry* find(std::string_view chunk, std::size_t hash) const {
        for (std::size_t at = hash & mask();; at = (at + 1) & mask()) {
            const Row& row = rows_[at];
            if (row.entry == 0) return nullptr;
            if (row.hash == static_cast<std::uint32_t>(hash) && entries_[row.entry - 1].chunk == chunk)
                return &entries_[row.entry - 1];
        }
    }

    const Entry& add(Entry entry, std::size_t hash) {
        entries_.push_back(std::move(entry));
        if (entries_.size() * 2 > rows_.size()) grow();
        place({static_cast<std::uint32_t>(hash), static_cast<std::uint32_t>(entries_.size())});
        return entries_.back();
    }

    std::size_t size() const { return entries_.size(); }

 private:
    struct Row {
        std::uint32_t hash = 0;
        std::uint32_t entry = 0;  ///< from 1; 0 is a free row
    };

    std::size_t mask() const { return rows_.size() - 1; }
    void place(Row row) {
        std::size_t at = row.hash & mask();
        while (rows_[at].entry != 0) at = (at + 1) & mask();
        rows_[at] = row;
    }
    void grow() {
        std::vector<Row> rows(rows_.size() * 2);
        rows_.swap(rows);
        for (const Row& row : rows)
            if (row.entry != 0) place(row);
    }

    std::vector<Row> rows_ = std::vector<Row>(1024);
    std::deque<Entry> entries_;
};

struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};
template <class Value>
using TextMap = std::unordered_map<std::string, Value, Hash, std::equal_to<>>;

}  // namespace

struct Analyser::Impl {
    Stemmer stemmer;
    std::deque<Form> forms;
    TextMap<std::uint32_t> ids;
    ChunkCache chunks;
    Entry uncached;

    std::uint32_t intern(std::string_view text) {
        const auto found = ids.find(text);
        if (found != ids.end()) return found->second;
        const auto id = static_cast<std::uint32_t>(forms.size());
        Form form{std::string(text), {}, is_stop_word(text)};
        form.term = bounded(!form.stop && is_word(text) ? stemmer.stem(text) : form.text);
        if (form.term.empty()) form.term = bounded(form.text);
        ids.emplace(form.text, id);
        forms.push_back(std::move(form));
        return id;
    }

    Entry make(std::string_view chunk) {
        Entry entry;
        const std::vector<ChunkToken> tokens = analyse_chunk(chunk, k_chain);
        for (const ChunkToken& token : tokens) {
            const Token made{token.begin, token.end, intern(token.form), token.position, token.span, token.overlay};
            if (&token == tokens.data())
                entry.first = made;
            else
                entry.others.push_back(made);
            entry.positions = std::max(entry.positions, token.position + 1);
        }
        entry.number_goes_on =
            tokens.size() == 1 && tokens[0].plain_number && tokens[0].form.size() <= 3 && tokens[0].end == chunk.size();
        const auto is_group = [chunk](const ChunkToken& token) {
            return token.begin == 0 && token.form.size() >= 3 && chunk.starts_with(token.form.substr(0, 3)) &&
                   (token.form.size() == 3 ? token.plain_number : token.form[3] == ',');
        };
        entry.group = tokens.size() == 1 && is_group(tokens[0]);
        return entry;
    }

    const Entry& look_up(std::string_view chunk) {
        const std::size_t hash = std::hash<std::string_view>()(chunk);
        if (const Entry* const found = chunks.find(chunk, hash); found != nullptr) return *found;
        if (chunk.size() > k_longest_cached || chunks.size() >= k_most_cached) return uncached = make(chunk);
        Entry entry = make(chunk);
        entry.chunk = chunk;
        return chunks.add(std::move(entry), hash);
    }
};

Analyser::Analyser() : impl_(std::make_unique<Impl>()) {}
Analyser::~Analyser() = default;
Analyser::Analyser(Analyser&&) noexcept = default;
Analyser& Analyser::operator=(Analyser&&) noexcept = default;

void Analyser::analyse(std::string_view text, std::vector<Token>& out) {
    out.clear();
    std::uint32_t position = 0;
    std::size_t group = 0;  // where a number ended that a group of three digits may go on, else 0
    for (std::size_t at = 0; at < text.size();) {
        if (const std::size_t blank = blank_at(text, at); blank != 0) {
            at += blank;
            continue;
        }
        std::size_t begin = at;
        while (at < text.size() && at - begin < k_longest_chunk && blank_at(text, at) == 0) ++at;
        while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
        std::size_t end = at;
        const std::size_t untrimmed_end = end;
        trim(text, begin, end);
        if (begin == end) {
            group = 0;
            continue;
        }
        const Entry& entry = impl_->look_up(text.substr(begin, end - begin));
        // A line end parts numbers; so do two blanks.
        const bool one_blank =
            group != 0 && static_cast<unsigned char>(text[group]) >= 0x20 && blank_at(text, group) == begin - group;
        if (one_blank && entry.group) {
            const Token& figures = entry.first;
            Token& number = out.back();
            number.form = impl_->intern(impl_->forms[number.form].text + impl_->forms[figures.form].text);
            number.end = static_cast<std::uint32_t>(begin) + figures.end;
        } else {
            const auto add = [&](Token token) {
                token.begin += static_cast<std::uint32_t>(begin);
                token.end += static_cast<std::uint32_t>(begin);
                token.position += position;
                out.push_back(token);
            };
            if (entry.positions != 0) add(entry.first);
            for (const Token& token : entry.others) add(token);
            position += entry.positions;
        }
        group = entry.number_goes_on && end == untrimmed_end ? end : 0;
    }
}

const Form& Analyser::form(std::uint32_t id) const { return impl_->forms[id]; }
std::uint32_t Analyser::forms() const { return static_cast<std::uint32_t>(impl_->forms.size()); }
std::string Analyser::stem(std::string_view form) {
    return is_stop_word(form) || !is_word(form) ? std::string(form) : impl_->stemmer.stem(form);
}
std::string Analyser::fingerprint() {
    return std::string(k_version) + " " + Stemmer::fingerprint() + " icu=" U_ICU_VERSION;
}

}  // namespace limier
