// Programs and libraries that want a file with a name are given one, whatever the bytes come from.
#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "indexer/readers/format.hpp"

namespace limier {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t k_longest_extension = 8;

/// Some programs tell the format by it. A name within an archive may be anything: what is no plain extension is left
/// off.
std::string plain_extension(const std::string& name) {
    std::string extension = fs::path(name).extension().string();
    const auto is_plain = [](char c) {
        return c == '.' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    };
    const bool plain =
        extension.size() <= k_longest_extension && std::all_of(extension.begin(), extension.end(), is_plain);
    return plain ? extension : std::string();
}

Result<void> write_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return Error{Code::io, system_reason(errno)};
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return {};
}

}  // namespace

Result<DiskFile> DiskFile::of(const InputFile& file) {
    if (!file.bytes) return DiskFile(file.path);
    const Result<std::string> bytes = read_bytes(file);
    if (!bytes) return bytes.error();
    std::error_code error;
    const fs::path folder = fs::temp_directory_path(error);
    if (error) return Error{Code::io, system_reason(error.value())};
    const std::string extension = plain_extension(file.name);
    std::string name = (folder / "limier-XXXXXX").string() + extension;
    const int descriptor = ::mkostemps(name.data(), static_cast<int>(extension.size()), O_CLOEXEC);
    if (descriptor < 0) return Error{Code::io, name + ": " + system_reason(errno)};
    DiskFile copy(name);
    copy.copy_ = true;
    const Result<void> written = write_all(descriptor, *bytes);
    ::close(descriptor);
    if (!written) return Error{Code::io, name + ": " + written.error().message};
    return copy;
}

DiskFile::DiskFile(DiskFile&& other) noexcept
    : path_(std::move(other.path_)), copy_(std::exchange(other.copy_, false)) {}

DiskFile& DiskFile::operator=(DiskFile&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(copy_, other.copy_);
    return *this;
}

DiskFile::~DiskFile() {
    if (copy_) ::unlink(path_.c_str());
}

}  // namespace limier
