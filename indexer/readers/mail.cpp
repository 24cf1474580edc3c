#include "indexer/readers/mail.hpp"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

#include <gmime/gmime.h>

#include "common/output/json.hpp"
#include "common/output/language.hpp"
#include "common/text/encoding.hpp"
#include "common/text/utf8.hpp"
#include "indexer/readers/archive.hpp"
#include "indexer/readers/html.hpp"
#include "indexer/readers/layout.hpp"
#include "indexer/readers/line.hpp"
#include "indexer/readers/media_type.hpp"

namespace limier {
namespace {

// Deeper is no letter; also keeps the recursion short.
constexpr unsigned k_most_levels = 64;

// GMime reads a group of addresses within a group by recursion, and 60,000 of them overflow a stack of 8 MiB. In RFC
// 5322 there are none; colons in names are few.
constexpr std::ptrdiff_t k_most_colons = 5000;

// Those that mail is written in, by the list of charsets that WHATWG Encoding has, and what IANA calls them.
constexpr std::array k_charsets{
    "iso-8859-1",   "iso-8859-2",   "iso-8859-3",   "iso-8859-4",   "iso-8859-5",   "iso-8859-6",   "iso-8859-7",
    "iso-8859-8",   "iso-8859-9",   "iso-8859-10",  "iso-8859-13",  "iso-8859-14",  "iso-8859-15",  "iso-8859-16",
    "windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254", "windows-1255", "windows-1256",
    "windows-1257", "windows-1258", "windows-874",  "koi8-r",       "koi8-u",       "macintosh",    "ibm850",
    "ibm437",       "utf-7",        "gb2312",       "gbk",          "gb18030",      "big5",         "euc-jp",
    "iso-2022-jp",  "shift_jis",    "euc-kr",       "tis-620",      "us-ascii",     "ibm866",
};

struct Unref {
    void operator()(gpointer object) const { ::g_object_unref(object); }
};
template <class Object>
using Ref = std::unique_ptr<Object, Unref>;

/// A piece of the text, as the sender made it.
struct Piece {
    bool html;
    std::string text;  ///< UTF-8
};

/// What a mail is made of.
struct Contents {
    const SourceOptions& options;
    std::vector<Piece> pieces = {};
    std::vector<Attachment> attachments = {};
};

std::string clean(const char* text) { return text == nullptr ? std::string() : clean_utf8(text).text; }

/// Headers that are not encoded as they should be are UTF-8 or Windows-1252 in practice.
GMimeParserOptions* parser_options() {
    static GMimeParserOptions* const options = [] {
        ::g_mime_init();
        GMimeParserOptions* const made = ::g_mime_parser_options_new();
        std::array<const char*, 3> charsets{"utf-8", "windows-1252", nullptr};
        ::g_mime_parser_options_set_fallback_charsets(made, charsets.data());
        return made;
    }();
    return options;
}

Ref<GMimeMessage> parse(std::string_view bytes) {
    GMimeParserOptions* const options = parser_options();
    const Ref<GMimeStream> stream(::g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size()));
    const Ref<GMimeParser> parser(::g_mime_parser_new_with_stream(stream.get()));
    return Ref<GMimeMessage>(::g_mime_parser_construct_message(parser.get(), options));
}

/// Whether a line, to the end of its name, is a header that GMime reads addresses in.
bool names_addresses(std::string_view line) {
    constexpr std::array<std::string_view, 6> k_headers{"from", "sender", "reply-to", "to", "cc", "bcc"};
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return false;
    const std::string_view name = trimmed(line.substr(0, colon));
    return std::any_of(k_headers.begin(), k_headers.end(), [name](std::string_view header) {
        return name.size() == header.size() && ::g_ascii_strncasecmp(name.data(), header.data(), name.size()) == 0;
    });
}

/// Whether a header anywhere, in attached mails too, has more colons than addresses have.
bool has_deep_addresses(std::string_view bytes) {
    std::ptrdiff_t colons = 0;
    bool addresses = false;
    while (!bytes.empty()) {
        const std::string_view line = bytes.substr(0, bytes.find('\n'));
        bytes.remove_prefix(std::min(line.size() + 1, bytes.size()));
        const bool continues = line.starts_with(' ') || line.starts_with('\t');
        if (!continues) {
            addresses = names_addresses(line);
            colons = 0;
        }
        if (addresses) colons += std::count(line.begin(), line.end(), ':');
        if (colons > k_most_colons) return true;
    }
    return false;
}

bool has_headers(GMimeMessage* message) {
    constexpr std::array<const char*, 4> k_headers{"From", "Subject", "Date", "Message-ID"};
    return std::any_of(k_headers.begin(), k_headers.end(), [message](const char* name) {
        return ::g_mime_object_get_header(reinterpret_cast<GMimeObject*>(message), name) != nullptr;
    });
}

std::string bytes_in(const Ref<GMimeStream>& stream) {
    const GByteArray* const bytes = ::g_mime_stream_mem_get_byte_array(reinterpret_cast<GMimeStreamMem*>(stream.get()));
    return {reinterpret_cast<const char*>(bytes->data), bytes->len};
}

/// The bytes of a part without its transfer encoding.
std::string content_of(GMimePart* part) {
    GMimeDataWrapper* const content = ::g_mime_part_get_content(part);
    if (content == nullptr) return {};
    const Ref<GMimeStream> stream(::g_mime_stream_mem_new());
    ::g_mime_data_wrapper_write_to_stream(content, stream.get());
    return bytes_in(stream);
}

/// What the charset says counts where it can be true; else the bytes tell, as in a file. Latin-1 is Windows-1252 in
/// practice, as in HTML (WHATWG Encoding), and what is called ASCII or nothing at all may be anything.
std::string decoded(const std::string& bytes, const char* charset) {
    std::string name = lower_ascii(charset == nullptr ? "us-ascii" : charset);
    if (name == "iso-8859-1" || name == "latin1") name = "windows-1252";
    if (name != "us-ascii" && name != "utf-8" && name != "utf8") {
        gsize written = 0;
        const std::unique_ptr<gchar, void (*)(gpointer)> text(
            ::g_convert(bytes.data(), static_cast<gssize>(bytes.size()), "UTF-8", name.c_str(), nullptr, &written,
                        nullptr),
            ::g_free);
        if (text) return clean_utf8({text.get(), written}).text;
    }
    const auto found = decode_text(bytes);
    return clean_utf8(found ? found->text : bytes).text;
}

bool is_attachment(GMimeObject* part) {
    const char* const disposition = ::g_mime_object_get_disposition(part);
    return disposition != nullptr && ::g_ascii_strcasecmp(disposition, "attachment") == 0;
}

bool has_type(GMimeObject* part, const char* type, const char* subtype) {
    return ::g_mime_content_type_is_type(::g_mime_object_get_content_type(part), type, subtype) != FALSE;
}

/// A content type that is none is plain text (RFC 2045, 5.2); GMime holds it for bytes of any kind.
bool is_plain_text(GMimeObject* part) {
    const char* const header = ::g_mime_object_get_header(part, "Content-Type");
    return has_type(part, "text", "plain") ||
           (header != nullptr && std::string_view(header).find('/') == std::string_view::npos);
}

/// Takes an attachment whose format is known; signatures, invitations and most pictures have none of ours.
void attach(GMimeObject* part, Contents& found) {
    const bool is_mail = GMIME_IS_MESSAGE_PART(part);
    if (!is_mail && !GMIME_IS_PART(part)) return;
    std::string name =
        clean_member_path(clean(is_mail ? ::g_mime_object_get_content_disposition_parameter(part, "filename")
                                        : ::g_mime_part_get_filename(reinterpret_cast<GMimePart*>(part))));
    if (name.empty()) name = is_mail ? "message" : "attachment";
    std::string read_as = name;
    if (is_mail) {
        read_as += ".eml";
    } else if (!may_be_read(name, found.options)) {
        const std::unique_ptr<char, void (*)(gpointer)> type(
            ::g_mime_content_type_get_mime_type(::g_mime_object_get_content_type(part)), ::g_free);
        read_as += extension_of_type(lower_ascii(clean(type.get())));
    }
    if (!may_be_read(read_as, found.options)) return;
    if (!is_mail) {
        found.attachments.push_back(
            {std::move(name), std::move(read_as), content_of(reinterpret_cast<GMimePart*>(part))});
        return;
    }
    GMimeMessage* const message = ::g_mime_message_part_get_message(reinterpret_cast<GMimeMessagePart*>(part));
    if (message == nullptr) return;
    const Ref<GMimeStream> stream(::g_mime_stream_mem_new());
    ::g_mime_object_write_to_stream(reinterpret_cast<GMimeObject*>(message), nullptr, stream.get());
    found.attachments.push_back({std::move(name), std::move(read_as), bytes_in(stream)});
}

void collect(GMimeObject* part, unsigned level, Contents& found);

void collect_children(GMimeMultipart* parts, unsigned level, Contents& found) {
    const bool alternative = has_type(reinterpret_cast<GMimeObject*>(parts), "multipart", "alternative");
    std::vector<Piece> before = std::exchange(found.pieces, {});
    for (int i = 0; i < ::g_mime_multipart_get_count(parts); ++i)
        collect(::g_mime_multipart_get_part(parts, i), level + 1, found);
    std::vector<Piece>& own = found.pieces;
    // Of the same text in several ways, the one that nothing has to be taken out of.
    if (alternative && std::any_of(own.begin(), own.end(), [](const Piece& piece) { return !piece.html; }))
        std::erase_if(own, [](const Piece& piece) { return piece.html; });
    std::move(own.begin(), own.end(), std::back_inserter(before));
    own = std::move(before);
}

/// The pieces of the text, and what is attached to it, in their order.
void collect(GMimeObject* part, unsigned level, Contents& found) {
    if (part == nullptr || level > k_most_levels) return;
    if (GMIME_IS_MULTIPART(part)) return collect_children(reinterpret_cast<GMimeMultipart*>(part), level, found);
    const bool html = has_type(part, "text", "html");
    if (is_attachment(part) || !GMIME_IS_PART(part) || (!html && !is_plain_text(part))) return attach(part, found);
    std::string text = decoded(content_of(reinterpret_cast<GMimePart*>(part)),
                               ::g_mime_object_get_content_type_parameter(part, "charset"));
    if (!trimmed(text).empty()) found.pieces.push_back({html, std::move(text)});
}

Result<std::string> text_of(std::vector<Piece> pieces) {
    std::string text;
    for (Piece& piece : pieces) {
        // All of a letter is its text: nothing is furniture, as it is on a page.
        Result<std::string> plain = piece.html ? text_of_html(piece.text) : std::move(piece.text);
        if (!plain) return plain;
        if (!text.empty() && !plain->empty()) text += "\n\n";
        text += *plain;
    }
    return text;
}

/// The names of the senders; an address where there is no name.
std::string senders(GMimeMessage* message) {
    InternetAddressList* const list = ::g_mime_message_get_from(message);
    std::string names;
    for (int i = 0; list != nullptr && i < ::internet_address_list_length(list); ++i) {
        InternetAddress* const address = ::internet_address_list_get_address(list, i);
        std::string name = one_line(clean(::internet_address_get_name(address)));
        if (name.empty() && INTERNET_ADDRESS_IS_MAILBOX(address)) {
            name = one_line(
                clean(::internet_address_mailbox_get_addr(reinterpret_cast<InternetAddressMailbox*>(address))));
        }
        if (!name.empty()) names.append(names.empty() ? "" : ", ").append(name);
    }
    return names;
}

/// The day where the sender was. Absurd years are those of a clock that was not set.
Date date_of(GMimeMessage* message) {
    GDateTime* const time = ::g_mime_message_get_date(message);
    if (time == nullptr) return {};
    int year = 0, month = 0, day = 0;
    ::g_date_time_get_ymd(time, &year, &month, &day);
    if (year < 1971 || year > 2999) return {};
    Date date;
    date.year = static_cast<decltype(date.year)>(year);
    date.month = static_cast<decltype(date.month)>(month);
    date.day = static_cast<decltype(date.day)>(day);
    return date;
}

Result<Document> document_of(GMimeMessage* message, std::vector<Piece> pieces, const InputFile& file, std::string id) {
    Result<std::string> text = text_of(std::move(pieces));
    if (!text) return text.error();
    Document document;
    document.id = std::move(id);
    document.path = path_text(file.path);
    document.title = one_line(clean(::g_mime_message_get_subject(message)));
    document.title_apart = !document.title.empty();
    document.text = std::move(*text);
    document.author = senders(message);
    document.date = date_of(message);
    if (const std::string own = clean(::g_mime_message_get_message_id(message)); !own.empty())
        document.extra.emplace_back("message-id", JsonWriter().string(own).take());
    apply_layout(read_layout(document.text, !document.title_apart), document);
    return document;
}

}  // namespace

Result<Mail> read_mail(const InputFile& file, std::string id, std::string_view bytes) {
    static const SourceOptions none;
    if (has_deep_addresses(bytes))
        return Error{Code::input, std::string(tr("its addresses are nested too deep: no letter",
                                                 "ses adresses sont trop imbriquées : pas une lettre"))};
    const Ref<GMimeMessage> message = parse(bytes);
    if (!message || !has_headers(message.get()))
        return Error{Code::input, std::string(tr("it is no mail", "ce n’est pas un courriel"))};
    Contents found{file.options == nullptr ? none : *file.options};
    collect(::g_mime_message_get_mime_part(message.get()), 0, found);
    Result<Document> document = document_of(message.get(), std::move(found.pieces), file, std::move(id));
    if (!document) return document.error();
    const bool says_nothing = document->title.empty() && trimmed(document->text).empty();
    if (says_nothing && found.attachments.empty())
        return Error{Code::input, std::string(tr("neither subject nor text", "ni objet ni texte"))};
    return Mail{std::move(*document), std::move(found.attachments)};
}

void prepare_mail() {
    parser_options();
    // glibc loads a converter from the disk where it has no other open: they stay open.
    for (const char* charset : k_charsets) static_cast<void>(::g_iconv_open("UTF-8", charset));
}

}  // namespace limier
