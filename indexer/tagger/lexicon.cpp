#include "indexer/tagger/lexicon.hpp"

#include <algorithm>
#include <array>
#include <cassert>

// g++ 12 has no #embed; the assembler reads the files (their folder is on its include path).
#define LIMIER_LEXICON(symbol, file)                                                        \
    asm(".section .rodata\n"                                                                \
        ".global lexicon_" #symbol "\nlexicon_" #symbol ":\n.incbin \"" file                \
        "\"\n"                                                                              \
        ".global lexicon_" #symbol "_end\nlexicon_" #symbol "_end:\n.byte 0\n.previous\n"); \
    extern "C" const char lexicon_##symbol[], lexicon_##symbol##_end[]

LIMIER_LEXICON(common_words, "common-words.tsv");
LIMIER_LEXICON(entities, "entities.tsv");
LIMIER_LEXICON(first_names, "first-names.tsv");
LIMIER_LEXICON(org_cues, "org-cues.tsv");
LIMIER_LEXICON(person_cues, "person-cues.tsv");
LIMIER_LEXICON(place_cues, "place-cues.tsv");
LIMIER_LEXICON(topics, "topics.tsv");
LIMIER_LEXICON(words, "words.tsv");

namespace limier {
namespace {

std::string_view between(const char* begin, const char* end) { return {begin, static_cast<std::size_t>(end - begin)}; }

std::string_view trimmed(std::string_view text) {
    while (text.starts_with(' ')) text.remove_prefix(1);
    while (text.ends_with(' ')) text.remove_suffix(1);
    return text;
}

}  // namespace

std::vector<Lexicon> all_lexicons() {
    return {{"common-words", between(lexicon_common_words, lexicon_common_words_end)},
            {"entities", between(lexicon_entities, lexicon_entities_end)},
            {"first-names", between(lexicon_first_names, lexicon_first_names_end)},
            {"org-cues", between(lexicon_org_cues, lexicon_org_cues_end)},
            {"person-cues", between(lexicon_person_cues, lexicon_person_cues_end)},
            {"place-cues", between(lexicon_place_cues, lexicon_place_cues_end)},
            {"topics", between(lexicon_topics, lexicon_topics_end)},
            {"words", between(lexicon_words, lexicon_words_end)}};
}

void for_lexicon_rows(std::string_view name, const std::function<void(std::string_view line)>& visit) {
    const std::vector<Lexicon> all = all_lexicons();
    const auto found = std::find_if(all.begin(), all.end(), [name](const Lexicon& row) { return row.name == name; });
    assert(found != all.end());
    std::string_view text = found->text;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (!line.empty() && line.front() != '#') visit(line);
    }
}

std::vector<std::vector<std::string_view>> lexicon_rows(std::string_view name, std::size_t columns) {
    std::vector<std::vector<std::string_view>> rows;
    for_lexicon_rows(name, [&](std::string_view line) {
        rows.push_back(row_cells(line));
        rows.back().resize(columns);
    });
    return rows;
}

std::vector<std::string_view> row_cells(std::string_view line) {
    std::vector<std::string_view> cells;
    for (bool more = true; more;) {
        const std::size_t tab = line.find('\t');
        more = tab != std::string_view::npos;
        cells.push_back(line.substr(0, tab));
        line.remove_prefix(more ? tab + 1 : line.size());
    }
    return cells;
}

std::vector<std::string_view> cell_parts(std::string_view cell, char separator) {
    std::vector<std::string_view> parts;
    while (!cell.empty()) {
        const std::size_t end = std::min(cell.find(separator), cell.size());
        if (const std::string_view part = trimmed(cell.substr(0, end)); !part.empty()) parts.push_back(part);
        cell.remove_prefix(std::min(end + 1, cell.size()));
    }
    return parts;
}

}  // namespace limier
