#include "indexer/readers/confined.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <sys/socket.h>
#include <sys/time.h>

#include "common/output/language.hpp"
#include "common/text/utf8.hpp"

namespace limier {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::nanoseconds;

constexpr std::size_t k_chunk = std::size_t{64} << 10;
// How often a process that says nothing is left for a look at the clocks and at `stop`.
constexpr auto k_tick = std::chrono::milliseconds(100);
// A file that takes a parser over could change what is read after it: not for long. To start one takes 19 ms of
// processor time, a small file a quarter of one.
constexpr std::size_t k_files_of_a_process = 1000;
// Parts of one file that may make the parser fail before the rest is given up.
constexpr unsigned k_most_failures = 16;
constexpr unsigned k_most_times = 4;

void set_timeout(int socket, int option, std::chrono::milliseconds time) {
    const ::timeval value{time.count() / 1000, time.count() % 1000 * 1000};
    ::setsockopt(socket, SOL_SOCKET, option, &value, sizeof value);
}

/// A file whose bytes are parsed in the other process, step by step.
class ConfinedReader : public FileReader {
 public:
    explicit ConfinedReader(InputFile file) : file_(std::move(file)), parsers_(*file_.parsers) {}
    ConfinedReader(const ConfinedReader&) = delete;
    ConfinedReader& operator=(const ConfinedReader&) = delete;

    /// A process that is in the middle of a file is of no use for the next one.
    ~ConfinedReader() override {
        if (asked_) parsers_.end();
    }

    Step next() override {
        for (;;) {
            if (program_) {
                if (Step step = next_of_program(); !step.is_end()) return step;
            }
            if (done_) return {};
            Step step = asked_ ? next_answer() : ask();
            if (!step.is_end()) return step;
        }
    }

    std::uint64_t bytes_read() const override { return done_ && !program_ ? file_.size : bytes_read_; }

 private:
    using Silence = ParserProcess::Silence;

    /// Gives the file to the process.
    Step ask() {
        if (!file_.bytes && !opened_) {
            Result<ByteStream> opened = ByteStream::open(file_.path);
            if (!opened) return refuse_rest(opened.error().message);
            opened_.emplace(std::move(*opened));
        }
        const Result<bool> is_new = parsers_.start();
        if (!is_new) return refuse_rest(no_process(is_new.error().message));
        is_first_ = *is_new;
        before_ = parsers_.processor_time();
        FileRequest request{file_.path.native(), file_.id,    file_.name, file_.size,
                            opened_.has_value(), parts_done_, {}};
        if (file_.options != nullptr) {
            request.options.format = file_.options->format;
            request.options.map = file_.options->map;
            request.options.filters = file_.options->filters;
        }
        asked_ = true;
        part_.clear();
        parts_ = parts_done_;
        const bool sent = parsers_.send(FrameKind::file, content_of(request), opened_ ? opened_->descriptor() : -1);
        return sent ? Step{} : lost(Silence::died);
    }

    /// What the process says next; the end where that is nothing to hand out.
    Step next_answer() {
        const std::atomic<bool>* const stop = file_.options == nullptr ? nullptr : file_.options->stop;
        auto answer = parsers_.receive(allowed(), before_ + allowed(), stop);
        if (const Silence* silence = std::get_if<Silence>(&answer)) return lost(*silence);
        const Frame& frame = std::get<Frame>(answer);
        switch (frame.kind) {
            case FrameKind::part:
                return begin_part(frame);
            case FrameKind::more:
                return send_bytes();
            case FrameKind::no_memory:
                return lost(Silence::died, true);
            default:
                return take(frame);
        }
    }

    /// What a file of this size may take.
    nanoseconds allowed() const { return parsers_.options().time + std::chrono::seconds((file_.size + sent_) >> 20); }

    Step begin_part(const Frame& frame) {
        part_ = clean_utf8(frame.content).text;
        ++parts_;
        // Of a part that is read again, what was handed out before is not handed out twice.
        if (parts_ > parts_done_ + 1) to_drop_ = 0;
        steps_ = 0;
        return {};
    }

    Step send_bytes() {
        std::string bytes;
        if (!file_.bytes) return lost(Silence::nonsense);
        const Result<std::size_t> got = file_.bytes(bytes, k_chunk);
        sent_ += bytes.size();
        const bool sent =
            got ? parsers_.send(FrameKind::bytes, bytes) : parsers_.send(FrameKind::failed, got.error().message);
        return sent ? Step{} : lost(Silence::died);
    }

    Step take(const Frame& frame) {
        std::optional<StepRead> read = step_of(frame);
        if (!read) return lost(Silence::nonsense);
        bytes_read_ = std::max(bytes_read_, std::min(read->bytes_read, file_.size));
        if (read->step.is_end()) {
            asked_ = false;
            done_ = true;
            return {};
        }
        if (steps_++ < to_drop_) return {};
        if (read->step.document) read->step.document->path = path_text(file_.path);
        if (read->step.outside) return open_program(std::move(*read->step.outside));
        return std::move(read->step);
    }

    Step open_program(Outside outside) {
        InputFile input{file_.path, std::move(outside.id), outside.bytes.size(), outside.name, file_.options};
        input.bytes = bytes_then(std::exchange(outside.bytes, {}));
        program_ = open_by_program(input);
        outside_ = std::move(outside);
        return program_ ? Step{} : lost(Silence::nonsense);
    }

    Step next_of_program() {
        Step step = program_->next();
        if (step.document) complete(*step.document, outside_.given);
        if (step.refusal) step.refusal->what = outside_.place;
        if (step.is_end()) program_.reset();
        return step;
    }

    /// The process has failed. It is tried again with another, in case that a file before this one is to blame; then
    /// without the part that was being read.
    Step lost(Silence why, bool no_memory = false) {
        const bool is_alone = is_first_ && parts_ <= parts_done_ + 1;
        spent_ += parsers_.processor_time() - before_;
        const std::string status = parsers_.end();
        asked_ = false;
        if (why == Silence::stopped) return refuse_rest(std::string(tr("interrupted", "interrompu")));
        const bool can_repeat = opened_.has_value();
        if (can_repeat && !is_alone && why != Silence::out_of_time) {
            parts_done_ = part_.empty() ? parts_ : parts_ - 1;
            to_drop_ = std::max(steps_, to_drop_);
            steps_ = 0;
            return {};
        }
        std::string reason = no_memory ? too_much_memory() : reason_of(why, status);
        const std::string place = part_.empty() ? path_text(file_.path) : part_;
        const bool goes_on =
            can_repeat && !part_.empty() && ++failures_ <= k_most_failures && spent_ <= k_most_times * allowed();
        parts_done_ = parts_;
        steps_ = to_drop_ = 0;
        done_ = !goes_on;
        if (done_ && !part_.empty()) reason += tr(": the rest is not read", " : le reste n’est pas lu");
        return {{}, Refusal{place, std::move(reason)}};
    }

    std::string reason_of(Silence why, const std::string& status) const {
        if (why == Silence::out_of_time) {
            return std::string(tr("its parser takes longer than ", "son analyseur prend plus de ")) +
                   std::to_string(std::chrono::ceil<std::chrono::seconds>(allowed()).count()) + " s";
        }
        if (why == Silence::nonsense) {
            return std::string(tr("its parser says what cannot be: it is taken for hostile",
                                  "son analyseur dit l’impossible : il est tenu pour hostile"));
        }
        return std::string(tr("its parser fails: ", "son analyseur échoue : ")) +
               (status.empty() ? std::string(tr("it ends too early", "il finit trop tôt")) : status);
    }

    std::string too_much_memory() const {
        return std::string(tr("its parser needs more memory than ", "son analyseur veut plus de mémoire que ")) +
               std::to_string(parsers_.options().address_space >> 20) + std::string(tr(" MiB", " Mio"));
    }

    static std::string no_process(const std::string& reason) {
        return std::string(tr("a process to read it cannot be started: ", "impossible de lancer son analyseur : ")) +
               reason;
    }

    Step refuse_rest(std::string reason) {
        done_ = true;
        return {{}, Refusal{path_text(file_.path), std::move(reason)}};
    }

    InputFile file_;
    ParserProcess& parsers_;
    std::optional<ByteStream> opened_;  ///< none where the bytes come from elsewhere
    bool asked_ = false, done_ = false;
    bool is_first_ = false;  ///< the process has read no file before
    nanoseconds before_{};   ///< processor time that it had used then
    nanoseconds spent_{};    ///< by processes that failed
    std::uint64_t bytes_read_ = 0, sent_ = 0;

    std::string part_;              ///< the place of the part that is being read
    std::uint64_t parts_ = 0;       ///< begun, those passed over too
    std::uint64_t parts_done_ = 0;  ///< to be passed over
    std::size_t steps_ = 0;         ///< of the part
    std::size_t to_drop_ = 0;       ///< of these
    unsigned failures_ = 0;

    std::unique_ptr<FileReader> program_;  ///< of outside_
    Outside outside_;
};

}  // namespace

Result<bool> ParserProcess::start() {
    if (process_ && files_ < k_files_of_a_process) return ++files_, false;
    end();
    std::vector<std::string> words = options_.command;
    words.push_back(std::to_string(options_.address_space));
    Result<Companion> started = Companion::start(words);
    if (!started) return started.error();
    process_ = std::move(*started);
    frames_ = FrameBuffer();
    files_ = 1;
    set_timeout(process_->socket(), SO_RCVTIMEO, k_tick);
    // It reads what it is sent at once, or not at all.
    set_timeout(process_->socket(), SO_SNDTIMEO, options_.time);
    return true;
}

bool ParserProcess::send(FrameKind kind, std::string_view content, int descriptor) {
    std::string frame;
    append_frame(frame, kind, content);
    ::iovec part{frame.data(), frame.size()};
    ::msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    alignas(::cmsghdr) std::array<char, CMSG_SPACE(sizeof(int))> control{};
    if (descriptor >= 0) {
        message.msg_control = control.data();
        message.msg_controllen = control.size();
        ::cmsghdr* const header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(int));
        std::memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
    }
    while (part.iov_len > 0) {
        const ssize_t sent = ::sendmsg(process_->socket(), &message, MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) continue;
        if (sent <= 0) return false;
        part = {static_cast<char*>(part.iov_base) + sent, part.iov_len - static_cast<std::size_t>(sent)};
        message.msg_control = nullptr;
        message.msg_controllen = 0;
    }
    return true;
}

std::variant<Frame, ParserProcess::Silence> ParserProcess::receive(nanoseconds time, nanoseconds processor_time_allowed,
                                                                   const std::atomic<bool>* stop) {
    const Clock::time_point began = Clock::now();
    Clock::time_point looked = began;
    for (;;) {
        Result<std::optional<Frame>> next = frames_.next();
        if (!next) return Silence::nonsense;
        if (*next && (*next)->kind != FrameKind::ready) return std::move(**next);
        if (*next) {
            note_ = clean_utf8((*next)->content).text;
            continue;
        }
        chunk_.resize(k_chunk);
        const ssize_t got = ::recv(process_->socket(), chunk_.data(), chunk_.size(), 0);
        if (got > 0) frames_.append(std::string_view(chunk_).substr(0, static_cast<std::size_t>(got)));
        if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) return Silence::died;
        const Clock::time_point now = Clock::now();
        if (now - looked < k_tick) continue;
        looked = now;
        if (stop != nullptr && *stop) return Silence::stopped;
        if (now - began >= time || processor_time() >= processor_time_allowed) return Silence::out_of_time;
    }
}

nanoseconds ParserProcess::processor_time() const { return process_ ? process_->processor_time() : nanoseconds{}; }

std::string ParserProcess::end() {
    if (!process_) return {};
    const std::string status = status_text(process_->end());
    process_.reset();
    return status;
}

std::unique_ptr<FileReader> open_confined(const InputFile& file) { return std::make_unique<ConfinedReader>(file); }

}  // namespace limier
