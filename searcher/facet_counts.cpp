#include "searcher/facet_counts.hpp"

#include <algorithm>

#include "searcher/weeks.hpp"

namespace limier {
namespace {

// Below a value in this many documents, sorting what they have beats a count for every value there is (measured).
constexpr std::uint32_t k_sparse = 64;

/// A count for each of `keys` values. Of few values each has several counts, used in turn: adding to a count waits
/// until the addition before is stored (10 million ordinals: 38 ms with one count, 8 with four).
class Histogram {
 public:
    explicit Histogram(std::uint32_t keys)
        : keys_(keys),
          lane_(keys <= k_most_in_lanes ? k_lanes - 1 : 0),
          counts_((lane_ + std::size_t{1}) * (keys + std::size_t{1})) {}

    void add(std::span<const std::uint32_t> values) {
        std::uint32_t turn = turn_;
        for (const std::uint32_t value : values)
            ++counts_[(turn++ & lane_) * (keys_ + std::size_t{1}) + std::min(value, keys_)];
        turn_ = turn;
    }
    /// The counts of the values, which are of this segment. Throws Damaged where one added is not below `keys`.
    std::vector<std::uint32_t> take(const Segment& segment) {
        const std::size_t width = keys_ + std::size_t{1};
        for (std::size_t i = width; i < counts_.size(); ++i) counts_[i % width] += counts_[i];
        if (counts_[keys_] != 0) throw Damaged(segment.file().path().string() + ": facet value out of bounds");
        counts_.resize(keys_);
        return std::move(counts_);
    }

 private:
    static constexpr std::uint32_t k_lanes = 4, k_most_in_lanes = 1024;

    std::uint32_t keys_;
    std::uint32_t lane_;  ///< mask
    std::uint32_t turn_ = 0;
    std::vector<std::uint32_t> counts_;  ///< by lane and value, the last of a lane for what is no value
};

/// Sorts what the rows have.
std::vector<ValueCount> count_few(const MatchedRows& rows, const FacetColumn& column) {
    std::vector<std::uint32_t> ordinals;
    rows.each([&](std::uint32_t row) {
        const auto values = column.values(row);
        ordinals.insert(ordinals.end(), values.begin(), values.end());
    });
    std::sort(ordinals.begin(), ordinals.end());
    std::vector<ValueCount> counts;
    for (const std::uint32_t ordinal : ordinals) {
        if (counts.empty() || counts.back().value != ordinal) counts.push_back({ordinal, 0});
        ++counts.back().documents;
    }
    return counts;
}

/// What nearly all rows have is told faster by what the others have.
std::vector<std::uint32_t> count_others(const MatchedRows& rows, const FacetColumn& column) {
    const auto totals = column.totals();
    std::vector<std::uint32_t> counts(totals.begin(), totals.end());
    if (rows.others() == 0) return counts;
    Histogram histogram(column.keys());
    const FacetRows all = column.rows();
    rows.each_other([&](RowRun run) { histogram.add(all.values(run.first, run.end)); });
    const auto others = histogram.take(rows.segment());
    for (std::size_t i = 0; i < counts.size(); ++i) counts[i] -= others[i];
    return counts;
}

std::vector<std::uint32_t> count_matched(const MatchedRows& rows, const FacetColumn& column) {
    Histogram histogram(column.keys());
    if (rows.are_few()) {
        rows.each([&](std::uint32_t row) { histogram.add(column.values(row)); });
    } else {
        const FacetRows all = column.rows();
        for (const RowRun& run : rows.runs()) histogram.add(all.values(run.first, run.end));
    }
    return histogram.take(rows.segment());
}

/// Dates in order without great gaps: a year, 4 bits of month, 5 of day.
constexpr unsigned k_day_bits = 5, k_month_bits = 4;
constexpr std::uint32_t k_last_year = 9999;

}  // namespace

MatchedRows::MatchedRows(const Segment& segment, std::span<const Xapian::docid> documents)
    : segment_(&segment), count_(static_cast<std::uint32_t>(documents.size())) {
    for (std::size_t i = 0; i < documents.size();) {
        const std::size_t first = i;
        // Documents rise: where the last of so many is so many further, all between are there.
        constexpr std::size_t k_stride = 64;
        while (i + k_stride < documents.size() && documents[i + k_stride] == documents[i] + k_stride) i += k_stride;
        while (i + 1 < documents.size() && documents[i + 1] == documents[i] + 1) ++i;
        ++i;
        runs_.push_back({documents[first] - 1, documents[i - 1]});
    }
}

std::vector<MatchedRows> rows_of(const Index& index, std::span<const Xapian::docid> documents) {
    const std::vector<Index::SegmentAt>& segments = index.segments();
    std::vector<MatchedRows> rows;
    if (segments.size() == 1) {
        rows.emplace_back(segments.front().segment, documents);
        return rows;
    }
    std::vector<std::vector<Xapian::docid>> parts(segments.size());
    for (const Xapian::docid document : documents) {
        const Index::Place at = index.place(document);
        parts[at.number].push_back(at.row + 1);
    }
    for (std::size_t number = 0; number < parts.size(); ++number)
        rows.emplace_back(segments[number].segment, parts[number]);
    return rows;
}

std::vector<ValueCount> count_values(const MatchedRows& rows, const FacetColumn& column) {
    const bool most = rows.others() < rows.count();
    if (!most && rows.count() < column.keys() / k_sparse) return count_few(rows, column);
    const std::vector<std::uint32_t> counts = most ? count_others(rows, column) : count_matched(rows, column);
    std::vector<ValueCount> list;
    for (std::uint32_t ordinal = 0; ordinal < counts.size(); ++ordinal) {
        if (counts[ordinal] != 0) list.push_back({ordinal, counts[ordinal]});
    }
    return list;
}

void DateCounts::add(const MatchedRows& rows) {
    const auto dates = rows.segment().dates();
    for (const RowRun& run : rows.runs()) {
        const auto packed = dates.subspan(run.first, run.end - run.first);
        switch (period_) {
            case Period::year:
                add_places(packed, [](std::uint32_t year, std::uint32_t) { return year; });
                break;
            case Period::month:
                add_places(packed, [](std::uint32_t year, std::uint32_t rest) {
                    return year << k_month_bits | (rest / 100 & 15);
                });
                break;
            case Period::none:
            case Period::week:
            case Period::day:
                add_places(packed, [](std::uint32_t year, std::uint32_t rest) {
                    return year << (k_month_bits + k_day_bits) | (rest / 100 & 15) << k_day_bits | (rest % 100 & 31);
                });
                break;
        }
    }
}

template <class Place>
void DateCounts::add_places(std::span<const std::uint32_t> packed, Place place_of) {
    for (const std::uint32_t date : packed) {
        if (date == 0) continue;
        const std::uint32_t place = place_of(std::min(date / 10000, k_last_year), date % 10000);
        if (place - first_ >= counts_.size()) make_room(place);
        ++counts_[place - first_];
    }
}

/// Twice as much at least: dates may come newest first, each below the one before.
void DateCounts::make_room(std::uint32_t place) {
    if (counts_.empty()) first_ = place;
    if (place < first_) {
        const auto more = std::min(first_, std::max(first_ - place, static_cast<std::uint32_t>(counts_.size())));
        counts_.insert(counts_.begin(), more, 0);
        first_ -= more;
    }
    if (place - first_ >= counts_.size()) counts_.resize(place - first_ + 1);
}

std::vector<ValueCount> DateCounts::take(Period period) const {
    const unsigned finer = period_ == Period::year    ? k_month_bits + k_day_bits
                           : period_ == Period::month ? k_day_bits
                                                      : 0;
    std::vector<ValueCount> list;
    for (std::uint32_t i = 0; i < counts_.size(); ++i) {
        if (counts_[i] == 0) continue;
        // Places of a period coarser than a day: the finer parts are 0.
        const std::uint32_t place = (first_ + i) << finer;
        const std::uint32_t year = place >> (k_month_bits + k_day_bits) & 0x3FFF, month = place >> k_day_bits & 15,
                            day = place & 31;
        const bool by_day = period == Period::day || period == Period::week;
        if ((period == Period::month && month == 0) || (by_day && day == 0) || place == 0) continue;
        std::uint32_t date = year * 10000;
        if (period != Period::year) date += month * 100;
        if (period == Period::none || by_day) date += day;
        if (period == Period::week) date = pack_date(monday_of(unpack_date(date)));
        if (!list.empty() && list.back().value == date)
            list.back().documents += counts_[i];
        else
            list.push_back({date, counts_[i]});
    }
    return list;
}

}  // namespace limier
