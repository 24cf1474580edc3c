#include "indexer/readers/detect.hpp"

#include <algorithm>
#include <array>

#include "common/text/encoding.hpp"
#include "common/text/utf8.hpp"
#include "indexer/readers/line.hpp"
#include "indexer/readers/members.hpp"

namespace limier {
namespace {

constexpr std::size_t k_head = std::size_t{64} << 10;

struct Signature {
    std::string_view bytes, extension;
};
// At the beginning of a file; those of libmagic and of the formats' specifications.
constexpr auto k_signatures = std::to_array<Signature>({
    {"%PDF-", ".pdf"},
    {"\x1F\x8B", ".gz"},
    {{"\xFD"
      "7zXZ\0",
      6},
     ".xz"},
    {"\x28\xB5\x2F\xFD", ".zst"},
    {"BZh", ".bz2"},
    {"7z\xBC\xAF\x27\x1C", ".7z"},
    {"PK\x05\x06", ".zip"},
    {"{\\rtf", ".rtf"},
});

/// What tells apart what begins in the same way.
struct Inside {
    std::string_view part, extension;
};
// Of archives in zip: what their member `mimetype` begins with; folders in Office Open XML.
constexpr auto k_types = std::to_array<Inside>({
    {"application/epub+zip", ".epub"},
    {"application/vnd.oasis.opendocument.text", ".odt"},
    {"application/vnd.oasis.opendocument.spreadsheet", ".ods"},
    {"application/vnd.oasis.opendocument.presentation", ".odp"},
});
constexpr auto k_members = std::to_array<Inside>({
    {"word/", ".docx"},
    {"xl/", ".xlsx"},
    {"ppt/", ".pptx"},
});
// Streams of compound files; Word's reader says of what is encrypted that it is.
constexpr auto k_streams = std::to_array<Inside>({
    {"EncryptedPackage", ".docx"},
    {"WordDocument", ".doc"},
    {"Workbook", ".xls"},
    {"PowerPoint Document", ".ppt"},
});

bool has(std::string_view head, std::string_view part) { return head.find(part) != std::string_view::npos; }

/// By what is in it, else by its name where that is one of these.
template <class Rows>
std::string told_inside(const Rows& rows, std::string_view head, std::string_view named) {
    const auto found =
        std::find_if(rows.begin(), rows.end(), [head](const Inside& row) { return has(head, row.part); });
    if (found != rows.end()) return std::string(found->extension);
    const bool is_own =
        std::any_of(rows.begin(), rows.end(), [named](const Inside& row) { return row.extension == named; });
    return is_own ? std::string(named) : std::string();
}

/// What an archive in zip is: its first member says so, or the names of its members.
std::string zip_format(std::string_view head, std::string_view named) {
    // A local header: the lengths of the name and of what else there is stand at 26 and 28, the name at 30.
    const auto length_at = [head](std::size_t at) {
        const auto byte = [head](std::size_t place) { return static_cast<unsigned char>(head[place]); };
        return at + 1 < head.size() ? std::size_t{byte(at)} + 256 * std::size_t{byte(at + 1)} : 0;
    };
    const std::string_view name = head.substr(std::min<std::size_t>(30, head.size()), length_at(26));
    if (name == "mimetype") {
        const std::string_view type = head.substr(std::min(30 + name.size() + length_at(28), head.size()));
        for (const Inside& row : k_types) {
            if (type.starts_with(row.part)) return std::string(row.extension);
        }
        return {};
    }
    if (!has(head, "[Content_Types].xml")) return ".zip";
    return told_inside(k_members, head, named);
}

/// The line at `at`, which is moved behind it.
std::string_view line_at(std::string_view text, std::size_t& at) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    at = std::min(end + 1, text.size());
    return line.ends_with('\r') ? line.substr(0, line.size() - 1) : line;
}

/// Whether two lines at least of those at the top are headers of mail.
bool has_mail_headers(std::string_view text) {
    constexpr auto k_headers =
        std::to_array<std::string_view>({"from", "to", "subject", "date", "received", "message-id", "mime-version",
                                         "return-path", "delivered-to", "content-type", "dkim-signature", "x-mailer"});
    std::size_t found = 0;
    for (std::size_t at = 0; at < text.size() && found < 2;) {
        const std::string_view line = line_at(text, at);
        if (line.empty()) return false;
        if (line.front() == ' ' || line.front() == '\t') continue;
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || line.substr(0, colon).find(' ') != std::string_view::npos) return false;
        const std::string name = lower_ascii(std::string(line.substr(0, colon)));
        found += std::find(k_headers.begin(), k_headers.end(), name) != k_headers.end();
    }
    return found >= 2;
}

bool is_mbox(std::string_view text) {
    if (!text.starts_with("From ")) return false;
    std::size_t at = 0;
    line_at(text, at);
    return has_mail_headers(text.substr(at));
}

/// Whether the first line names columns that a document has.
bool is_table(std::string_view text, char separator) {
    std::size_t at = 0;
    const std::string_view names = line_at(text, at);
    bool any = false;
    for (std::size_t begin = 0; begin <= names.size();) {
        const std::size_t end = std::min(names.find(separator, begin), names.size());
        std::string_view name = trimmed(names.substr(begin, end - begin));
        if (name.size() > 1 && name.front() == '"' && name.back() == '"') name = name.substr(1, name.size() - 2);
        const std::optional<Key> key = key_meant(name, {});
        any = any || key == Key::title || key == Key::body;
        begin = end + 1;
    }
    return any && names.find(separator) != std::string_view::npos;
}

std::string markup_format(std::string_view text) {
    const std::string head = lower_ascii(std::string(text.substr(0, 2048)));
    if (head.starts_with("<!doctype html") || has(head, "<html")) return ".html";
    const bool is_element = head.size() > 1 && (head[1] == '?' || head[1] == '!' || (head[1] >= 'a' && head[1] <= 'z'));
    if (!is_element) return ".txt";
    for (const std::string_view piece : {"<p>", "<p ", "<div", "<br", "<h1", "<table", "<body", "<head"}) {
        if (head.starts_with(piece)) return ".html";
    }
    return ".xml";
}

std::string json_format(std::string_view text) {
    if (text.front() == '[') {
        const std::string_view inside = trimmed(text.substr(1, 200));
        return inside.starts_with('{') ? ".json" : ".txt";
    }
    const std::string_view inside = trimmed(text.substr(1, 200));
    if (!inside.starts_with('"') && !inside.starts_with('}')) return ".txt";
    std::size_t at = 0;
    const std::string_view line = line_at(text, at);
    return trimmed(line).ends_with('}') && trimmed(text.substr(at)).starts_with('{') ? ".jsonl" : ".json";
}

/// Whether these are characters for the most part: what is no text has zero bytes and controls.
bool is_text(std::string_view head) {
    const auto is_control = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\x1A' && c != '\x1B';
    };
    return static_cast<std::size_t>(std::count_if(head.begin(), head.end(), is_control)) * 200 <= head.size();
}

std::string text_format(std::string_view head, std::string_view named) {
    const std::optional<DecodedText> decoded = decode_text(head);
    const std::string_view text = without_mark(decoded ? std::string_view(decoded->text) : head);
    if (!is_text(text)) return {};
    if (text.starts_with("WARC/")) return ".warc";
    if (is_mbox(text)) return ".mbox";
    if (has_mail_headers(text)) return ".eml";
    const std::string_view begin = trimmed(text);
    std::string found = ".txt";
    if (begin.starts_with('<')) found = markup_format(begin);
    if (begin.starts_with('{') || begin.starts_with('[')) found = json_format(begin);
    if (found != ".txt") return found;
    for (const char separator : {',', ';', '|'}) {
        if (is_table(text, separator)) return ".csv";
    }
    if (is_table(text, '\t')) return ".tsv";
    const bool is_markdown = text.starts_with("---\n") || text.starts_with("---\r\n") || text.starts_with("# ") ||
                             named == ".md" || named == ".markdown";
    return is_markdown ? ".md" : ".txt";
}

}  // namespace

std::string utf16_name(std::string_view ascii) {
    std::string name;
    for (const char c : ascii) name.append(1, c).append(1, '\0');
    return name;
}

std::string format_of_bytes(std::string_view head, std::string_view named) {
    for (const Signature& signature : k_signatures) {
        if (head.starts_with(signature.bytes)) return std::string(signature.extension);
    }
    if (head.starts_with("PK\x03\x04")) return zip_format(head, named);
    if (head.starts_with(k_compound_file)) {
        // The zero bytes of UTF-16 left out.
        std::string names(head);
        std::erase(names, '\0');
        return told_inside(k_streams, names, named);
    }
    if (head.size() > 262 && head.substr(257, 5) == "ustar") return ".tar";
    // Text and other things may stand before it.
    if (has(head.substr(0, 1024), "%PDF-")) return ".pdf";
    return text_format(head, named);
}

std::string format_by_content(InputFile& file, std::string_view named) {
    Result<ByteStream> stream = open_bytes(file);
    std::string head;
    while (stream && head.size() < k_head) {
        const Result<std::size_t> got = stream->read(head, k_head - head.size());
        if (!got || *got == 0) break;
    }
    if (file.bytes) file.bytes = bytes_then(head, file.bytes);
    // What cannot be read, or is nothing, is refused by the reader of its name.
    if (head.empty()) return named.empty() ? ".txt" : std::string(named);
    return format_of_bytes(head, named);
}

}  // namespace limier
