#include "indexer/readers/bytes.hpp"

#include <algorithm>
#include <cerrno>
#include <memory>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/output/language.hpp"

namespace limier {

std::string system_reason(int error_number) {
    switch (error_number) {
        case EACCES:
        case EPERM:
            return std::string(tr("permission denied", "permission refusée"));
        case ENOENT:
            return std::string(tr("it does not exist", "il n’existe pas"));
        case ELOOP:
            return std::string(tr("its symbolic links go in a circle", "ses liens symboliques tournent en rond"));
        default:
            return std::generic_category().message(error_number);
    }
}

ReadBytes bytes_then(std::string head, ReadBytes rest) {
    struct Left {
        std::string head;
        std::size_t at = 0;
    };
    return [left = std::make_shared<Left>(Left{std::move(head)}), rest = std::move(rest)](
               std::string& out, std::size_t most) -> Result<std::size_t> {
        const std::size_t count = std::min(most, left->head.size() - left->at);
        if (count == 0 && most > 0) {
            *left = {};
            return rest ? rest(out, most) : Result<std::size_t>(0);
        }
        out.append(left->head, left->at, count);
        left->at += count;
        return count;
    };
}

Result<ByteStream> ByteStream::open(const std::filesystem::path& path) {
    // O_NONBLOCK: a named pipe that took the file's place since the folder was listed must not make us wait.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) return Error{Code::io, system_reason(errno)};
    ByteStream stream(descriptor);
    struct ::stat status {};
    if (::fstat(descriptor, &status) != 0) return Error{Code::io, system_reason(errno)};
    if (!S_ISREG(status.st_mode))
        return Error{Code::io, std::string(tr("not a regular file", "pas un fichier ordinaire"))};
    return stream;
}

Result<ByteStream> ByteStream::again(int descriptor) {
    ByteStream stream(::fcntl(descriptor, F_DUPFD_CLOEXEC, 0));
    if (stream.descriptor_ < 0 || ::lseek(stream.descriptor_, 0, SEEK_SET) != 0)
        return Error{Code::io, system_reason(errno)};
    return stream;
}

Result<std::size_t> ByteStream::read(std::string& out, std::size_t most) {
    if (source_) return source_(out, most);
    const std::size_t before = out.size();
    out.resize(before + most);
    ssize_t got = 0;
    do {
        got = ::read(descriptor_, out.data() + before, most);
    } while (got < 0 && errno == EINTR);
    const int error_number = errno;
    out.resize(before + static_cast<std::size_t>(got < 0 ? 0 : got));
    if (got < 0) return Error{Code::io, system_reason(error_number)};
    return static_cast<std::size_t>(got);
}

ByteStream::ByteStream(ByteStream&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), source_(std::move(other.source_)) {}

ByteStream& ByteStream::operator=(ByteStream&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    std::swap(source_, other.source_);
    return *this;
}

ByteStream::~ByteStream() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace limier
