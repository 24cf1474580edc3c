#include <algorithm>
#include <array>
#include <utility>

#include "common/dates.hpp"
#include "common/output/language.hpp"
#include "common/text/encoding.hpp"
#include "common/text/utf8.hpp"
#include "indexer/readers/format.hpp"
#include "indexer/readers/layout.hpp"
#include "indexer/readers/line.hpp"

namespace limier {
namespace {

namespace fs = std::filesystem;

std::optional<unsigned> number_of(std::string_view name, std::size_t digits) {
    if (name.size() != digits) return std::nullopt;
    unsigned value = 0;
    for (const char c : name) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + static_cast<unsigned>(c - '0');
    }
    return value;
}

/// A date in a file's name: at its beginning to the month (`2025-01-titre`), to the day anywhere (`titre_2025-01-14`).
/// A year alone is the subject as often as the date.
std::optional<Date> date_in_name(std::string_view stem) {
    for (std::size_t at = 0; at < stem.size(); ++at) {
        const auto is_digit_at = [stem](std::size_t i) { return stem[i] >= '0' && stem[i] <= '9'; };
        if (!is_digit_at(at)) continue;
        const bool word_start = at == 0 || std::string_view("-_. ").find(stem[at - 1]) != std::string_view::npos;
        std::size_t end = at;
        if (word_start) {
            const auto date = read_date(stem, end);
            if (date && (date->day != 0 || (at == 0 && date->month != 0))) return date;
        }
        while (at + 1 < stem.size() && is_digit_at(at + 1)) ++at;
    }
    return std::nullopt;
}

/// The date that the file's name or its nearest folders tell: `2024/03/titre.txt`, `2024/03/14/titre.txt`.
Date date_of_path(const std::string& path) {
    const fs::path place(path);
    if (const auto date = date_in_name(place.stem().string())) return *date;
    std::array<std::string, 3> folders;
    fs::path folder = place.parent_path();
    for (std::string& name : folders) {
        name = folder.filename().string();
        folder = folder.parent_path();
    }
    std::string written = folders[1] + "-" + folders[0];
    if (!number_of(folders[1], 4)) written = folders[2] + "-" + written;
    if (!number_of(folders[0], 2)) written = folders[0];
    const auto date = parse_date(written);
    return date && date->month != 0 ? *date : Date{};
}

}  // namespace

Result<Document> read_plain_text(std::string id, std::string path, std::string_view bytes) {
    if (bytes.size() > k_most_document_bytes) return too_long();
    const std::optional<DecodedText> decoded = decode_text(bytes);
    CleanText clean = clean_utf8(decoded ? std::string_view(decoded->text) : bytes);
    if (trimmed(clean.text).empty()) {
        return Error{Code::input, std::string(bytes.empty() ? tr("it is empty", "il est vide")
                                                            : tr("nothing but blanks", "rien que des blancs"))};
    }
    Document document;
    document.id = std::move(id);
    document.path = std::move(path);
    document.text = std::move(clean.text);
    document.replaced = static_cast<std::uint32_t>(clean.replaced);
    apply_layout(read_layout(document.text, true), document);
    if (!document.date) document.date = date_of_path(document.path);
    return document;
}

Reading read_text_file(const InputFile& file, std::string_view bytes) {
    Result<Document> document = read_plain_text(file.id, path_text(file.path), bytes);
    // The path is that of the archive: the member's own name may tell.
    if (document && file.bytes && !document->date) document->date = date_of_path(file.id);
    return one_document(file, std::move(document));
}

}  // namespace limier
