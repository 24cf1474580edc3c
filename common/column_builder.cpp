#include <algorithm>
#include <array>
#include <cassert>
#include <numeric>

#include <zstd.h>

#include "common/column_sections.hpp"
#include "common/column_writer.hpp"
#include "common/columns.hpp"
#include "common/text/fold.hpp"

namespace limier {
namespace {

// limits.md of the project's measurements: level 1 is 10 % larger, level 6 5 % smaller at three times the time.
constexpr int k_zstd_level = 3;
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
    std::vector<std::pair<std::string, std::uint32_t>> folded;
    folded.reserve(forms.size());
    for (std::uint32_t id = 0; id < forms.size(); ++id) folded.emplace_back(fold(forms[id]), id);
    std::sort(folded.begin(), folded.end(), [this](const auto& a, const auto& b) {
        return std::tie(a.first, forms[a.second]) < std::tie(b.first, forms[b.second]);
    });
    out.begin(k_vocabulary);
    for (const auto& entry : folded) out.append_value(entry.second);
}

struct SegmentBuilder::Compressor {
    Compressor() : context(ZSTD_createCCtx()) {
        ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, k_zstd_level);
        ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
    }
    ~Compressor() { ZSTD_freeCCtx(context); }
    Compressor(const Compressor&) = delete;
    Compressor& operator=(const Compressor&) = delete;

    void append(std::string& out, std::string_view text) {
        const std::size_t before = out.size();
        out.resize(before + ZSTD_compressBound(text.size()));
        const std::size_t size =
            ZSTD_compress2(context, out.data() + before, out.size() - before, text.data(), text.size());
        assert(!ZSTD_isError(size));
        out.resize(before + size);
    }
    ZSTD_CCtx* context;
};

SegmentBuilder::SegmentBuilder() : compressor_(std::make_unique<Compressor>()) {}
SegmentBuilder::~SegmentBuilder() = default;
SegmentBuilder::SegmentBuilder(SegmentBuilder&&) noexcept = default;
SegmentBuilder& SegmentBuilder::operator=(SegmentBuilder&&) noexcept = default;

void SegmentBuilder::add(const ColumnRow& row, const Analyser& analyser) {
    add_record(row.record);
    dates_.push_back(pack_date(row.date));
    compressor_->append(texts_, row.text);
    text_offsets_.push_back(texts_.size());
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
    record_offsets_.push_back(records_.size());
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
        const auto [found, is_new] = facet.ids.try_emplace(entry.key, static_cast<std::uint32_t>(facet.keys.size()));
        if (is_new) facet.keys.emplace_back();
        Key& key = facet.keys[found->second];
        ++key.documents;
        add_label(key.labels[entry.label], entry.weight);
        facet.values.push_back(found->second);
        facet.row_ends.back() = static_cast<std::uint32_t>(facet.values.size());
    }
}

void SegmentBuilder::add_alias(std::string_view folded, Field field, std::string_view key) {
    aliases_.emplace(std::string(folded), field, std::string(key));
}

Result<void> SegmentBuilder::write(const std::filesystem::path& path) {
    Result<ColumnFileWriter> file = ColumnFileWriter::create(path, documents());
    if (!file) return file.error();
    ColumnFileWriter& out = *file;
    out.begin(k_record_offsets);
    out.append_all(std::span<const std::uint64_t>(record_offsets_));
    out.begin(k_records);
    out.append(records_);
    out.begin(k_dates);
    out.append_all(std::span<const std::uint32_t>(dates_));
    out.begin(k_text_offsets);
    out.append_all(std::span<const std::uint64_t>(text_offsets_));
    out.begin(k_text);
    out.append(texts_);
    write_forms_and_tokens(out);
    write_facets(out);
    Result<void> done = out.finish();
    *this = SegmentBuilder();
    return done;
}

void SegmentBuilder::write_forms_and_tokens(ColumnFileWriter& out) {
    std::vector<std::uint32_t> order(forms_.size());
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(), [this](std::uint32_t a, std::uint32_t b) {
        return std::tie(forms_[a]->term, forms_[a]->text) < std::tie(forms_[b]->term, forms_[b]->text);
    });
    FormTable table;
    std::vector<std::uint32_t> ids(forms_.size());
    for (const std::uint32_t local : order) {
        const Form& form = *forms_[local];
        ids[local] = table.add(form.term, form.text, form.stop, form_counts_[local]);
    }
    out.begin(k_token_offsets);
    out.append_all(std::span<const std::uint64_t>(token_offsets_));
    out.begin(k_tokens);
    for (const ColumnToken token : tokens_) {
        out.append_value(
            ColumnToken::make(ids[token.form()], token.overlay(), static_cast<std::uint8_t>(token.span())));
    }
    out.begin(k_title_tokens);
    out.append_all(std::span<const std::uint32_t>(title_tokens_));
    table.write(out);
}

void SegmentBuilder::write_facets(ColumnFileWriter& out) {
    std::map<Field, std::map<std::string_view, std::uint32_t>> ordinals;
    for (auto& [field, facet] : facets_) {
        std::vector<std::string_view> keys;
        std::vector<std::uint32_t> ordinal_of(facet.keys.size());
        std::vector<std::uint32_t> totals;
        std::vector<std::string> labels;
        for (const auto& [key, id] : facet.ids) {
            ordinal_of[id] = static_cast<std::uint32_t>(keys.size());
            ordinals[field].emplace(key, ordinal_of[id]);
            keys.push_back(key);
            totals.push_back(facet.keys[id].documents);
            labels.push_back(pack_labels(facet.keys[id].labels));
        }
        const std::uint32_t section = facet_section(field);
        facet.row_ends.resize(documents(), static_cast<std::uint32_t>(facet.values.size()));
        out.begin(section + k_row_offsets);
        out.append_value(std::uint32_t{0});
        out.append_all(std::span<const std::uint32_t>(facet.row_ends));
        out.begin(section + k_values);
        for (const std::uint32_t id : facet.values) out.append_value(ordinal_of[id]);
        write_strings(out, section + k_key_offsets, section + k_key_bytes, keys);
        out.begin(section + k_totals);
        out.append_all(std::span<const std::uint32_t>(totals));
        write_strings(out, section + k_label_offsets, section + k_label_bytes, labels);
    }
    // An alias of a value that no document of this segment has leads nowhere here.
    std::vector<std::tuple<std::string_view, std::uint32_t, std::uint32_t>> rows;
    for (const auto& [alias, field, key] : aliases_) {
        const auto found = ordinals[field].find(key);
        if (found != ordinals[field].end()) rows.emplace_back(alias, static_cast<std::uint32_t>(field), found->second);
    }
    std::sort(rows.begin(), rows.end());
    std::vector<std::string_view> names;
    for (const auto& row : rows) names.push_back(std::get<0>(row));
    write_strings(out, k_alias_offsets, k_alias_bytes, names);
    out.begin(k_alias_fields);
    for (const auto& row : rows) out.append_value(std::get<1>(row));
    out.begin(k_alias_ordinals);
    for (const auto& row : rows) out.append_value(std::get<2>(row));
}

}  // namespace limier
