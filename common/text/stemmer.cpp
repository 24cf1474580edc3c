#include "common/text/stemmer.hpp"

#include <algorithm>

#include <libstemmer.h>

// g++ 12 has no #embed; the assembler reads the files (their folder is on its include path).
#define LIMIER_STEMS(symbol, file)                                                      \
    asm(".section .rodata\n"                                                            \
        ".global stems_" #symbol "\nstems_" #symbol ":\n.incbin \"" file                \
        "\"\n"                                                                          \
        ".global stems_" #symbol "_end\nstems_" #symbol "_end:\n.byte 0\n.previous\n"); \
    extern "C" const char stems_##symbol[], stems_##symbol##_end[]

LIMIER_STEMS(exceptions, "exceptions.tsv");
LIMIER_STEMS(lexicon, "lexicon.tsv");

namespace limier {
namespace {

std::string_view between(const char* begin, const char* end) { return {begin, static_cast<std::size_t>(end - begin)}; }

/// What the table has behind the tab of the form's line; empty where it has no such line. The table is searched as it
/// lies in the program: nothing is loaded or parsed at start.
std::string_view find_row(std::string_view table, std::string_view form) {
    while (!table.empty()) {
        const std::size_t newline = table.rfind('\n', table.size() / 2);
        const std::size_t begin = newline == std::string_view::npos ? 0 : newline + 1;
        const std::size_t end = std::min(table.find('\n', begin), table.size());  // the last line may lack its end
        const std::string_view line = table.substr(begin, end - begin);
        const std::size_t tab = line.find('\t');
        const int order = form.compare(line.substr(0, tab));
        if (order == 0) return line.substr(tab + 1);
        table = order < 0 ? table.substr(0, begin) : table.substr(std::min(end + 1, table.size()));
    }
    return {};
}

// Hashing all lines takes as long as so many searches.
constexpr std::size_t k_searches = 2'000;

/// The line that begins at a place of the lexicon, which ends a line.
std::string_view line_at(std::size_t begin) {
    const std::string_view table = Stemmer::lexicon();
    return table.substr(begin, table.find('\n', begin) - begin);
}

}  // namespace

void Stemmer::Close::operator()(void* stemmer) const { sb_stemmer_delete(static_cast<sb_stemmer*>(stemmer)); }

Stemmer::Stemmer() : snowball_(sb_stemmer_new("french", "UTF_8")) {}

std::string Stemmer::fingerprint() { return "stems=" LIMIER_STEMS_DIGEST " snowball-french"; }
std::string_view Stemmer::exceptions() { return between(stems_exceptions, stems_exceptions_end); }
std::string_view Stemmer::lexicon() { return between(stems_lexicon, stems_lexicon_end); }

/// Of a few forms, as a query has them, by searching; of those of a corpus by their hash.
std::string_view Stemmer::known(std::string_view word) {
    if (++asked_ <= k_searches) return find_row(lexicon(), word);
    if (asked_ == k_searches + 1) index_lexicon();
    const auto is_it = [word](std::uint32_t begin) {
        const std::string_view line = line_at(begin);
        return line.starts_with(word) && line.size() > word.size() && line[word.size()] == '\t';
    };
    const std::uint32_t begin = lines_.find(text_hash(word), is_it);
    return begin == OpenTable::k_none ? std::string_view() : line_at(begin).substr(word.size() + 1);
}

void Stemmer::index_lexicon() {
    const std::string_view table = lexicon();
    lines_ = OpenTable(static_cast<std::size_t>(std::count(table.begin(), table.end(), '\n')));
    for (std::size_t begin = 0; begin < table.size();) {
        const std::string_view line = line_at(begin);
        lines_.add(text_hash(line.substr(0, line.find('\t'))), static_cast<std::uint32_t>(begin));
        begin += line.size() + 1;
    }
}

std::string Stemmer::stem(std::string_view form) {
    const std::string_view like = find_row(exceptions(), form);
    // No stem of the lexicon's or of Snowball's ends with two signs.
    if (!like.empty() && find_row(exceptions(), like) == like) return std::string(like) + "==";
    const std::string_view word = like.empty() ? form : like;
    const std::string_view listed = known(word);
    return listed.empty() ? by_rule(word) : std::string(listed);
}

std::string Stemmer::by_rule(std::string_view word) {
    // Snowball takes no plural from -us and -os: élus (or elus, as it is typed), photos.
    if (word.size() >= 4 && (word.ends_with("us") || word.ends_with("os"))) word.remove_suffix(1);
    auto* snowball = static_cast<sb_stemmer*>(snowball_.get());
    const sb_symbol* stem =
        sb_stemmer_stem(snowball, reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size()));
    if (stem == nullptr) return std::string(word);
    return {reinterpret_cast<const char*>(stem), static_cast<std::size_t>(sb_stemmer_length(snowball))};
}

}  // namespace limier
