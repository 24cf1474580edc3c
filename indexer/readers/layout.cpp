#include "indexer/readers/layout.hpp"

#include <algorithm>
#include <utility>

#include "common/text/utf8.hpp"
#include "indexer/readers/byline.hpp"
#include "indexer/readers/dateline.hpp"
#include "indexer/readers/furniture.hpp"
#include "indexer/readers/line.hpp"

namespace limier {
namespace {

// Of 2,834 titles of French-language papers of 2018–2019, 99.9 % have at most 159 characters and 4 end with a full
// stop.
constexpr std::size_t k_longest_title = 170;
// Furniture stands in the first lines: rubric, title, subtitle, date, byline, agency, with room for a second subtitle.
constexpr std::size_t k_head_lines = 12;
constexpr std::size_t k_subtitles = 2;
constexpr std::size_t k_foot_lines = 6;
constexpr std::size_t k_longest_standfirst = 600;

bool has_more_characters(std::string_view text, std::size_t than) {
    if (text.size() <= than || text.size() > 4 * than) return text.size() > than;
    const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins)) > than;
}

/// `le`, but not `iPhone` or `xAI`.
bool begins_in_lower_case(std::string_view line) {
    std::size_t at = 0;
    if (line.empty()) return false;
    const char32_t first = next_code_point(line, at);
    return is_letter(first) && !is_upper(first) && !is_upper(peek(line, at));
}

bool is_list_item(std::string_view line) {
    std::size_t at = 0;
    return skip_any(line, at, U"-–—•*▪·") && is_space(peek(line, at));
}

/// `Roger B.`
bool ends_in_initial(std::string_view line) {
    std::size_t at = line.size() - 1;
    const bool letter = at > 0 && is_upper(previous_code_point(line, at));
    return letter && at > 0 && is_space(previous_code_point(line, at));
}

/// How long the mark of a Markdown heading is: `# `.
std::size_t heading_mark(std::string_view line) {
    const std::size_t end = line.find_first_not_of('#');
    if (end == 0 || end == std::string_view::npos || end > 6 || line[end] != ' ') return 0;
    return line.find_first_not_of(' ', end);
}

class LayoutReader {
 public:
    explicit LayoutReader(std::string_view text) : text_(text) {
        collect_head();
        read_links();
        for (const Zone& mark : agency_marks(text_, agency_)) anywhere_.push_back(mark);
    }

    /// Any number of times.
    Layout read(bool title_wanted) {
        layout_ = {};
        updated_ = {};
        prose_ = 0;
        title_wanted_ = title_wanted;
        for (std::size_t i = 0; i < head_.size(); ++i) move_begin(i, begins_[i]);
        read_head();
        read_foot();
        layout_.zones.insert(layout_.zones.end(), anywhere_.begin(), anywhere_.end());
        if (layout_.source.empty()) layout_.source = agency_;
        if (!layout_.date) layout_.date = updated_;
        sort_zones();
        return std::move(layout_);
    }

 private:
    std::string_view at(const Line& line) const { return line.in(text_); }

    static Zone zone(Zone::Kind kind, std::size_t begin, std::size_t end) {
        return {kind, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
    }

    void add_zone(Zone::Kind kind, std::size_t begin, std::size_t end) {
        if (begin < end) layout_.zones.push_back(zone(kind, begin, end));
    }

    void take(const Furniture& found, const Line& line) {
        if (found.date) {
            Date& date = found.kind == Zone::Kind::updated ? updated_ : layout_.date;
            if (!date) date = found.date;
        }
        if (layout_.author.empty()) layout_.author = found.author;
        if (layout_.source.empty()) layout_.source = found.source;
        add_zone(found.kind, line.begin, line.begin + found.length);
        if (!found.title.empty() && title_wanted_) {
            layout_.title_begin = line.begin + found.length;
            layout_.title_end = line.end;
            title_wanted_ = false;
        }
    }

    void collect_head() {
        std::size_t place = 0;
        while (head_.size() < k_head_lines) {
            const auto line = next_line(text_, place);
            if (!line) break;
            head_.push_back(*line);
            begins_.push_back(line->begin);
        }
        furniture_.resize(head_.size());
    }

    /// What a line of the head is; asked for more than once.
    const std::optional<Furniture>& furniture(std::size_t index) {
        std::optional<std::optional<Furniture>>& known = furniture_[index];
        if (!known) known = read_furniture(at(head_[index]));
        return *known;
    }

    void move_begin(std::size_t index, std::size_t begin) {
        if (head_[index].begin == begin) return;
        head_[index].begin = begin;
        furniture_[index].reset();
    }

    /// How many lines from `first` on are a title: mostly one, none if they look like prose.
    std::size_t title_lines(std::size_t first) {
        if (first + 1 >= head_.size()) return 0;  // a line alone is a text
        std::size_t end = first + 1;
        bool wrapped = false;
        bool has_paragraph = false;
        for (; end < head_.size() && !head_[end].after_blank && !furniture(end); ++end) {
            if (end < first + 3 && begins_in_lower_case(at(head_[end]))) wrapped = true;
            if (has_more_characters(at(head_[end]), k_longest_title)) has_paragraph = true;
        }
        // Lines that go on in lower case are one, a long title broken in two or a paragraph; unless a line of the block
        // is a paragraph by itself: then nobody broke them.
        const std::size_t lines = wrapped && !has_paragraph ? end - first : 1;
        if (first + lines >= head_.size()) return 0;
        const std::string_view whole =
            text_.substr(head_[first].begin, head_[first + lines - 1].end - head_[first].begin);
        return looks_like_title(whole) ? lines : 0;
    }

    static bool looks_like_title(std::string_view line) {
        if (has_more_characters(line, k_longest_title) || is_list_item(line)) return false;
        const char32_t last = last_of(line);
        if (last == U',' || last == U';' || last == U':') return false;
        if (last == U'.' && !line.ends_with("...") && !ends_in_initial(line)) return false;
        if (const auto dateline = read_dateline(line); dateline && (dateline->date || !dateline->source.empty()))
            return false;
        // Letters, at least two: a rule of dashes is none.
        std::size_t letters = 0;
        for (std::size_t place = 0; place < line.size() && letters < 2;)
            letters += is_letter(next_code_point(line, place));
        return letters == 2;
    }

    /// A rubric is known by its name, or is a word in capitals above a title.
    bool is_rubric(std::size_t index) {
        if (index + 1 >= head_.size()) return false;
        const Rubric rubric = rubric_of(at(head_[index]));
        if (rubric == Rubric::known) return true;
        return rubric == Rubric::likely && title_wanted_ && title_lines(index + 1) > 0 && !furniture(index + 1);
    }

    void read_head() {
        std::size_t subtitles = 0;
        for (std::size_t i = 0; i < head_.size(); ++i) {
            Line& line = head_[i];
            if (const auto& found = furniture(i); found && found->kind != Zone::Kind::related) {
                take(*found, line);
                prose_ = line.begin + found->length;
                if (found->whole) continue;
                move_begin(i, prose_ + at(line).substr(found->length).find_first_not_of(' '));
            }
            if (layout_.title_end == 0 && is_rubric(i)) {
                add_zone(Zone::Kind::rubric, line.begin, line.end);
            } else if (const std::size_t lines = title_wanted_ ? title_lines(i) : 0; lines > 0) {
                i += lines - 1;
                layout_.title_begin = line.begin + heading_mark(at(line));
                layout_.title_end = head_[i].end;
                title_wanted_ = false;
            } else if (is_signature_beside_date(i)) {
                take_names(line);
            } else if (++subtitles > k_subtitles || (is_prose(at(line)) && !is_standfirst(i))) {
                read_first_paragraph(line);
                return;
            }
            prose_ = head_[i].end;
        }
    }

    static bool is_prose(std::string_view line) {
        return has_more_characters(line, k_longest_title) || line.ends_with('.');
    }

    /// A paragraph between the title and the byline or date line.
    bool is_standfirst(std::size_t index) {
        if (layout_.title_end == 0 || index + 1 >= head_.size() ||
            has_more_characters(at(head_[index]), k_longest_standfirst))
            return false;
        const auto& next = furniture(index + 1);
        return next && next->whole && next->kind != Zone::Kind::related && next->kind != Zone::Kind::agency;
    }

    void read_first_paragraph(const Line& line) {
        if (const auto found = read_dateline(at(line))) take(*found, line);
        prose_ = line.begin;
    }

    /// A name alone is a byline where a date line stands next to it.
    bool is_signature_beside_date(std::size_t index) {
        if (!read_bare_names(at(head_[index]))) return false;
        const auto is_dated = [this](std::size_t i) {
            if (i >= head_.size() || head_[i].begin == head_[i].end) return false;
            const auto& found = furniture(i);
            return found && static_cast<bool>(found->date);
        };
        return is_dated(index + 1) || (index > 0 && is_dated(index - 1));
    }

    void take_names(const Line& line) {
        const auto who = read_bare_names(at(line));
        Furniture found;
        found.kind = Zone::Kind::byline;
        found.length = line.end - line.begin;
        found.author = who->author;
        found.source = who->source;
        take(found, line);
    }

    void read_foot() {
        std::size_t place = text_.size();
        bool signature_seen = false;
        for (std::size_t i = 0; i < k_foot_lines; ++i) {
            const auto line = previous_line(text_, place);
            if (!line || line->begin <= prose_) return;
            if (const auto found = read_furniture(at(*line)); found && found->whole && !found->bare) {
                if (!found->title.empty()) return;
                take(*found, *line);
                signature_seen = signature_seen || found->kind == Zone::Kind::byline;
            } else if (!signature_seen && read_bare_names(at(*line))) {
                take_names(*line);
                signature_seen = true;
            } else {
                return;
            }
        }
    }

    /// Links to other articles stand anywhere.
    void read_links() {
        bool open = false;
        for (std::size_t place = 0;;) {
            const auto line = next_line(text_, place);
            if (!line) return;
            const bool in_list = open && !line->after_blank && is_list_item(at(*line));
            if (const auto related = read_related(at(*line))) {
                open = related->open;
                anywhere_.push_back(zone(Zone::Kind::related, line->begin, line->end));
            } else if (in_list) {
                anywhere_.push_back(zone(Zone::Kind::related, line->begin, line->end));
            } else {
                open = false;
            }
        }
    }

    void sort_zones() {
        std::vector<Zone>& zones = layout_.zones;
        std::stable_sort(zones.begin(), zones.end(), [](const Zone& a, const Zone& b) { return a.begin < b.begin; });
        std::vector<Zone> disjoint;
        for (const Zone& zone : zones) {
            const bool in_title = zone.begin < layout_.title_end && zone.end > layout_.title_begin;
            if (!in_title && (disjoint.empty() || zone.begin >= disjoint.back().end)) disjoint.push_back(zone);
        }
        zones = std::move(disjoint);
    }

    std::string_view text_;
    std::vector<Zone> anywhere_;  ///< in the text, in head and foot too: links and marks of agencies
    std::string agency_;
    bool title_wanted_ = false;
    std::vector<Line> head_;           ///< without the furniture that a line begins with, once that was read
    std::vector<std::size_t> begins_;  ///< of these lines with it
    std::vector<std::optional<std::optional<Furniture>>> furniture_;  ///< of the lines of the head, where it is known
    std::size_t prose_ = 0;                                           ///< where the head ends
    Date updated_;
    Layout layout_;
};

}  // namespace

Layout read_layout(std::string_view text, bool title_wanted) { return LayoutReader(text).read(title_wanted); }

std::pair<Layout, bool> read_layout_beside(std::string_view title, std::string_view text) {
    LayoutReader reader(text);
    Layout with_title = reader.read(true);
    const std::string_view found = text.substr(with_title.title_begin, with_title.title_end - with_title.title_begin);
    if (!found.empty() && one_line(found) == title) return {std::move(with_title), true};
    return {reader.read(false), false};
}

std::string one_line(std::string_view text) {
    std::string out;
    text = trimmed(text);
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const char32_t c = next_code_point(text, at);
        if (c != U'\n' && c != U'\r' && c != U'\t') {
            out.append(text.substr(begin, at - begin));
            continue;
        }
        while (out.ends_with(' ')) out.pop_back();
        out += ' ';
        skip_spaces(text, at);
    }
    return out;
}

void apply_layout(Layout layout, Document& document) {
    if (!document.title_apart && layout.title_end > 0) {
        document.title_begin = static_cast<std::uint32_t>(layout.title_begin);
        document.title_end = static_cast<std::uint32_t>(layout.title_end);
        document.title =
            one_line(std::string_view(document.text).substr(layout.title_begin, layout.title_end - layout.title_begin));
    }
    if (!document.date) document.date = layout.date;
    if (document.author.empty()) document.author = std::move(layout.author);
    if (document.source.empty()) document.source = std::move(layout.source);
    document.zones = std::move(layout.zones);
}

}  // namespace limier
