// Archives, written for tests.
#pragma once

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include <archive.h>
#include <archive_entry.h>
#include <catch2/catch.hpp>
#include <locale.h>

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

inline std::string contents(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

inline void add(::archive* out, const Entry& entry) {
    const std::unique_ptr<::archive_entry, void (*)(::archive_entry*)> header(::archive_entry_new(),
                                                                              ::archive_entry_free);
    ::archive_entry_set_pathname(header.get(), entry.name.c_str());
    ::archive_entry_set_filetype(header.get(), entry.type);
    ::archive_entry_set_perm(header.get(), 0644);
    ::archive_entry_set_size(header.get(), static_cast<la_int64_t>(entry.bytes.size()));
    if (entry.type == AE_IFLNK) ::archive_entry_set_symlink(header.get(), "/etc/passwd");
    REQUIRE(::archive_write_header(out, header.get()) >= ARCHIVE_WARN);
    REQUIRE(::archive_write_data(out, entry.bytes.data(), entry.bytes.size()) >= 0);
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
    if (options != nullptr) REQUIRE(::archive_write_set_options(out.get(), options) == ARCHIVE_OK);
    REQUIRE(::archive_write_open_filename(out.get(), path.c_str()) == ARCHIVE_OK);
    for (const Entry& entry : entries) add(out.get(), entry);
    REQUIRE(::archive_write_close(out.get()) == ARCHIVE_OK);
    ::uselocale(before);
    ::freelocale(utf8);
    return contents(path);
}
