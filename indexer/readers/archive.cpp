#include "indexer/readers/archive.hpp"

#include <algorithm>
#include <utility>

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

#include "common/output/language.hpp"
#include "common/text/encoding.hpp"
#include "common/text/utf8.hpp"

namespace limier {
namespace {

constexpr std::size_t k_block = std::size_t{64} << 10;

/// libarchive turns names into the encoding of the thread's locale, and drops those that do not fit.
class Utf8Names {
 public:
    Utf8Names() : before_(::uselocale(utf8())) {}
    Utf8Names(const Utf8Names&) = delete;
    Utf8Names& operator=(const Utf8Names&) = delete;
    ~Utf8Names() { ::uselocale(before_); }

 private:
    static ::locale_t utf8() {
        // Null where there is none: then uselocale changes nothing.
        static const ::locale_t locale = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
        return locale;
    }
    ::locale_t before_;
};

Error unreadable(::archive* handle) {
    const char* const reason = ::archive_error_string(handle);
    return {Code::input, std::string(tr("it cannot be unpacked: ", "impossible à décompresser : ")) +
                             (reason == nullptr ? std::string(tr("it is cut off or damaged", "coupée ou endommagée"))
                                                : clean_utf8(reason).text)};
}

std::string name_of(::archive_entry* entry) {
    const char* name = ::archive_entry_pathname(entry);
    if (name == nullptr) name = ::archive_entry_pathname_utf8(entry);
    return name == nullptr ? std::string() : name;
}

void support_members(::archive* handle) {
    ::archive_read_support_format_zip(handle);
    ::archive_read_support_format_tar(handle);
    ::archive_read_support_format_7zip(handle);
    // An archive of no bytes is an archive of no members.
    ::archive_read_support_format_empty(handle);
}

}  // namespace

void Archive::Free::operator()(::archive* handle) const { ::archive_read_free(handle); }

Archive::Archive(std::unique_ptr<Input> input, std::unique_ptr<::archive, Free> handle)
    : input_(std::move(input)), handle_(std::move(handle)) {}

Result<Archive> Archive::open(const InputFile& file, Kind kind) {
    auto input = std::make_unique<Input>();
    if (file.bytes) {
        Result<std::string> bytes = read_bytes(file);
        if (!bytes) return bytes.error();
        input->bytes = std::move(*bytes);
    } else {
        Result<ByteStream> stream = open_bytes(file);
        if (!stream) return stream.error();
        input->file.emplace(std::move(*stream));
    }
    const Utf8Names names;
    std::unique_ptr<::archive, Free> handle(::archive_read_new());
    ::archive_read_support_filter_gzip(handle.get());
    ::archive_read_support_filter_xz(handle.get());
    ::archive_read_support_filter_zstd(handle.get());
    ::archive_read_support_filter_bzip2(handle.get());
    if (kind == Kind::members) support_members(handle.get());
    if (kind == Kind::compressed) {
        ::archive_read_support_format_raw(handle.get());
        ::archive_read_support_format_empty(handle.get());
    }
    const int opened = input->file ? ::archive_read_open_fd(handle.get(), input->file->descriptor(), k_block)
                                   : ::archive_read_open_memory(handle.get(), input->bytes.data(), input->bytes.size());
    if (opened != ARCHIVE_OK) return unreadable(handle.get());
    // Each layer of compression multiplies what a small file costs.
    if (::archive_filter_count(handle.get()) > 2) {
        return Error{Code::input, std::string(tr("it is compressed more than once", "compression sur compression"))};
    }
    return Archive(std::move(input), std::move(handle));
}

Result<std::optional<Member>> Archive::next() {
    const Utf8Names names;
    ::archive_entry* entry = nullptr;
    int status = ARCHIVE_RETRY;
    while (status == ARCHIVE_RETRY) status = ::archive_read_next_header(handle_.get(), &entry);
    if (status == ARCHIVE_EOF) return std::optional<Member>();
    if (status == ARCHIVE_FATAL) return unreadable(handle_.get());
    const bool raw = ::archive_format(handle_.get()) == ARCHIVE_FORMAT_RAW;
    if (raw && ::archive_filter_count(handle_.get()) < 2)
        return Error{Code::input, std::string(tr("it is not compressed", "ce n’est pas un fichier compressé"))};
    Member member;
    if (!raw) member.path = clean_member_path(name_of(entry));
    if (::archive_entry_size_is_set(entry) != 0)
        member.size = static_cast<std::uint64_t>(std::max<std::int64_t>(0, ::archive_entry_size(entry)));
    member.regular = ::archive_entry_filetype(entry) == AE_IFREG && ::archive_entry_hardlink(entry) == nullptr;
    member.encrypted = ::archive_entry_is_encrypted(entry) != 0;
    return std::optional(std::move(member));
}

Result<std::size_t> Archive::read(std::string& out, std::size_t most) {
    const std::size_t before = out.size();
    // The caller asks for as much as a member claims to have: that much memory is only taken for bytes that are there.
    most = std::min(most, k_block);
    out.resize(before + most);
    la_ssize_t got = ARCHIVE_RETRY;
    while (got == ARCHIVE_RETRY) got = ::archive_read_data(handle_.get(), out.data() + before, most);
    out.resize(before + static_cast<std::size_t>(std::max<la_ssize_t>(got, 0)));
    if (got < 0) return unreadable(handle_.get());
    return static_cast<std::size_t>(got);
}

bool Archive::unpacks_to_skip() const {
    return (::archive_format(handle_.get()) & ARCHIVE_FORMAT_BASE_MASK) != ARCHIVE_FORMAT_ZIP;
}

std::uint64_t Archive::consumed() const {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(0, ::archive_filter_bytes(handle_.get(), -1)));
}

void prepare_archives() { const Utf8Names names; }

std::string clean_member_path(std::string_view name) {
    // A name in an old encoding is short of text to tell which; a guess keeps different names apart.
    const auto decoded = is_utf8(name) ? std::nullopt : decode_text(name);
    const std::string text = clean_utf8(decoded ? std::string_view(decoded->text) : name).text;
    std::string path, part;
    const auto end_part = [&path, &part] {
        if (!part.empty() && part != "." && part != "..") path.append(path.empty() ? "" : "/").append(part);
        part.clear();
    };
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = next_code_point(text, at);
        const bool control = c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029;
        if (c == U'/' || c == U'\\') {
            end_part();
        } else {
            append_utf8(part, control ? char32_t{0xFFFD} : c);
        }
    }
    end_part();
    return path;
}

}  // namespace limier
