#include "searcher/query/questions.hpp"

#include <algorithm>
#include <string>
#include <string_view>

#include "common/text/fold.hpp"
#include "common/text/stop_words.hpp"

namespace limier {
namespace {

/// Words that only ask, as word_key gives them: one after the other, `|` between alternatives, `?` behind what may be
/// left out.
struct Frame {
    std::string_view words;
    bool begins = false;  ///< only as the first words, or behind the preposition that they begin with
};

constexpr Frame k_frames[] = {
    {"je veux|voudrais|souhaite|souhaiterais|desire|cherche|dois a? "
     "savoir|connaitre|comprendre|trouver|voir|lire|avoir?"},
    {"nous voulons|voudrions|souhaitons|souhaiterions|cherchons a? "
     "savoir|connaitre|comprendre|trouver|voir|lire|avoir?"},
    {"j-aimerais|aimerais savoir|connaitre|comprendre|trouver|voir|lire|avoir"},
    {"pouvez-vous|peux-tu|pourriez-vous|pourrais-tu|peut-on me|nous? "
     "dire|donner|indiquer|expliquer|trouver|montrer|citer"},
    {"dites-moi|dis-moi|donnez-moi|donne-moi|montrez-moi|montre-moi|expliquez-moi|explique-moi|trouvez-moi|trouve-moi|"
     "indiquez-moi|indique-moi|citez-moi|cite-moi"},
    {"savez-vous|sais-tu|sait-on"},
    {"s-il vous|te plait"},
    {"svp|stp"},
    {"est-ce|qu-est-ce"},
    {"combien|comment|pourquoi|quand y? est|sont|etait|etaient|fut|furent|sera|seront|a|ont|avait|fait|font|s-appelle|"
     "s-appellent|a-t-il|a-t-elle|a-t-on?",
     true},
    {"qui|quoi|que|ou|quel|quelle|quels|quelles est|sont|etait|etaient|fut|furent|sera|seront|a|ont|avait|fait|font",
     true},
    {"quoi", true},
};

constexpr std::string_view k_prepositions =
    "|a|de|d|dans|depuis|jusqu|en|sur|sous|par|pour|avec|contre|chez|vers|et|mais|";

bool is_one_of(std::string_view word, std::string_view alternatives) {
    for (std::size_t at = alternatives.find(word); at != std::string_view::npos; at = alternatives.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || alternatives[at - 1] == '|') && (end == alternatives.size() || alternatives[end] == '|'))
            return true;
    }
    return false;
}

/// The word without case and accents, its signs as hyphens: `J’aimerais` -> `j-aimerais`.
std::string word_key(std::string_view word) {
    std::string key = fold_key(word);
    std::replace(key.begin(), key.end(), ' ', '-');
    return key;
}

/// The plain word, with its alternatives or alone; null for other operands.
const Node* asked_word(const Node& node) {
    const Node& first = node.kind == NodeKind::or_ ? node.children.front() : node;
    const bool plain = first.kind == NodeKind::words && first.boost == 1;
    return plain && node.occur == Occur::should ? &first : nullptr;
}

/// How many words from the first on are those of the frame; 0 where it does not stand there.
std::size_t length_of(std::string_view frame, std::span<const std::string> words) {
    std::size_t at = 0;
    while (!frame.empty()) {
        const std::size_t end = std::min(frame.find(' '), frame.size());
        std::string_view slot = frame.substr(0, end);
        frame.remove_prefix(std::min(end + 1, frame.size()));
        const bool optional = slot.ends_with('?');
        if (optional) slot.remove_suffix(1);
        if (at < words.size() && is_one_of(words[at], slot))
            ++at;
        else if (!optional)
            return 0;
    }
    return at;
}

bool asks_for_kind(std::string_view word) { return is_one_of(word, "quel|quelle|quels|quelles"); }

}  // namespace

std::vector<WordUse> word_uses(std::span<const Node> operands) {
    std::vector<WordUse> uses(operands.size(), WordUse::content);
    std::vector<std::string> words;
    for (const Node& node : operands) {
        const Node* const word = asked_word(node);
        words.push_back(word == nullptr ? std::string() : word_key(word->value));
    }
    bool beginning = true;
    for (std::size_t at = 0; at < words.size();) {
        std::size_t length = 0;
        for (const Frame& frame : k_frames) {
            if (frame.begins && !beginning) continue;
            length = std::max(length, length_of(frame.words, std::span(words).subspan(at)));
        }
        std::fill_n(uses.begin() + static_cast<std::ptrdiff_t>(at), length, WordUse::frame);
        beginning = beginning && (length > 0 || is_one_of(words[at], k_prepositions));
        at += std::max<std::size_t>(length, 1);
    }
    bool kind_comes = false, content = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const Node* const word = asked_word(operands[i]);
        const bool stop = word == nullptr || is_stop_word(word->value);
        if (asks_for_kind(words[i])) {
            kind_comes = true;
        } else if (uses[i] == WordUse::content && !stop) {
            if (kind_comes) uses[i] = WordUse::kind;
            kind_comes = false;
            content = true;
        }
    }
    if (!content) std::fill(uses.begin(), uses.end(), WordUse::content);
    return uses;
}

}  // namespace limier
