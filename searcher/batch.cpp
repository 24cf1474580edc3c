#include "searcher/batch.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <iostream>
#include <mutex>
#include <system_error>
#include <thread>

#include <poll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

#include "common/output/language.hpp"
#include "common/output/terminal.hpp"
#include "searcher/say.hpp"

namespace limier {
namespace {

// Answers that wait for the one before them, a thread: so far the others go ahead while one has a slow query.
constexpr std::size_t k_ahead = 16;

/// What ends a wait for input.
class Bell {
 public:
    Bell() : descriptor_(::eventfd(0, EFD_CLOEXEC)) {}
    Bell(const Bell&) = delete;
    Bell& operator=(const Bell&) = delete;
    ~Bell() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    void ring() const { ::eventfd_write(descriptor_, 1); }
    int descriptor() const { return descriptor_; }

 private:
    int descriptor_;
};

/// The lines of a file descriptor, each as soon as it is there.
class LineReader {
 public:
    LineReader(int input, const Bell& bell) : input_(input), bell_(bell) {}

    /// The next line without its end; nothing at the end of input, at an error, and once the bell has rung.
    std::optional<std::string> next() {
        for (;;) {
            const std::size_t end = buffer_.find('\n', searched_);
            if (end != std::string::npos) return line(end, end + 1);
            searched_ = buffer_.size();
            if (!read_more()) break;
        }
        if (begin_ == buffer_.size() || failed_) return std::nullopt;
        return line(buffer_.size(), buffer_.size());
    }

    /// Whether a line can be had without waiting.
    bool another() const { return buffer_.find('\n', searched_) != std::string::npos; }

    bool failed() const { return failed_; }

 private:
    std::string line(std::size_t end, std::size_t next) {
        std::string text = buffer_.substr(begin_, end - begin_);
        begin_ = searched_ = next;
        return text;
    }

    bool read_more() {
        buffer_.erase(0, begin_);
        searched_ -= begin_;
        begin_ = 0;
        std::array<pollfd, 2> waiting{{{input_, POLLIN, 0}, {bell_.descriptor(), POLLIN, 0}}};
        ssize_t got = -1;
        do {
            ::poll(waiting.data(), waiting.size(), -1);
            if (waiting[1].revents != 0) return false;
            got = ::read(input_, chunk_.data(), chunk_.size());
        } while (got < 0 && (errno == EINTR || errno == EAGAIN));
        // A stdin that the caller closed has no queries.
        failed_ = got < 0 && errno != EBADF;
        if (got > 0) buffer_.append(chunk_.data(), static_cast<std::size_t>(got));
        return got > 0;
    }

    int input_;
    const Bell& bell_;
    std::array<char, 1 << 16> chunk_;
    std::string buffer_;
    std::size_t begin_ = 0, searched_ = 0;
    bool failed_ = false;
};

/// A query, its line, and its turn among the queries.
struct Asked {
    std::string line;
    std::size_t number = 0, turn = 0;
    bool more = false;  ///< another is waiting already
};

/// Each thread opens each part of the index, and anew before it closes the old one.
void allow_many_files() {
    ::rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return;
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
}

struct Answer {
    std::string out, messages;
    bool failed = false, hit = false;
};

class Batch {
 public:
    Batch(const RunOptions& options, int queries)
        : options_(options),
          jobs_(options.jobs != 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency())),
          lines_(queries, bell_),
          waiting_(k_ahead * jobs_) {}

    int run(Searcher searcher) {
        const std::unique_ptr<Formatter> formatter = make_formatter();
        between_ = options_.count_only ? "" : formatter->between();
        if (!options_.count_only && !send(formatter->begin())) return status_of_unsent();
        if (jobs_ > 1) allow_many_files();
        work(std::move(searcher));
        // One that ends has started its successors before.
        for (std::size_t i = 0;; ++i) {
            std::unique_lock lock(threads_mutex_);
            if (i == threads_.size()) break;
            std::thread thread = std::move(threads_[i]);
            lock.unlock();
            thread.join();
        }
        if (stopped_) return unsent_status_;
        if (lines_.failed()) {
            complain({Code::io, std::string(tr("cannot read the queries", "impossible de lire les requêtes"))});
            any_failed_ = true;
        }
        return any_failed_ ? k_search_error : any_hit_ ? k_some_hit : k_no_hit;
    }

 private:
    std::unique_ptr<Formatter> make_formatter() const { return std::move(*formatter_of(options_)); }

    void work(Searcher searcher) {
        const std::unique_ptr<Formatter> formatter = make_formatter();
        while (const std::optional<Asked> asked = take()) {
            if (asked->more) start_another(searcher);
            put(asked->turn, answer(searcher, *formatter, *asked));
        }
    }

    /// Threads come as queries pile up: who asks one at a time needs no other.
    void start_another(const Searcher& searcher) {
        const std::unique_lock lock(threads_mutex_, std::try_to_lock);
        if (!lock || threads_.size() + 1 >= jobs_ || no_more_) return;
        Result<Searcher> own = searcher.another();
        no_more_ = !own;  // files or threads are short: those there are do
        if (!own) return;
        try {
            threads_.emplace_back([this, own = std::move(*own)]() mutable { work(std::move(own)); });
        } catch (const std::system_error&) {
            no_more_ = true;
        }
    }

    std::optional<Asked> take() {
        const std::lock_guard lock(input_mutex_);
        while (!stopped_) {
            std::optional<std::string> line = lines_.next();
            if (!line) break;
            ++number_;
            if (line->ends_with('\r')) line->pop_back();
            if (line->find_first_not_of(" \t") == std::string::npos) continue;
            return Asked{std::move(*line), number_, turns_++, lines_.another()};
        }
        return std::nullopt;
    }

    Answer answer(Searcher& searcher, Formatter& formatter, const Asked& asked) const {
        Answer answer;
        const Result<SearchResult> result = search(searcher, asked);
        answer.failed = !result;
        const std::string place =
            std::string(tr("line ", "ligne ")) + std::to_string(asked.number) + std::string(tr(": ", " : "));
        if (!result) {
            answer.messages = complaint({result.error().code, place + result.error().message, result.error().hint});
            return answer;
        }
        answer.messages = notes_of(*result, place);
        answer.hit = result->total > 0;
        answer.out = options_.count_only
                         ? on_one_line(result->qid) + "\t" + std::to_string(result->hits_in_all()) + "\n"
                         : formatter.result(*result);
        return answer;
    }

    Result<SearchResult> search(Searcher& searcher, const Asked& asked) const {
        if (Result<void> done = searcher.refresh(); !done) return done.error();
        SearchRequest request = options_.request;
        const std::size_t tab = asked.line.find('\t');
        request.qid = tab == std::string::npos ? std::to_string(asked.number) : asked.line.substr(0, tab);
        request.query = tab == std::string::npos ? asked.line : asked.line.substr(tab + 1);
        request.lenient = true;
        return searcher.search(request);
    }

    /// Writes an answer when its turn has come, and those that waited for it.
    void put(std::size_t turn, Answer answer) {
        std::unique_lock lock(output_mutex_);
        room_.wait(lock, [&] { return turn < written_ + waiting_.size() || stopped_; });
        if (stopped_) return;
        waiting_[turn % waiting_.size()] = std::move(answer);
        if (writing_) return;  // who writes takes it along
        writing_ = true;
        while (std::optional<Answer> next = std::exchange(waiting_[written_ % waiting_.size()], std::nullopt)) {
            lock.unlock();
            const bool sent = write(*next);
            lock.lock();
            ++written_;
            if (!sent) stop();
            room_.notify_all();
            if (stopped_) break;
        }
        writing_ = false;
    }

    bool write(const Answer& answer) {
        std::cerr << answer.messages << std::flush;
        any_failed_ = any_failed_ || answer.failed;
        any_hit_ = any_hit_ || answer.hit;
        if (answer.failed) return true;
        const bool sent = send(any_written_ ? std::string(between_) + answer.out : answer.out);
        if (!sent) unsent_status_ = status_of_unsent();
        any_written_ = true;
        return sent;
    }

    void stop() {
        stopped_ = true;
        bell_.ring();
    }

    const RunOptions& options_;
    const std::size_t jobs_;
    std::string_view between_;

    std::mutex input_mutex_;
    Bell bell_;
    LineReader lines_;
    std::size_t number_ = 0, turns_ = 0;

    std::mutex threads_mutex_;
    std::vector<std::thread> threads_;
    bool no_more_ = false;

    std::mutex output_mutex_;
    std::condition_variable room_;
    std::vector<std::optional<Answer>> waiting_;  ///< by turn, modulo its size
    std::size_t written_ = 0;
    bool writing_ = false;  ///< then these are that thread's alone:
    bool any_written_ = false, any_hit_ = false, any_failed_ = false;
    int unsent_status_ = k_search_error;
    std::atomic<bool> stopped_ = false;
};

}  // namespace

int run_batch(const RunOptions& options, Searcher searcher, int queries) {
    return Batch(options, queries).run(std::move(searcher));
}

}  // namespace limier
