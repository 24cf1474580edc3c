// Text that is put together from markup.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace limier {

/// Text that is put together piece by piece, blanks run together.
class BlockWriter {
 public:
    void add(std::string_view text, bool as_it_is) {
        for (std::size_t at = 0; at < text.size(); ++at) {
            const char c = text[at];
            const bool blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
            if (blank && !as_it_is) {
                blank_ = true;
                continue;
            }
            put(c);
        }
    }
    void blank() { blank_ = true; }
    /// So many line ends stand before what comes next.
    void end_lines(int ends) { ends_ = std::max(ends_, ends); }
    void cell() {
        if (ends_ == 0 && !out_.empty()) cell_ = true;
    }

    std::string take() { return std::move(out_); }

 private:
    void put(char c) {
        if (!out_.empty() && ends_ > 0) {
            out_.append(static_cast<std::size_t>(ends_), '\n');
        } else if (!out_.empty() && cell_) {
            out_ += " | ";
        } else if (!out_.empty() && blank_ && out_.back() != '\n') {
            out_ += ' ';
        }
        ends_ = 0;
        blank_ = cell_ = false;
        out_ += c;
    }

    std::string out_;
    int ends_ = 0;
    bool blank_ = false, cell_ = false;
};

}  // namespace limier
