// PDF, by Poppler's pdftotext and pdfinfo: a parser that reads whatever comes from outside runs in a process of its
// own.
#include <algorithm>
#include <utility>

#include "common/child_process.hpp"
#include "common/output/language.hpp"
#include "common/text/utf8.hpp"
#include "indexer/readers/file_properties.hpp"
#include "indexer/readers/format.hpp"
#include "indexer/readers/layout.hpp"
#include "indexer/readers/line.hpp"

namespace limier {
namespace {

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

void add_info(std::string_view info, const InputFile& file, Document& document) {
    add_properties({value_of(info, "Title"), value_of(info, "Author"), value_of(info, "CreationDate")}, file, document);
}

Result<Document> read_pdf(const InputFile& file) {
    const Result<DiskFile> disk = DiskFile::of(file);
    if (!disk) return disk.error();
    const std::string& path = disk->path().native();
    Result<Document> document = read_printed(file, {"pdftotext", "-enc", "UTF-8", "-nopgbrk", path, "-"}, path);
    if (!document) {
        Error error = document.error();
        if (error.code == Code::not_found)
            error.message += tr(": apt-get install poppler-utils", " : apt-get install poppler-utils");
        return error;
    }
    // Without it the document is as good as a text.
    ChildLimits limits;
    limits.only_file = path;
    if (const Result<std::string> info = run_child({"pdfinfo", "-enc", "UTF-8", "-isodates", path}, limits))
        add_info(clean_utf8(*info).text, file, *document);
    return document;
}

}  // namespace

std::unique_ptr<FileReader> open_pdf(const InputFile& file) { return open_single(file, read_pdf); }

}  // namespace limier
