// Patterns found in the token column against a search that tries every way.
#include "searcher/query/find_pattern.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <set>

#include <catch2/catch.hpp>

#include "tests/searcher/random_index.hpp"

using namespace limier;

namespace {

std::uint32_t below(std::mt19937& random, std::uint32_t end) { return static_cast<std::uint32_t>(random() % end); }

using Tokens = std::span<const ColumnToken>;
using Spans = std::vector<std::pair<std::size_t, std::size_t>>;

/// Token of each place, and where the token column goes on.
std::vector<std::size_t> primaries(Tokens tokens) {
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (!tokens[i].overlay()) places.push_back(i);
    }
    return places;
}

void walk(const Pattern& pattern, Tokens tokens, const std::vector<std::size_t>& places, std::size_t step_place,
          std::size_t place, std::size_t begin, Spans& found) {
    if (step_place == pattern.length) {
        found.emplace_back(begin, place);
        return;
    }
    if (place >= places.size()) return;
    for (const Step& step : pattern.steps) {
        if (step.from != step_place) continue;
        const auto& forms = step.forms[0];
        for (std::size_t i = places[place]; i < tokens.size(); ++i) {
            const bool overlay = tokens[i].overlay();
            if (i != places[place] && !overlay) break;
            if (std::find(forms.begin(), forms.end(), tokens[i].form()) == forms.end()) continue;
            const std::size_t span = overlay ? std::max<std::size_t>(tokens[i].span(), 1) : 1;
            walk(pattern, tokens, places, step.from + step.span, place + span, begin, found);
        }
    }
}

Spans naive_spans(const Pattern& pattern, Tokens tokens);

bool naive_near(const Pattern& pattern, const std::vector<Spans>& spans, Spans& chosen) {
    if (chosen.size() == spans.size()) return true;
    for (const auto& span : spans[chosen.size()]) {
        const bool fits = std::all_of(chosen.begin(), chosen.end(), [&](const auto& other) {
            const bool after = span.first >= other.second;
            const bool before = span.second <= other.first && pattern.kind == Pattern::Kind::near;
            const auto [low, high] = std::minmax(span.first, other.first);
            return (after || before) && high - low <= pattern.distance;
        });
        if (!fits) continue;
        chosen.push_back(span);
        if (naive_near(pattern, spans, chosen)) return true;
        chosen.pop_back();
    }
    return false;
}

Spans naive_spans(const Pattern& pattern, Tokens tokens) {
    Spans found;
    if (pattern.kind == Pattern::Kind::sequence) {
        const auto places = primaries(tokens);
        for (std::size_t place = 0; place < places.size(); ++place)
            walk(pattern, tokens, places, 0, place, place, found);
        return found;
    }
    std::vector<Spans> spans;
    for (const Pattern& child : pattern.children) spans.push_back(naive_spans(child, tokens));
    if (pattern.kind == Pattern::Kind::any_of) {
        for (const Spans& more : spans) found.insert(found.end(), more.begin(), more.end());
        return found;
    }
    Spans chosen;
    if (naive_near(pattern, spans, chosen)) found.push_back(chosen.front());
    return found;
}

/// Articles of ordinary words, compounds with their joined forms, acronyms and numbers.
class CompoundIndex {
 public:
    /// So many words more, once each: beyond k_direct_codes, they are spelt out in the token column.
    explicit CompoundIndex(unsigned seed, std::size_t rare = 0) : random_(seed) {
        std::ofstream out(folder_.path() / "articles.jsonl");
        for (int i = 0; i < 400; ++i) {
            out << R"({"id":"d)" << i << R"(","title":")" << text(4) << R"(","body":")" << text(25);
            for (std::size_t n = rare / 400; n > 0; --n) out << ' ' << text(1) << ' ' << rare_word();
            out << "\"}\n";
        }
        out.close();
        BuildOptions options;
        options.paths = {folder_.path() / "articles.jsonl"};
        options.db = folder_.path() / "db";
        REQUIRE(build_index(options).documents == 400);
    }
    std::filesystem::path path() const { return folder_.path() / "db"; }

 private:
    std::string text(std::size_t most) {
        static const std::vector<std::string> k_words{"lapin", "volcan",   "arc-en-ciel",  "arc",
                                                      "ciel",  "week-end", "porte-avions", "porte",
                                                      "avion", "GPT-4",    "lapin-volcan"};
        std::string out;
        for (std::size_t n = 1 + random_() % most; n > 0; --n)
            out += (out.empty() ? "" : " ") + k_words[random_() % k_words.size()];
        return out;
    }
    std::string rare_word() {
        std::string word;
        for (std::size_t number = ++rare_words_; word.size() < 6; number /= 16) word += "bcdfghjklmnpqrtv"[number % 16];
        return word;
    }
    std::mt19937 random_;
    std::size_t rare_words_ = 0;
    ScratchFolder folder_;
};

Pattern random_sequence(std::mt19937& random, std::uint32_t forms, std::size_t longest) {
    Pattern pattern;
    pattern.length = 1 + random() % longest;
    const auto add = [&](std::size_t from, std::size_t span) {
        std::set<std::uint32_t> ids;
        for (std::size_t n = 1 + random() % 3; n > 0; --n) ids.insert(below(random, forms));
        pattern.steps.push_back({from, span, {{ids.begin(), ids.end()}}, {}, false});
    };
    for (std::size_t place = 0; place < pattern.length; ++place) {
        add(place, 1);
        if (random() % 3 == 0 && place + 2 <= pattern.length) add(place, 2 + random() % (pattern.length - place - 1));
    }
    return pattern;
}

/// Alternatives anywhere, NEAR and ADJ once on a way down: of a NEAR in a NEAR it is open which of its matches counts.
Pattern random_pattern(std::mt19937& random, std::uint32_t forms, int depth, bool near) {
    const auto kind = depth == 0 ? 0 : below(random, near ? 4 : 2);
    if (kind == 0) return random_sequence(random, forms, depth == 0 ? 2 : 4);
    Pattern pattern;
    pattern.kind = kind == 1 ? Pattern::Kind::any_of : kind == 2 ? Pattern::Kind::near : Pattern::Kind::ordered;
    pattern.distance = 1 + random() % 6;
    for (std::size_t n = 2 + random() % 2; n > 0; --n)
        pattern.children.push_back(random_pattern(random, forms, depth - 1, kind == 1 && near));
    return pattern;
}

}  // namespace

TEST_CASE("patterns: the finder finds what trying every way finds") {
    const CompoundIndex articles(21);
    Result<Index> index = Index::open(articles.path());
    REQUIRE(index);
    REQUIRE(index->segments().size() == 1);
    const Segment& segment = index->segments().front().segment;
    std::mt19937 random(22);
    std::map<Pattern::Kind, std::size_t> hits;
    for (int i = 0; i < 1000; ++i) {
        const Pattern pattern = random_pattern(random, segment.forms(), 2, true);
        const Part part = random() % 4 == 0 ? Part::title : Part::everywhere;
        PatternVerifier verifier(*index, pattern, part);
        for (std::uint32_t row = 0; row < segment.documents(); row += 1 + below(random, 12)) {
            std::vector<ColumnToken> buffer;
            const TokenRow tokens = segment.tokens(row, buffer);
            const bool want = !naive_spans(pattern, tokens.title).empty() ||
                              (part == Part::everywhere && !naive_spans(pattern, tokens.body).empty());
            INFO("pattern " << i << ", document " << row);
            REQUIRE(verifier.holds(0, row) == want);
            hits[pattern.kind] += want;
        }
        CHECK_FALSE(verifier.holds(0, segment.documents()));
    }
    for (const auto& [kind, count] : hits) CHECK(count > 500);
}

TEST_CASE("patterns: tokens as they are stored tell what decoded ones tell") {
    const auto rare = GENERATE(std::size_t{0}, std::size_t{80'000});
    const CompoundIndex articles(24, rare);
    Result<Index> index = Index::open(articles.path());
    REQUIRE(index);
    const Segment& segment = index->segments().front().segment;
    REQUIRE(segment.form_of_code().empty() == (rare == 0));
    std::mt19937 random(25);
    std::size_t told = 0, untold = 0, found = 0;
    std::vector<ColumnToken> buffer;
    for (int i = 0; i < 4000; ++i) {
        // Words that follow each other somewhere, now and then with another between: what is not there is told too.
        const TokenRow from = segment.tokens(below(random, segment.documents()), buffer);
        Pattern pattern;
        pattern.length = 1 + random() % 4;
        for (std::size_t at = random() % from.body.size(); pattern.steps.size() < pattern.length; ++at) {
            std::set<std::uint32_t> forms{from.body[at % from.body.size()].form()};
            if (random() % 3 == 0) forms.insert(below(random, segment.forms()));
            pattern.steps.push_back({pattern.steps.size(), 1, {{forms.begin(), forms.end()}}, {}, false});
            if (random() % 8 == 0) ++at;
        }
        PatternFinder finder(pattern, segment, 0);
        for (std::uint32_t row = below(random, 40); row < segment.documents(); row += 1 + below(random, 80)) {
            const CodeRow codes = segment.codes(row);
            const std::optional<bool> stands = finder.stands_in(codes.body);
            ++(stands ? told : untold);
            if (!stands) continue;
            INFO("pattern " << i << ", document " << row);
            REQUIRE(*stands == finder.stands_in(segment.decode(codes, buffer).body));
            found += *stands;
        }
    }
    CHECK(told > untold / 4);
    CHECK(found > 500);
}

TEST_CASE("patterns: a set of forms holds its forms and no other") {
    std::mt19937 random(23);
    for (int i = 0; i < 300; ++i) {
        std::set<std::uint32_t> forms;
        const std::uint32_t range = i % 2 == 0 ? 20 : 3000;
        for (std::size_t n = random() % 40; n > 0; --n) forms.insert(100 + below(random, range));
        const std::vector<std::uint32_t> sorted(forms.begin(), forms.end());
        const FormTest test(sorted);
        std::vector<ColumnToken> tokens;
        for (std::size_t n = random() % 200; n > 0; --n)
            tokens.push_back(ColumnToken::make(90 + below(random, range + 30), random() % 5 == 0, 2));
        for (std::size_t from = 0; from <= tokens.size(); ++from) {
            std::size_t want = from;
            while (want < tokens.size() && !forms.contains(tokens[want].form())) ++want;
            REQUIRE(test.find(tokens, from) == want);
        }
    }
}
