#include <algorithm>
#include <string>
#include <unordered_set>

#include "indexer/tagger/names/candidates.hpp"
#include "indexer/tagger/names/compiled_model.hpp"
#include "indexer/tagger/names/coreference.hpp"
#include "indexer/tagger/names/correction.hpp"
#include "indexer/tagger/names/gazetteer.hpp"
#include "indexer/tagger/names/rules.hpp"
#include "indexer/tagger/names/scene.hpp"
#include "indexer/tagger/parts.hpp"

namespace limier {
namespace {

/// `Le père Bonnemort` -> `le père Bonnemort`.
std::string with_small_initial(std::string form) {
    form.front() = static_cast<char>(form.front() | 0x20);
    return form;
}

bool begins_sentence(const std::string& form, const std::unordered_set<std::string_view>& listed) {
    const bool article = form.starts_with("Le ") || form.starts_with("La ") || form.starts_with("Les ");
    return article && listed.contains(with_small_initial(form));
}

Mention mention_of(const Scene& scene, NamedEntity named) {
    Mention mention;
    mention.field = named.at.field;
    mention.value = std::move(named.value);
    mention.begin = scene.word(named.at.first).begin;
    mention.end = scene.word(named.at.last - 1).end;
    // `Chérif C.`: the dot belongs to a surname withheld.
    const bool withheld = mention.field == Field::person && scene.word(named.at.last - 1).letters == 1;
    if (withheld && scene.dot_follows(named.at.last - 1)) ++mention.end;
    mention.in_title = scene.word(named.at.first).in_title;
    mention.known = named.known;
    mention.why = named.at.why;
    mention.margin = named.at.margin;
    return mention;
}

// Enough to tell the spelling most used; the list of a novel has names of thousands of mentions.
constexpr std::uint32_t k_most_repeats = 20;

/// The words of a listed name without article and title (`au père Guérin`, `M. Walter`), which stand outside of a name.
Candidate listed_candidate(const Scene& scene, std::uint32_t first, std::uint32_t last, Field field) {
    Candidate candidate{.first = first, .last = last, .field = field, .strength = k_sure, .why = "listed"};
    while (candidate.first + 1 < last &&
           (scene.lower(candidate.first) || scene.has(candidate.first, k_cue_title | k_cue_title_capital)))
        ++candidate.first;
    if (!scene.capital(candidate.first)) candidate.first = first;
    candidate.entity = any_entity(scene, candidate.first, last, field);
    return candidate;
}

}  // namespace

struct NameTagger::Impl {
    explicit Impl(const UserLexicon& user) : gazetteer(user), model(SequenceModel::read(compiled_model()).value()) {}

    Gazetteer gazetteer;
    SequenceModel model;
};

NameTagger::NameTagger(const UserLexicon& user) : impl_(std::make_unique<Impl>(user)) {}
NameTagger::~NameTagger() = default;

void NameTagger::tag(const TagInput& input, Annotations& out) const {
    const Document& document = input.document;
    Scene scene(impl_->gazetteer, document.title_apart ? std::string_view(document.title) : std::string_view(),
                document.text);
    Reading reading = read_by_rules(scene, document.zones);
    correct(impl_->model, scene, reading);
    drop_unwanted(scene, document.zones, reading.chosen);
    for (NamedEntity& named : name_all(scene, reading.chosen))
        out.mentions.push_back(mention_of(scene, std::move(named)));
}

std::vector<std::string> NameTagger::canonical_values(std::span<const ListedName> names) const {
    std::unordered_set<std::string_view> listed;
    for (const ListedName& name : names) listed.insert(name.form);
    // The names as a text, a line each, so that they are read as those of any document. `La Maheude` began a sentence
    // where `la Maheude` is listed too.
    std::string text;
    std::vector<std::size_t> of_line;
    for (std::size_t i = 0; i < names.size(); ++i) {
        for (std::uint32_t k = 0; k < std::clamp(names[i].count, std::uint32_t{1}, k_most_repeats); ++k) {
            text += begins_sentence(names[i].form, listed) ? with_small_initial(names[i].form) : names[i].form;
            text += '\n';
            of_line.push_back(i);
        }
    }
    const Scene scene(impl_->gazetteer, {}, text);
    std::vector<Candidate> candidates;
    std::vector<std::size_t> of_candidate;
    std::size_t begin = 0;
    std::uint32_t word = 0;
    for (const std::size_t name : of_line) {
        const std::size_t end = begin + names[name].form.size();
        const std::uint32_t first = word;
        while (word < scene.size() && scene.word(word).begin < end) ++word;
        if (word != first) {
            candidates.push_back(listed_candidate(scene, first, word, names[name].field));
            of_candidate.push_back(name);
        }
        begin = end + 1;
    }
    std::vector<std::string> values;
    for (const ListedName& name : names) values.push_back(name.form);
    const std::vector<NamedEntity> named = name_all(scene, candidates);
    for (std::size_t i = 0; i < named.size(); ++i) values[of_candidate[i]] = named[i].value;
    return values;
}

std::uint64_t NameTagger::model_digest() const { return impl_->model.digest(); }

std::vector<Alias> NameTagger::aliases(Field field, std::string_view value) const {
    return impl_->gazetteer.aliases_of(field, value);
}

}  // namespace limier
