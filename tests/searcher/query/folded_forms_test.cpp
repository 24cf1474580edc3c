// Wildcards and typing errors over a whole vocabulary, against each form looked at alone.
#include "searcher/query/folded_forms.hpp"

#include <algorithm>
#include <random>

#include <catch2/catch.hpp>

#include "common/text/fold.hpp"
#include "common/text/utf8.hpp"
#include "tests/scratch.hpp"

using namespace limier;

namespace {

std::string random_word(std::mt19937& random, std::size_t most, const std::vector<std::string>& letters) {
    std::string word;
    for (std::size_t n = 1 + random() % most; n > 0; --n) word += letters[random() % letters.size()];
    return word;
}

/// A segment whose words are made of few letters, so that many are near each other.
Segment small_vocabulary(const std::filesystem::path& path, std::mt19937& random) {
    std::string text;
    for (int i = 0; i < 1500; ++i) text += random_word(random, 8, {"a", "b", "c", "é", "д"}) + " ";
    Analyser analyser;
    std::vector<Token> tokens;
    analyser.analyse(text, tokens);
    SegmentBuilder builder;
    builder.add({{}, {}, text, {}, tokens, {}}, analyser);
    REQUIRE(builder.write(path));
    Result<Segment> segment = Segment::open(path);
    REQUIRE(segment);
    return std::move(*segment);
}

std::u32string letters_of(std::string_view text) {
    std::u32string out;
    for (std::size_t at = 0; at < text.size();) out.push_back(next_code_point(text, at));
    return out;
}

std::size_t edits(const std::u32string& a, const std::u32string& b) {
    std::vector<std::vector<std::size_t>> rows(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            std::size_t& least = rows[i][j] = i == 0 ? j : j == 0 ? i : 1 + std::min(rows[i - 1][j], rows[i][j - 1]);
            if (i == 0 || j == 0) continue;
            least = std::min(least, rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                least = std::min(least, rows[i - 2][j - 2] + 1);
        }
    }
    return rows[a.size()][b.size()];
}

bool matches(std::u32string_view glob, std::u32string_view text) {
    if (glob.empty()) return text.empty();
    if (glob[0] == U'*') return matches(glob.substr(1), text) || (!text.empty() && matches(glob, text.substr(1)));
    return !text.empty() && (glob[0] == U'?' || glob[0] == text[0]) && matches(glob.substr(1), text.substr(1));
}

}  // namespace

TEST_CASE("folded forms: in order, and near forms are those of a full table of edits") {
    const ScratchFolder folder;
    std::mt19937 random(31);
    const Segment segment = small_vocabulary(folder.path() / "columns", random);
    const FoldedForms forms(segment);
    REQUIRE(forms.size() == segment.forms());
    REQUIRE(forms.size() > 500);
    for (std::uint32_t place = 0; place < forms.size(); ++place) {
        CHECK(forms[place] == fold(segment.form(segment.vocabulary(place))));
        if (place > 0) CHECK(forms[place - 1] <= forms[place]);
    }
    std::size_t found = 0;
    for (int i = 0; i < 300; ++i) {
        const std::string word = random_word(random, 9, {"a", "b", "c", "e", "д"});
        const std::size_t limit = 1 + random() % 2;
        const std::vector<FoldedForms::Near> near = forms.near(word, limit);
        auto next = near.begin();
        for (std::uint32_t place = 0; place < forms.size(); ++place) {
            const std::size_t want = edits(letters_of(word), letters_of(forms[place]));
            if (want > limit) continue;
            INFO(word << " " << forms[place]);
            REQUIRE(next != near.end());
            REQUIRE(next->place == place);
            REQUIRE(next->edits == want);
            ++next;
            ++found;
        }
        CHECK(next == near.end());
    }
    CHECK(found > 1000);
}

TEST_CASE("folded forms: a glob matches as the plain recursion does") {
    std::mt19937 random(32);
    std::size_t found = 0;
    for (int i = 0; i < 20'000; ++i) {
        const std::string glob = random_word(random, 6, {"a", "b", "д", "*", "?"});
        const std::string text = random_word(random, 7, {"a", "b", "д"});
        INFO(glob << " " << text);
        const bool want = matches(letters_of(glob), letters_of(text));
        REQUIRE(glob_matches(glob, text) == want);
        found += want;
    }
    CHECK(found > 500);
}
