#include "searcher/query/scan_codes.hpp"

#include <algorithm>

#include "common/column_tokens.hpp"

namespace limier {

CodeScan::CodeScan(std::span<const std::uint32_t> forms, const Segment& segment)
    : can_find_(true), form_of_code_(segment.form_of_code()) {
    for (const std::uint32_t form : forms) {
        std::uint32_t code = form;
        if (!form_of_code_.empty()) {
            const auto at = std::lower_bound(form_of_code_.begin(), form_of_code_.end(), form);
            code = static_cast<std::uint32_t>(at - form_of_code_.begin());
            if (at == form_of_code_.end() || *at != form) code = k_escape;
        }
        if (code >= k_escape) {
            can_find_ = false;
            return;
        }
        if (ranges_.empty() || code != std::uint32_t{ranges_.back().low} + ranges_.back().size)
            ranges_.push_back({static_cast<std::uint16_t>(code), 0});
        ++ranges_.back().size;
    }
    can_find_ = ranges_.size() <= k_most_ranges;
}

bool CodeScan::one(std::uint16_t code) const {
    return std::any_of(ranges_.begin(), ranges_.end(), [code](const Range& range) {
        return static_cast<std::uint16_t>(code - range.low) < range.size;
    });
}

// Without a branch: the compiler turns the loop into vector code.
bool CodeScan::any(const std::uint16_t* codes) const {
    std::uint16_t found = 0;
    for (const Range range : ranges_) {
        for (std::size_t i = 0; i < k_block; ++i) {
            const bool in = static_cast<std::uint16_t>(codes[i] - range.low) < range.size;
            found = static_cast<std::uint16_t>(found | in);
        }
    }
    return found != 0;
}

std::size_t CodeScan::find(std::span<const std::uint16_t> codes, std::size_t from) const {
    while (from + k_block <= codes.size() && !any(&codes[from])) from += k_block;
    while (from < codes.size() && !one(codes[from])) ++from;
    return from;
}

std::uint32_t CodeScan::form(std::uint16_t code) const {
    if (form_of_code_.empty()) return code;
    return code < form_of_code_.size() ? form_of_code_[code] : ~std::uint32_t{0};
}

bool all_plain(std::span<const std::uint16_t> codes, std::size_t begin, std::size_t end) {
    end = std::min(end, codes.size());
    return std::all_of(codes.begin() + static_cast<std::ptrdiff_t>(begin),
                       codes.begin() + static_cast<std::ptrdiff_t>(end),
                       [](std::uint16_t code) { return code < k_escape; });
}

}  // namespace limier
