#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <random>
#include <set>

#include <catch2/catch.hpp>

#include "common/column_text.hpp"
#include "common/column_tokens.hpp"
#include "common/columns.hpp"
#include "common/text/fold.hpp"
#include "tests/damage.hpp"
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

TEST_CASE("columns: a merge equals the segment of all rows where its pieces are so large that they are files") {
    const ScratchFolder folder;
    constexpr int k_rows = 30'000;  // k_least_mapped / sizeof(RowPlace), and some more
    const auto sample = [](int row) {
        const std::string word = "nom" + std::to_string(row * 7919 % k_rows);
        return Sample{"id" + std::to_string(row), "", word, {}, {{Field::person, word, word, 1}}};
    };
    Analyser analyser;
    SegmentBuilder whole, first, second;
    for (int row = 0; row < k_rows; ++row) {
        add(whole, analyser, sample(row));
        add(row < k_rows / 3 ? first : second, analyser, sample(row));
    }
    REQUIRE(whole.write(folder.path() / "whole"));
    REQUIRE(first.write(folder.path() / "first"));
    REQUIRE(second.write(folder.path() / "second"));
    REQUIRE(merge_segments(std::vector{folder.path() / "first", folder.path() / "second"}, folder.path() / "merged"));
    CHECK(bytes_of(folder.path() / "merged") == bytes_of(folder.path() / "whole"));
}

TEST_CASE("columns: a record lists the first persons and organisations of its row, after a merge too") {
    const ScratchFolder folder;
    std::vector<std::filesystem::path> paths;
    for (const int part : {0, 1}) {
        Analyser analyser;
        SegmentBuilder builder;
        for (int row = 0; row < 8; ++row) {
            Sample sample{"id", "", "Un texte", {}, {}};
            for (int value = 0; value < row; ++value) {
                // In another order in each row, and with other neighbours in each part.
                const std::string name = "nom " + std::to_string((value * 7 + row * 3 + part * 20) % 50);
                sample.facets.push_back({Field::person, name, name, 1});
                if (value % 2 == 0) sample.facets.push_back({Field::org, name, name, 1});
            }
            add(builder, analyser, sample);
        }
        paths.push_back(folder.path() / ("part" + std::to_string(part)));
        REQUIRE(builder.write(paths.back()));
    }
    paths.push_back(folder.path() / "merged");
    REQUIRE(merge_segments(std::span(paths).first(2), paths.back()));
    for (const std::filesystem::path& path : paths) {
        const Result<Segment> segment = Segment::open(path);
        REQUIRE(segment);
        for (std::uint32_t row = 0; row < segment->documents(); ++row) {
            std::string buffer;
            const Record record = segment->record(row, buffer);
            for (const Field field : k_listed_fields) {
                const auto all = segment->facet(field).values(row);
                const auto first = all.first(std::min(all.size(), k_most_listed));
                CHECK(segment->listed(record, field) == std::vector(first.begin(), first.end()));
            }
        }
        CHECK(segment->facet(Field::person).values(7).size() == 7);
    }
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
            for (std::uint32_t row = 0; row < segment->documents(); ++row) {
                segment->text(row);
                words(*segment, row);
            }
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

namespace {

using Codes = std::vector<std::uint16_t>;

/// Forms of terms of one to four forms, with uneven uses.
struct Vocabulary {
    std::vector<std::uint32_t> terms, counts;
};

Vocabulary vocabulary(std::mt19937& random, std::size_t forms) {
    Vocabulary made;
    for (std::uint32_t term = 0; made.terms.size() < forms; ++term) {
        for (auto n = 1 + random() % 4; n > 0; --n) {
            made.terms.push_back(term);
            made.counts.push_back(static_cast<std::uint32_t>(random() % 1000));
        }
    }
    return made;
}

/// The tokens, or nothing where they are refused.
std::optional<std::vector<ColumnToken>> decoded(const Codes& codes, std::span<const std::uint32_t> form_of_code,
                                                std::uint32_t forms) {
    std::vector<ColumnToken> tokens(codes.size() + 1);
    const ColumnToken* const end = decode_tokens(codes, form_of_code, forms, tokens.data());
    if (end == nullptr) return std::nullopt;
    tokens.resize(static_cast<std::size_t>(end - tokens.data()));
    return tokens;
}

std::string article(std::mt19937& random) {
    static const std::vector<std::string> words{"le gouvernement ", "la réforme ", "des retraites ", "a annoncé ",
                                                "hier matin ",      "à Paris ",    "les syndicats ", "contre "};
    std::string text;
    for (int i = 0; i < 150; ++i) text += words[random() % words.size()];
    return text + std::to_string(random());
}

}  // namespace

TEST_CASE("tokens: what is encoded is decoded, with codes for all forms or for few") {
    std::mt19937 random(3);
    for (const std::uint32_t most : {k_direct_codes, 400u, 5u}) {
        const Vocabulary words = vocabulary(random, 1000);
        const auto forms = static_cast<std::uint32_t>(words.terms.size());
        const TokenCodes codes(words.terms, words.counts, *std::pmr::get_default_resource(), most);
        CHECK(codes.forms().empty() == (most == k_direct_codes));
        CHECK(codes.forms().size() <= most);
        CHECK(std::is_sorted(codes.forms().begin(), codes.forms().end()));
        for (int i = 0; i < 200; ++i) {
            std::vector<ColumnToken> tokens;
            Codes encoded;
            for (auto n = random() % 300; n > 0; --n) {
                const bool overlay = random() % 40 == 0;
                const auto span = static_cast<std::uint8_t>(overlay ? random() % 8 : 1);
                tokens.push_back(ColumnToken::make(static_cast<std::uint32_t>(random() % forms), overlay, span));
                codes.append(encoded, tokens.back());
            }
            const auto got = decoded(encoded, codes.forms(), forms);
            REQUIRE(got);
            REQUIRE(got->size() == tokens.size());
            for (std::size_t at = 0; at < got->size(); ++at) REQUIRE((*got)[at].bits == tokens[at].bits);
        }
    }
}

TEST_CASE("tokens: the forms of a term used more have codes before those of one used less") {
    // Three terms of two forms and room for four codes: the term in the middle goes without.
    const std::vector<std::uint32_t> terms{0, 0, 1, 1, 2, 2}, counts{5, 5, 1, 1, 9, 0};
    const TokenCodes codes(terms, counts, *std::pmr::get_default_resource(), 4);
    CHECK(std::vector<std::uint32_t>(codes.forms().begin(), codes.forms().end()) ==
          std::vector<std::uint32_t>{0, 1, 4, 5});
    Codes out;
    codes.append(out, ColumnToken::make(3, true, 2));
    CHECK(out == Codes{k_overlay + 2, k_escape, 3, 0});
    out.clear();
    codes.append(out, ColumnToken::make(4, false, 1));
    CHECK(out == Codes{2});
}

TEST_CASE("tokens: any codes are decoded or refused, and never a form that is not there") {
    std::mt19937 random(5);
    const std::vector<std::uint32_t> few{7, 8, 30};
    int refused = 0;
    for (int i = 0; i < 20'000; ++i) {
        Codes codes;
        for (auto n = random() % 40; n > 0; --n)
            codes.push_back(static_cast<std::uint16_t>(random() % 3 == 0 ? 0xFFF0 + random() % 16 : random() % 4));
        const std::span<const std::uint32_t> forms =
            i % 2 == 0 ? std::span<const std::uint32_t>() : std::span<const std::uint32_t>(few);
        if (const auto tokens = decoded(codes, forms, 31)) {
            for (const ColumnToken token : *tokens) REQUIRE(token.form() < 31);
        } else {
            ++refused;
        }
    }
    CHECK(refused > 1000);
    CHECK_FALSE(decoded({k_escape, 1}, {}, 31));
    CHECK_FALSE(decoded({k_overlay}, {}, 31));
    CHECK_FALSE(decoded({k_overlay, k_overlay, 1}, {}, 31));
    CHECK_FALSE(decoded({31}, {}, 31));
    CHECK_FALSE(decoded(Codes(100, 31), {}, 31));
    CHECK_FALSE(decoded({3}, few, 31));
}

TEST_CASE("columns: texts with a dictionary, without and with another are the same after a merge") {
    const ScratchFolder folder;
    std::mt19937 random(9);
    std::vector<std::string> texts;
    for (int i = 0; i < 120; ++i) texts.push_back(article(random));
    const auto views = [&texts](std::size_t first, std::size_t count) {
        return std::vector<std::string_view>(texts.begin() + static_cast<std::ptrdiff_t>(first),
                                             texts.begin() + static_cast<std::ptrdiff_t>(first + count));
    };
    const TextDictionary none, first = TextDictionary::train(views(0, 60)),
                               second = TextDictionary::train(views(60, 60));
    REQUIRE_FALSE(first.bytes().empty());
    REQUIRE(first.bytes() != second.bytes());
    CHECK(TextDictionary::train(views(0, 3)).bytes().empty());
    std::vector<std::filesystem::path> parts;
    std::size_t row = 0;
    for (const TextDictionary* dictionary : {&none, &first, &second}) {
        Analyser analyser;
        SegmentBuilder builder(dictionary);
        for (std::size_t end = row + 40; row < end; ++row) add(builder, analyser, {{}, {}, texts[row], {}, {}});
        parts.push_back(folder.path() / ("part" + std::to_string(parts.size())));
        REQUIRE(builder.write(parts.back()));
    }
    REQUIRE(merge_segments(parts, folder.path() / "merged"));
    Result<Segment> merged = Segment::open(folder.path() / "merged");
    REQUIRE(merged);
    CHECK(merged->text_dictionary() == first.bytes());
    for (std::uint32_t i = 0; i < merged->documents(); ++i) CHECK(merged->text(i) == texts[i]);
}

namespace {

template <class Read>
void read_or_damaged(Read read, int& refused) {
    try {
        read();
    } catch (const Damaged&) {
        ++refused;
    }
}

void read_everything(const Segment& segment, int& refused) {
    const auto each = [&refused](std::uint32_t count, auto read) {
        for (std::uint32_t i = 0; i < count; ++i) read_or_damaged([&] { read(i); }, refused);
    };
    std::string text, buffer;
    each(segment.documents(), [&](std::uint32_t row) { segment.record(row); });
    each(segment.documents(), [&](std::uint32_t row) { segment.record(row, buffer); });
    each(segment.documents(), [&](std::uint32_t row) {
        for (const Field field : k_listed_fields) segment.listed(segment.record(row), field);
    });
    each(segment.documents(), [&](std::uint32_t row) { segment.codes(row, buffer); });
    each(segment.documents(), [&](std::uint32_t row) { segment.text(row, text, buffer); });
    each(segment.documents(), [&](std::uint32_t row) { segment.date(row); });
    read_or_damaged([&] { segment.dates(); }, refused);
    each(segment.documents(), [&](std::uint32_t row) { segment.text(row); });
    each(segment.documents(), [&](std::uint32_t row) { words(segment, row); });
    each(segment.forms(), [&](std::uint32_t form) { segment.term(segment.term_of(form)); });
    each(segment.forms(), [&](std::uint32_t form) { segment.form(segment.vocabulary(form)); });
    each(segment.terms(), [&](std::uint32_t term) { segment.forms_of(segment.term(term)); });
    each(segment.aliases(), [&](std::uint32_t alias) { segment.alias_at(alias); });
    for (const FieldInfo& field : all_fields()) {
        const FacetColumn column = segment.facet(field.field);
        each(segment.documents(), [&](std::uint32_t row) { column.values(row); });
        each(segment.documents(), [&](std::uint32_t row) { column.rows().values(row, segment.documents()); });
        read_or_damaged([&] { column.totals(); }, refused);
        each(column.keys(), [&](std::uint32_t key) { column.find(column.label(key)); });
    }
}

}  // namespace

TEST_CASE("columns: a frame that says it holds more than it can is damaged, and no memory is taken for it") {
    std::string frame;
    TextCompressor().append(frame, std::string(std::size_t{50} << 20, 'a'), {});
    CHECK(TextReader::size_of(frame) == std::size_t{50} << 20);
    CHECK_FALSE(TextReader::size_of(std::string_view(frame).substr(0, 20)));
    std::string empty;
    TextCompressor().append(empty, "", {});
    CHECK(TextReader::size_of(empty) == 0U);
}

TEST_CASE("columns: damage under good checksums is refused where it leads outside, and never a crash") {
    const ScratchFolder folder;
    Analyser analyser;
    SegmentBuilder builder;
    for (const Sample& sample : samples()) add(builder, analyser, sample);
    const auto path = folder.path() / "one.lim";
    REQUIRE(builder.write(path));
    const std::string sound = bytes_of(path);
    std::mt19937 random(29);
    int refused = 0;
    for (int i = 0; i < 2000; ++i) {
        std::string damaged = sound;
        for (auto n = 1 + random() % 3; n > 0; --n) damage_sealed(damaged, random);
        std::ofstream(path, std::ios::binary | std::ios::trunc) << damaged;
        Result<Segment> segment = Segment::open(path);
        REQUIRE(segment);
        read_everything(*segment, refused);
        const std::filesystem::path inputs[] = {path, path};
        if (!merge_segments(inputs, folder.path() / "merged")) ++refused;
    }
    CHECK(refused > 1000);
}
