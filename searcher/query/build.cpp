#include "searcher/query/build.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "common/output/language.hpp"
#include "common/packed_values.hpp"
#include "common/text/fold.hpp"
#include "common/text/phrase_key.hpp"
#include "searcher/deadline.hpp"
#include "searcher/query/candidates.hpp"
#include "searcher/query/caret.hpp"
#include "searcher/query/expand.hpp"
#include "searcher/query/field_index.hpp"
#include "searcher/query/find_pattern.hpp"
#include "searcher/query/has_field.hpp"
#include "searcher/query/make_pattern.hpp"
#include "searcher/query/pattern.hpp"
#include "searcher/query/questions.hpp"
#include "searcher/query/range_query.hpp"
#include "searcher/query/recency.hpp"
#include "searcher/query/served_pattern.hpp"

namespace limier {
namespace {

using Op = Xapian::Query::op;

/// What an operand asks, and how it joins its neighbours.
struct Operand {
    Xapian::Query query = {};
    bool filter = false;     ///< a field's value: required in both modes
    bool only_stop = false;  ///< nothing but stop words: not required beside others
    bool absent = false;     ///< punctuation only: as if it were not there
};

// `Quelle est la date de …`, `dans quel pays …`: the noun names the kind of the answer, which a document that answers
// need not repeat. On PIAF (3,835 questions) nDCG@10 is 0.8217 with 0.4, 0.8188 with 0.2, 0.8214 with 0.6; where the
// frame of the question was not told apart, 0.8172 with 0.4 and 0.8154 with 1.
constexpr double k_kind_asked_for = 0.4;
// From 0 to 0.7 PIAF differs by 0.0008, titles of press by 0.0001.
constexpr double k_frame_of_question = 0.1;

/// The step alone: a word, or a joined form over whatever it stands.
Pattern one_place(const Step& step) {
    Pattern pattern;
    pattern.length = 1;
    pattern.steps.push_back(step);
    pattern.steps.back().from = 0;
    pattern.steps.back().span = 1;
    return pattern;
}

bool is_text(const FieldInfo* field) { return field == nullptr || field->kind == FieldKind::text; }

class Builder {
 public:
    Builder(const BuildContext& context, MatchMode mode, BuiltQuery& out)
        : index_(context.index),
          analyser_(context.analyser),
          deadline_(context.deadline),
          best_only_(context.best_only),
          places_(context.places),
          mode_(mode),
          out_(out),
          patterns_(context, out) {}

    Operand whole(const Node& root);

    Operand operand(const Node& node, const FieldInfo* field);

 private:
    Operand operand_unscaled(const Node& node, const FieldInfo* field);
    void scale(Operand& operand, double factor, std::size_t first_word);
    void rank_by(const Pattern& pattern, const FieldInfo* field);
    void list_place(const Pattern& pattern, const FieldInfo* field) {
        if (places_ && field == nullptr) out_.places.push_back(pattern);
    }
    Operand refused_operand(const Node& node, const FieldInfo* field);
    Operand list(const Node& node, const FieldInfo* field);
    Operand word(const Node& node, const FieldInfo* field);
    Operand loose_phrase(const Node& node, const FieldInfo* field);
    Operand expanded(const Node& node, const FieldInfo* field);
    Operand boolean(const Node& node, const FieldInfo* field);
    Operand field_value(const Node& node, const FieldInfo& field);
    Operand field_group(const Node& node);
    Xapian::Query entity(const Node& node, const FieldInfo& field);

    Xapian::Query verified(Pattern pattern, const FieldInfo* field);
    Candidates candidates(const FieldInfo* field) {
        return {index_, field == nullptr ? std::string_view() : field->prefix, out_.weighted};
    }
    void note(const Node& node, std::string message) {
        out_.notes.push_back({node.begin, node.end, std::move(message)});
    }
    void note_unknown(const Node& node, const FieldInfo& field) {
        note(node, std::string(tr("no document has the value ", "aucun document n’a la valeur ")) +
                       std::string(field.name) + ":" + node.value);
    }

    const Index& index_;
    Analyser& analyser_;
    const Deadline& deadline_;
    bool best_only_, places_;
    const Node* root_ = nullptr;
    bool decides_ = false;  ///< the pattern to come is required of every hit
    MatchMode mode_;
    BuiltQuery& out_;
    PatternMaker patterns_;
};

Operand Builder::whole(const Node& root) {
    root_ = &root;
    return operand(root, nullptr);
}

Operand Builder::operand(const Node& node, const FieldInfo* field) {
    deadline_.check();
    const std::size_t first_word = out_.words.size();
    Operand result = operand_unscaled(node, field);
    if (node.boost != 1) scale(result, node.boost, first_word);
    return result;
}

void Builder::scale(Operand& operand, double factor, std::size_t first_word) {
    if (!operand.query.empty()) operand.query = Xapian::Query(Op::OP_SCALE_WEIGHT, operand.query, factor);
    for (std::size_t i = first_word; i < out_.words.size(); ++i) out_.words[i].scale *= factor;
}

/// Notes what the ranking reads again; a joined form is left to its parts.
void Builder::rank_by(const Pattern& pattern, const FieldInfo* field) {
    if (field != nullptr) return;
    for (const Pattern& child : pattern.children) rank_by(child, field);
    // Of what stands over each other (both genders of inclusive writing) the first.
    for (std::size_t next = 0; const Step& step : pattern.steps) {
        if (step.span != 1 || step.from < next) continue;
        out_.words.push_back({step.text, step.terms, step.forms, step.stop});
        next = step.from + 1;
    }
}

Operand Builder::operand_unscaled(const Node& node, const FieldInfo* field) {
    switch (node.kind) {
        case NodeKind::list:
            return list(node, field);
        case NodeKind::all:
            return {every_document()};
        case NodeKind::has:
            if (index_.has_servers()) {
                const Xapian::Query has(std::string(k_has_prefix).append(node.field->name));
                return {.query = Xapian::Query(Op::OP_SCALE_WEIGHT, has, 0), .filter = true};
            }
            out_.weighted.push_back(std::make_unique<WeightedDocuments>(documents_with(index_, node.field->field)));
            return {.query = Xapian::Query(Op::OP_SCALE_WEIGHT, weighted_query(*out_.weighted.back()), 0),
                    .filter = true};
        case NodeKind::and_:
        case NodeKind::or_:
        case NodeKind::not_:
            return boolean(node, field);
        case NodeKind::field:
            return node.children.empty() ? field_value(node, *node.field) : field_group(node);
        case NodeKind::range:
            return field_value(node, *node.field);
        case NodeKind::words:
            return is_text(field) ? word(node, field) : field_value(node, *field);
        case NodeKind::phrase:
            if (!is_text(field)) return field_value(node, *field);
            if (mode_ == MatchMode::loose) return loose_phrase(node, field);
            out_.phrases = true;
            break;
        case NodeKind::prefix:
        case NodeKind::wildcard:
        case NodeKind::fuzzy:
            return is_text(field) ? expanded(node, field) : field_value(node, *field);
        case NodeKind::near:
        case NodeKind::adj:
            if (!is_text(field))
                throw QueryFault{&node, std::string(tr("NEAR stands between words, not field values",
                                                       "PROCHE relie des mots, pas des valeurs de champ"))};
            break;
    }
    out_.ranked = true;
    Pattern pattern = patterns_.of(node);
    if (pattern.kind == Pattern::Kind::sequence && pattern.length == 0) return {.absent = true};
    rank_by(pattern, field);
    list_place(pattern, field);
    return {verified(std::move(pattern), field)};
}

/// What a document must not have is neither marked, nor chosen in a facet, nor a reason to rank.
Operand Builder::refused_operand(const Node& node, const FieldInfo* field) {
    BuiltQuery kept = std::exchange(out_, {});
    Operand part = operand(node, field);
    std::move(out_.notes.begin(), out_.notes.end(), std::back_inserter(kept.notes));
    std::move(out_.verifiers.begin(), out_.verifiers.end(), std::back_inserter(kept.verifiers));
    std::move(out_.weighted.begin(), out_.weighted.end(), std::back_inserter(kept.weighted));
    out_ = std::move(kept);
    return part;
}

/// Joins operands side by side. Stop words are required only where there is nothing else.
Operand Builder::list(const Node& node, const FieldInfo* field) {
    std::vector<Xapian::Query> required, wanted, refused, stop, ranking;
    bool all_filters = true, must_have = false;
    const std::vector<WordUse> uses = word_uses(node.children);
    for (const Node& child : node.children) {
        const bool pattern =
            child.kind == NodeKind::phrase || child.kind == NodeKind::near || child.kind == NodeKind::adj;
        const bool required_of_all = &node == root_ && (mode_ == MatchMode::all || node.children.size() == 1);
        decides_ = best_only_ && pattern && required_of_all && child.occur != Occur::must_not;
        const std::size_t first_word = out_.words.size();
        Operand part = child.occur == Occur::must_not ? refused_operand(child, field) : operand(child, field);
        decides_ = false;
        if (part.absent) continue;
        const WordUse use = uses[static_cast<std::size_t>(&child - node.children.data())];
        if (use == WordUse::kind) scale(part, k_kind_asked_for, first_word);
        if (use == WordUse::frame) {
            scale(part, k_frame_of_question, first_word);
            part.only_stop = true;
        }
        // Beside other words those of a phrase rank too where it does not stand; they select nothing.
        if (mode_ == MatchMode::any && child.kind == NodeKind::phrase && node.children.size() > 1 &&
            child.occur != Occur::must_not && is_text(field)) {
            out_.words.resize(first_word);
            const Operand words = loose_phrase(child, field);
            if (!words.absent) ranking.push_back(words.query);
        }
        if (child.occur == Occur::must_not) {
            refused.push_back(part.query);
            continue;
        }
        all_filters = all_filters && part.filter;
        must_have = must_have || child.occur == Occur::must;
        const bool must = child.occur == Occur::must || part.filter;
        (must ? required : part.only_stop ? stop : wanted).push_back(part.query);
    }
    Operand result;
    result.only_stop = required.empty() && wanted.empty() && !stop.empty();
    if (result.only_stop) wanted.swap(stop);
    result.filter = all_filters && !required.empty();
    out_.several = out_.several || wanted.size() > 1 || (!wanted.empty() && !required.empty());
    if (mode_ == MatchMode::all) {
        required.insert(required.end(), wanted.begin(), wanted.end());
        wanted.clear();
    }
    if (!required.empty()) {
        result.query = join(Op::OP_AND, required);
        // Of the words beside filters one at least is asked for; beside a word with + they only rank.
        const Op op = must_have ? Op::OP_AND_MAYBE : Op::OP_AND;
        if (!wanted.empty()) result.query = Xapian::Query(op, result.query, join(Op::OP_OR, wanted));
    } else if (!wanted.empty()) {
        result.query = join(Op::OP_OR, wanted);
    } else if (!refused.empty()) {
        result.query = every_document();
    } else {
        result.absent = true;
    }
    if (!ranking.empty() && !result.query.empty())
        result.query = Xapian::Query(Op::OP_AND_MAYBE, result.query, join(Op::OP_OR, ranking));
    if (!refused.empty()) result.query = Xapian::Query(Op::OP_AND_NOT, result.query, join(Op::OP_OR, refused));
    return result;
}

Operand Builder::boolean(const Node& node, const FieldInfo* field) {
    std::vector<Xapian::Query> parts;
    Operand result{.filter = true, .only_stop = true};
    bool lacks_last = false;
    for (const Node& child : node.children) {
        const bool refused = node.kind == NodeKind::not_ && &child == &node.children.back();
        Operand part = refused ? refused_operand(child, field) : operand(child, field);
        if (part.absent) {
            // Nothing but punctuation is taken away: `chat SAUF €` is chat, not all but chat.
            lacks_last = &child == &node.children.back();
            continue;
        }
        result.filter = result.filter && part.filter;
        result.only_stop = result.only_stop && part.only_stop;
        parts.push_back(part.query);
    }
    result.absent = parts.empty();
    if (result.absent) return result;
    if (node.kind != NodeKind::not_ || lacks_last) {
        result.query = join(node.kind == NodeKind::and_ ? Op::OP_AND : Op::OP_OR, parts);
    } else {
        const bool binary = parts.size() > 1;
        result.query = Xapian::Query(Op::OP_AND_NOT, binary ? parts[0] : every_document(), parts[binary ? 1 : 0]);
    }
    return result;
}

/// One typed word. Of a compound (`arc-en-ciel`) the parts must stand together, or its joined form (`arcenciel`) must
/// stand.
Operand Builder::word(const Node& node, const FieldInfo* field) {
    out_.ranked = true;
    Pattern pattern = patterns_.sequence(node, false);
    if (pattern.length == 0) return {.absent = true};
    rank_by(pattern, field);
    const auto content = std::count_if(pattern.steps.begin(), pattern.steps.end(),
                                       [](const Step& step) { return step.span == 1 && !step.stop; });
    Operand result;
    result.only_stop =
        std::all_of(pattern.steps.begin(), pattern.steps.end(), [](const Step& step) { return step.stop; });
    if (content > 1) {
        list_place(pattern, field);
        result.query = verified(std::move(pattern), field);
        return result;
    }
    // `dit-il`, `l'avion`: the one content word decides; of stop words alone, all.
    std::vector<Xapian::Query> parts, joined;
    for (const Step& step : pattern.steps) {
        if (step.span == 1 && step.stop && !result.only_stop) continue;
        (step.span > 1 ? joined : parts).push_back(candidates(field).any_of(step.terms));
        if (places_) list_place(one_place(step), field);
    }
    if (!parts.empty()) joined.push_back(join(Op::OP_AND, parts));
    result.query = join(Op::OP_OR, joined);
    return result;
}

/// The words of a phrase, one at least, in any place.
Operand Builder::loose_phrase(const Node& phrase, const FieldInfo* field) {
    std::vector<Token> tokens;
    analyser_.analyse(phrase.value, tokens);
    Node list;
    list.begin = phrase.begin;
    list.end = phrase.end;
    for (const Token& token : tokens) {
        if (token.overlay) continue;
        Node& child = list.children.emplace_back();
        child.kind = NodeKind::words;
        child.value = analyser_.form(token.form).text;
    }
    return this->list(list, field);
}

/// `title:(a OU b)` is required in both modes, as `title:a` is.
Operand Builder::field_group(const Node& node) {
    Operand result = operand(node.children.front(), node.field);
    result.filter = true;
    return result;
}

/// A word that stands for many. Where all forms of their terms are wanted, no document need be looked into.
Operand Builder::expanded(const Node& node, const FieldInfo* field) {
    out_.ranked = true;
    const Expansion expansion = patterns_.expand(node);
    Pattern pattern = patterns_.one_step(expansion);
    rank_by(pattern, field);
    list_place(pattern, field);
    return {expansion.all_of_terms ? candidates(field).any_of(expansion.terms) : verified(std::move(pattern), field)};
}

Operand Builder::field_value(const Node& node, const FieldInfo& field) {
    const bool range = node.kind == NodeKind::range;
    if (range && field.kind != FieldKind::date && field.kind != FieldKind::amount) {
        throw QueryFault{&node, std::string(tr("only dates and amounts have ranges",
                                               "seules les dates et les montants ont des intervalles"))};
    }
    Operand result{.filter = true};
    switch (field.kind) {
        case FieldKind::text: {
            Node text = node;
            text.kind = node.exact || node.kind == NodeKind::phrase ? NodeKind::phrase : NodeKind::words;
            result = operand_unscaled(text, &field);
            result.filter = true;
            return result;
        }
        case FieldKind::entity:
            result.query = entity(node, field);
            return result;
        case FieldKind::date:
            result.query = date_query(index_, node, field);
            break;
        case FieldKind::amount:
            result.query = amount_query(node, out_.notes);
            break;
        case FieldKind::exact: {
            const std::string term = field_term(field.prefix, fold_key(node.value));
            out_.selected.emplace_back(field.field, fold_key(node.value));
            if (!index_.database().term_exists(term)) note_unknown(node, field);
            result.query = Xapian::Query(term);
            break;
        }
        case FieldKind::raw:
            result.query = Xapian::Query(field_term(field.prefix, node.value));
            break;
    }
    // These say nothing of how much a document is about them.
    result.query = Xapian::Query(Op::OP_SCALE_WEIGHT, result.query, 0);
    return result;
}

/// The values that are known under the name asked, in every segment: `Musk` is Elon Musk and Kimbal Musk.
Xapian::Query Builder::entity(const Node& node, const FieldInfo& field) {
    const bool prefix = !node.exact && (node.kind == NodeKind::prefix || node.value.ends_with('*'));
    const std::string name =
        fold_key(prefix && node.value.ends_with('*') ? node.value.substr(0, node.value.size() - 1) : node.value);
    EntityKeys keys = node.canonical ? EntityKeys{keys_named(index_, field.field, node.value)}
                                     : entity_keys(index_, field.field, name, prefix);
    if (field.field == Field::keyword && !prefix && !node.canonical) {
        // A phrase is known under its stems too, so that every inflection finds it.
        keys.found.merge(entity_keys(index_, field.field, phrase_key(node.value, analyser_), false).found);
    }
    if (field.field != Field::keyword) out_.ranked = true;
    if (keys.found.empty()) {
        note_unknown(node, field);
        return Xapian::Query::MatchNothing;
    }
    if (keys.cut) {
        note(node, std::string(tr("too many values match; the first 1000 are used",
                                  "trop de valeurs correspondent ; les 1000 premières sont retenues")));
    }
    std::vector<std::string> values;
    for (const std::string& key : keys.found) {
        values.push_back(field_term(field.prefix, key));
        out_.selected.emplace_back(field.field, key);
    }
    patterns_.mark_values(node, field, name, keys.found);
    return synonyms(index_, values);
}

Xapian::Query Builder::verified(Pattern pattern, const FieldInfo* field) {
    const Xapian::Query selected = candidates(field).having(pattern);
    if (selected.empty()) return selected;
    out_.verifiers.push_back(std::make_unique<PatternVerifier>(index_, std::move(pattern),
                                                               field == nullptr ? Part::everywhere : Part::title));
    if (index_.has_servers()) {
        return Xapian::Query(Op::OP_FILTER, selected, served_pattern(*out_.verifiers.back(), selected, deadline_));
    }
    if (decides_) {
        out_.deciders.push_back(out_.verifiers.back().get());
        return selected;
    }
    return Xapian::Query(Op::OP_AND, selected, pattern_filter(*out_.verifiers.back()));
}

std::size_t place_of(const QueryFault& fault, std::string_view text) {
    const std::size_t begin = fault.node->begin, colon = text.find(':', begin);
    const std::size_t place = text.find(fault.value, colon < fault.node->end ? colon + 1 : begin);
    return fault.value.empty() || place >= fault.node->end ? begin : place;
}

}  // namespace

Result<BuiltQuery> build_query(const BuildContext& context, std::string_view text, const Node& root, MatchMode mode) {
    BuiltQuery out;
    out.mode = mode;
    try {
        Result<Operand> built = guarded([&] { return Builder(context, mode, out).whole(root); });
        if (!built) return built.error();
        out.query = built->query;
        out.everything = root.children.size() == 1 && root.children.front().kind == NodeKind::all &&
                         root.children.front().occur != Occur::must_not;
        if (built->absent)
            return Error{Code::query, std::string(tr("the query has no word", "la requête n’a aucun mot"))};
        if (out.highlights.terms.empty() && out.highlights.folded.empty()) out.highlights.folded.swap(out.stop_words);
        if (!out.ranked) out.query = newest_first(context.index, out.query);
    } catch (const QueryFault& fault) {
        const std::string caret = caret_line(text, place_of(fault, text));
        return Error{Code::query, fault.message, fault.hint.empty() ? caret : caret + "\n" + fault.hint};
    }
    return out;
}

}  // namespace limier
