#include <algorithm>
#include <map>
#include <memory_resource>
#include <utility>

#include "common/column_writer.hpp"
#include "common/columns.hpp"
#include "common/scratch_memory.hpp"
#include "common/string_list.hpp"

namespace limier {
namespace {

/// The merged id by input, then by the input's id.
class Ids {
 public:
    Ids(std::span<const std::uint32_t> sizes, std::pmr::memory_resource& memory) : ids_(&memory) {
        std::size_t all = 0;
        for (const std::uint32_t size : sizes) first_.push_back(std::exchange(all, all + size));
        ids_.resize(all);
    }
    std::uint32_t* operator[](std::size_t input) { return ids_.data() + first_[input]; }
    const std::uint32_t* operator[](std::size_t input) const { return ids_.data() + first_[input]; }

 private:
    std::vector<std::size_t> first_;
    std::pmr::vector<std::uint32_t> ids_;
};

struct Merge {
    std::vector<Segment> inputs;
    ColumnFileWriter out;
    std::pmr::memory_resource& memory;  ///< for what grows with documents, forms and values

    std::pmr::vector<RowPlace> rows = std::pmr::vector<RowPlace>(&memory);

    void texts();
    void copy(std::uint32_t section) {
        out.begin(section);
        for (const Segment& input : inputs) {
            for (std::uint64_t at = 0; at < input.file().size(section); at += k_column_block) {
                out.append(input.file().bytes(
                    section, at, std::min<std::uint64_t>(k_column_block, input.file().size(section) - at)));
            }
        }
    }
    void forms_and_tokens();
    void facet(Field field, std::map<Field, Ids>& ordinals);
    void aliases(const std::map<Field, Ids>& ordinals);
    void records(const std::map<Field, Ids>& ordinals);
};

// Texts are copied as they are compressed; only those made with another dictionary than the first are made anew.
void Merge::texts() {
    const auto trained = std::find_if(inputs.begin(), inputs.end(),
                                      [](const Segment& input) { return !input.text_dictionary().empty(); });
    const TextDictionary dictionary(trained == inputs.end() ? std::string() : std::string(trained->text_dictionary()));
    out.begin(k_text_dictionary);
    out.append(dictionary.bytes());
    TextCompressor compressor;
    out.begin(k_text);
    std::string frame;
    auto place = rows.begin();
    for (const Segment& input : inputs) {
        const bool same = input.text_dictionary() == dictionary.bytes();
        for (std::uint32_t row = 0; row < input.documents(); ++row) {
            place->text = out.written();
            if (!same) {
                frame.clear();
                compressor.append(frame, input.text(row), dictionary);
            }
            out.append(same ? input.text_frame(row) : std::string_view(frame));
            ++place;
        }
    }
    place->text = out.written();
}

void Merge::forms_and_tokens() {
    std::vector<std::uint32_t> sizes;
    for (const Segment& input : inputs) sizes.push_back(input.forms());
    Ids ids(sizes, memory);
    FormTable table(memory);
    merge_sorted(
        sizes,
        [this](std::size_t input, std::uint32_t form) {
            return std::pair(inputs[input].term(inputs[input].term_of(form)), inputs[input].form(form));
        },
        [&](std::size_t input, std::uint32_t form, const auto& key, bool) {
            ids[input][form] = table.add(key.first, key.second, inputs[input].is_stop(inputs[input].term_of(form)),
                                         inputs[input].occurrences(form));
        });
    TokenWriter tokens(out, table);
    std::vector<ColumnToken> buffer;
    auto place = rows.begin();
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        for (std::uint32_t row = 0; row < inputs[i].documents(); ++row) {
            const TokenRow read = inputs[i].tokens(row, buffer);
            const std::size_t title = read.title.size();
            const std::span<ColumnToken> all = std::span(buffer).first(title + read.body.size());
            for (ColumnToken& token : all)
                token =
                    ColumnToken::make(ids[i][token.form()], token.overlay(), static_cast<std::uint8_t>(token.span()));
            tokens.row(all.first(title), all.subspan(title), *place++);
        }
    }
    tokens.finish(*place);
    table.write(out);
    table.write_vocabulary(out);
}

void Merge::facet(Field field, std::map<Field, Ids>& ordinals) {
    std::vector<FacetColumn> columns;
    std::vector<std::uint32_t> sizes;
    for (const Segment& input : inputs) {
        columns.push_back(input.facet(field));
        sizes.push_back(columns.back().keys());
    }
    if (std::all_of(sizes.begin(), sizes.end(), [](std::uint32_t n) { return n == 0; })) return;
    Ids ids(sizes, memory);
    std::pmr::vector<std::string_view> keys(&memory);
    std::pmr::vector<std::uint32_t> totals(&memory);
    // What a key is called is packed once the next one comes.
    Labels labels;
    StringList names(memory);
    std::vector<std::string> ancestors;  // of topics
    merge_sorted(
        sizes, [&](std::size_t input, std::uint32_t ordinal) { return columns[input].key(ordinal); },
        [&](std::size_t input, std::uint32_t ordinal, std::string_view key, bool is_new) {
            if (is_new) {
                if (!keys.empty()) names.add(pack_labels(std::exchange(labels, {})));
                keys.push_back(key);
                totals.push_back(0);
            }
            ids[input][ordinal] = static_cast<std::uint32_t>(keys.size() - 1);
            totals.back() += columns[input].total(ordinal);
            for (const auto& [label, uses] : columns[input].labels(ordinal)) add_label(labels, label, uses);
            if (field != Field::topic) return;
            if (is_new) ancestors.emplace_back();
            if (ancestors.back().empty()) ancestors.back() = pack_ancestors(inputs[input].ancestors(ordinal));
        });
    names.add(pack_labels(std::move(labels)));
    const std::uint32_t section = facet_section(field);
    out.begin(section + k_row_offsets);
    std::uint32_t end = 0;
    out.append_value(end);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        for (std::uint32_t row = 0; row < inputs[i].documents(); ++row) {
            end += static_cast<std::uint32_t>(columns[i].values(row).size());
            out.append_value(end);
        }
    }
    out.begin(section + k_values);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        for (std::uint32_t row = 0; row < inputs[i].documents(); ++row) {
            for (const std::uint32_t ordinal : columns[i].values(row)) out.append_value(ids[i][ordinal]);
        }
    }
    write_strings(out, section + k_key_offsets, section + k_key_bytes, keys);
    out.begin(section + k_totals);
    out.append_all(std::span<const std::uint32_t>(totals));
    write_strings(out, section + k_label_offsets, section + k_label_bytes, names);
    if (field == Field::topic) write_strings(out, k_ancestor_offsets, k_ancestor_bytes, ancestors);
    ordinals.emplace(field, std::move(ids));
}

void Merge::aliases(const std::map<Field, Ids>& ordinals) {
    std::vector<std::uint32_t> sizes;
    for (const Segment& input : inputs) sizes.push_back(input.aliases());
    std::pmr::vector<std::string_view> names(&memory);
    std::pmr::vector<std::uint8_t> fields(&memory);
    std::pmr::vector<std::uint32_t> targets(&memory);
    merge_sorted(
        sizes,
        [&](std::size_t input, std::uint32_t index) {
            const auto [name, target] = inputs[input].alias_at(index);
            return std::tuple(name, target.field, ordinals.at(target.field)[input][target.ordinal]);
        },
        [&](std::size_t, std::uint32_t, const auto& key, bool is_new) {
            if (!is_new) return;
            names.push_back(std::get<0>(key));
            fields.push_back(static_cast<std::uint8_t>(std::get<1>(key)));
            targets.push_back(std::get<2>(key));
        });
    write_strings(out, k_alias_offsets, k_alias_bytes, names);
    out.begin(k_alias_fields);
    out.append_all(std::span<const std::uint8_t>(fields));
    out.begin(k_alias_ordinals);
    out.append_all(std::span<const std::uint32_t>(targets));
}

void Merge::records(const std::map<Field, Ids>& ordinals) {
    RecordWriter records(out);
    auto place = rows.begin();
    for (std::size_t i = 0; i < inputs.size(); ++i) {
        for (std::uint32_t row = 0; row < inputs[i].documents(); ++row) {
            const Record record = inputs[i].record(row);
            std::string_view bytes = inputs[i].record_bytes(row);
            bytes.remove_suffix(record.listed.size());
            std::vector<std::uint32_t> listed;
            const auto list = [&](Field field) {
                listed = inputs[i].listed(record, field);
                for (std::uint32_t& ordinal : listed) ordinal = ordinals.at(field)[i][ordinal];
                return std::span<const std::uint32_t>(listed);
            };
            records.row(bytes, list, *place++);
        }
    }
    records.finish(rows);
}

}  // namespace

Result<void> merge_segments(std::span<const std::filesystem::path> inputs, const std::filesystem::path& output) try {
    std::vector<Segment> segments;
    std::uint32_t documents = 0;
    for (const std::filesystem::path& path : inputs) {
        Result<Segment> segment = Segment::open(path);
        if (!segment) return segment.error();
        documents += segment->documents();
        segments.push_back(std::move(*segment));
    }
    Result<ColumnFileWriter> out = ColumnFileWriter::create(output, documents);
    if (!out) return out.error();
    ScratchMemory memory(output.parent_path());
    Merge merge{std::move(segments), std::move(*out), memory};
    merge.rows.resize(documents + std::size_t{1});
    merge.copy(k_dates);
    merge.copy(k_signatures);
    merge.texts();
    merge.forms_and_tokens();
    std::map<Field, Ids> ordinals;
    for (const FieldInfo& field : all_fields()) {
        if (field.facet) merge.facet(field.field, ordinals);
    }
    merge.aliases(ordinals);
    merge.records(ordinals);
    return merge.out.finish();
} catch (const Damaged& damage) {
    return Error{Code::damaged, damage.what()};
}

}  // namespace limier
