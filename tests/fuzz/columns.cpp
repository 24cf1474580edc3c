// A column file with any change: opening and every read end in a value or in Damaged, and memory is never read outside.
// Changes are made within sections whose checksums are then right, so that they come as far as the readers; or to the
// bytes of the file, so that they meet the checks.
#include "common/columns.hpp"

#include <cstdint>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "common/packed_values.hpp"
#include "tests/fuzz/changes.hpp"
#include "tests/scratch.hpp"

using namespace limier;

namespace {

struct Sound {
    std::string file;
    std::map<std::uint32_t, std::string> sections;
    std::uint32_t documents = 0;
};

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

Sound make_sound(const std::filesystem::path& path) {
    Analyser analyser;
    SegmentBuilder builder;
    const std::string_view texts[] = {"Les élections de l’été à Paris", "", "GPT-4 et le week-end"};
    for (const std::string_view text : texts) {
        std::vector<Token> title, body;
        analyser.analyse("Un titre", title);
        analyser.analyse(text, body);
        Record record;
        record.id = record.path = record.title = "a.txt";
        const std::vector<FacetEntry> facets = {{Field::person, "elon musk", "Elon Musk", k_known_label},
                                                {Field::place, "paris", "Paris", 2}};
        builder.add({record, {2025, 1, 14}, text, title, body, facets}, analyser);
    }
    builder.add_alias("musk", Field::person, "elon musk");
    Sound sound;
    if (!builder.write(path)) std::abort();
    const Result<Segment> segment = Segment::open(path);
    if (!segment) std::abort();
    sound.file = bytes_of(path);
    sound.documents = segment->documents();
    for (const auto& [kind, size] : segment->file().sections())
        sound.sections[kind] = segment->file().bytes(kind, 0, size);
    return sound;
}

void write_changed(const Sound& sound, Input input, const std::filesystem::path& path) {
    if (input.take<std::uint8_t>() % 4 == 0) {
        std::string file = sound.file;
        while (!input.bytes.empty()) change(input, file);
        write_bytes(path, file);
        return;
    }
    std::map<std::uint32_t, std::string> sections = sound.sections;
    const std::uint32_t documents = sound.documents + input.take<std::uint8_t>() % 3;
    while (!input.bytes.empty()) {
        auto section = sections.begin();
        std::advance(section, input.take<std::uint8_t>() % sections.size());
        change(input, section->second);
    }
    Result<ColumnFileWriter> out = ColumnFileWriter::create(path, documents);
    if (!out) std::abort();
    for (const auto& [kind, bytes] : sections) {
        out->begin(kind);
        out->append(bytes);
    }
    if (!out->finish()) std::abort();
}

/// Reads, for the sake of the sanitizers; Damaged is a fair answer to each.
template <class Read>
void attempt(Read read) {
    try {
        read();
    } catch (const Damaged&) {
    }
}

void read_rows(const Segment& segment) {
    std::vector<ColumnToken> buffer;
    std::string text, bytes;
    for (std::uint32_t row = 0; row < segment.documents(); ++row) {
        attempt([&] { segment.record(row); });
        attempt([&] { segment.listed(segment.record(row, bytes), Field::org); });
        attempt([&] { segment.codes(row, bytes); });
        attempt([&] { segment.text(row, text, bytes); });
        attempt([&] { segment.date(row); });
        attempt([&] { static_cast<void>(segment.signature(row).empty()); });
        attempt([&] { segment.text(row); });
        attempt([&] {
            for (const ColumnToken token : segment.tokens(row, buffer).body) segment.form(token.form());
        });
    }
    attempt([&] { segment.dates(); });
}

void read_vocabulary(const Segment& segment) {
    for (std::uint32_t form = 0; form < segment.forms(); ++form) {
        attempt([&] { segment.term(segment.term_of(form)); });
        attempt([&] { segment.form(segment.vocabulary(form)); });
        attempt([&] { segment.occurrences(form); });
    }
    for (std::uint32_t term = 0; term < segment.terms(); ++term) attempt([&] { segment.is_stop(term); });
    for (const std::string_view word : {"", "e", "elections", "zzz"}) {
        attempt([&] { segment.forms_of(word); });
        attempt([&] { segment.folded_range(word, true); });
        attempt([&] { segment.alias_range(word, true); });
    }
    for (std::uint32_t alias = 0; alias < segment.aliases(); ++alias) attempt([&] { segment.alias_at(alias); });
}

void read_facets(const Segment& segment) {
    for (const Field field : {Field::person, Field::place, Field::work}) {
        const FacetColumn column = segment.facet(field);
        for (std::uint32_t row = 0; row < segment.documents(); ++row) attempt([&] { column.values(row); });
        for (std::uint32_t ordinal = 0; ordinal < column.keys(); ++ordinal) {
            attempt([&] { column.label(ordinal); });
            attempt([&] { column.total(ordinal); });
        }
        attempt([&] { column.rows().values(0, segment.documents()); });
        attempt([&] { column.totals(); });
        attempt([&] { column.find("paris"); });
        attempt([&] { column.range("e"); });
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const ScratchFolder folder;
    static const std::filesystem::path path = folder.path() / "changed.lim";
    static const Sound sound = make_sound(folder.path() / "sound.lim");
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    attempt([&] { unpack_values(input); });
    write_changed(sound, {input}, path);
    const Result<Segment> segment = Segment::open(path);
    if (!segment) return 0;
    read_rows(*segment);
    read_vocabulary(*segment);
    read_facets(*segment);
    attempt([&] { segment->file().verify(); });
    attempt([&] { static_cast<void>(merge_segments(std::vector{path, path}, folder.path() / "merged.lim")); });
    return 0;
}
