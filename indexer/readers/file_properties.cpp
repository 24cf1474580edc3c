#include "indexer/readers/file_properties.hpp"

#include <algorithm>
#include <array>

#include "common/dates.hpp"
#include "common/output/json.hpp"
#include "common/text/utf8.hpp"
#include "indexer/readers/byline.hpp"
#include "indexer/readers/members.hpp"

namespace limier {
namespace {

constexpr std::size_t k_longest_title = 300;

std::string lower(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) append_utf8(out, to_lower(next_code_point(text, at)));
    return out;
}

/// What programs write where nobody gave a title: `Microsoft Word - tract.doc`, the file's own name, `Untitled`.
bool is_title(const std::string& title, const InputFile& file) {
    constexpr std::array<std::string_view, 12> k_begin{"microsoft word",      "microsoft powerpoint",
                                                       "microsoft excel",     "powerpoint pres",
                                                       "présentation powerp", "untitled",
                                                       "sans titre",          "sans nom",
                                                       "document1",           "layout 1",
                                                       "mise en page 1",      "print"};
    constexpr std::array<std::string_view, 14> k_end{".doc", ".docx", ".pdf", ".odt", ".rtf",  ".indd", ".qxd",
                                                     ".qxp", ".ppt",  ".xls", ".txt", ".html", ".tex",  ".dvi"};
    const std::string text = lower(title);
    const std::string name = lower(clean_utf8(std::filesystem::path(file.name).stem().string()).text);
    const auto letters = [&text] {
        std::size_t count = 0;
        for (std::size_t at = 0; at < text.size();) count += is_letter(next_code_point(text, at)) ? 1 : 0;
        return count;
    };
    return title.size() <= k_longest_title && letters() >= 3 && text != name &&
           std::none_of(k_begin.begin(), k_begin.end(), [&text](auto begin) { return text.starts_with(begin); }) &&
           std::none_of(k_end.begin(), k_end.end(), [&text](auto end) { return text.ends_with(end); });
}

/// A name of two words at least, and none of an account or a program: `Claire Fontanel`, not `cfontanel`.
bool is_author(const std::string& author) {
    return author.find(' ') != std::string::npos && author.find_first_of("@0123456789\\/_:") == std::string::npos;
}

}  // namespace

void add_properties(const FileProperties& properties, const InputFile& file, Document& document) {
    const std::string& title = properties.title;
    if (is_title(title, file) && lower(title) != lower(document.title)) {
        document.title = title;
        document.title_apart = true;
        document.title_begin = document.title_end = 0;
    }
    if (document.author.empty() && is_author(properties.author)) document.author = author_names(properties.author);
    const auto date = parse_date(properties.created);
    if (!document.date && date) document.date = *date;
    const std::string lang = language_of(properties.lang);
    if (!lang.starts_with("en")) document.lang = lang;
    if (!properties.keywords.empty())
        document.extra.emplace_back("keywords", JsonWriter().string(properties.keywords).take());
}

}  // namespace limier
