// Dates said from today: `hier`, `30j`, `3 mois`.
#pragma once

#include <optional>
#include <string_view>

#include "common/schema.hpp"

namespace limier {

/// Days from a first to a last, both whole dates.
struct DaysUpTo {
    Date first, last;
};

/// Today by the local clock; the environment's LIMIER_TODAY (`2025-02-20`) instead, for runs that are to be repeated.
Date today();

/// `aujourd'hui`, `hier`, `avant-hier`; `30j`, `2 semaines`, `3 mois`, `1 an` (so much time up to `now`); the same in
/// English. Nothing for other texts.
std::optional<DaysUpTo> relative_date(std::string_view text, Date now);

}  // namespace limier
