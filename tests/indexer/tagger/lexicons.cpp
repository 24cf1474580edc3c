// What lexicon/README.md promises of the files.
#include <algorithm>
#include <map>
#include <set>
#include <string>

#include <catch2/catch.hpp>

#include "common/schema.hpp"
#include "common/text/fold.hpp"
#include "common/text/utf8.hpp"
#include "indexer/tagger/lexicon.hpp"

using namespace limier;

namespace {

std::size_t columns_of(std::string_view name) {
    if (name == "entities") return 4;
    if (name == "topics") return 6;
    return name == "first-names" || name == "words" ? 3 : 2;
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        if (end > 0 && text.front() != '#') lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

/// The key of an alias for matching: what matters in it, and where it has capitals.
std::string alias_key(std::string_view alias) {
    std::string key = fold_key(alias) + '/';
    bool begins = true;
    for (std::size_t at = 0; at < alias.size();) {
        const char32_t c = next_code_point(alias, at);
        if (begins && is_letter(c)) key += is_upper(c) ? 'A' : 'a';
        begins = !is_letter(c) && !is_digit(c);
    }
    return key;
}

const std::map<std::string_view, std::set<std::string_view>>& kinds() {
    static const std::map<std::string_view, std::set<std::string_view>> all = {
        {"person-cues", {"title", "role", "speech"}},
        {"org-cues", {"before", "head", "suffix", "institution", "of"}},
        {"place-cues", {"before", "within", "of"}},
        {"common-words", {"word", "people", "day", "acronym", "particle", "event", "festival", "work"}},
        {"first-names", {"m", "f", "mf"}}};
    return all;
}

}  // namespace

TEST_CASE("lexicons: UTF-8 in NFC, columns separated by one tab, no blank at an edge") {
    for (const Lexicon& lexicon : all_lexicons()) {
        INFO(lexicon.name);
        CHECK(clean_utf8(lexicon.text).text == lexicon.text);
        for (const std::string_view line : lines_of(lexicon.text)) {
            INFO(line);
            const auto tabs = static_cast<std::size_t>(std::count(line.begin(), line.end(), '\t'));
            CHECK(tabs == columns_of(lexicon.name) - 1);
            CHECK((line.front() != ' ' && line.back() != ' '));
        }
    }
}

TEST_CASE("lexicons: rows are sorted and unique, and their kinds are known ones") {
    for (const auto& [name, known] : kinds()) {
        std::set<std::string> seen;
        std::string last;
        for (const auto& row : lexicon_rows(name, columns_of(name))) {
            INFO(name << ": " << row[0] << " " << row[1]);
            CHECK(known.count(row[1]) == 1);
            CHECK(last <= fold(row[0]));
            last = fold(row[0]);
            const std::string key = std::string(row[0]) + (name == "first-names" ? "" : "\t" + std::string(row[1]));
            CHECK(seen.insert(key).second);
        }
    }
}

TEST_CASE("lexicons: entities are sorted by field, then canonical as keys") {
    const std::vector<std::string> order = {"person", "org", "place", "product", "event", "work"};
    std::pair<std::ptrdiff_t, std::string> last{0, ""};
    std::set<std::pair<std::string_view, std::string>> canonicals;
    for (const auto& row : lexicon_rows("entities", 4)) {
        INFO(row[0] << " " << row[1]);
        const auto field = std::find(order.begin(), order.end(), row[0]) - order.begin();
        REQUIRE(field < static_cast<std::ptrdiff_t>(order.size()));
        const std::pair here{field, fold_key(row[1])};
        CHECK(last <= here);
        CHECK(canonicals.insert({row[0], fold_key(row[1])}).second);
        last = here;
        for (const std::string_view cue : cell_parts(row[3])) {
            CHECK(cue.find(' ') == std::string_view::npos);
            CHECK(fold(cue) == fold(std::string(cue)));
        }
    }
}

TEST_CASE("lexicons: an alias without ? belongs to one entity only") {
    std::map<std::string, std::string> owners;
    for (const auto& row : lexicon_rows("entities", 4)) {
        const std::string entity = std::string(row[0]) + " " + std::string(row[1]);
        std::vector<std::string_view> names = cell_parts(row[2]);
        const bool doubtful = std::find(names.begin(), names.end(), "?" + std::string(row[1])) != names.end();
        if (!doubtful) names.push_back(row[1]);
        for (const std::string_view name : names) {
            if (name.starts_with('?')) continue;
            INFO(name << ": " << entity);
            const auto [owner, is_new] = owners.try_emplace(alias_key(name), entity);
            CHECK((is_new || owner->second == entity));
        }
    }
}
