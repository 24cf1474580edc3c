#include <filesystem>
#include <fstream>
#include <random>
#include <set>

#include <catch2/catch.hpp>

#include "common/columns.hpp"
#include "common/text/fold.hpp"
#include "tests/scratch.hpp"

using namespace limier;

namespace {

struct Sample {
    std::string id, title, text;
    Date date;
    std::vector<FacetEntry> facets;
};

std::vector<Sample> samples() {
    return {
        {"a.txt",
         "Élections",
         "Les élections de l’été, l'été des élections.",
         {2025, 1, 14},
         {{Field::person, "elon musk", "Elon Musk", k_known_label}, {Field::place, "paris", "Paris", 2}}},
        {"b.txt", "", "GPT-4 et le week-end à Paris", {2024, 2, 0}, {{Field::place, "paris", "PARIS", 1}}},
        {"c.txt", "Vide", "", {}, {}},
        {"d.txt",
         "Altman",
         "Sam Altman contre Elon Musk",
         {},
         {{Field::person, "sam altman", "Sam Altman", 1}, {Field::person, "elon musk", "E. Musk", 5}}},
    };
}

void add(SegmentBuilder& builder, Analyser& analyser, const Sample& sample) {
    std::vector<Token> title, body;
    analyser.analyse(sample.title, title);
    analyser.analyse(sample.text, body);
    Record record;
    record.id = sample.id;
    record.title = sample.title;
    builder.add({record, sample.date, sample.text, title, body, sample.facets}, analyser);
    for (const FacetEntry& entry : sample.facets) builder.add_alias(entry.key, entry.field, entry.key);
}

/// The words of a row, as text: what must not change whatever way a segment was made.
std::string words(const Segment& segment, std::uint32_t row) {
    std::string out;
    std::vector<ColumnToken> buffer;
    const TokenRow tokens = segment.tokens(row, buffer);
    for (const auto& part : {tokens.title, tokens.body}) {
        for (const ColumnToken token : part) {
            out += std::string(segment.form(token.form())) +
                   (token.overlay() ? "^" + std::to_string(token.span()) : "") + " ";
        }
        out += "| ";
    }
    return out;
}

std::string bytes_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void check_samples(const Segment& segment) {
    const std::vector<Sample> rows = samples();
    REQUIRE(segment.documents() == rows.size());
    for (std::uint32_t row = 0; row < rows.size(); ++row) {
        CHECK(segment.record(row).id == rows[row].id);
        CHECK(segment.record(row).title == rows[row].title);
        CHECK(segment.text(row) == rows[row].text);
        CHECK(segment.date(row) == rows[row].date);
        std::set<std::string> keys;
        for (const Field field : {Field::person, Field::place}) {
            const FacetColumn column = segment.facet(field);
            for (const std::uint32_t ordinal : column.values(row)) keys.emplace(column.key(ordinal));
        }
        std::set<std::string> expected;
        for (const FacetEntry& entry : rows[row].facets) expected.insert(entry.key);
        CHECK(keys == expected);
    }
    const FacetColumn persons = segment.facet(Field::person);
    const auto musk = persons.find("elon musk");
    REQUIRE(musk);
    CHECK(persons.total(*musk) == 2);
    CHECK(persons.label(*musk) == "Elon Musk");
    const FacetColumn places = segment.facet(Field::place);
    CHECK(places.label(*places.find("paris")) == "Paris");
    CHECK_FALSE(places.find("lyon"));
    CHECK(segment.facet(Field::work).keys() == 0);
    CHECK(segment.facet(Field::work).values(0).empty());
    const auto [first, last] = segment.alias_range("elon", true);
    REQUIRE(last - first == 1);
    CHECK(segment.alias_at(first).second.ordinal == *musk);
}

}  // namespace

TEST_CASE("columns: what was put in comes out") {
    const ScratchFolder folder;
    Analyser analyser;
    SegmentBuilder builder;
    for (const Sample& sample : samples()) add(builder, analyser, sample);
    REQUIRE(builder.write(folder.path() / "one.lim"));
    Result<Segment> segment = Segment::open(folder.path() / "one.lim");
    REQUIRE(segment);
    check_samples(*segment);
    CHECK(words(*segment, 0) == "élections | les élections de été été des élections | ");
    CHECK(words(*segment, 2) == "vide | | ");
    const auto [first, last] = segment->folded_range("elections", false);
    REQUIRE(last - first == 1);
    CHECK(segment->form(segment->vocabulary(first)) == "élections");
    CHECK(segment->occurrences(segment->vocabulary(first)) == 3);
    const auto [form, end] = segment->forms_of(segment->term(segment->term_of(segment->vocabulary(first))));
    CHECK(form <= segment->vocabulary(first));
    CHECK(segment->vocabulary(first) < end);
    CHECK(segment->forms_of("zzz") == std::pair<std::uint32_t, std::uint32_t>(0, 0));
}

TEST_CASE("columns: a merge of segments equals the segment of all rows, byte for byte") {
    const ScratchFolder folder;
    std::vector<std::filesystem::path> parts;
    SegmentBuilder whole;
    Analyser whole_analyser;
    for (const Sample& sample : samples()) {
        add(whole, whole_analyser, sample);
        Analyser analyser;
        SegmentBuilder builder;
        add(builder, analyser, sample);
        parts.push_back(folder.path() / ("part" + std::to_string(parts.size())));
        REQUIRE(builder.write(parts.back()));
    }
    REQUIRE(whole.write(folder.path() / "whole"));
    REQUIRE(merge_segments(parts, folder.path() / "merged"));
    Result<Segment> merged = Segment::open(folder.path() / "merged");
    REQUIRE(merged);
    check_samples(*merged);
    Result<Segment> expected = Segment::open(folder.path() / "whole");
    REQUIRE(expected);
    for (std::uint32_t row = 0; row < merged->documents(); ++row) CHECK(words(*merged, row) == words(*expected, row));
    CHECK(bytes_of(folder.path() / "merged") == bytes_of(folder.path() / "whole"));
}

TEST_CASE("columns: any damaged byte is an error, never a crash or a silent answer") {
    const ScratchFolder folder;
    Analyser analyser;
    SegmentBuilder builder;
    for (const Sample& sample : samples()) add(builder, analyser, sample);
    const auto path = folder.path() / "one.lim";
    REQUIRE(builder.write(path));
    const std::string sound = bytes_of(path);
    const auto read_all = [&path] {
        Result<Segment> segment = Segment::open(path);
        if (!segment) return false;
        try {
            segment->file().verify();
        } catch (const Damaged&) {
            return false;
        }
        return true;
    };
    REQUIRE(read_all());
    std::mt19937 random(7);
    int found = 0;
    for (int i = 0; i < 400; ++i) {
        std::string damaged = sound;
        const std::size_t at = random() % damaged.size();
        damaged[at] = static_cast<char>(damaged[at] ^ (1 << (random() % 8)));
        std::ofstream(path, std::ios::binary | std::ios::trunc) << damaged;
        found += !read_all();
    }
    // The room kept for the directory and the padding after sections are read by nobody: damage there is not seen, and
    // does no harm.
    CHECK(found > 100);
    for (const std::size_t size :
         {std::size_t{0}, std::size_t{7}, std::size_t{47}, sound.size() / 2, sound.size() - 1}) {
        std::ofstream(path, std::ios::binary | std::ios::trunc) << sound.substr(0, size);
        CHECK_FALSE(read_all());
    }
}
