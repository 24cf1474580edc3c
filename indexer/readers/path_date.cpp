#include "indexer/readers/path_date.hpp"

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "common/dates.hpp"

namespace limier {
namespace {

namespace fs = std::filesystem;

std::optional<unsigned> number_of(std::string_view name, std::size_t digits) {
    if (name.size() != digits) return std::nullopt;
    unsigned value = 0;
    for (const char c : name) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + static_cast<unsigned>(c - '0');
    }
    return value;
}

/// A date in a file's name: at its beginning to the month (`2025-01-titre`), to the day anywhere (`titre_2025-01-14`).
/// A year alone is the subject as often as the date.
std::optional<Date> date_in_name(std::string_view stem) {
    for (std::size_t at = 0; at < stem.size(); ++at) {
        const auto is_digit_at = [stem](std::size_t i) { return stem[i] >= '0' && stem[i] <= '9'; };
        if (!is_digit_at(at)) continue;
        const bool word_start = at == 0 || std::string_view("-_. ").find(stem[at - 1]) != std::string_view::npos;
        std::size_t end = at;
        if (word_start) {
            const auto date = read_date(stem, end);
            if (date && (date->day != 0 || (at == 0 && date->month != 0))) return date;
        }
        while (at + 1 < stem.size() && is_digit_at(at + 1)) ++at;
    }
    return std::nullopt;
}

/// The date that the file's name or its nearest folders tell: `2024/03/titre.txt`, `2024/03/14/titre.txt`.
Date date_of_path(std::string_view path) {
    const fs::path place(path);
    if (const auto date = date_in_name(place.stem().string())) return *date;
    std::array<std::string, 3> folders;
    fs::path folder = place.parent_path();
    for (std::string& name : folders) {
        name = folder.filename().string();
        folder = folder.parent_path();
    }
    std::string written = folders[1] + "-" + folders[0];
    if (!number_of(folders[1], 4)) written = folders[2] + "-" + written;
    if (!number_of(folders[0], 2)) written = folders[0];
    const auto date = parse_date(written);
    return date && date->month != 0 ? *date : Date{};
}

}  // namespace

Date date_of_file(const Document& document) {
    const std::size_t member = document.id.find("!/");
    const Date date =
        member == std::string::npos ? Date{} : date_of_path(std::string_view(document.id).substr(member + 2));
    return date ? date : date_of_path(document.path);
}

}  // namespace limier
