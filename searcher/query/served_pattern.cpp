#include "searcher/query/served_pattern.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "common/packed_values.hpp"
#include "searcher/query/candidates.hpp"

namespace limier {
namespace {

using Op = Xapian::Query::op;

constexpr std::size_t k_longest_term = 245;  // Xapian's
constexpr std::size_t k_most_ways = 32;
constexpr std::size_t k_most_near = 3;  // any order of so many
// Of more forms that begin alike it is asked at once which stand joined.
constexpr std::size_t k_asked_each = 8, k_shortest_listed = 3;

using Spellings = std::set<std::string>;

/// Makes a query of positions. Nothing where it would not be exact.
class Positions {
 public:
    Positions(const Index& index, Part part) : index_(index), in_title_(part == Part::title) {}

    std::optional<Xapian::Query> of(const Pattern& pattern) {
        switch (pattern.kind) {
            case Pattern::Kind::sequence:
                return sequence(pattern);
            case Pattern::Kind::any_of:
                return any_of(pattern);
            case Pattern::Kind::near:
            case Pattern::Kind::ordered:
                return near(pattern);
        }
        return std::nullopt;
    }

 private:
    Spellings spellings(const Step& step) const {
        Spellings forms;
        for (std::size_t s = 0; s < step.forms.size(); ++s)
            for (const std::uint32_t form : step.forms[s]) forms.emplace(index_.segments()[s].segment.form(form));
        return forms;
    }

    /// Those that stand in some text over several places.
    Spellings joined(const Spellings& forms) const {
        Spellings found;
        const std::string &first = *forms.begin(), &last = *forms.rbegin();
        const auto differ = std::mismatch(first.begin(), first.end(), last.begin(), last.end()).first;
        const std::string prefix = std::string(k_joined_prefix) + std::string(first.begin(), differ);
        if (forms.size() <= k_asked_each || prefix.size() < k_joined_prefix.size() + k_shortest_listed) {
            for (const std::string& form : forms)
                if (index_.database().term_exists(std::string(k_joined_prefix) + form)) found.insert(form);
            return found;
        }
        const auto end = index_.database().allterms_end(prefix);
        for (auto at = index_.database().allterms_begin(prefix); at != end; ++at) {
            const std::string form = (*at).substr(k_joined_prefix.size());
            if (forms.contains(form)) found.insert(form);
        }
        return found;
    }

    Xapian::Query one_of(const Spellings& forms, bool joined_too) const {
        std::vector<Xapian::Query> terms;
        const auto add = [&terms](std::string_view prefix, const std::string& form) {
            terms.emplace_back(std::string(prefix) + form);
        };
        for (const std::string& form : forms) {
            add(in_title_ ? k_title_form_prefix : k_form_prefix, form);
            if (joined_too) add(in_title_ ? k_title_joined_prefix : k_joined_prefix, form);
        }
        return join(Op::OP_OR, terms);
    }

    static bool too_long(const Spellings& forms) {
        return std::any_of(forms.begin(), forms.end(), [](const std::string& form) {
            return form.size() + k_title_form_prefix.size() > k_longest_term;
        });
    }

    std::optional<Xapian::Query> any_of(const Pattern& pattern) {
        std::vector<Xapian::Query> parts;
        for (const Pattern& child : pattern.children) {
            std::optional<Xapian::Query> part = of(child);
            if (!part) return std::nullopt;
            parts.push_back(std::move(*part));
        }
        return join(Op::OP_OR, parts);
    }

    /// A phrase for each way over the places, of steps that follow each other.
    std::optional<Xapian::Query> sequence(const Pattern& pattern) {
        std::vector<Xapian::Query> phrases;
        std::vector<Ways> open{{0, {}}};
        for (std::size_t at = 0; at < open.size(); ++at) {
            if (open.size() > k_most_ways) return std::nullopt;
            const Ways way = open[at];
            if (way.place == pattern.length) {
                std::optional<Xapian::Query> phrase = this->phrase(way.steps);
                if (!phrase) return std::nullopt;
                if (!phrase->empty()) phrases.push_back(std::move(*phrase));
                continue;
            }
            for (const Step& step : pattern.steps) {
                if (step.from != way.place) continue;
                Ways& next = open.emplace_back(way);
                next.place += step.span;
                next.steps.push_back(&step);
            }
        }
        return phrases.empty() ? Xapian::Query::MatchNothing : join(Op::OP_OR, phrases);
    }

    /// A joined form of the text reaches over several positions: nothing can be told to follow it.
    std::optional<Xapian::Query> phrase(const std::vector<const Step*>& steps) {
        std::vector<Xapian::Query> words;
        for (const Step* step : steps) {
            const Spellings forms = spellings(*step);
            if (too_long(forms)) return std::nullopt;
            if (forms.empty()) return Xapian::Query();
            const bool last = step == steps.back();
            if (!last && !joined(forms).empty()) return std::nullopt;
            words.push_back(one_of(forms, last));
        }
        if (words.size() == 1) return words.front();
        return Xapian::Query(Op::OP_PHRASE, words.begin(), words.end(), static_cast<Xapian::termcount>(words.size()));
    }

    /// The forms of a pattern of one place; nothing of another.
    static bool add_places(const Pattern& pattern, std::vector<const Step*>& steps) {
        if (pattern.kind == Pattern::Kind::any_of)
            return std::all_of(pattern.children.begin(), pattern.children.end(),
                               [&steps](const Pattern& child) { return add_places(child, steps); });
        if (pattern.kind != Pattern::Kind::sequence || pattern.length != 1) return false;
        for (const Step& step : pattern.steps) steps.push_back(&step);
        return true;
    }

    /// Single words within a window: an ordered window for each order, since Xapian's NEAR lets a word stand near
    /// itself.
    std::optional<Xapian::Query> near(const Pattern& pattern) {
        std::vector<Xapian::Query> words;
        for (const Pattern& child : pattern.children) {
            std::vector<const Step*> steps;
            if (!add_places(child, steps)) return std::nullopt;
            Spellings forms;
            for (const Step* step : steps) forms.merge(spellings(*step));
            if (forms.empty()) return Xapian::Query::MatchNothing;
            if (too_long(forms) || !joined(forms).empty()) return std::nullopt;
            words.push_back(one_of(forms, false));
        }
        if (words.size() > k_most_near) return std::nullopt;
        std::vector<std::size_t> order(words.size());
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        std::vector<Xapian::Query> windows;
        do {
            std::vector<Xapian::Query> ordered;
            for (const std::size_t i : order) ordered.push_back(words[i]);
            windows.emplace_back(Op::OP_PHRASE, ordered.begin(), ordered.end(),
                                 static_cast<Xapian::termcount>(pattern.distance + 1));
        } while (pattern.kind == Pattern::Kind::near && std::next_permutation(order.begin(), order.end()));
        return join(Op::OP_OR, windows);
    }

    struct Ways {
        std::size_t place;
        std::vector<const Step*> steps;
    };

    const Index& index_;
    bool in_title_;
};

/// By their ids, which servers have a term for.
Xapian::Query documents_named(const Index& index, const std::vector<Xapian::docid>& documents) {
    std::vector<Xapian::Query> ids;
    for (const Xapian::docid document : documents) {
        const Index::Place at = index.place(document);
        ids.emplace_back(field_term(info(Field::id).prefix, at.segment->record(at.row).id));
    }
    return ids.empty() ? Xapian::Query::MatchNothing : join(Op::OP_OR, ids);
}

}  // namespace

std::vector<Xapian::docid> matching_documents(const Index& index, const Xapian::Query& query) {
    Xapian::Enquire enquire(index.database());
    enquire.set_query(query);
    enquire.set_weighting_scheme(Xapian::BoolWeight());
    enquire.set_docid_order(Xapian::Enquire::ASCENDING);
    const Xapian::doccount all = index.database().get_doccount();
    const Xapian::MSet found = enquire.get_mset(0, all, all);
    std::vector<Xapian::docid> documents(found.begin(), found.end());
    std::sort(documents.begin(), documents.end());
    return documents;
}

Xapian::Query served_pattern(PatternVerifier& verifier, const Xapian::Query& candidates, const Deadline& deadline) {
    const Index& index = verifier.index();
    if (const auto exact = Positions(index, verifier.part()).of(verifier.pattern())) return *exact;
    std::vector<Xapian::docid> confirmed;
    for (const Xapian::docid document : matching_documents(index, candidates)) {
        deadline.check();
        const Index::Place at = index.place(document);
        if (verifier.holds(at.number, at.row)) confirmed.push_back(document);
    }
    return documents_named(index, confirmed);
}

}  // namespace limier
