// The other side of confined.cpp: a process that reads the files it is given.
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <new>
#include <utility>

#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "common/descriptor.hpp"
#include "common/output/language.hpp"
#include "indexer/readers/archive.hpp"
#include "indexer/readers/confined.hpp"
#include "indexer/readers/confinement.hpp"
#include "indexer/readers/mail.hpp"

namespace limier {
namespace {

constexpr int k_usage_status = 2;

/// The one who asks, at the other end of a socket. Where that is gone, so is this process.
class Asker {
 public:
    explicit Asker(int socket) : socket_(socket) {}

    void send(FrameKind kind, std::string_view content) {
        std::string frame;
        append_frame(frame, kind, content);
        send_all(frame);
    }

    void send_step(const FileReader::Step& step, std::uint64_t bytes_read) {
        std::string frame;
        append_step(frame, step, bytes_read);
        send_all(frame);
    }

    /// Without taking memory.
    void send_no_memory() {
        constexpr std::array<char, k_frame_head> k_frame{1, 0, 0, 0, static_cast<char>(FrameKind::no_memory)};
        send_all({k_frame.data(), k_frame.size()});
    }

    /// The next frame, and the descriptor that came with it.
    std::pair<Frame, Descriptor> receive() {
        Descriptor descriptor;
        for (;;) {
            Result<std::optional<Frame>> next = frames_.next();
            if (!next) ::_exit(k_usage_status);
            if (*next) return {std::move(**next), std::move(descriptor)};
            if (Descriptor came = receive_some(); came.is_open()) descriptor = std::move(came);
        }
    }

 private:
    void send_all(std::string_view bytes) const {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent < 0 && errno == EINTR) continue;
            if (sent <= 0) ::_exit(k_usage_status);
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
    }

    Descriptor receive_some() {
        std::array<char, 4096> bytes;
        ::iovec part{bytes.data(), bytes.size()};
        ::msghdr message{};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        alignas(::cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        const ssize_t got = ::recvmsg(socket_, &message, MSG_CMSG_CLOEXEC);
        if (got < 0 && errno == EINTR) return Descriptor();
        if (got <= 0) ::_exit(0);
        frames_.append({bytes.data(), static_cast<std::size_t>(got)});
        const ::cmsghdr* const header = CMSG_FIRSTHDR(&message);
        int number = -1;
        if (header != nullptr && header->cmsg_type == SCM_RIGHTS)
            std::memcpy(&number, CMSG_DATA(header), sizeof number);
        return Descriptor(number);
    }

    int socket_;
    FrameBuffer frames_;
};

/// Bytes of a file that only the one who asks can read.
Result<std::size_t> read_from(Asker& asker, std::string& left, std::size_t& at, std::string& out, std::size_t most) {
    if (at == left.size()) {
        asker.send(FrameKind::more, {});
        Frame frame = asker.receive().first;
        if (frame.kind == FrameKind::failed) return Error{Code::io, std::move(frame.content)};
        left = std::move(frame.content);
        at = 0;
    }
    const std::size_t count = std::min(most, left.size() - at);
    out.append(left, at, count);
    at += count;
    return count;
}

void read_file(Asker& asker, const FileRequest& request, int descriptor,
               std::unique_ptr<FileReader> (*open)(const InputFile& file)) {
    InputFile file{request.path, request.id, request.size, request.name, &request.options};
    file.outside = true;
    std::string left;
    std::size_t at = 0;
    if (request.has_descriptor) {
        file.descriptor = descriptor;
    } else {
        file.bytes = [&](std::string& out, std::size_t most) { return read_from(asker, left, at, out, most); };
    }
    std::uint64_t parts = 0;
    file.begin_part = [&](const std::string& place) {
        if (++parts <= request.parts_done) return false;
        asker.send(FrameKind::part, place);
        return true;
    };
    const std::unique_ptr<FileReader> reader = open(file);
    for (bool more = true; more;) {
        const FileReader::Step step = reader ? reader->next() : FileReader::Step{};
        asker.send_step(step, reader ? reader->bytes_read() : 0);
        more = !step.is_end();
    }
}

}  // namespace

int serve_files(int socket, std::uint64_t address_space, std::unique_ptr<FileReader> (*open)(const InputFile& file)) {
    // What libraries load from the disk they load now; where here is, no file says.
    ::setenv("TZ", "UTC0", 1);
    ::tzset();
    prepare_archives();
    prepare_mail();
    messages_in_french();
    Asker asker(socket);
    asker.send(FrameKind::ready, give_up_rights(address_space));
    for (;;) {
        const auto [frame, descriptor] = asker.receive();
        const std::optional<FileRequest> request = request_of(frame.content);
        if (frame.kind != FrameKind::file || !request) return k_usage_status;
        try {
            read_file(asker, *request, descriptor.get(), open);
        } catch (const std::bad_alloc&) {
            asker.send_no_memory();
            return k_usage_status;
        }
    }
}

std::optional<int> serve_if_asked(std::span<const char* const> argv) {
    if (argv.size() != 3 || std::string_view(argv[1]) != "read-confined") return std::nullopt;
    const std::string_view number = argv[2];
    std::uint64_t address_space = 0;
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), address_space);
    int type = 0;
    ::socklen_t size = sizeof type;
    const bool is_socket = ::getsockopt(STDIN_FILENO, SOL_SOCKET, SO_TYPE, &type, &size) == 0;
    if (error != std::errc() || end != number.data() + number.size() || !is_socket) {
        std::fprintf(stderr, "indexer: read-confined: %s\n",
                     tr("the indexer starts this by itself", "l’indexeur lance cela de lui-même").data());
        return k_usage_status;
    }
    return serve_files(STDIN_FILENO, address_space);
}

}  // namespace limier
