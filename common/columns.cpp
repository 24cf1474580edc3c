#include "common/columns.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "common/column_tokens.hpp"
#include "common/sort_prefix.hpp"
#include "common/text/fold.hpp"

namespace limier {
namespace {

/// Items [0, count) are sorted; the first for which `less(item)` no longer holds.
template <class Less>
std::uint32_t lower_bound_index(std::uint32_t count, Less less) {
    std::uint32_t first = 0;
    while (count > 0) {
        const std::uint32_t half = count / 2;
        if (less(first + half)) {
            first += half + 1;
            count -= half + 1;
        } else {
            count = half;
        }
    }
    return first;
}

/// How many of the first items `holds`: few of many, as a rule, so that steps which double find them sooner, and on
/// fewer pages, than halves of all.
template <class Holds>
std::uint32_t run_length(std::uint32_t count, Holds holds) {
    std::uint32_t known = 0, step = 1;
    while (step <= count - known && holds(known + step - 1)) {
        known += step;
        step *= 2;
    }
    return known + lower_bound_index(std::min(step, count - known), [&](std::uint32_t i) { return holds(known + i); });
}

/// Where the items that equal `key`, or begin with it, stand among `count` sorted strings.
template <class At>
std::pair<std::uint32_t, std::uint32_t> string_range(std::uint32_t count, std::string_view key, bool prefix, At at) {
    const std::uint32_t first = lower_bound_index(count, [&](std::uint32_t i) { return at(i) < key; });
    const std::uint32_t size = run_length(count - first, [&](std::uint32_t i) {
        const std::string_view item = at(first + i);
        return prefix ? item.substr(0, key.size()) == key : item == key;
    });
    return {first, first + size};
}

bool is_narrow(const ColumnFile& file, std::uint32_t bytes) { return file.size(bytes) <= k_narrow_bytes; }

/// Where an item begins and ends, of the two numbers there; stop bits aside.
template <class T>
std::pair<std::uint64_t, std::uint64_t> bounds_among(const ColumnFile& file, std::uint32_t offsets, T first, T second) {
    constexpr T k_stop = sizeof(T) == 4 ? static_cast<T>(k_stop_bit_narrow) : static_cast<T>(k_stop_bit);
    const std::uint64_t begin = first & ~k_stop, end = second & ~k_stop;
    if (end < begin) throw Damaged(file.path().string() + ": section " + std::to_string(offsets) + ": offsets fall");
    return {begin, end};
}

/// Where item `index` begins and ends in a section of `bytes`, by the section of their offsets.
std::pair<std::uint64_t, std::uint64_t> bounds_in(const ColumnFile& file, std::uint32_t offsets, std::uint32_t bytes,
                                                  std::uint64_t index) {
    const auto bounds = [&]<class T>(T) {
        const auto ends = file.slice<T>(offsets, index, 2);
        return bounds_among<T>(file, offsets, ends[0], ends[1]);
    };
    return is_narrow(file, bytes) ? bounds(std::uint32_t{}) : bounds(std::uint64_t{});
}

std::string_view string_in(const ColumnFile& file, std::uint32_t offsets, std::uint32_t bytes, std::uint64_t index) {
    const auto [begin, end] = bounds_in(file, offsets, bytes, index);
    return file.bytes(bytes, begin, end - begin);
}

std::uint32_t strings_in(const ColumnFile& file, std::uint32_t offsets, std::uint32_t bytes) {
    const std::uint64_t count =
        is_narrow(file, bytes) ? file.count<std::uint32_t>(offsets) : file.count<std::uint64_t>(offsets);
    return count == 0 ? 0 : static_cast<std::uint32_t>(count - 1);
}

/// Takes a spelling and its uses off the front of `packed`.
std::pair<std::string_view, std::uint32_t> take_label(const ColumnFile& file, std::string_view& packed) {
    std::uint64_t uses = 0;
    std::string_view label;
    if (!take_varint(packed, uses) || !take_string(packed, label)) throw Damaged(file.path().string() + ": labels");
    return {label, static_cast<std::uint32_t>(uses)};
}

}  // namespace

std::uint32_t pack_date(Date date) { return date.year * 10000u + date.month * 100u + date.day; }

Date unpack_date(std::uint32_t packed) {
    return {static_cast<std::uint16_t>(packed / 10000), static_cast<std::uint8_t>(packed / 100 % 100),
            static_cast<std::uint8_t>(packed % 100)};
}

FacetColumn::FacetColumn(const ColumnFile& file, Field field)
    : file_(&file),
      section_(facet_section(field)),
      keys_(strings_in(file, section_ + k_key_offsets, section_ + k_key_bytes)) {}

std::span<const std::uint32_t> FacetColumn::values(std::uint32_t row) const {
    if (keys_ == 0) return {};
    const auto ends = file_->slice<std::uint32_t>(section_ + k_row_offsets, row, 2);
    if (ends[1] < ends[0]) throw Damaged(file_->path().string() + ": facet rows fall");
    const auto values = file_->slice<std::uint32_t>(section_ + k_values, ends[0], ends[1] - ends[0]);
    for (const std::uint32_t value : values) {
        if (value >= keys_) throw Damaged(file_->path().string() + ": facet value out of bounds");
    }
    return values;
}

FacetRows FacetColumn::rows() const {
    FacetRows rows;
    rows.file_ = file_;
    rows.ends_ = file_->slice<std::uint32_t>(section_ + k_row_offsets, 0, std::uint64_t{file_->documents()} + 1);
    rows.values_ = file_->all<std::uint32_t>(section_ + k_values);
    return rows;
}

std::string_view FacetColumn::key(std::uint32_t ordinal) const {
    return string_in(*file_, section_ + k_key_offsets, section_ + k_key_bytes, ordinal);
}

std::vector<std::pair<std::string_view, std::uint32_t>> FacetColumn::labels(std::uint32_t ordinal) const {
    std::vector<std::pair<std::string_view, std::uint32_t>> list;
    std::string_view packed = string_in(*file_, section_ + k_label_offsets, section_ + k_label_bytes, ordinal);
    while (!packed.empty()) list.push_back(take_label(*file_, packed));
    return list;
}

std::string_view FacetColumn::label(std::uint32_t ordinal) const {
    std::string_view packed = string_in(*file_, section_ + k_label_offsets, section_ + k_label_bytes, ordinal);
    if (packed.empty()) return key(ordinal);
    auto best = take_label(*file_, packed);
    while (!packed.empty()) {
        // The first of equals: labels are sorted, so the choice does not depend on the order of documents.
        const auto other = take_label(*file_, packed);
        if (other.second > best.second) best = other;
    }
    return best.first;
}

std::uint32_t FacetColumn::total(std::uint32_t ordinal) const {
    return file_->at<std::uint32_t>(section_ + k_totals, ordinal);
}

std::span<const std::uint32_t> FacetColumn::totals() const {
    return file_->slice<std::uint32_t>(section_ + k_totals, 0, keys_);
}

std::optional<std::uint32_t> FacetColumn::find(std::string_view wanted) const {
    const auto [first, last] = string_range(keys_, wanted, false, [this](std::uint32_t i) { return key(i); });
    if (first == last) return std::nullopt;
    return first;
}

std::pair<std::uint32_t, std::uint32_t> FacetColumn::range(std::string_view prefix) const {
    return string_range(keys_, prefix, true, [this](std::uint32_t i) { return key(i); });
}

Segment::Segment(ColumnFile file)
    : file_(std::move(file)),
      forms_(strings_in(file_, k_form_offsets, k_form_bytes)),
      terms_(strings_in(file_, k_term_offsets, k_term_bytes)),
      aliases_(strings_in(file_, k_alias_offsets, k_alias_bytes)) {}

Result<Segment> Segment::open(const std::filesystem::path& path) {
    Result<ColumnFile> file = ColumnFile::open(path);
    if (!file) return file.error();
    return Segment(std::move(*file));
}

std::span<const RowPlace, 2> Segment::places(std::uint32_t row) const {
    const std::span<const RowPlace, 2> places(file_.slice<RowPlace>(k_rows, row, 2));
    if (places[1].record < places[0].record || places[1].text < places[0].text || places[1].tokens < places[0].tokens)
        throw Damaged(file_.path().string() + ": places of row " + std::to_string(row) + " fall");
    return places;
}

std::string_view Segment::record_bytes(std::uint32_t row) const {
    const auto places = this->places(row);
    return file_.bytes(k_records, places[0].record, places[1].record - places[0].record);
}

Record Segment::record(std::uint32_t row) const { return record_in(record_bytes(row), row); }

Record Segment::record(std::uint32_t row, std::string& buffer) const {
    const auto places = this->places(row);
    return record_in(
        file_.look(k_records, places[0].record, places[1].record - places[0].record, places[0].record_check, buffer),
        row);
}

Record Segment::record_in(std::string_view bytes, std::uint32_t row) const {
    Record record;
    for (std::string_view* part : {&record.id, &record.path, &record.title, &record.source, &record.author, &record.url,
                                   &record.lang, &record.extra}) {
        if (!take_string(bytes, *part)) throw Damaged(file_.path().string() + ": record " + std::to_string(row));
    }
    std::uint64_t marks = 0;
    if (!take_varint(bytes, marks)) throw Damaged(file_.path().string() + ": record " + std::to_string(row));
    record.title_apart = (marks & 1) != 0;
    record.lang_said = (marks & 2) != 0;
    record.listed = bytes;
    return record;
}

std::vector<std::uint32_t> Segment::listed(const Record& record, Field field) const {
    const auto damaged = [this] { throw Damaged(file_.path().string() + ": listed values"); };
    std::string_view bytes = record.listed;
    std::vector<std::uint32_t> ordinals;
    for (const Field at : k_listed_fields) {
        std::uint64_t count = 0, ordinal = 0;
        if (!take_varint(bytes, count) || count > k_most_listed) damaged();
        for (; count > 0; --count) {
            if (!take_varint(bytes, ordinal)) damaged();
            if (at == field) ordinals.push_back(static_cast<std::uint32_t>(ordinal));
        }
        if (at == field) break;
    }
    const std::uint32_t keys = ordinals.empty() ? 0 : facet(field).keys();
    if (std::ranges::any_of(ordinals, [keys](std::uint32_t ordinal) { return ordinal >= keys; })) damaged();
    return ordinals;
}

std::uint32_t Segment::packed_date(std::uint32_t row) const { return file_.at<std::uint32_t>(k_dates, row); }

Date Segment::date(std::uint32_t row) const { return unpack_date(packed_date(row)); }

std::span<const std::uint32_t> Segment::dates() const { return file_.slice<std::uint32_t>(k_dates, 0, documents()); }

const Signature& Segment::signature(std::uint32_t row) const { return file_.slice<Signature>(k_signatures, row, 1)[0]; }

std::string Segment::text(std::uint32_t row) const {
    std::string text, buffer;
    this->text(row, text, buffer);
    return text;
}

void Segment::text(std::uint32_t row, std::string& text, std::string& buffer) const {
    const auto dictionary = [this] { return file_.unverified(k_text_dictionary, 0, file_.size(k_text_dictionary)); };
    const auto places = this->places(row);
    if (!texts_.read(file_.unverified(k_text, places[0].text, places[1].text - places[0].text, buffer), text,
                     dictionary))
        throw Damaged(file_.path().string() + ": text " + std::to_string(row));
}

std::uint64_t Segment::text_size(std::uint32_t row) const { return TextReader::size_of(text_frame(row)).value_or(0); }

std::string_view Segment::text_frame(std::uint32_t row) const {
    const auto places = this->places(row);
    return file_.bytes(k_text, places[0].text, places[1].text - places[0].text);
}

std::string_view Segment::text_dictionary() const {
    return file_.bytes(k_text_dictionary, 0, file_.size(k_text_dictionary));
}

CodeRow Segment::codes_at(const RowPlace& place, std::string_view bytes) const {
    const std::span codes(reinterpret_cast<const std::uint16_t*>(bytes.data()), bytes.size() / sizeof(std::uint16_t));
    if (place.title_codes > codes.size() || place.tokens % sizeof(std::uint16_t) != 0)
        throw Damaged(file_.path().string() + ": tokens at " + std::to_string(place.tokens));
    return {codes.first(place.title_codes), codes.subspan(place.title_codes)};
}

CodeRow Segment::codes(std::uint32_t row) const {
    const auto places = this->places(row);
    return codes_at(places[0], file_.bytes(k_tokens, places[0].tokens, places[1].tokens - places[0].tokens));
}

CodeRow Segment::codes(std::uint32_t row, std::string& buffer) const {
    const auto places = this->places(row);
    return codes_at(places[0], file_.look(k_tokens, places[0].tokens, places[1].tokens - places[0].tokens,
                                          places[0].tokens_check, buffer));
}

std::uint32_t Segment::length(std::uint32_t row) const {
    const auto places = this->places(row);
    return static_cast<std::uint32_t>((places[1].tokens - places[0].tokens) / sizeof(std::uint16_t));
}

std::span<const std::uint32_t> Segment::form_of_code() const { return file_.all<std::uint32_t>(k_token_codes); }

TokenRow Segment::decode(const CodeRow& codes, std::vector<ColumnToken>& buffer) const {
    const std::size_t most = codes.title.size() + codes.body.size();
    if (most == 0) return {};
    if (buffer.size() < most) buffer.resize(most);
    const auto forms = form_of_code();
    ColumnToken* const title = buffer.data();
    ColumnToken* const body = decode_tokens(codes.title, forms, forms_, title);
    ColumnToken* const end = body == nullptr ? nullptr : decode_tokens(codes.body, forms, forms_, body);
    if (end == nullptr) throw Damaged(file_.path().string() + ": tokens");
    return {{title, body}, {body, end}};
}

std::string_view Segment::form(std::uint32_t id) const { return string_in(file_, k_form_offsets, k_form_bytes, id); }
std::uint32_t Segment::occurrences(std::uint32_t form) const { return file_.at<std::uint32_t>(k_form_counts, form); }
std::string_view Segment::term(std::uint32_t id) const { return string_in(file_, k_term_offsets, k_term_bytes, id); }
bool Segment::is_stop(std::uint32_t term) const {
    return is_narrow(file_, k_term_bytes) ? (file_.at<std::uint32_t>(k_term_offsets, term) & k_stop_bit_narrow) != 0
                                          : (file_.at<std::uint64_t>(k_term_offsets, term) & k_stop_bit) != 0;
}

std::uint32_t Segment::term_of(std::uint32_t form) const {
    const std::uint32_t term = file_.at<std::uint32_t>(k_form_terms, form);
    if (term >= terms_) throw Damaged(file_.path().string() + ": term out of bounds");
    return term;
}

std::pair<std::uint32_t, std::uint32_t> Segment::forms_of(std::string_view wanted) const {
    const auto [first, last] = string_range(terms_, wanted, false, [this](std::uint32_t i) { return term(i); });
    if (first == last) return {0, 0};
    const auto begin = lower_bound_index(forms_, [&, first = first](std::uint32_t i) { return term_of(i) < first; });
    const auto size =
        run_length(forms_ - begin, [&, begin, first = first](std::uint32_t i) { return term_of(begin + i) == first; });
    return {begin, begin + size};
}

std::pair<std::uint32_t, std::uint32_t> Segment::folded_range(std::string_view folded, bool prefix) const {
    // The marks tell between which two of them it is: a few comparisons of strings are left.
    const std::uint64_t wanted = sort_prefix(folded);
    const auto mark = [this](std::uint32_t i) { return file_.at<std::uint64_t>(k_vocabulary_marks, i); };
    const auto marks = static_cast<std::uint32_t>(file_.count<std::uint64_t>(k_vocabulary_marks));
    const std::uint32_t low = lower_bound_index(marks, [&](std::uint32_t i) { return mark(i) < wanted; });
    const std::uint32_t high = low + run_length(marks - low, [&](std::uint32_t i) { return mark(low + i) <= wanted; });
    const std::uint32_t begin = std::min(forms_, (low - std::min(low, 1U)) * k_marked_places);
    const std::uint32_t end = std::min(forms_, high * k_marked_places);
    const auto order = [&](std::uint32_t place) { return compare_folded(form(vocabulary(place)), folded); };
    const std::uint32_t first =
        begin + lower_bound_index(end - begin, [&](std::uint32_t i) { return order(begin + i).order < 0; });
    const std::uint32_t count = run_length(forms_ - first, [&](std::uint32_t i) {
        const FoldedOrder of = order(first + i);
        return prefix ? of.begins : of.order == 0;
    });
    return {first, first + count};
}

std::uint32_t Segment::vocabulary(std::uint32_t place) const { return file_.at<std::uint32_t>(k_vocabulary, place); }

std::vector<TopicAbove> Segment::ancestors(std::uint32_t topic) const {
    std::string_view packed = string_in(file_, k_ancestor_offsets, k_ancestor_bytes, topic);
    std::vector<TopicAbove> ancestors;
    while (!packed.empty()) {
        TopicAbove& above = ancestors.emplace_back();
        if (!take_string(packed, above.key) || !take_string(packed, above.label))
            throw Damaged(file_.path().string() + ": ancestors of topic " + std::to_string(topic));
    }
    return ancestors;
}

std::pair<std::string_view, AliasTarget> Segment::alias_at(std::uint32_t index) const {
    const std::uint8_t field = file_.at<std::uint8_t>(k_alias_fields, index);
    const std::uint32_t ordinal = file_.at<std::uint32_t>(k_alias_ordinals, index);
    if (field >= k_field_count || ordinal >= facet(static_cast<Field>(field)).keys()) {
        throw Damaged(file_.path().string() + ": alias " + std::to_string(index));
    }
    return {string_in(file_, k_alias_offsets, k_alias_bytes, index), {static_cast<Field>(field), ordinal}};
}

std::vector<std::string_view> Segment::aliases_of(AliasTarget value) const {
    const auto fields = file_.slice<std::uint8_t>(k_alias_fields, 0, aliases_);
    const auto ordinals = file_.slice<std::uint32_t>(k_alias_ordinals, 0, aliases_);
    std::vector<std::string_view> found;
    for (std::uint32_t i = 0; i < aliases_; ++i) {
        if (ordinals[i] == value.ordinal && fields[i] == static_cast<std::uint8_t>(value.field))
            found.push_back(string_in(file_, k_alias_offsets, k_alias_bytes, i));
    }
    return found;
}

std::pair<std::uint32_t, std::uint32_t> Segment::alias_range(std::string_view folded, bool prefix) const {
    return string_range(aliases_, folded, prefix,
                        [this](std::uint32_t i) { return string_in(file_, k_alias_offsets, k_alias_bytes, i); });
}

std::map<std::string, std::uint64_t> part_sizes(const Segment& segment) {
    std::map<std::string, std::uint64_t> parts;
    for (const auto& [kind, size] : segment.file().sections()) {
        const char* part = kind == k_text_dictionary    ? "text"
                           : kind == k_token_codes      ? "tokens"
                           : kind == k_vocabulary_marks ? "forms"
                           : kind == k_signatures       ? "signatures"
                           : kind <= k_dates            ? "records"
                           : kind == k_text             ? "text"
                           : kind == k_tokens           ? "tokens"
                           : kind <= k_vocabulary       ? "forms"
                           : kind == k_ancestor_offsets ? "facets"
                           : kind == k_ancestor_bytes   ? "facets"
                           : kind < k_facets            ? "aliases"
                                                        : "facets";
        parts[part] += size;
    }
    return parts;
}

}  // namespace limier
