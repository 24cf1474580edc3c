#include <algorithm>

#include "common/output/language.hpp"
#include "common/text/utf8.hpp"
#include "searcher/output/formats.hpp"

namespace limier {
namespace {

// So many periods in a row without a document are shown one by one; more of them as one line.
constexpr std::size_t k_longest_gap = 12;

constexpr std::size_t k_shortest_bar = 10;  // columns, on a terminal as narrow as may be

/// A bar to an eighth of a column: U+2588 to U+258F.
std::string bar_of(std::uint64_t count, std::uint64_t most, std::size_t columns) {
    if (count == 0) return {};
    const std::uint64_t eighths = std::max<std::uint64_t>(1, count * columns * 8 / most);
    std::string bar = "  ";
    for (std::uint64_t full = eighths / 8; full > 0; --full) bar += "█";
    if (eighths % 8 != 0) append_utf8(bar, static_cast<char32_t>(0x2590 - eighths % 8));
    return bar;
}

}  // namespace

std::string grouped(std::uint64_t count) {
    std::string out = std::to_string(count);
    for (std::size_t at = out.size(); at > 3; at -= 3) out.insert(at - 3, tr(",", "\u202F"));
    return out;
}

std::string sparkline(std::span<const std::uint64_t> counts, std::size_t width) {
    const std::size_t cells = std::min(counts.size(), width);
    std::vector<std::uint64_t> sums(cells);
    for (std::size_t i = 0; i < counts.size(); ++i) sums[i * cells / counts.size()] += counts[i];
    const std::uint64_t most = std::max<std::uint64_t>(1, *std::max_element(sums.begin(), sums.end()));
    std::string line;
    for (const std::uint64_t sum : sums) {
        // U+2581 to U+2588; what is there is seen.
        const std::uint64_t eighths = std::max<std::uint64_t>(1, sum * 8 / most);
        append_utf8(line, sum == 0 ? U' ' : static_cast<char32_t>(0x2580 + eighths));
    }
    return line;
}

std::string timeline_text(const Timeline& timeline, std::size_t width) {
    std::uint64_t most = 1;
    for (const TimelineBar& bar : timeline.bars) most = std::max(most, bar.count);
    const std::size_t dates = timeline.bars.front().date.size(), digits = display_width(grouped(most));
    const std::size_t taken = 2 + dates + 2 + digits + 2;
    const std::size_t columns = width > taken + k_shortest_bar ? width - taken : k_shortest_bar;
    std::string out;
    const auto append_line = [&](const std::string& date, std::uint64_t count) {
        const std::string number = grouped(count);
        out.append("  ").append(date).append(dates - display_width(date) + 2 + digits - display_width(number), ' ');
        out += number + bar_of(count, most, columns) + "\n";
    };
    for (auto bar = timeline.bars.begin(); bar != timeline.bars.end();) {
        const auto next = std::find_if(bar, timeline.bars.end(), [](const TimelineBar& at) { return at.count != 0; });
        if (static_cast<std::size_t>(next - bar) > k_longest_gap) {
            append_line("…", 0);
            bar = next;
        } else {
            append_line(bar->date, bar->count);
            ++bar;
        }
    }
    if (timeline.without == 0) return out;
    return out + "  " + std::string(tr("no date, or none so precise: ", "sans date, ou sans date aussi précise : ")) +
           grouped(timeline.without) + "\n";
}

}  // namespace limier
