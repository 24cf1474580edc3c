#include "indexer/readers/line_stream.hpp"

#include "indexer/readers/format.hpp"

namespace limier {
namespace {

constexpr std::size_t k_chunk = std::size_t{256} << 10;

}  // namespace

Result<bool> LineStream::next() {
    line_.clear();
    cut_ = false;
    bool any = false;
    for (;;) {
        if (at_ == buffer_.size()) {
            buffer_.clear();
            at_ = 0;
            const Result<std::size_t> got = bytes_.read(buffer_, k_chunk);
            if (!got) return got.error();
            if (*got == 0) {
                number_ += any ? 1 : 0;
                return any;
            }
        }
        any = true;
        const std::size_t end = buffer_.find('\n', at_);
        const std::size_t stop = end == std::string::npos ? buffer_.size() : end;
        if (!cut_) line_.append(buffer_, at_, stop - at_);
        if (line_.size() > k_most_document_bytes) {
            cut_ = true;
            line_ = std::string();
        }
        bytes_read_ += stop - at_ + (end == std::string::npos ? 0 : 1);
        at_ = end == std::string::npos ? stop : end + 1;
        if (end == std::string::npos) continue;
        ++number_;
        return true;
    }
}

}  // namespace limier
