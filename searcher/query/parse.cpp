#include "searcher/query/parse.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "common/output/language.hpp"
#include "common/text/utf8.hpp"
#include "searcher/query/caret.hpp"
#include "searcher/query/lex.hpp"
#include "searcher/query/word.hpp"

namespace limier {
namespace {

// A pasted book has thousands of places to note; nobody reads more than a few.
constexpr std::size_t k_most_notes = 20;

using Kind = Lexeme::Kind;

/// Whether NEAR can look for this: words, and groups of them joined by OR.
bool near_takes(const Node& node) {
    switch (node.kind) {
        case NodeKind::words:
        case NodeKind::phrase:
        case NodeKind::prefix:
        case NodeKind::wildcard:
        case NodeKind::fuzzy:
            return true;
        case NodeKind::or_:
        case NodeKind::near:
        case NodeKind::adj:
            return std::all_of(node.children.begin(), node.children.end(), near_takes);
        default:
            return false;
    }
}

Node list_of(std::vector<Node> children, std::size_t begin, std::size_t end) {
    Node list;
    list.begin = begin;
    list.end = end;
    list.children = std::move(children);
    return list;
}

/// An operand of an operator, where a sign has no place: `chat ET -chien` is `chat ET NOT chien`.
void without_sign(Node& node) {
    const Occur occur = std::exchange(node.occur, Occur::should);
    if (occur != Occur::must_not) return;
    Node negation;
    negation.kind = NodeKind::not_;
    negation.begin = node.begin;
    negation.end = node.end;
    negation.children.push_back(std::move(node));
    node = std::move(negation);
}

/// A node and whether it is an operator's without brackets around it, which chains may go on.
struct Parsed {
    Node node;
    bool open = false;
};

class Parser {
 public:
    Parser(std::string_view text, const std::vector<Lexeme>& lexemes, Problems& problems)
        : text_(text), lexemes_(lexemes), problems_(problems) {}

    Node run() {
        std::vector<Node> children = items();
        if (too_deep_) problems_.faults = {*too_deep_};  // what was skipped makes faults of its own
        if (children.size() == 1 && children[0].kind == NodeKind::list && children[0].occur == Occur::should &&
            children[0].boost == 1)
            return std::move(children[0]);
        return list_of(std::move(children), 0, text_.size());
    }

 private:
    std::vector<Node> items();
    std::optional<Parsed> expression(int least);
    std::optional<Parsed> operand();
    std::optional<Node> signed_operand(Occur occur);
    std::optional<Node> negation();
    std::optional<Node> group();
    std::optional<Node> field_group();
    Parsed combine(const Lexeme& op, Parsed left, Parsed right);
    Parsed near(const Lexeme& op, Parsed left, Node right);
    bool deeper(const Lexeme& at);
    bool at(Kind kind) const { return at_ < lexemes_.size() && lexemes_[at_].kind == kind; }
    bool ends() const { return at_ == lexemes_.size() || at(Kind::close); }
    bool at_binary() const { return at(Kind::op) && lexemes_[at_].op->kind != NodeKind::not_; }
    std::string word(const Lexeme& lexeme) const {
        return std::string(text_.substr(lexeme.begin, lexeme.end - lexeme.begin));
    }
    void lonely(const Lexeme& op, std::string_view english, std::string_view french) {
        problems_.fault(op.begin, op.end, word(op) + std::string(tr(english, french)),
                        std::string(tr("for example ", "par exemple ")) + std::string(op.op->example));
    }

    std::string_view text_;
    const std::vector<Lexeme>& lexemes_;
    Problems& problems_;
    std::size_t at_ = 0;
    int depth_ = 0;
    int chained_ = 0;  ///< chains make the tree deep too, to the left
    std::optional<Problem> too_deep_;
};

/// Whether one level more is allowed.
bool Parser::deeper(const Lexeme& at) {
    if (depth_ + chained_ < k_deepest) return true;
    if (!too_deep_) too_deep_ = {at.begin, at.end, std::string(tr("nested too deeply", "trop d’imbrications"))};
    return false;
}

/// Operands side by side, to a closing bracket or the end.
std::vector<Node> Parser::items() {
    std::vector<Node> nodes;
    std::vector<bool> open;
    while (true) {
        if (at(Kind::close) && depth_ == 0) {
            problems_.fault(lexemes_[at_].begin, lexemes_[at_].end,
                            std::string(tr("a closing parenthesis without its opening one",
                                           "une parenthèse fermante sans son ouvrante")));
            ++at_;
            continue;
        }
        if (ends()) break;
        if (at_binary()) {
            lonely(lexemes_[at_], ": has nothing before it", " : rien ne le précède");
            ++at_;
            continue;
        }
        std::optional<Parsed> parsed = expression(1);
        if (!parsed) continue;
        nodes.push_back(std::move(parsed->node));
        open.push_back(parsed->open);
    }
    if (nodes.size() < 2) return nodes;
    std::vector<Node> flat;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        Node& node = nodes[i];
        // `gilets jaunes SAUF Paris` takes Paris from the whole row, or --match any would bring it back.
        if (open[i] && node.kind == NodeKind::not_ && node.children.size() == 2) {
            Node left = std::move(node.children[0]), right = std::move(node.children[1]);
            if (node.occur != Occur::should) left.occur = node.occur;
            right.occur = Occur::must_not;
            flat.push_back(std::move(left));
            flat.push_back(std::move(right));
        } else {
            flat.push_back(std::move(node));
        }
    }
    // `*` says something alone and before what is taken away; beside wanted words it is a mark in a text.
    const auto wanted = [](const Node& node) { return node.kind != NodeKind::all && node.occur != Occur::must_not; };
    if (std::any_of(flat.begin(), flat.end(), wanted))
        std::erase_if(flat, [](const Node& node) { return node.kind == NodeKind::all && node.occur == Occur::should; });
    return flat;
}

/// Operands joined by operators that bind at least as `least`.
std::optional<Parsed> Parser::expression(int least) {
    std::optional<Parsed> left = operand();
    while (at(Kind::op) && lexemes_[at_].op->precedence >= least) {
        const Lexeme& op = lexemes_[at_++];
        if (!left) {
            lonely(op, ": has nothing before it", " : rien ne le précède");
            return std::nullopt;
        }
        std::optional<Parsed> right;
        if (!ends() && !at_binary()) right = expression(op.op->precedence + 1);
        if (!right) {
            lonely(op, ": has nothing after it", " : rien ne le suit");
            continue;
        }
        left = combine(op, std::move(*left), std::move(*right));
    }
    return left;
}

Parsed Parser::combine(const Lexeme& op, Parsed left, Parsed right) {
    const NodeKind kind = op.op->kind;
    // All operands of AND, NOT and NEAR are required: a + before the first goes to the whole, others say nothing new.
    const Occur occur = left.node.occur;
    if (kind == NodeKind::or_ && (occur == Occur::must || right.node.occur == Occur::must)) {
        problems_.note(op.begin, op.end, std::string(tr("+ says nothing beside OR", "+ ne dit rien à côté de OU")));
    }
    without_sign(left.node);
    without_sign(right.node);
    const Occur whole = kind != NodeKind::or_ && occur == Occur::must ? Occur::must : Occur::should;
    if (kind == NodeKind::near || kind == NodeKind::adj) {
        Parsed made = near(op, std::move(left), std::move(right.node));
        made.node.occur = whole;
        return made;
    }
    const bool goes_on = left.open && left.node.kind == kind && kind != NodeKind::not_;
    if (goes_on) {
        left.node.end = right.node.end;
        left.node.occur = whole;
        left.node.children.push_back(std::move(right.node));
        return left;
    }
    if (left.open && !deeper(op)) return left;
    chained_ += left.open ? 1 : 0;
    Node node;
    node.kind = kind;
    node.occur = whole;
    node.begin = left.node.begin;
    node.end = right.node.end;
    node.children.push_back(std::move(left.node));
    node.children.push_back(std::move(right.node));
    return {std::move(node), true};
}

Parsed Parser::near(const Lexeme& op, Parsed left, Node right) {
    for (const Node* operand : std::array{&std::as_const(left.node), &std::as_const(right)}) {
        const bool known = operand == &left.node && left.open && operand->distance > 0;  // a chain: looked at already
        if (known || near_takes(*operand)) continue;
        problems_.fault(
            operand->begin, operand->end,
            word(op) + std::string(tr(": takes words, phrases, and groups of them joined by OR",
                                      " : prend des mots, des expressions, et leurs groupes joints par OU")),
            std::string(tr("for example ", "par exemple ")) + "président NEAR/5 (France OU Europe)");
        // Without their distance the two are still both asked for.
        Node both;
        both.kind = NodeKind::and_;
        both.begin = left.node.begin;
        both.end = right.end;
        both.children.push_back(std::move(left.node));
        both.children.push_back(std::move(right));
        return {std::move(both), false};
    }
    for (Node* operand : std::array{&left.node, &right}) {
        if (std::exchange(operand->boost, 1) != 1) {
            problems_.note(operand->begin, operand->end,
                           std::string(tr("a weight within NEAR is ignored; put it after the group",
                                          "un poids dans PROCHE est ignoré ; le mettre après le groupe")));
        }
    }
    if (left.open && left.node.kind == op.op->kind && left.node.distance == op.distance) {
        left.node.end = right.end;
        left.node.children.push_back(std::move(right));
        return left;
    }
    if (left.open && !deeper(op)) return left;
    chained_ += left.open ? 1 : 0;
    Node node;
    node.kind = op.op->kind;
    node.distance = op.distance;
    node.begin = left.node.begin;
    node.end = right.end;
    node.children.push_back(std::move(left.node));
    node.children.push_back(std::move(right));
    return {std::move(node), true};
}

std::optional<Parsed> Parser::operand() {
    if (ends()) return std::nullopt;
    const Lexeme& lexeme = lexemes_[at_];
    std::optional<Node> node;
    switch (lexeme.kind) {
        case Kind::must:
            ++at_;
            node = signed_operand(Occur::must);
            break;
        case Kind::must_not:
            ++at_;
            node = signed_operand(Occur::must_not);
            break;
        case Kind::op:
            node = negation();
            break;
        case Kind::open:
            node = group();
            break;
        case Kind::field:
            node = field_group();
            break;
        case Kind::leaf:
            ++at_;
            node = lexeme.node;
            break;
        case Kind::boost:
        case Kind::close:
            ++at_;
            break;
    }
    if (!node) return std::nullopt;
    if (at(Kind::boost)) {
        const Lexeme& boost = lexemes_[at_++];
        node->boost = times_boost(node->boost, boost.node.boost, {boost.begin, boost.end}, problems_);
        node->end = boost.end;
    }
    return Parsed{std::move(*node), false};
}

std::optional<Node> Parser::signed_operand(Occur occur) {
    if (ends() || at(Kind::op)) return std::nullopt;
    const std::size_t begin = lexemes_[at_ - 1].begin;
    std::optional<Parsed> parsed = operand();
    if (!parsed) return std::nullopt;
    parsed->node.occur = occur;
    parsed->node.begin = begin;
    return std::move(parsed->node);
}

/// NOT before its operand.
std::optional<Node> Parser::negation() {
    const Lexeme& op = lexemes_[at_++];
    if (!deeper(op)) {
        while (at(Kind::op)) ++at_;
        std::optional<Parsed> rest = operand();
        return rest ? std::optional(std::move(rest->node)) : std::nullopt;
    }
    ++depth_;
    std::optional<Parsed> right;
    if (!ends() && !at_binary()) right = expression(op.op->precedence + 1);
    --depth_;
    if (!right) {
        lonely(op, ": has nothing after it", " : rien ne le suit");
        return std::nullopt;
    }
    Node node;
    node.kind = NodeKind::not_;
    node.begin = op.begin;
    node.end = right->node.end;
    without_sign(right->node);
    node.children.push_back(std::move(right->node));
    return node;
}

std::optional<Node> Parser::group() {
    const Lexeme& open = lexemes_[at_++];
    const bool allowed = deeper(open);
    std::vector<Node> nodes;
    if (allowed) {
        ++depth_;
        nodes = items();
        --depth_;
    } else {
        // Skipped to the bracket that belongs to it: what is not read must not be read as something else.
        for (std::size_t inner = 1; at_ < lexemes_.size(); ++at_) {
            inner += lexemes_[at_].kind == Kind::open ? 1 : 0;
            if (lexemes_[at_].kind == Kind::close && --inner == 0) break;
        }
    }
    const std::size_t end = at_ < lexemes_.size() ? lexemes_[at_].end : text_.size();
    if (at(Kind::close)) {
        ++at_;
    } else if (allowed) {
        problems_.fault(open.begin, open.end,
                        std::string(tr("nothing closes this parenthesis", "rien ne ferme cette parenthèse")));
    }
    if (nodes.empty()) return std::nullopt;
    if (nodes.size() == 1 && nodes[0].occur == Occur::should) return std::move(nodes[0]);
    return list_of(std::move(nodes), open.begin, end);
}

/// A NEAR that would stand between values of a field.
const Node* near_within(const Node& node) {
    if (node.kind == NodeKind::near || node.kind == NodeKind::adj) return &node;
    if (node.kind == NodeKind::field) return nullptr;
    for (const Node& child : node.children) {
        if (const Node* found = near_within(child)) return found;
    }
    return nullptr;
}

/// Whether a word is the same as a value of a field: no sign in it that such a value gives a meaning.
bool is_simple(std::string_view word) {
    for (std::size_t at = 0; at < word.size();) {
        const char32_t c = next_code_point(word, at);
        if (!is_word_sign(c) && c != U'-' && !is_apostrophe(c)) return false;
    }
    return true;
}

std::optional<Node> Parser::field_group() {
    const Lexeme& head = lexemes_[at_++];
    std::optional<Node> inner = group();
    const auto bad = [&](const Node& at, std::string message) {
        problems_.fault(at.begin, at.end, std::move(message),
                        std::string(tr("for example ", "par exemple ")) + std::string(head.node.field->example));
    };
    Node node;
    node.kind = NodeKind::field;
    node.field = head.node.field;
    node.begin = head.begin;
    node.end = inner ? inner->end : head.end;
    if (!inner) {
        bad(node, std::string(node.field->name) + std::string(tr(": has no value", ": n’a pas de valeur")));
        return std::nullopt;
    }
    if (const Node* found = node.field->kind == FieldKind::text ? nullptr : near_within(*inner)) {
        bad(*found, std::string(tr("NEAR stands between words, not field values",
                                   "PROCHE relie des mots, pas des valeurs de champ")));
        return std::nullopt;
    }
    if (inner->field == node.field && inner->children.empty()) return inner;
    if (inner->kind == NodeKind::words && is_simple(inner->value) && node.field->kind != FieldKind::raw) {
        node.boost = inner->boost;
        node.value = std::move(inner->value);
    } else {
        node.children.push_back(std::move(*inner));
    }
    return node;
}

Error error_of(std::string_view text, const Problem& problem) {
    std::string hint = caret_line(text, problem.begin);
    if (!problem.hint.empty()) hint += "\n" + problem.hint;
    return {Code::query, problem.message, std::move(hint)};
}

/// Words of an operand, those that a hyphen joins too.
std::size_t words_of(const Node& leaf) {
    const auto parts = [](char c) { return c == ' ' || c == '-' || c == '\n' || c == '\t'; };
    return 1 + static_cast<std::size_t>(std::count_if(leaf.value.begin(), leaf.value.end(), parts));
}

/// Whether it stands for all words or values of a shape.
bool is_expanded(const Node& leaf) {
    return leaf.kind == NodeKind::prefix || leaf.kind == NodeKind::wildcard || leaf.kind == NodeKind::fuzzy ||
           (leaf.kind == NodeKind::field && !leaf.exact && leaf.value.find_first_of("*?~") != std::string::npos);
}

/// What goes beyond the limits; nothing where all is well.
std::optional<Problem> too_much(const std::vector<Lexeme>& lexemes) {
    std::size_t words = 0, expanded = 0;
    for (const Lexeme& lexeme : lexemes) {
        if (lexeme.kind != Kind::leaf) continue;
        words += words_of(lexeme.node);
        expanded += is_expanded(lexeme.node) ? 1 : 0;
        const bool too_many = words > k_most_words;
        if (!too_many && expanded <= k_most_expanded) continue;
        return Problem{
            lexeme.begin, lexeme.end,
            std::string(tr("too much at once: more than ", "trop à la fois : plus de ")) +
                std::to_string(too_many ? k_most_words : k_most_expanded) +
                std::string(too_many ? tr(" words", " mots") : tr(" words with *, ? or ~", " mots avec *, ? ou ~"))};
    }
    return std::nullopt;
}

std::vector<QueryNote> notes_of(Problems problems) {
    std::vector<QueryNote> notes;
    for (const Problem& fault : problems.faults)
        notes.push_back({fault.begin, fault.end, std::string(tr("ignored: ", "ignoré : ")) + fault.message});
    for (Problem& note : problems.notes) notes.push_back({note.begin, note.end, std::move(note.message)});
    std::stable_sort(notes.begin(), notes.end(), [](const auto& a, const auto& b) { return a.begin < b.begin; });
    if (notes.size() > k_most_notes) notes.resize(k_most_notes);
    return notes;
}

}  // namespace

Result<ParsedQuery> parse_query(std::string_view query, Leniency leniency) {
    if (query.size() > k_longest_query) {
        return Error{Code::query,
                     std::string(tr("too much at once: more than 64 KiB of query",
                                    "trop à la fois : plus de 64 Kio de requête")),
                     std::string(tr("to find what is like a text: --similar",
                                    "pour trouver ce qui ressemble à un "
                                    "texte : --similar"))};
    }
    const std::string clean = is_utf8(query) ? std::string() : clean_utf8(query).text;
    const std::string_view text = is_utf8(query) ? query : std::string_view(clean);
    Problems problems;
    const std::vector<Lexeme> lexemes = lex_query(text, problems);
    if (const auto problem = too_much(lexemes)) return error_of(text, *problem);
    ParsedQuery parsed;
    parsed.root = Parser(text, lexemes, problems).run();
    const bool empty = parsed.root.children.empty();
    if (!problems.faults.empty() && (leniency == Leniency::strict || empty)) {
        return error_of(text, *std::min_element(problems.faults.begin(), problems.faults.end(),
                                                [](const auto& a, const auto& b) { return a.begin < b.begin; }));
    }
    if (empty) return Error{Code::query, std::string(tr("the query has no word", "la requête n’a aucun mot"))};
    parsed.notes = notes_of(std::move(problems));
    return parsed;
}

}  // namespace limier
