#include "searcher/say.hpp"

#include <cerrno>
#include <cstring>
#include <iostream>

#include <unistd.h>

#include "common/output/language.hpp"
#include "common/output/terminal.hpp"
#include "searcher/commands.hpp"
#include "searcher/explain.hpp"

namespace limier {
namespace {

std::string line_of(std::string_view message) { return "searcher: " + std::string(message) + "\n"; }

}  // namespace

std::string complaint(const Error& error) {
    const std::string hint = without_controls(error.hint);
    return line_of(without_controls(error.message)) + (hint.empty() ? "" : hint + "\n");
}

std::string notes_of(const SearchResult& result, std::string_view place) {
    std::string text;
    for (const std::string& note : result.notes) text += line_of(std::string(place) + on_one_line(note));
    return text + (result.explanation ? without_controls(explanation_text(result)) : std::string());
}

std::string places_of(const SearchResult& result) {
    if (!result.concordance) return {};
    const Concordance& concordance = *result.concordance;
    std::string places = std::to_string(concordance.lines.size());
    places.append(tr(" of ", " sur ")).append(std::to_string(concordance.total));
    places.append(tr(" places in ", " occurrences dans ")).append(std::to_string(result.total)).append(" documents");
    std::string text = line_of(places);
    if (!concordance.all_sorted)
        text += line_of(std::string(tr("only the first were sorted: ", "seules les premières ont été triées : ")) +
                        std::to_string(k_most_sorted_lines));
    return text;
}

void complain(const Error& error) { std::cerr << complaint(error); }

bool send(std::string_view text) {
    while (!text.empty()) {
        const ssize_t written = ::write(STDOUT_FILENO, text.data(), text.size());
        if (written >= 0) {
            text.remove_prefix(static_cast<std::size_t>(written));
        } else if (errno != EINTR) {
            const int why = errno;
            if (why != EPIPE)
                complain(
                    {Code::io, std::string(tr("cannot write the results: ", "impossible d’écrire les résultats : ")) +
                                   std::strerror(why)});
            errno = why;
            return false;
        }
    }
    return true;
}

int status_of_unsent() { return errno == EPIPE ? k_some_hit : k_search_error; }

}  // namespace limier
