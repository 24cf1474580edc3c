// Who signs an article, and which agency or paper it comes from.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace limier {

/// What a line that signs says. Either may be empty: `De notre correspondant à Alger`, `Par l’AFP`.
struct Signature {
    std::string author;  ///< names joined by `, `
    std::string source;
};

/// Reads a byline: `Par Claire Fontanel`, `Propos recueillis par …`, `De notre correspondant à Bruxelles, Karim
/// Haddad`, `NICE, de notre envoyée spéciale Iris Kermarrec`. Nothing for prose that begins so (`Par ailleurs, …`).
std::optional<Signature> read_byline(std::string_view line);

/// Reads a line that is names and nothing else: `Claire Fontanel`, `KARIM HADDAD`, `R. I./Agences`.
std::optional<Signature> read_bare_names(std::string_view line);

/// The names of an author field: `Par` and what is like it taken off, `A et B` joined as `A, B`; as it is otherwise.
std::string author_names(std::string_view field);

/// The agencies named by all of the text: `AFP`, `afp/nxp`, `avec Reuters`; empty where anything else is.
std::string agencies(std::string_view text);

/// Whether this is the name of a paper, a site or an agency.
bool is_press(std::string_view name);

}  // namespace limier
