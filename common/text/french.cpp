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
#include <deque>
#include <unordered_map>

#include <unicode/uvernum.h>

#include "common/text/chunk.hpp"
#include "common/text/filters/filters.hpp"
#include "common/text/function_words.hpp"
#include "common/text/open_table.hpp"
#include "common/text/stemmer.hpp"
#include "common/text/stop_words.hpp"
#include "common/text/table.hpp"
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

constexpr std::string_view k_version = "french-4";
constexpr std::size_t k_longest_term = 200;
constexpr std::size_t k_longest_cached = 28;
// A chunk without blanks of megabytes (base64, minified code) is analysed in pieces; no word is that long.
constexpr std::size_t k_longest_chunk = 4096;
constexpr std::size_t k_most_cached = 400'000;
constexpr std::size_t k_bytes_a_token = 6;  // of French prose, overlays included; room for the most of it
constexpr std::uint8_t k_asked = 1 << 7;
static_assert(k_languages <= 7);

/// What the first byte of a character tells: nearly all are neither blank nor edge. Those from `blank` on may end a
/// chunk.
enum class Byte : std::uint8_t { inner, edge, blank, look };

constexpr std::array<Byte, 256> k_bytes = [] {
    std::array<Byte, 256> bytes{};
    for (std::size_t byte = 0; byte <= 0x20; ++byte) bytes[byte] = Byte::blank;
    for (const char edge : std::string_view("\"'(),-./:;<>?[]{}!*=_|~"))
        bytes[static_cast<unsigned char>(edge)] = Byte::edge;
    for (const std::size_t lead : {0xC2UL, 0xE2UL, 0xE3UL}) bytes[lead] = Byte::look;
    return bytes;
}();

Byte kind_of_byte(char c) { return k_bytes[static_cast<unsigned char>(c)]; }

unsigned char byte_at(std::string_view text, std::size_t at) {
    return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

/// Bytes of the blank at `at`; 0 where there is none. Blanks are what no word and no chunk holds.
std::size_t blank_at(std::string_view text, std::size_t at) {
    const unsigned char a = byte_at(text, at);
    if (k_bytes[a] != Byte::look) return k_bytes[a] == Byte::blank ? 1 : 0;
    const unsigned char b = byte_at(text, at + 1), c = byte_at(text, at + 2);
    if (a == 0xC2) return b == 0xA0 || b == 0x85 ? 2 : 0;
    if (a == 0xE2 && b == 0x80 && ((c >= 0x80 && c <= 0x8A) || c == 0xA8 || c == 0xA9 || c == 0xAF)) return 3;
    if (a == 0xE2 && b == 0x81 && c == 0x9F) return 3;
    if (a == 0xE3 && b == 0x80 && c == 0x80) return 3;
    return 0;
}

/// Punctuation that never belongs to a word at its edge: quotes, brackets, stops. Bytes, 0 for other characters.
std::size_t edge_at(std::string_view text, std::size_t at) {
    const unsigned char a = byte_at(text, at);
    if (k_bytes[a] != Byte::look) return k_bytes[a] == Byte::edge ? 1 : 0;
    const unsigned char b = byte_at(text, at + 1), c = byte_at(text, at + 2);
    if (a == 0xC2) return b == 0xAB || b == 0xBB || b == 0xB7 ? 2 : 0;
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

/// A chunk of a text, and where it ended before its edges were taken off; empty where it was only edges.
struct Cut {
    std::size_t begin = 0, end = 0, untrimmed_end = 0;
    std::size_t hash = 0;
};

/// The chunk at `at` or behind blanks, and `at` behind it; false at the end of the text.
bool next_cut(std::string_view text, std::size_t& at, Cut& cut) {
    while (at < text.size()) {
        const std::size_t blank = blank_at(text, at);
        if (blank == 0) break;
        at += blank;
    }
    if (at >= text.size()) return false;
    cut.begin = at;
    const std::size_t most = std::min(text.size(), at + k_longest_chunk);
    while (at < most && (kind_of_byte(text[at]) < Byte::blank || blank_at(text, at) == 0)) ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
    cut.end = cut.untrimmed_end = at;
    // A byte of ASCII that is no edge ends most chunks, and begins them.
    const bool ends_plainly = text[at - 1] > 0 && kind_of_byte(text[at - 1]) == Byte::inner;
    if (!ends_plainly || kind_of_byte(text[cut.begin]) != Byte::inner) trim(text, cut.begin, cut.end);
    return true;
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

/// What a chunk gives, with forms as ids. Found with its chunk in one cache line.
struct alignas(64) Entry {
    Token first = {};                ///< the only one of most chunks
    std::uint32_t positions = 0;     ///< 0 where there is no token
    std::uint32_t others_begin = 0;  ///< tokens after the first, in a list
    std::uint16_t others = 0;
    bool number_goes_on : 1 = false;  ///< one to three figures end the chunk: a group may follow (`500 000`)
    bool group : 1 = false;           ///< three figures begin the chunk, with decimals or signs at most after them
    std::uint8_t size = 0;
    std::array<char, k_longest_cached> bytes = {};  ///< the chunk

    std::string_view chunk() const { return {bytes.data(), size}; }
};
static_assert(sizeof(Entry) == 64);

}  // namespace

struct Analyser::Impl {
    Stemmer stemmer;
    std::deque<Form> forms;
    Table<std::uint64_t> notes;
    mutable std::vector<std::uint8_t> languages;                 ///< of forms asked for, with k_asked
    std::unordered_map<std::uint32_t, std::uint32_t> unstemmed;  ///< forms, by those that they are of the text of
    OpenTable form_ids, chunk_ids;
    Table<Entry> entries;       ///< of chunks seen before
    std::vector<Token> others;  ///< of theirs
    Entry uncached;
    std::vector<Token> others_uncached;

    std::uint32_t intern(std::string_view text) {
        const std::size_t hash = text_hash(text);
        const std::uint32_t known =
            form_ids.find(hash, [&](std::uint32_t number) { return forms[number].text == text; });
        if (known != OpenTable::k_none) return known;
        const auto id = static_cast<std::uint32_t>(forms.size());
        Form form{std::string(text), {}, is_stop_word(text)};
        form.term = bounded(!form.stop && is_word(text) ? stemmer.stem(text) : form.text);
        if (form.term.empty()) form.term = bounded(form.text);
        form_ids.add(hash, id);
        add(std::move(form));
        return id;
    }

    void add(Form form) {
        forms.push_back(std::move(form));
        notes.push_back(0);
    }

    Entry make(std::string_view chunk, std::vector<Token>& rest) {
        Entry entry;
        const std::vector<ChunkToken> tokens = analyse_chunk(chunk, k_chain);
        entry.others_begin = static_cast<std::uint32_t>(rest.size());
        for (const ChunkToken& token : tokens) {
            const Token made{token.begin, token.end, intern(token.form), token.position, token.span, token.overlay};
            if (&token == tokens.data())
                entry.first = made;
            else
                rest.push_back(made);
            entry.positions = std::max(entry.positions, token.position + 1);
        }
        entry.others = static_cast<std::uint16_t>(rest.size() - entry.others_begin);
        entry.number_goes_on =
            tokens.size() == 1 && tokens[0].plain_number && tokens[0].form.size() <= 3 && tokens[0].end == chunk.size();
        const auto is_group = [chunk](const ChunkToken& token) {
            return token.begin == 0 && token.form.size() >= 3 && chunk.starts_with(token.form.substr(0, 3)) &&
                   (token.form.size() == 3 ? token.plain_number : token.form[3] == ',');
        };
        entry.group = tokens.size() == 1 && is_group(tokens[0]);
        return entry;
    }

    const Entry& look_up(std::string_view chunk, std::size_t hash) {
        const std::uint32_t known =
            chunk_ids.find(hash, [&](std::uint32_t number) { return entries[number].chunk() == chunk; });
        if (known != OpenTable::k_none) return entries[known];
        if (chunk.size() > k_longest_cached || entries.size() >= k_most_cached) {
            others_uncached.clear();
            return uncached = make(chunk, others_uncached);
        }
        Entry entry = make(chunk, others);
        entry.size = static_cast<std::uint8_t>(chunk.size());
        std::copy(chunk.begin(), chunk.end(), entry.bytes.begin());
        chunk_ids.add(hash, static_cast<std::uint32_t>(entries.size()));
        entries.push_back(entry);
        return entries.back();
    }

    std::span<const Token> others_of(const Entry& entry) const {
        const std::span<const Token> list = &entry == &uncached ? others_uncached : others;
        return list.subspan(entry.others_begin, entry.others);
    }
};

/// Puts what the chunks of a text give behind each other.
class Analyser::Joiner {
 public:
    Joiner(Impl& impl, std::string_view text, std::vector<Token>& out) : impl_(impl), text_(text), out_(out) {}

    void add(const Cut& cut) {
        if (cut.begin == cut.end) {
            group_ = 0;
            return;
        }
        const Entry& entry = impl_.look_up(text_.substr(cut.begin, cut.end - cut.begin), cut.hash);
        const auto begin = static_cast<std::uint32_t>(cut.begin);
        // A line end parts numbers; so do two blanks.
        const bool one_blank = group_ != 0 && static_cast<unsigned char>(text_[group_]) >= 0x20 &&
                               blank_at(text_, group_) == cut.begin - group_;
        if (one_blank && entry.group) {
            const Token& figures = entry.first;
            Token& number = out_.back();
            number.form = impl_.intern(impl_.forms[number.form].text + impl_.forms[figures.form].text);
            number.end = begin + figures.end;
        } else {
            const auto put = [&](Token token) {
                token.begin += begin;
                token.end += begin;
                token.position += position_;
                out_.push_back(token);
            };
            if (entry.positions != 0) put(entry.first);
            for (const Token& token : impl_.others_of(entry)) put(token);
            position_ += entry.positions;
        }
        group_ = entry.number_goes_on && cut.end == cut.untrimmed_end ? cut.end : 0;
    }

 private:
    Impl& impl_;
    std::string_view text_;
    std::vector<Token>& out_;
    std::uint32_t position_ = 0;
    std::size_t group_ = 0;  ///< where a number ended that a group of three digits may go on, else 0
};

Analyser::Analyser() : impl_(std::make_unique<Impl>()) {}
Analyser::~Analyser() = default;
Analyser::Analyser(Analyser&&) noexcept = default;
Analyser& Analyser::operator=(Analyser&&) noexcept = default;

void Analyser::analyse(std::string_view text, std::vector<Token>& out) {
    out.clear();
    out.reserve(text.size() / k_bytes_a_token);
    Joiner joiner(*impl_, text, out);
    // Cut ahead by some chunks, so that what is known of them is on its way from memory when it is looked up.
    std::array<Cut, 16> cuts;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t count = 0;
        while (count < cuts.size() && next_cut(text, at, cuts[count])) {
            Cut& cut = cuts[count++];
            cut.hash = text_hash(text.substr(cut.begin, cut.end - cut.begin));
            impl_->chunk_ids.prefetch(cut.hash);
        }
        for (const Cut& cut : std::span(cuts).first(count)) {
            const std::uint32_t likely = impl_->chunk_ids.find(cut.hash, [](std::uint32_t) { return true; });
            if (likely != OpenTable::k_none) __builtin_prefetch(&impl_->entries[likely]);
        }
        for (const Cut& cut : std::span(cuts).first(count)) joiner.add(cut);
    }
}

const Form& Analyser::form(std::uint32_t id) const { return impl_->forms[id]; }
std::span<std::uint64_t> Analyser::notes() const { return impl_->notes; }
std::uint32_t Analyser::unstemmed(std::uint32_t id) {
    std::string term = bounded(form(id).text);
    if (form(id).term == term) return id;
    const auto [known, fresh] = impl_->unstemmed.emplace(id, forms());
    if (fresh) impl_->add({form(id).text, std::move(term), false});
    return known->second;
}
std::uint8_t Analyser::function_word_of(std::uint32_t id) const {
    if (id >= impl_->languages.size()) impl_->languages.resize(impl_->forms.size());
    std::uint8_t& languages = impl_->languages[id];
    if (languages == 0) languages = static_cast<std::uint8_t>(limier::function_word_of(form(id).text) | k_asked);
    return static_cast<std::uint8_t>(languages & ~k_asked);
}
std::uint32_t Analyser::forms() const { return static_cast<std::uint32_t>(impl_->forms.size()); }
const std::string& Analyser::stem(std::string_view form) { return impl_->forms[impl_->intern(form)].term; }
std::string Analyser::fingerprint() {
    return std::string(k_version) + " " + Stemmer::fingerprint() + " icu=" U_ICU_VERSION;
}

}  // namespace limier
