#include "searcher/query/synonyms.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>

#include "common/output/language.hpp"
#include "common/text/accents.hpp"
#include "common/text/fold.hpp"
#include "common/text/utf8.hpp"

// g++ 12 has no #embed; the assembler reads the file (its folder is on its include path).
asm(".section .rodata\n"
    ".global limier_synonyms\nlimier_synonyms:\n.incbin \"synonyms.tsv\"\n"
    ".global limier_synonyms_end\nlimier_synonyms_end:\n.byte 0\n.previous\n");
extern "C" const char limier_synonyms[], limier_synonyms_end[];

namespace limier {
namespace {

/// The stems of a text, one a place.
std::vector<std::string> stems(std::string_view text, Analyser& analyser) {
    std::vector<Token> tokens;
    analyser.analyse(text, tokens);
    std::vector<std::string> terms;
    for (const Token& token : tokens)
        if (!token.overlay) terms.push_back(analyser.form(token.form).term);
    return terms;
}

std::string key_of(const std::vector<std::string>& terms) {
    std::string key;
    for (const std::string& term : terms) key += (key.empty() ? "" : " ") + term;
    return key;
}

bool is_plain_word(const Node& node) { return node.kind == NodeKind::words && node.occur != Occur::must_not; }

Node alternative(const std::string& text, const Node& at) {
    Node node;
    node.kind = text.find(' ') == std::string::npos ? NodeKind::words : NodeKind::phrase;
    node.value = text;
    node.boost = k_synonym_weight;
    node.begin = at.begin;
    node.end = at.end;
    return node;
}

}  // namespace

Synonyms::Synonyms(Analyser& analyser) {
    const std::string_view text(limier_synonyms, static_cast<std::size_t>(limier_synonyms_end - limier_synonyms));
    [[maybe_unused]] const Result<void> sound = add(text, "synonyms.tsv", analyser);
}

Result<void> Synonyms::add_file(const std::string& path, Analyser& analyser) {
    std::ifstream file(path);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file) {
        return Error{Code::io,
                     std::string(tr("cannot read ", "impossible de lire ")) + path + ": " + std::strerror(errno)};
    }
    return add(clean_utf8(text).text, path, analyser);
}

Result<void> Synonyms::add(std::string_view text, std::string_view name, Analyser& analyser) {
    std::size_t number = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string_view line = text.substr(begin, end - begin);
        begin = end + 1;
        ++number;
        if (line.starts_with('#') || line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        Group group;
        std::vector<std::string> keys;
        for (std::size_t at = 0; at <= line.size();) {
            const std::size_t tab = std::min(line.find('\t', at), line.size());
            std::string_view word = line.substr(at, tab - at);
            at = tab + 1;
            while (!word.empty() && (word.back() == '\r' || word.back() == ' ')) word.remove_suffix(1);
            while (word.starts_with(' ')) word.remove_prefix(1);
            const std::vector<std::string> terms = stems(word, analyser);
            if (terms.empty()) continue;
            longest_ = std::max(longest_, terms.size());
            keys.push_back(key_of(terms));
            // Typed without its accents, where that is no other word.
            const std::string folded = fold(word);
            if (folded != word && !unaccented_word(folded)) {
                std::string key = key_of(stems(folded, analyser));
                if (key != key_of(terms)) keys.push_back(std::move(key));
            }
            group.emplace_back(word);
        }
        if (group.size() < 2) {
            return Error{Code::usage,
                         std::string(name) + ":" + std::to_string(number) +
                             std::string(tr(": a group of synonyms has two words or more, with a tab between",
                                            " : un groupe de synonymes a deux mots au moins, séparés par une "
                                            "tabulation"))};
        }
        for (const std::string& key : keys) by_key_[key].push_back(groups_.size());
        groups_.push_back(std::move(group));
    }
    return {};
}

/// What stands in a group beside what has this key.
std::vector<std::string> Synonyms::others(const std::string& key) const {
    std::vector<std::string> others;
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return others;
    for (const std::size_t group : found->second) {
        for (const std::string& word : groups_[group])
            if (std::find(others.begin(), others.end(), word) == others.end()) others.push_back(word);
    }
    return others;
}

std::vector<std::string> Synonyms::expand(Node& root, Analyser& analyser) const {
    std::vector<std::string> added;
    expand_list(root, analyser, added);
    return added;
}

void Synonyms::expand_list(Node& list, Analyser& analyser, std::vector<std::string>& added) const {
    std::vector<std::vector<std::string>> terms;
    for (const Node& child : list.children)
        terms.push_back(is_plain_word(child) ? stems(child.value, analyser) : std::vector<std::string>());
    std::vector<Node> out;
    for (std::size_t at = 0; at < list.children.size();) {
        Node& first = list.children[at];
        const bool group = first.kind == NodeKind::list || first.kind == NodeKind::or_ || first.kind == NodeKind::and_;
        if (group && first.occur != Occur::must_not) expand_list(first, analyser, added);
        // Only words side by side make a run.
        const std::size_t limit = list.kind == NodeKind::list ? list.children.size() : at + 1;
        std::vector<std::string> run, found;
        std::size_t end = at + 1;
        for (std::size_t next = at; next < limit && !terms[next].empty(); ++next) {
            run.insert(run.end(), terms[next].begin(), terms[next].end());
            if (run.size() > longest_) break;
            const std::string key = key_of(run);
            std::vector<std::string> others = this->others(key);
            std::erase_if(others, [&](const std::string& word) { return key_of(stems(word, analyser)) == key; });
            if (others.empty()) continue;
            found = std::move(others);
            end = next + 1;
        }
        if (found.empty()) {
            out.push_back(std::move(first));
            ++at;
            continue;
        }
        Node either;
        either.kind = NodeKind::or_;
        either.occur = first.occur;
        either.begin = first.begin;
        either.end = list.children[end - 1].end;
        Node& asked = either.children.emplace_back();
        if (end == at + 1) {
            asked = std::move(first);
        } else {
            asked.begin = either.begin;
            asked.end = either.end;
            std::move(list.children.begin() + static_cast<std::ptrdiff_t>(at),
                      list.children.begin() + static_cast<std::ptrdiff_t>(end), std::back_inserter(asked.children));
        }
        asked.occur = Occur::should;
        for (const std::string& word : found) {
            either.children.push_back(alternative(word, either));
            if (std::find(added.begin(), added.end(), word) == added.end()) added.push_back(word);
        }
        out.push_back(std::move(either));
        at = end;
    }
    list.children = std::move(out);
}

}  // namespace limier
