#include "searcher/explain.hpp"

#include "common/output/number.hpp"

namespace limier {
namespace {

void add_tokens(std::string_view query, const Node& node, Analyser& analyser, std::vector<ExplainedToken>& found) {
    const bool text = node.field == nullptr || node.field->kind == FieldKind::text;
    const bool leaf =
        node.kind == NodeKind::words || node.kind == NodeKind::phrase || (node.kind == NodeKind::field && text);
    if (!node.children.empty() && text) {
        for (const Node& child : node.children) add_tokens(query, child, analyser, found);
    } else if (leaf) {
        const std::size_t place = query.find(node.value, node.begin);
        std::vector<Token> tokens;
        analyser.analyse(node.value, tokens);
        for (const Token& token : tokens) {
            if (place == std::string_view::npos || token.begin == token.end) continue;
            const std::size_t begin = place + token.begin, end = place + token.end;
            found.push_back(
                {std::string(query.substr(begin, end - begin)), analyser.form(token.form).term, begin, end});
        }
    }
}

std::string score_text(const ExplainedScore& hit) {
    std::string line = std::to_string(hit.rank) + "  " + hit.id + "  " + fixed_decimals(hit.score, 3) + " =";
    for (const auto& [name, value] : hit.parts) {
        if (&name != &hit.parts.front().first && value <= 0) continue;
        line += (&name == &hit.parts.front().first ? " " : " + ") + std::string(name) + " " + fixed_decimals(value, 3);
    }
    return line;
}

}  // namespace

std::vector<ExplainedToken> explained_tokens(std::string_view query, const Node& root, Analyser& analyser) {
    std::vector<ExplainedToken> found;
    add_tokens(query, root, analyser, found);
    return found;
}

std::string explanation_text(const SearchResult& result) {
    const Explanation& told = *result.explanation;
    std::string tokens, times;
    for (const ExplainedToken& token : told.tokens)
        tokens += (tokens.empty() ? "" : ", ") + token.text + " → " + token.term;
    for (const StageTime& time : told.times)
        times += (times.empty() ? "" : ", ") + time.stage + " " + std::to_string(time.micros) + " µs";
    std::string text = "query    " + result.query + "\n";
    if (!tokens.empty()) text += "tokens   " + tokens + "\n";
    text += "tree     " + told.tree + "\nxapian   " + told.xapian + "\ntimes    " + times + "\n";
    for (const AddedWord& added : result.added) {
        text += "added    " + added.word + " " + fixed_decimals(added.weight, 3) +
                (added.feedback ? " (best documents)\n" : " (synonym)\n");
    }
    for (const ExplainedScore& hit : told.hits) text += "hit      " + score_text(hit) + "\n";
    return text;
}

}  // namespace limier
