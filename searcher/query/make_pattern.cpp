#include "searcher/query/make_pattern.hpp"

#include <algorithm>

#include "common/output/language.hpp"
#include "common/text/fold.hpp"
#include "searcher/query/field_index.hpp"

namespace limier {

Pattern PatternMaker::of(const Node& node) {
    switch (node.kind) {
        case NodeKind::words:
            return sequence(node, false);
        case NodeKind::phrase:
            return sequence(node, true);
        case NodeKind::prefix:
        case NodeKind::wildcard:
        case NodeKind::fuzzy:
            return one_step(expand(node));
        case NodeKind::list:
            if (node.children.size() == 1) return of(node.children.front());
            break;
        case NodeKind::or_:
        case NodeKind::near:
        case NodeKind::adj: {
            Pattern pattern;
            pattern.kind = node.kind == NodeKind::or_    ? Pattern::Kind::any_of
                           : node.kind == NodeKind::near ? Pattern::Kind::near
                                                         : Pattern::Kind::ordered;
            pattern.distance = static_cast<std::size_t>(node.distance);
            for (const Node& child : node.children) {
                Pattern operand = of(child);
                const bool absent = operand.kind == Pattern::Kind::sequence && operand.length == 0;
                if (!absent) pattern.children.push_back(std::move(operand));
            }
            // A sign that is no word (`€`) asks for nothing.
            if (pattern.children.empty()) return {};
            if (pattern.children.size() == 1) return std::move(pattern.children.front());
            return pattern;
        }
        default:
            break;
    }
    throw QueryFault{&node, std::string(tr("NEAR takes words, phrases, and groups of them joined by OR",
                                           "PROCHE prend des mots, des expressions, et leurs groupes joints par OU"))};
}

Pattern PatternMaker::sequence(const Node& node, bool exact) {
    std::vector<Token> tokens;
    analyser_.analyse(node.value, tokens);
    Pattern pattern;
    for (const Token& token : tokens) {
        Step step = step_of(token, exact);
        mark(step);
        pattern.length = std::max<std::size_t>(pattern.length, token.position + std::size_t{token.span});
        pattern.steps.push_back(std::move(step));
    }
    return pattern;
}

Step PatternMaker::step_of(const Token& token, bool exact) {
    const Form& form = analyser_.form(token.form);
    Step step{token.position, token.span, {}, {}, form.stop, form.text};
    Expansion expansion = exact ? exact_forms(index_, form.text) : context_.words.forms.of(analyser_, form);
    step.forms = std::move(expansion.forms);
    step.terms = std::move(expansion.terms);
    return step;
}

Expansion PatternMaker::expand(const Node& node) {
    std::vector<Token> tokens;
    analyser_.analyse(node.value, tokens);
    // The analyser takes the article off (`l’élect*`) and joins a compound (`week-e*`); a glob it cannot read goes as
    // typed.
    std::string word = node.value;
    const std::size_t places = tokens.empty() ? 0 : tokens.back().position + std::size_t{tokens.back().span};
    for (const Token& token : tokens) {
        if (node.kind != NodeKind::wildcard && token.position == 0 && token.span == places)
            word = analyser_.form(token.form).text;
    }
    Expansion expansion = node.kind == NodeKind::prefix ? prefix_forms(index_, word)
                          : node.kind == NodeKind::fuzzy
                              ? fuzzy_forms(index_, context_.words.folded, word, node.distance)
                              : wildcard_forms(index_, context_.words.folded, word);
    if (expansion.cut) {
        out_.notes.push_back({node.begin, node.end,
                              std::string(tr("too many words match; the most frequent 1000 are used",
                                             "trop de mots correspondent ; les 1000 plus fréquents sont retenus"))});
    }
    return expansion;
}

Pattern PatternMaker::one_step(Expansion expansion) {
    Pattern pattern;
    pattern.length = 1;
    pattern.steps.push_back({0, 1, std::move(expansion.forms), std::move(expansion.terms)});
    mark(pattern.steps.front());
    return pattern;
}

void PatternMaker::mark_values(const Node& node, const FieldInfo& field, std::string_view name,
                               const std::set<std::string>& keys) {
    const bool named = field.field != Field::topic && field.field != Field::keyword;
    if (context_.highlights && named) out_.highlights.names.merge(other_names(index_, field.field, keys, name));
    std::vector<Token> tokens;
    analyser_.analyse(node.value, tokens);
    for (const Token& token : tokens) {
        const Form& form = analyser_.form(token.form);
        if (field.field == Field::topic || (field.field == Field::keyword && !form.stop))
            out_.highlights.terms.insert(form.term);
        else if (!form.stop)
            out_.highlights.folded.insert(fold(form.text));
    }
}

void PatternMaker::mark(const Step& step) {
    if (!context_.highlights) return;
    for (std::size_t s = 0; s < step.forms.size(); ++s) {
        for (const std::uint32_t id : step.forms[s])
            (step.stop ? out_.stop_words : out_.highlights.folded).insert(fold(index_.segments()[s].segment.form(id)));
    }
}

}  // namespace limier
