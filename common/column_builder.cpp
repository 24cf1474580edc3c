#include <algorithm>
#include <memory_resource>
#include <tuple>
#include <utility>

#include "common/column_writer.hpp"
#include "common/columns.hpp"
#include "common/text/fold.hpp"

namespace limier {
namespace {

const TextDictionary k_no_dictionary;
constexpr std::uint32_t k_no_form = ~std::uint32_t{0};

}  // namespace

std::uint32_t FormTable::add(std::string_view term, std::string_view form, bool is_stop, std::uint32_t count) {
    if (terms.empty() || terms.back() != term) {
        terms.push_back(term);
        stop.push_back(is_stop);
    } else if (forms.back() == form) {
        counts.back() += count;
        return static_cast<std::uint32_t>(forms.size() - 1);
    }
    forms.push_back(form);
    form_terms.push_back(static_cast<std::uint32_t>(terms.size() - 1));
    counts.push_back(count);
    return static_cast<std::uint32_t>(forms.size() - 1);
}

void FormTable::write(ColumnFileWriter& out) const {
    write_strings(out, k_form_offsets, k_form_bytes, forms);
    out.begin(k_form_terms);
    out.append_all(std::span(form_terms));
    out.begin(k_form_counts);
    out.append_all(std::span(counts));
    write_strings(out, k_term_offsets, k_term_bytes, terms, [this](std::size_t i) { return bool{stop[i]}; });
}

void FormTable::write_vocabulary(ColumnFileWriter& out) const {
    constexpr std::uint64_t k_as_it_is = ~std::uint64_t{0};
    struct Folded {
        std::uint64_t prefix;
        std::uint64_t begin;  ///< in `changed`; k_as_it_is for most forms
        std::uint32_t size, form;
    };
    std::pmr::string changed(&memory());
    std::pmr::vector<Folded> folded(&memory());
    folded.reserve(forms.size());
    for (std::uint32_t id = 0; id < forms.size(); ++id) {
        const std::string text = fold(forms[id]);
        const bool same = text == forms[id];
        const std::uint64_t begin = same ? k_as_it_is : changed.size();
        folded.push_back({sort_prefix(text), begin, static_cast<std::uint32_t>(text.size()), id});
        if (!same) changed += text;
    }
    const auto text_of = [&](const Folded& entry) {
        return entry.begin == k_as_it_is ? forms[entry.form]
                                         : std::string_view(changed).substr(entry.begin, entry.size);
    };
    std::sort(folded.begin(), folded.end(), [&](const Folded& a, const Folded& b) {
        if (a.prefix != b.prefix) return a.prefix < b.prefix;
        return std::tuple(text_of(a), forms[a.form], a.form) < std::tuple(text_of(b), forms[b.form], b.form);
    });
    out.begin(k_vocabulary);
    for (const Folded& entry : folded) out.append_value(entry.form);
    out.begin(k_vocabulary_marks);
    for (std::size_t place = 0; place < folded.size(); place += k_marked_places) out.append_value(folded[place].prefix);
}

TokenWriter::TokenWriter(ColumnFileWriter& out, const FormTable& forms)
    : out_(out), codes_(forms.form_terms, forms.counts, forms.memory()) {
    out_.begin(k_tokens);
}

void TokenWriter::row(std::span<const ColumnToken> title, std::span<const ColumnToken> body, RowPlace& place) {
    buffer_.clear();
    for (const ColumnToken token : title) codes_.append(buffer_, token);
    place.title_codes = static_cast<std::uint32_t>(buffer_.size());
    for (const ColumnToken token : body) codes_.append(buffer_, token);
    const std::string_view bytes(reinterpret_cast<const char*>(buffer_.data()), buffer_.size() * sizeof buffer_[0]);
    place.tokens = out_.written();
    place.tokens_check = column_check(bytes);
    out_.append(bytes);
}

void TokenWriter::finish(RowPlace& end) {
    end.tokens = out_.written();
    out_.begin(k_token_codes);
    out_.append_all(codes_.forms());
}

void add_label(Labels& labels, std::string_view label, std::uint32_t weight) {
    auto known =
        std::find_if(labels.begin(), labels.end(), [label](const auto& entry) { return entry.first == label; });
    if (known == labels.end()) known = labels.emplace(labels.end(), label, 0);
    std::uint32_t& uses = known->second;
    uses = sum_of_uses(uses, weight);
}

std::string pack_ancestors(std::span<const TopicAbove> ancestors) {
    std::string packed;
    for (const TopicAbove& above : ancestors) {
        append_string(packed, above.key);
        append_string(packed, above.label);
    }
    return packed;
}

std::string pack_labels(Labels labels) {
    std::sort(labels.begin(), labels.end());
    std::string packed;
    for (const auto& [label, uses] : labels) {
        append_varint(packed, uses);
        append_string(packed, label);
    }
    return packed;
}

SegmentBuilder::SegmentBuilder(const TextDictionary* dictionary) : dictionary_(dictionary) {}

void SegmentBuilder::add(const ColumnRow& row, const Analyser& analyser) {
    RowPlace& place = rows_.emplace_back();
    place.record = records_.size();
    add_record(row.record);
    dates_.push_back(pack_date(row.date));
    signatures_.push_back(row.signature);
    place.text = texts_.size();
    compressor_.append(texts_, row.text, dictionary_ != nullptr ? *dictionary_ : k_no_dictionary);
    const std::size_t before = tokens_.size();
    add_tokens(row.title, analyser);
    title_tokens_.push_back(static_cast<std::uint32_t>(tokens_.size() - before));
    add_tokens(row.body, analyser);
    token_offsets_.push_back(tokens_.size());
    add_facets(row.facets);
}

void SegmentBuilder::add_record(const Record& r) {
    for (const std::string_view part : {r.id, r.path, r.title, r.source, r.author, r.url, r.lang, r.extra})
        append_string(records_, part);
    append_varint(records_, (r.title_apart ? 1u : 0u) | (r.lang_said ? 2u : 0u));
}

std::uint32_t SegmentBuilder::local_form(std::uint32_t analyser_form, const Analyser& analyser) {
    if (analyser_form >= form_of_analyser_.size())
        form_of_analyser_.resize(std::max(analyser.forms(), analyser_form + 1), k_no_form);
    std::uint32_t& local = form_of_analyser_[analyser_form];
    if (local == k_no_form) {
        local = static_cast<std::uint32_t>(forms_.size());
        forms_.push_back(&analyser.form(analyser_form));
        form_counts_.push_back(0);
    }
    return local;
}

void SegmentBuilder::add_tokens(std::span<const Token> tokens, const Analyser& analyser) {
    for (const Token& token : tokens) {
        const std::uint32_t form = local_form(token.form, analyser);
        ++form_counts_[form];
        tokens_.push_back(ColumnToken::make(form, token.overlay, std::min<std::uint8_t>(token.span, 7)));
    }
}

void SegmentBuilder::add_facets(std::span<const FacetEntry> entries) {
    const std::uint32_t row = documents() - 1;
    for (const FacetEntry& entry : entries) {
        FacetRows& facet = facets_[entry.field];
        facet.row_ends.resize(row + std::size_t{1}, static_cast<std::uint32_t>(facet.values.size()));
        const std::size_t hash = text_hash(entry.key);
        std::uint32_t id = facet.id_of(entry.key, hash);
        if (id == OpenTable::k_none) {
            id = static_cast<std::uint32_t>(facet.keys.size());
            facet.ids.add(hash, id);
            facet.keys.emplace_back().text = entry.key;
        }
        Key& key = facet.keys[id];
        ++key.documents;
        add_label(key.labels, entry.label, entry.weight);
        facet.values.push_back(id);
        facet.row_ends.back() = static_cast<std::uint32_t>(facet.values.size());
    }
}

std::uint32_t SegmentBuilder::id_of(Field field, std::string_view key) const {
    const auto facet = facets_.find(field);
    return facet == facets_.end() ? OpenTable::k_none : facet->second.id_of(key, text_hash(key));
}

void SegmentBuilder::add_alias(std::string_view folded, Field field, std::string_view key) {
    const std::uint32_t id = id_of(field, key);
    if (id != OpenTable::k_none) aliases_.push_back({std::string(folded), field, id});
}

void SegmentBuilder::add_ancestors(std::string_view key, std::span<const TopicAbove> ancestors) {
    const std::uint32_t id = id_of(Field::topic, key);
    if (id != OpenTable::k_none) ancestors_.insert_or_assign(id, pack_ancestors(ancestors));
}

Result<void> SegmentBuilder::write(const std::filesystem::path& path, SegmentUse use) {
    Result<ColumnFileWriter> file = ColumnFileWriter::create(path, documents());
    if (!file) return file.error();
    ColumnFileWriter& out = *file;
    RowPlace& end = rows_.emplace_back();
    end.record = records_.size();
    end.text = texts_.size();
    out.begin(k_dates);
    out.append_all(std::span<const std::uint32_t>(dates_));
    out.begin(k_signatures);
    out.append_all(std::span<const Signature>(signatures_));
    out.begin(k_text_dictionary);
    if (dictionary_ != nullptr) out.append(dictionary_->bytes());
    out.begin(k_text);
    out.append(texts_);
    write_forms_and_tokens(out, use);
    for (auto& [field, facet] : facets_) write_facet(out, field, facet);
    write_ancestors(out);
    write_aliases(out);
    write_records(out);
    Result<void> done = out.finish();
    *this = SegmentBuilder(dictionary_);
    return done;
}

std::vector<std::uint32_t> SegmentBuilder::sorted_forms() const {
    struct Entry {
        std::uint64_t prefix;
        std::uint32_t form;
    };
    std::vector<Entry> entries;
    for (std::uint32_t local = 0; local < forms_.size(); ++local)
        entries.push_back({sort_prefix(forms_[local]->term), local});
    std::sort(entries.begin(), entries.end(), [this](const Entry& a, const Entry& b) {
        if (a.prefix != b.prefix) return a.prefix < b.prefix;
        const Form &x = *forms_[a.form], &y = *forms_[b.form];
        return std::tie(x.term, x.text) < std::tie(y.term, y.text);
    });
    std::vector<std::uint32_t> order;
    for (const Entry& entry : entries) order.push_back(entry.form);
    return order;
}

void SegmentBuilder::write_forms_and_tokens(ColumnFileWriter& out, SegmentUse use) {
    FormTable table(*std::pmr::get_default_resource());
    std::vector<std::uint32_t> ids(forms_.size());
    for (const std::uint32_t local : sorted_forms()) {
        const Form& form = *forms_[local];
        ids[local] = table.add(form.term, form.text, form.stop, form_counts_[local]);
    }
    for (ColumnToken& token : tokens_)
        token = ColumnToken::make(ids[token.form()], token.overlay(), static_cast<std::uint8_t>(token.span()));
    TokenWriter tokens(out, table);
    const std::span<const ColumnToken> all(tokens_);
    for (std::size_t row = 0; row < documents(); ++row) {
        const auto both = all.subspan(token_offsets_[row], token_offsets_[row + 1] - token_offsets_[row]);
        tokens.row(both.first(title_tokens_[row]), both.subspan(title_tokens_[row]), rows_[row]);
    }
    tokens.finish(rows_.back());
    table.write(out);
    if (use == SegmentUse::asked) table.write_vocabulary(out);
}

void SegmentBuilder::write_records(ColumnFileWriter& out) {
    RecordWriter records(out);
    std::vector<std::uint32_t> ordinals;
    for (std::size_t row = 0; row < documents(); ++row) {
        const std::uint64_t begin = rows_[row].record;
        const auto listed = [&](Field field) {
            ordinals.clear();
            const auto facet = facets_.find(field);
            if (facet == facets_.end()) return std::span<const std::uint32_t>(ordinals);
            const FacetRows& rows = facet->second;
            for (std::uint32_t at = row == 0 ? 0 : rows.row_ends[row - 1]; at < rows.row_ends[row]; ++at)
                ordinals.push_back(rows.keys[rows.values[at]].ordinal);
            return std::span<const std::uint32_t>(ordinals);
        };
        records.row(std::string_view(records_).substr(begin, rows_[row + 1].record - begin), listed, rows_[row]);
    }
    records.finish(rows_);
}

void SegmentBuilder::write_facet(ColumnFileWriter& out, Field field, FacetRows& facet) {
    std::vector<std::pair<std::string_view, std::uint32_t>> sorted;
    for (const Key& key : facet.keys) sorted.emplace_back(key.text, static_cast<std::uint32_t>(sorted.size()));
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::string_view> keys;
    std::vector<std::uint32_t> totals;
    std::vector<std::string> labels;
    for (const auto& [key, id] : sorted) {
        facet.keys[id].ordinal = static_cast<std::uint32_t>(keys.size());
        keys.push_back(key);
        totals.push_back(facet.keys[id].documents);
        labels.push_back(pack_labels(std::move(facet.keys[id].labels)));
    }
    const std::uint32_t section = facet_section(field);
    facet.row_ends.resize(documents(), static_cast<std::uint32_t>(facet.values.size()));
    out.begin(section + k_row_offsets);
    out.append_value(std::uint32_t{0});
    out.append_all(std::span<const std::uint32_t>(facet.row_ends));
    out.begin(section + k_values);
    for (const std::uint32_t id : facet.values) out.append_value(facet.keys[id].ordinal);
    write_strings(out, section + k_key_offsets, section + k_key_bytes, keys);
    out.begin(section + k_totals);
    out.append_all(std::span<const std::uint32_t>(totals));
    write_strings(out, section + k_label_offsets, section + k_label_bytes, labels);
}

void SegmentBuilder::write_ancestors(ColumnFileWriter& out) {
    const auto topics = facets_.find(Field::topic);
    if (topics == facets_.end()) return;
    std::vector<std::string_view> packed(topics->second.keys.size());
    for (const auto& [id, labels] : ancestors_) packed[topics->second.keys[id].ordinal] = labels;
    write_strings(out, k_ancestor_offsets, k_ancestor_bytes, packed);
}

void SegmentBuilder::write_aliases(ColumnFileWriter& out) {
    struct Row {
        std::uint64_t prefix;
        std::string_view name;
        Field field;
        std::uint32_t ordinal;

        auto operator<=>(const Row&) const = default;
    };
    std::vector<Row> rows;
    for (const AliasRow& row : aliases_)
        rows.push_back({sort_prefix(row.folded), row.folded, row.field, facets_.at(row.field).keys[row.id].ordinal});
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    std::vector<std::string_view> names;
    for (const Row& row : rows) names.push_back(row.name);
    write_strings(out, k_alias_offsets, k_alias_bytes, names);
    out.begin(k_alias_fields);
    for (const auto& row : rows) out.append_value(static_cast<std::uint8_t>(row.field));
    out.begin(k_alias_ordinals);
    for (const auto& row : rows) out.append_value(row.ordinal);
}

}  // namespace limier
