// PDF, by Poppler's pdftotext and pdfinfo: a parser that reads whatever comes from outside runs in a process of its
// own.
#include <algorithm>
#include <array>
#include <utility>

#include "common/dates.hpp"
#include "common/output/language.hpp"
#include "common/text/utf8.hpp"
#include "indexer/readers/byline.hpp"
#include "indexer/readers/child_process.hpp"
#include "indexer/readers/format.hpp"
#include "indexer/readers/layout.hpp"
#include "indexer/readers/line.hpp"

namespace limier {
namespace {

constexpr std::size_t k_longest_title = 300;

std::string lower(std::string_view text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) append_utf8(out, to_lower(next_code_point(text, at)));
    return out;
}

/// The value of a line `Title:          …` of pdfinfo; it keeps to one line each.
std::string value_of(std::string_view info, std::string_view key) {
    for (std::size_t at = 0; at < info.size();) {
        const std::size_t end = std::min(info.find('\n', at), info.size());
        const std::string_view line = info.substr(at, end - at);
        if (line.starts_with(key) && line.substr(key.size()).starts_with(':'))
            return one_line(trimmed(line.substr(key.size() + 1)));
        at = end + 1;
    }
    return {};
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

void add_info(std::string_view info, const InputFile& file, Document& document) {
    const std::string title = value_of(info, "Title");
    if (is_title(title, file) && lower(title) != lower(document.title)) {
        document.title = title;
        document.title_apart = true;
        document.title_begin = document.title_end = 0;
    }
    const std::string author = value_of(info, "Author");
    if (document.author.empty() && is_author(author)) document.author = author_names(author);
    const auto date = parse_date(value_of(info, "CreationDate"));
    if (!document.date && date) document.date = *date;
}

Result<Document> read_pdf(const InputFile& file) {
    const Result<DiskFile> disk = DiskFile::of(file);
    if (!disk) return disk.error();
    const std::string& path = disk->path().native();
    Result<Document> document = read_printed(file, {"pdftotext", "-enc", "UTF-8", "-nopgbrk", path, "-"});
    if (!document) {
        Error error = document.error();
        if (error.code == Code::not_found)
            error.message += tr(": apt-get install poppler-utils", " : apt-get install poppler-utils");
        return error;
    }
    // Without it the document is as good as a text.
    if (const Result<std::string> info = run_child({"pdfinfo", "-enc", "UTF-8", "-isodates", path}))
        add_info(clean_utf8(*info).text, file, *document);
    return document;
}

}  // namespace

std::unique_ptr<FileReader> open_pdf(const InputFile& file) { return open_single(file, read_pdf); }

}  // namespace limier
