// The columns: what is read of documents, beside Xapian, which holds what is matched.
//
// A segment is one column file (column_file.hpp) over consecutive documents, its rows. A batch of the build, a merge,
// the published index and an update all write the same form, a batch without the vocabulary. Sections, with n
// documents, f forms, t terms; offsets are bytes into the section after them, u32, or u64 where that has more than 2
// GiB:
//
//   rows         RowPlace[n+1]: where the record, text and tokens of a row begin, what checks them, and how many of the
//                codes are the title's
//   records      bytes: per row the strings of Record in order, each a varint length and its bytes, then a varint of
//                marks, 1 where the title is apart, 2 where the input says the language, and of each of
//                k_listed_fields the first ordinals of the facet once more: a varint how many, and a varint each
//   dates        u32[n]: year * 10000 + month * 100 + day, unknown parts 0
//   text         bytes: one zstd frame a row, with content size and checksum, made with
//   dictionary   the zstd dictionary of all rows; may be empty
//   tokens       u16 each, as column_tokens.hpp has it, the title's first; token_codes u32: the form of each code,
//                empty where a code is its form
//   forms        sorted by (term, form): offsets [f+1], bytes; term u32[f]; occurrences u32[f]; so the forms of a
//                term are neighbours, and it matches a range of them
//   terms        sorted: offsets [t+1], bytes; the top bit of an offset marks a stop word
//   vocabulary   u32[f]: forms sorted by (fold(form), form); marks u64: the sort_prefix of every 16th folded form
//   facet F      per field F with values: row ends u32[n+1], ordinals u32 each, strongest first in a row; keys sorted:
//                offsets [k+1], bytes; totals u32[k] (documents); labels: offsets [k+1], bytes: spellings with their
//                counts
//   ancestors    of the values of the facet topic: offsets [k+1], bytes: key and label of the topics above, nearest
//                first, each a varint length and its bytes
//   signatures   128 bytes a row: signature.hpp
//   aliases      sorted by (folded alias, field, ordinal): offsets [a+1], bytes of the alias; field u8[a];
//                ordinal u32[a]
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "common/column_file.hpp"
#include "common/column_sections.hpp"
#include "common/column_text.hpp"
#include "common/result.hpp"
#include "common/schema.hpp"
#include "common/signature.hpp"
#include "common/text/french.hpp"
#include "common/text/open_table.hpp"

namespace limier {

/// What a hit shows. Lifetime: whoever owns the strings viewed; those of Segment::record live with the segment.
struct Record {
    std::string_view id, path, title, source, author, url, lang;
    std::string_view extra;        ///< a JSON object's members as text, without braces; may be empty
    bool title_apart = false;      ///< the title is no part of the text
    bool lang_said = false;        ///< the input says `lang`; else it was found in the text
    std::string_view listed = {};  ///< for Segment::listed; nothing where it is written
};

/// The fields of which a page of hits lists values, and so many of each: they are read with the record.
inline constexpr std::array k_listed_fields{Field::person, Field::org};
inline constexpr std::size_t k_most_listed = 5;

/// A token of a document. Shape: a primary token covers one position.
struct ColumnToken {
    std::uint32_t bits = 0;

    static constexpr ColumnToken make(std::uint32_t form, bool overlay, std::uint8_t span) {
        return {form | (std::uint32_t{span} & 7) << 28 | std::uint32_t{overlay} << 31};
    }
    std::uint32_t form() const { return bits & 0x0FFFFFFF; }
    std::uint32_t span() const { return bits >> 28 & 7; }
    bool overlay() const { return (bits >> 31) != 0; }
};
static_assert(sizeof(ColumnToken) == 4);

/// A value that a document has of a facet field.
struct FacetEntry {
    Field field = Field::person;
    std::string key;
    std::string label;
    std::uint32_t weight =
        1;  ///< how often the label was spelt so; a lexicon's canonical label outweighs all (k_known_label)
};
inline constexpr std::uint32_t k_known_label = 1U << 30;
/// The weight of a label that was met with either.
constexpr std::uint32_t sum_of_uses(std::uint32_t a, std::uint32_t b) {
    return ((a | b) & k_known_label) | ((a + b) & (k_known_label - 1));
}

/// A topic to which another belongs. Lifetime: whoever owns the strings; those of Segment::ancestors live with it.
struct TopicAbove {
    std::string_view key, label;
};

/// What is stored of a document. Lifetime: for the call.
struct ColumnRow {
    Record record;
    Date date;
    std::string_view text;
    std::span<const Token> title, body;  ///< forms are ids of `analyser`
    std::span<const FacetEntry> facets;  ///< strongest first within a field; one entry a key
    Signature signature = {};
};

/// What a segment is for: one that is only merged has no vocabulary, whose order a merge makes anew.
enum class SegmentUse { asked, merged };

/// Collects the rows of one segment in memory and writes them.
class SegmentBuilder {
 public:
    /// Lifetime: the dictionary must outlive the builder. None: texts are compressed each on its own.
    explicit SegmentBuilder(const TextDictionary* dictionary = nullptr);

    /// One analyser for all rows of a builder.
    void add(const ColumnRow& row, const Analyser& analyser);

    /// `folded` is a fold_key under which `key` may be asked for. Any number of times; without effect where no row
    /// added so far has the value.
    void add_alias(std::string_view folded, Field field, std::string_view key);

    /// The topics that the topic `key` belongs to, nearest first. Without effect where no row added so far has it.
    void add_ancestors(std::string_view key, std::span<const TopicAbove> ancestors);

    std::uint32_t documents() const { return static_cast<std::uint32_t>(dates_.size()); }

    /// Writes the segment; the builder is empty afterwards. The analyser must still be there.
    Result<void> write(const std::filesystem::path& path, SegmentUse use = SegmentUse::asked);

 private:
    struct Key {
        std::string text;
        std::uint32_t documents = 0;
        std::vector<std::pair<std::string, std::uint32_t>> labels;
        std::uint32_t ordinal = 0;  ///< known when written
    };
    struct FacetRows {
        OpenTable ids;
        std::vector<Key> keys;  ///< by id, in order of appearance

        std::uint32_t id_of(std::string_view key, std::size_t hash) const {
            return ids.find(hash, [&](std::uint32_t id) { return keys[id].text == key; });
        }
        std::vector<std::uint32_t>
            row_ends;                       ///< of the rows that came so far, shorter where the last rows have no value
        std::vector<std::uint32_t> values;  ///< ids
    };
    struct AliasRow {
        std::string folded;
        Field field;
        std::uint32_t id;  ///< of the key, in the field's FacetRows
    };
    /// The id of a value that a row has; OpenTable::k_none where none has it.
    std::uint32_t id_of(Field field, std::string_view key) const;
    std::uint32_t local_form(std::uint32_t analyser_form, const Analyser& analyser);
    void add_record(const Record& record);
    void add_tokens(std::span<const Token> tokens, const Analyser& analyser);
    void add_facets(std::span<const FacetEntry> entries);
    std::vector<std::uint32_t> sorted_forms() const;
    void write_forms_and_tokens(ColumnFileWriter& out, SegmentUse use);
    void write_records(ColumnFileWriter& out);
    void write_facet(ColumnFileWriter& out, Field field, FacetRows& facet);
    void write_aliases(ColumnFileWriter& out);
    void write_ancestors(ColumnFileWriter& out);

    const TextDictionary* dictionary_;
    TextCompressor compressor_;
    std::string records_;
    std::vector<RowPlace> rows_;  ///< of records without what is listed
    std::vector<std::uint32_t> dates_;
    std::string texts_;
    std::vector<ColumnToken> tokens_;  ///< of local forms
    std::vector<std::uint64_t> token_offsets_{0};
    std::vector<std::uint32_t> title_tokens_;
    std::vector<const Form*> forms_;  ///< by local id; owned by the analyser
    std::vector<std::uint32_t> form_counts_;
    std::vector<std::uint32_t> form_of_analyser_;  ///< local id by the analyser's id; ~0 where not met yet
    std::map<Field, FacetRows> facets_;
    std::vector<AliasRow> aliases_;
    std::map<std::uint32_t, std::string> ancestors_;  ///< packed, by the topic's id
    std::vector<Signature> signatures_;
};

/// Merges segments, in order, into one. Memory: the remapped ids, not the texts. Errors: io, damaged.
Result<void> merge_segments(std::span<const std::filesystem::path> inputs, const std::filesystem::path& output);

/// The tokens of a row. Lifetime: the buffer's into which they were decoded.
struct TokenRow {
    std::span<const ColumnToken> title, body;
};

/// The tokens of a row as they are stored (column_tokens.hpp). Lifetime: the segment's.
struct CodeRow {
    std::span<const std::uint16_t> title, body;
};

/// The values of all rows of a field, for a walk over many of them. Lifetime: the segment's.
class FacetRows {
 public:
    /// The ordinals of the rows [first, end), row after row; not held against the number of keys. Throws Damaged.
    std::span<const std::uint32_t> values(std::uint32_t first, std::uint32_t end) const {
        const std::uint32_t from = ends_[first], to = ends_[end];
        if (to < from || to > values_.size()) throw Damaged(file_->path().string() + ": facet rows fall");
        return values_.subspan(from, to - from);
    }

 private:
    friend class FacetColumn;
    const ColumnFile* file_ = nullptr;
    std::span<const std::uint32_t> ends_;  ///< of the rows, and before them their begin
    std::span<const std::uint32_t> values_;
};

/// The values of one field. Lifetime: the segment's.
class FacetColumn {
 public:
    std::span<const std::uint32_t> values(std::uint32_t row) const;  ///< ordinals, strongest first
    FacetRows rows() const;                                          ///< verifies all of them at the first use
    std::uint32_t keys() const { return keys_; }
    std::string_view key(std::uint32_t ordinal) const;
    std::string_view label(std::uint32_t ordinal) const;  ///< the spelling most used, a lexicon's before any
    std::vector<std::pair<std::string_view, std::uint32_t>> labels(
        std::uint32_t ordinal) const;                  ///< spelling, FacetEntry::weight
    std::uint32_t total(std::uint32_t ordinal) const;  ///< documents that have the value
    std::span<const std::uint32_t> totals() const;     ///< of all keys
    std::optional<std::uint32_t> find(std::string_view key) const;
    /// Keys that begin with `prefix`: ordinals [first, second).
    std::pair<std::uint32_t, std::uint32_t> range(std::string_view prefix) const;

 private:
    friend class Segment;
    FacetColumn(const ColumnFile& file, Field field);
    const ColumnFile* file_;
    std::uint32_t section_;
    std::uint32_t keys_;
};

struct AliasTarget {
    Field field;
    std::uint32_t ordinal;  ///< in the segment's facet column of the field
};

/// A segment open for reading. Thread-safe. Every function may throw Damaged.
class Segment {
 public:
    static Result<Segment> open(const std::filesystem::path& path);
    explicit Segment(ColumnFile file);

    std::uint32_t documents() const { return file_.documents(); }
    Record record(std::uint32_t row) const;
    /// The same for one look: maybe in `buffer`, as ColumnFile::look.
    Record record(std::uint32_t row, std::string& buffer) const;
    /// The first k_most_listed values of a listed field that a record's row has: ordinals of the facet.
    std::vector<std::uint32_t> listed(const Record& record, Field field) const;
    std::string_view record_bytes(std::uint32_t row) const;  ///< as it is stored
    Date date(std::uint32_t row) const;
    std::uint32_t packed_date(std::uint32_t row) const;  ///< as in the section
    std::span<const std::uint32_t> dates() const;        ///< packed
    const Signature& signature(std::uint32_t row) const;
    std::string text(std::uint32_t row) const;
    /// The same into `text`; what is read of the file may be in `buffer`, as ColumnFile::look.
    void text(std::uint32_t row, std::string& text, std::string& buffer) const;
    std::uint64_t text_size(std::uint32_t row) const;      ///< of the text, which is not read; 0 where it is damaged
    std::string_view text_frame(std::uint32_t row) const;  ///< as it is stored
    std::string_view text_dictionary() const;              ///< empty where the texts are compressed without one
    /// The tokens, decoded into `buffer`, which the row views; it grows where it must and is never made smaller.
    TokenRow tokens(std::uint32_t row, std::vector<ColumnToken>& buffer) const { return decode(codes(row), buffer); }
    TokenRow decode(const CodeRow& codes, std::vector<ColumnToken>& buffer) const;
    CodeRow codes(std::uint32_t row) const;
    /// The same for one look: maybe in `buffer`, as ColumnFile::look.
    CodeRow codes(std::uint32_t row, std::string& buffer) const;
    std::uint32_t length(std::uint32_t row) const;        ///< codes in the row: about its tokens
    std::span<const std::uint32_t> form_of_code() const;  ///< empty where a code is its form

    std::uint32_t forms() const { return forms_; }
    std::string_view form(std::uint32_t id) const;
    std::uint32_t term_of(std::uint32_t form) const;
    std::uint32_t occurrences(std::uint32_t form) const;
    std::uint32_t terms() const { return terms_; }
    std::string_view term(std::uint32_t id) const;
    bool is_stop(std::uint32_t term) const;
    /// Forms of a term: ids [first, second), empty when the segment has none.
    std::pair<std::uint32_t, std::uint32_t> forms_of(std::string_view term) const;

    /// Places [first, second) of the vocabulary whose folded form is `folded`, or begins with it.
    std::pair<std::uint32_t, std::uint32_t> folded_range(std::string_view folded, bool prefix) const;
    std::uint32_t vocabulary(std::uint32_t place) const;  ///< the form there

    FacetColumn facet(Field field) const { return {file_, field}; }
    /// The topics that a value of the facet topic belongs to, nearest first.
    std::vector<TopicAbove> ancestors(std::uint32_t topic) const;
    std::uint32_t aliases() const { return aliases_; }
    std::pair<std::string_view, AliasTarget> alias_at(std::uint32_t index) const;
    /// The aliases of a value, in order.
    std::vector<std::string_view> aliases_of(AliasTarget value) const;
    /// Aliases [first, second) that equal `folded`, or begin with it.
    std::pair<std::uint32_t, std::uint32_t> alias_range(std::string_view folded, bool prefix) const;

    const ColumnFile& file() const { return file_; }

 private:
    /// Where the parts of the row begin, and those of the next: where they end.
    std::span<const RowPlace, 2> places(std::uint32_t row) const;
    Record record_in(std::string_view bytes, std::uint32_t row) const;
    CodeRow codes_at(const RowPlace& place, std::string_view bytes) const;

    ColumnFile file_;
    TextReader texts_;
    std::uint32_t forms_ = 0;
    std::uint32_t terms_ = 0;
    std::uint32_t aliases_ = 0;
};

/// Bytes of each part of a segment, by the name of the part: `text`, `tokens`, `forms`, `facets`…
std::map<std::string, std::uint64_t> part_sizes(const Segment& segment);

/// Packs and unpacks what the dates section holds.
std::uint32_t pack_date(Date date);
Date unpack_date(std::uint32_t packed);

}  // namespace limier
