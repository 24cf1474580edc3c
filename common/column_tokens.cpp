#include "common/column_tokens.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace limier {
namespace {

constexpr std::uint32_t k_no_code = ~std::uint32_t{0};
constexpr std::size_t k_block = 8;  // of 16 and 32 too many have an overlay: phrases take 10 and 30 % longer

struct TermForms {
    std::uint32_t first = 0, forms = 0;
    std::uint64_t uses = 0;
};

std::pmr::vector<TermForms> terms_of(std::span<const std::uint32_t> form_terms, std::span<const std::uint32_t> counts,
                                     std::pmr::memory_resource& memory) {
    std::pmr::vector<TermForms> terms(&memory);
    for (std::uint32_t form = 0; form < form_terms.size(); ++form) {
        if (form == 0 || form_terms[form] != form_terms[form - 1]) terms.push_back({form, 0, 0});
        ++terms.back().forms;
        terms.back().uses += counts[form];
    }
    return terms;
}

// Loops of a fixed length without a way out become a few instructions on vectors.
bool all_below(const std::uint16_t* codes, std::uint16_t limit) {
    std::uint16_t beyond = 0;
    for (std::size_t i = 0; i < k_block; ++i) beyond = static_cast<std::uint16_t>(beyond | (codes[i] >= limit));
    return beyond == 0;
}

void widen(const std::uint16_t* codes, ColumnToken* out) {
    constexpr std::uint32_t k_primary = ColumnToken::make(0, false, 1).bits;
    for (std::size_t i = 0; i < k_block; ++i) out[i].bits = codes[i] | k_primary;
}

/// The code or escape at `at`, which moves on: its form. False where it is cut.
bool take_form(std::span<const std::uint16_t> codes, std::size_t& at, std::span<const std::uint32_t> form_of_code,
               std::uint32_t& form) {
    if (at == codes.size() || codes[at] >= k_overlay) return false;
    const std::uint16_t code = codes[at++];
    if (code == k_escape) {
        if (codes.size() - at < 2) return false;
        form = codes[at] | std::uint32_t{codes[at + 1]} << 16;
        at += 2;
        return true;
    }
    if (!form_of_code.empty() && code >= form_of_code.size()) return false;
    form = form_of_code.empty() ? code : form_of_code[code];
    return true;
}

}  // namespace

TokenCodes::TokenCodes(std::span<const std::uint32_t> form_terms, std::span<const std::uint32_t> counts,
                       std::pmr::memory_resource& memory, std::uint32_t most)
    : code_of_form_(form_terms.size(), &memory) {
    if (form_terms.size() <= most) {
        std::iota(code_of_form_.begin(), code_of_form_.end(), 0u);
        return;
    }
    std::pmr::vector<TermForms> terms = terms_of(form_terms, counts, memory);
    std::sort(terms.begin(), terms.end(), [](const TermForms& a, const TermForms& b) {
        return std::tie(b.uses, a.first) < std::tie(a.uses, b.first);
    });
    std::fill(code_of_form_.begin(), code_of_form_.end(), k_no_code);
    for (const TermForms& term : terms) {
        if (term.forms > most) break;
        most -= term.forms;
        std::fill_n(code_of_form_.begin() + term.first, term.forms, 0u);
    }
    for (std::uint32_t form = 0; form < code_of_form_.size(); ++form) {
        if (code_of_form_[form] == k_no_code) continue;
        code_of_form_[form] = static_cast<std::uint32_t>(forms_.size());
        forms_.push_back(form);
    }
}

void TokenCodes::append(std::vector<std::uint16_t>& out, ColumnToken token) const {
    if (token.overlay()) out.push_back(static_cast<std::uint16_t>(k_overlay + token.span()));
    const std::uint32_t form = token.form(), code = code_of_form_[form];
    if (code != k_no_code) return out.push_back(static_cast<std::uint16_t>(code));
    out.insert(out.end(), {k_escape, static_cast<std::uint16_t>(form), static_cast<std::uint16_t>(form >> 16)});
}

ColumnToken* decode_tokens(std::span<const std::uint16_t> codes, std::span<const std::uint32_t> form_of_code,
                           std::uint32_t forms, ColumnToken* out) {
    const auto plain = static_cast<std::uint16_t>(std::min<std::size_t>(k_direct_codes, forms));
    std::uint32_t highest = 0;
    for (std::size_t at = 0; at < codes.size();) {
        if (form_of_code.empty() && codes.size() - at >= k_block && all_below(&codes[at], plain)) {
            widen(&codes[at], out);
            at += k_block;
            out += k_block;
            continue;
        }
        for (const std::size_t end = std::min(codes.size(), at + k_block); at < end;) {
            const bool overlay = codes[at] >= k_overlay;
            const auto span = static_cast<std::uint8_t>(overlay ? codes[at] - k_overlay : 1);
            at += overlay;
            std::uint32_t form = 0;
            if (!take_form(codes, at, form_of_code, form)) return nullptr;
            highest = std::max(highest, form);
            *out++ = ColumnToken::make(form, overlay, span);
        }
    }
    return codes.empty() || highest < forms ? out : nullptr;
}

}  // namespace limier
