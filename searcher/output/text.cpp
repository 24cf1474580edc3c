#include <algorithm>
#include <cassert>
#include <vector>

#include "common/output/language.hpp"
#include "common/output/number.hpp"
#include "common/output/terminal.hpp"
#include "common/text/utf8.hpp"
#include "searcher/facets.hpp"
#include "searcher/output/formats.hpp"

namespace limier {
namespace {

// Select Graphic Rendition. Source: ECMA-48, 8.3.117.
constexpr std::string_view k_bold = "1";
constexpr std::string_view k_dim = "2";
constexpr std::string_view k_highlight = "1;31";

constexpr std::size_t k_widest_value = 40;  // columns

/// Text that is safe to print, with its highlights moved to where their words now stand.
struct Marked {
    std::string text;
    std::vector<Highlight> marks;
};

Marked safe(std::string_view text, const std::vector<Highlight>& highlights) {
    Marked out;
    out.text.reserve(text.size());
    const auto append = [&](std::size_t begin, std::size_t end) {
        out.text += on_one_line(text.substr(begin, end - begin));
        return static_cast<std::uint32_t>(out.text.size());
    };
    std::size_t done = 0;
    for (const Highlight& highlight : highlights) {
        assert(done <= highlight.begin && highlight.begin <= highlight.end && highlight.end <= text.size());
        const std::uint32_t begin = append(done, highlight.begin);
        out.marks.push_back({begin, append(highlight.begin, highlight.end)});
        done = highlight.end;
    }
    append(done, text.size());
    return out;
}

std::string heading(const SearchResult& result) {
    std::string out;
    if (result.total == 0) {
        out += tr("No result", "Aucun résultat");
    } else {
        if (!result.exact) out += tr("About ", "Environ ");
        out += grouped(result.total);
        out += result.total == 1 ? tr(" result", " résultat") : tr(" results", " résultats");
    }
    const auto quoted = [&out](std::string_view before, std::string_view text) {
        out.append(before).append(tr("“", "«\u00A0")).append(on_one_line(text)).append(tr("”", "\u00A0»"));
    };
    if (!result.like.empty()) quoted(tr(" like ", " comme "), result.like);
    if (result.like.empty() || !result.query.empty()) quoted(tr(" for ", " pour "), result.query);
    if (result.collapsed && result.total > 0) {
        out += result.collapsed->exact ? tr(" in ", " en ") : tr(" in at least ", " en au moins ");
        out += grouped(result.collapsed->groups);
        out += result.collapsed->groups == 1 ? tr(" group", " groupe") : tr(" groups", " groupes");
    }
    if (!result.hits.empty() && result.hits.size() < result.hits_in_all()) {
        out.append(" (").append(grouped(result.hits.front().rank)).append("–");
        out.append(grouped(result.hits.back().rank)).append(")");
    }
    return out;
}

/// The label of a facet as asked: `Dates (month)` for `date:month`.
std::string facet_label(std::string_view name) {
    const std::size_t colon = std::min(name.find(':'), name.size());
    const FieldInfo* field = find_field(name.substr(0, colon));
    if (field == nullptr) return on_one_line(name);
    std::string label(tr(field->label, field->label_french));
    if (colon == name.size()) return label;
    const std::string_view period = period_label(read_period(name.substr(colon + 1)));
    const std::string_view other = field->field == Field::topic ? tr("tree", "arbre") : tr("ranges", "tranches");
    return label.append(" (").append(period.empty() ? other : period).append(")");
}

/// `Persons: Elon Musk, Sam Altman, …`, or nothing.
std::string values_of(const Hit& hit, Field field) {
    const auto found = std::ranges::find(hit.entities, field, [](const auto& entry) { return entry.first; });
    if (found == hit.entities.end() || found->second.empty()) return {};
    const auto& values = found->second;
    std::string out(tr(info(field).label, info(field).label_french));
    for (std::size_t at = 0; at < std::min(values.size(), k_values_listed); ++at) {
        out.append(at == 0 ? tr(": ", " : ") : ", ").append(on_one_line(values[at]));
    }
    return values.size() > k_values_listed ? out + ", …" : out;
}

/// `+ 3 copies: b.txt, c.txt, …`.
std::string duplicates_line(const std::vector<std::string>& ids) {
    constexpr std::size_t k_most = 3;
    std::string out = "+ " + grouped(ids.size());
    out += ids.size() == 1 ? tr(" copy", " copie") : tr(" copies", " copies");
    for (std::size_t at = 0; at < std::min(ids.size(), k_most); ++at)
        out.append(at == 0 ? tr(": ", " : ") : ", ").append(on_one_line(ids[at]));
    return ids.size() > k_most ? out + ", …" : out;
}

/// `In common: Elon Musk, Stargate, …`.
std::string shared_line(const std::vector<std::string>& shared) {
    std::string out(tr("In common", "En commun"));
    for (std::size_t at = 0; at < shared.size(); ++at)
        out.append(at == 0 ? tr(": ", " : ") : ", ").append(on_one_line(shared[at]));
    return out;
}

std::string joined(std::initializer_list<std::string_view> parts) {
    std::string out;
    for (const std::string_view part : parts) {
        if (!part.empty()) out.append(out.empty() ? "" : " · ").append(part);
    }
    return out;
}

class TextFormatter : public Formatter {
 public:
    explicit TextFormatter(const OutputOptions& options) : options_(options) {}

    std::string result(const SearchResult& result) override {
        std::string out = heading(result) + "\n";
        if (result.relaxed) {
            append_wrapped(out, tr("No document has all the words; these have at least one.",
                                   "Aucun document n'a tous les mots ; ceux-ci en ont au moins un."));
        }
        if (!result.alone.empty()) {
            std::string each(tr("Each alone", "Chacun seul"));
            for (const FoundAlone& operand : result.alone) {
                each += &operand == &result.alone.front() ? tr(": ", " : ") : " · ";
                each += on_one_line(operand.query) + " " + grouped(operand.count);
            }
            append_wrapped(out, each);
        }
        if (result.suggestion) {
            out.append(tr("Did you mean: ", "Vouliez-vous dire : ")).append(on_one_line(*result.suggestion));
            out += tr("?\n", " ?\n");
        }
        for (const Hit& hit : result.hits) append_hit(out, hit, std::to_string(result.hits.back().rank).size());
        for (const Facet& facet : result.facets) append_facet(out, facet);
        for (const Significant& found : result.significant) append_significant(out, found);
        if (result.timeline && !result.timeline->bars.empty()) {
            out += "\n" + styled(k_bold, facet_label("date:" + result.timeline->period)) + "\n";
            out += timeline_text(*result.timeline, options_.width);
        }
        return out;
    }

    std::string_view between() const override { return "\n"; }

    /// The title, then the text.
    std::string document(const Hit& hit) const {
        std::string out;
        append_marked(out, title_of(hit), k_bold, "");
        out += "\n";
        append_text(out, hit, "");
        return out;
    }

 private:
    /// `code` may be empty.
    void append_styled(std::string& out, std::string_view code, std::string_view text) const {
        const bool plain = !options_.colour || code.empty() || text.empty();
        if (!plain) out.append("\033[").append(code).append("m");
        out.append(text);
        if (!plain) out.append("\033[0m");
    }
    std::string styled(std::string_view code, std::string_view text) const {
        std::string out;
        append_styled(out, code, text);
        return out;
    }

    /// A line of `marked`, its words in highlights coloured and the rest in `base`.
    void append_painted(std::string& out, const Marked& marked, std::string_view line, std::string_view base) const {
        std::size_t done = static_cast<std::size_t>(line.data() - marked.text.data());
        const std::size_t end = done + line.size();
        const auto part = [&](std::size_t from, std::size_t to) {
            return std::string_view(marked.text).substr(from, to - from);
        };
        for (const Highlight& mark : marked.marks) {
            const std::size_t from = std::max<std::size_t>(mark.begin, done), to = std::min<std::size_t>(mark.end, end);
            if (from >= to) continue;
            append_styled(out, base, part(done, from));
            append_styled(out, k_highlight, part(from, to));
            done = to;
        }
        append_styled(out, base, part(done, end));
    }

    std::vector<std::string_view> lines(std::string_view text, std::size_t indent) const {
        if (!options_.terminal) return {text};
        return wrapped_lines(text, options_.width > indent + 20 ? options_.width - indent : 20);
    }

    void append_wrapped(std::string& out, std::string_view text) const {
        for (const std::string_view line : lines(text, 0)) out.append(line).append("\n");
    }

    void append_marked(std::string& out, const Marked& marked, std::string_view base, std::string_view indent) const {
        bool first = true;
        for (const std::string_view line : lines(marked.text, indent.size())) {
            if (!std::exchange(first, false)) out += indent;
            append_painted(out, marked, line, base);
            out += '\n';
        }
    }

    void append_hit(std::string& out, const Hit& hit, std::size_t digits) const {
        const std::string rank = std::to_string(hit.rank);
        const std::string indent(digits + 2, ' ');
        out.append("\n").append(digits - std::min(digits, rank.size()), ' ').append(rank).append(". ");
        append_marked(out, title_of(hit), k_bold, indent);
        // Not cut, so that they can be copied. Of a file with many documents the id says which.
        const bool of_many = !hit.title.empty() && !hit.path.ends_with(hit.id);
        append_place(out, indent,
                     {on_one_line(hit.date), on_one_line(hit.source), on_one_line(shown_path(hit.path)),
                      of_many ? on_one_line(hit.id) : std::string()});
        if (hit.text) {
            out += "\n";
            append_text(out, hit, indent);
            out += "\n";
        } else if (!hit.snippet.empty()) {
            out += indent;
            append_marked(out, safe(hit.snippet, hit.highlights), "", indent);
        }
        if (!hit.duplicates.empty()) out += indent + styled(k_dim, duplicates_line(hit.duplicates)) + "\n";
        if (!hit.shared.empty()) {
            out += indent;
            append_marked(out, {shared_line(hit.shared), {}}, "", indent);
        }
        std::string names = joined({values_of(hit, Field::person), values_of(hit, Field::org)});
        if (options_.terminal) names = fit(names, options_.width - std::min(options_.width, indent.size()));
        if (!names.empty()) out += indent + styled(k_dim, names) + "\n";
    }

    /// Parts joined as far as the terminal is wide, then on a line of their own.
    void append_place(std::string& out, const std::string& indent, std::initializer_list<std::string> parts) const {
        std::string line;
        const auto end_line = [&] {
            if (!line.empty()) out += indent + styled(k_dim, std::exchange(line, {})) + "\n";
        };
        for (const std::string& part : parts) {
            std::string longer = joined({line, part});
            if (options_.terminal && indent.size() + display_width(longer) > options_.width) {
                end_line();
                longer = part;
            }
            line = std::move(longer);
        }
        end_line();
    }

    /// The whole text by its lines, but for the title where it begins with that. Several empty lines are one.
    void append_text(std::string& out, const Hit& hit, std::string_view indent) const {
        const std::string_view text = *hit.text;
        std::size_t begin = text.find_first_not_of(" \t\r\n");
        if (begin == text.npos) return;
        if (!hit.title.empty() && text.substr(begin).starts_with(hit.title)) begin += hit.title.size();
        begin = text.find_first_not_of("\r\n", begin);
        bool empty = false;
        auto mark = hit.text_highlights.begin();
        for (std::size_t end = begin; begin < text.size(); begin = end + 1) {
            end = std::min(text.find('\n', begin), text.size());
            const std::string_view line = text.substr(begin, end - begin);
            std::vector<Highlight> marks;
            for (; mark != hit.text_highlights.end() && mark->begin < end; ++mark) {
                if (mark->begin < begin || mark->end > end) continue;
                const auto shift = static_cast<std::uint32_t>(begin);
                marks.push_back({mark->begin - shift, mark->end - shift});
            }
            if (line.find_first_not_of(" \t\r") == line.npos) {
                empty = true;
                continue;
            }
            out.append(std::exchange(empty, false) ? "\n" : "").append(indent);
            append_marked(out, safe(line, marks), "", indent);
        }
    }

    /// The path as the user would type it: from the folder he is in, where it lies below.
    std::string_view shown_path(std::string_view path) const {
        const std::string_view folder = options_.folder;
        const bool below = !folder.empty() && path.starts_with(folder) && path.substr(folder.size()).starts_with('/');
        return below ? path.substr(folder.size() + 1) : path;
    }

    /// The title; of an untitled document the id, since the snippet below shows its text.
    static Marked title_of(const Hit& hit) {
        return hit.title.empty() ? safe(hit.id, {}) : safe(hit.title, hit.title_highlights);
    }

    void append_facet(std::string& out, const Facet& facet) const {
        if (facet.values.empty()) return;
        constexpr std::size_t k_longest_bar = 20;
        const std::size_t numbers = options_.numbered ? std::to_string(facet.values.size()).size() + 1 : 0;
        std::size_t widest = 0, digits = 0;
        std::uint64_t most = 1;
        for (const FacetValue& value : facet.values) {
            widest = std::max(widest, display_width(in_tree(value)));
            digits = std::max(digits, display_width(grouped(value.count)));
            most = std::max(most, value.count);
        }
        out += "\n" + styled(k_bold, facet_label(facet.name)) +
               (facet.word.empty() ? "" : " ~" + on_one_line(facet.word)) + course_of(facet) + "\n";
        const std::size_t taken = numbers + 2 + widest + 2 + digits + 2;
        const std::size_t longest_bar = std::min(k_longest_bar, options_.width - std::min(options_.width, taken));
        std::size_t number = 0;
        for (const FacetValue& value : facet.values) {
            const std::string shown = std::to_string(++number);
            if (options_.numbered) out.append(numbers - 1 - shown.size(), ' ').append(shown).append(" ");
            const std::string name = in_tree(value);
            const std::string count = grouped(value.count);
            out += (value.selected ? "* " : "  ") + (value.selected ? styled(k_bold, name) : name);
            out.append(widest - display_width(name) + 2 + digits - display_width(count), ' ').append(count);
            if (options_.terminal && value.count > 0 && longest_bar > 0) {
                out += "  ";
                const std::uint64_t cells = std::max<std::uint64_t>(1, value.count * longest_bar / most);
                for (std::uint64_t cell = 0; cell < cells; ++cell) out += "█";
            }
            out += '\n';
        }
    }

    /// A value's name, set in by what is above it.
    static std::string in_tree(const FacetValue& value) {
        return fit(std::string(2 * std::size_t{value.depth}, ' ') + on_one_line(value.value), k_widest_value);
    }

    /// `  2024-01 ▂▁▁█▃ 2025-06`, where there is room for more than two dates.
    std::string course_of(const Facet& facet) const {
        if (!options_.terminal || facet.course.size() < 3) return {};
        const std::string &first = facet.course.front().date, &last = facet.course.back().date;
        const std::size_t taken = display_width(facet_label(facet.name)) + first.size() + last.size() + 4;
        if (options_.width < taken + 3) return {};
        std::vector<std::uint64_t> counts;
        for (const TimelineBar& bar : facet.course) counts.push_back(bar.count);
        return "  " + first + " " + sparkline(counts, options_.width - taken) + " " + last;
    }

    /// A line a value: `Sam Altman  16 of 19  8.31`.
    void append_significant(std::string& out, const Significant& found) const {
        if (found.values.empty()) return;
        std::size_t widest = 0, digits = 0, total_digits = 0, score_digits = 0;
        const auto widen = [](std::size_t& width, const std::string& text) {
            width = std::max(width, display_width(text));
        };
        for (const SignificantValue& value : found.values) {
            widen(widest, fit(on_one_line(value.value), k_widest_value));
            widen(digits, grouped(value.count));
            widen(total_digits, grouped(value.total));
            widen(score_digits, fixed_decimals(value.score, 2));
        }
        out += "\n" + styled(k_bold, facet_label(found.name)) +
               (found.word.empty() ? "" : " ~" + on_one_line(found.word)) +
               std::string(tr(": more than elsewhere", " : plus qu’ailleurs")) + "\n";
        for (const SignificantValue& value : found.values) {
            const std::string name = fit(on_one_line(value.value), k_widest_value);
            const auto append_right = [&out](const std::string& text, std::size_t width) {
                out.append(width - display_width(text), ' ').append(text);
            };
            out += (value.selected ? "* " : "  ") + (value.selected ? styled(k_bold, name) : name);
            append_right(grouped(value.count), widest - display_width(name) + 2 + digits);
            out += tr(" of ", " sur ");
            append_right(grouped(value.total), total_digits);
            append_right(fixed_decimals(value.score, 2), score_digits + 2);
            out += '\n';
        }
    }

    OutputOptions options_;
};

}  // namespace

std::string document_text(const Hit& hit, const OutputOptions& options) { return TextFormatter(options).document(hit); }

Result<std::unique_ptr<Formatter>> make_text(const OutputOptions& options) {
    return {std::make_unique<TextFormatter>(options)};
}

}  // namespace limier
