// Archives of every kind that is read, written for tests.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

namespace limier {

struct Entry {
    std::string name;
    std::string bytes;
    mode_t type = AE_IFREG;
};

struct Shape {
    const char* extension;
    int format;
    int filter;
};
inline const Shape k_zip{".zip", ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE};
inline const Shape k_tar{".tar", ARCHIVE_FORMAT_TAR_PAX_RESTRICTED, ARCHIVE_FILTER_NONE};
inline const Shape k_tgz{".tgz", ARCHIVE_FORMAT_TAR_PAX_RESTRICTED, ARCHIVE_FILTER_GZIP};
inline const std::vector<Shape> k_shapes{k_zip,
                                         k_tar,
                                         k_tgz,
                                         {".tar.gz", ARCHIVE_FORMAT_TAR_PAX_RESTRICTED, ARCHIVE_FILTER_GZIP},
                                         {".tar.xz", ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_XZ},
                                         {".tar.zst", ARCHIVE_FORMAT_TAR_GNUTAR, ARCHIVE_FILTER_ZSTD},
                                         {".tar.bz2", ARCHIVE_FORMAT_TAR_PAX_RESTRICTED, ARCHIVE_FILTER_BZIP2},
                                         {".7z", ARCHIVE_FORMAT_7ZIP, ARCHIVE_FILTER_NONE}};

inline std::string contents(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

inline void pack_entry(::archive* out, const Entry& entry) {
    const std::unique_ptr<::archive_entry, void (*)(::archive_entry*)> header(::archive_entry_new(),
                                                                              ::archive_entry_free);
    ::archive_entry_set_pathname(header.get(), entry.name.c_str());
    ::archive_entry_set_filetype(header.get(), entry.type);
    ::archive_entry_set_perm(header.get(), 0644);
    ::archive_entry_set_size(header.get(), static_cast<la_int64_t>(entry.bytes.size()));
    if (entry.type == AE_IFLNK) ::archive_entry_set_symlink(header.get(), "/etc/passwd");
    if (::archive_write_header(out, header.get()) < ARCHIVE_WARN ||
        ::archive_write_data(out, entry.bytes.data(), entry.bytes.size()) < 0)
        throw std::runtime_error(::archive_error_string(out));
}

/// Writes an archive and returns its bytes.
inline std::string pack(const std::filesystem::path& path, const Shape& shape, const std::vector<Entry>& entries,
                        const char* options = nullptr) {
    // The names of 7z are converted by the locale; the reader is to do without one.
    const ::locale_t utf8 = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    const ::locale_t before = ::uselocale(utf8);
    const std::unique_ptr<::archive, int (*)(::archive*)> out(::archive_write_new(), ::archive_write_free);
    ::archive_write_set_format(out.get(), shape.format);
    ::archive_write_add_filter(out.get(), shape.filter);
    ::archive_write_set_passphrase(out.get(), "secret");
    const bool open = (options == nullptr || ::archive_write_set_options(out.get(), options) == ARCHIVE_OK) &&
                      ::archive_write_open_filename(out.get(), path.c_str()) == ARCHIVE_OK;
    if (!open) throw std::runtime_error("an archive cannot be made");
    for (const Entry& entry : entries) pack_entry(out.get(), entry);
    if (::archive_write_close(out.get()) != ARCHIVE_OK) throw std::runtime_error("an archive cannot be written");
    ::uselocale(before);
    ::freelocale(utf8);
    return contents(path);
}

}  // namespace limier
