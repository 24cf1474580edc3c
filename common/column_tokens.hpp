// The code of the token column: u16 numbers, with the rare and the unusual spelt out. For the column writer and
// reader, and for who looks for forms without decoding.
//
// A token is the code of its form. Codes rise with the forms, so that the forms of one term are neighbours among codes
// too. Where a segment has no more than k_direct_codes forms, a code is the form's id; else the terms most used have
// codes, and the section token_codes names the form of each. Before other tokens stand
//   k_escape             and the form's id, low half, high half: a form without a code
//   k_overlay + span     an overlay over so many positions, and then its form in one of the two ways
#pragma once

#include <cstdint>
#include <memory_resource>
#include <span>
#include <string_view>
#include <vector>

#include "common/columns.hpp"

namespace limier {

inline constexpr std::uint16_t k_escape = 0xFFF7;
inline constexpr std::uint16_t k_overlay = 0xFFF8;
inline constexpr std::uint32_t k_direct_codes = k_escape;

/// The codes of a segment's forms.
class TokenCodes {
 public:
    /// `form_terms` and `counts`: the term and the occurrences of each form; forms of a term are neighbours. `memory`
    /// must outlive it. `most` is k_direct_codes but in tests.
    TokenCodes(std::span<const std::uint32_t> form_terms, std::span<const std::uint32_t> counts,
               std::pmr::memory_resource& memory, std::uint32_t most = k_direct_codes);

    void append(std::vector<std::uint16_t>& out, ColumnToken token) const;

    /// The form of each code; empty where a code is the form's id.
    std::span<const std::uint32_t> forms() const { return forms_; }

 private:
    std::pmr::vector<std::uint32_t> code_of_form_;
    std::vector<std::uint32_t> forms_;
};

/// Puts the tokens of `codes` to `out`, which has room for as many; returns their end, null where they are cut or a
/// form is not below `forms`. `form_of_code` as TokenCodes::forms.
ColumnToken* decode_tokens(std::span<const std::uint16_t> codes, std::span<const std::uint32_t> form_of_code,
                           std::uint32_t forms, ColumnToken* out);

}  // namespace limier
