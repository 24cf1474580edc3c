#include "indexer/tagger.hpp"

#include <xxhash.h>

#include "indexer/tagger/lexicon.hpp"
#include "indexer/tagger/parts.hpp"

namespace limier {

struct Tagger::Impl {
    explicit Impl(UserLexicon added) : user(std::move(added)), names(user), topics(user) {}

    UserLexicon user;
    NameTagger names;
    TopicTagger topics;
    KeyPhraseTagger key_phrases;
};

Tagger::Tagger(UserLexicon user) : impl_(std::make_unique<Impl>(std::move(user))) {}
Tagger::~Tagger() = default;

// The taggers, in order: topics read what the others found, key phrases the topics too.
Annotations Tagger::tag(const Document& document, const std::vector<Token>& title, const std::vector<Token>& text,
                        const Analyser& analyser, std::span<const ForeignStretch> foreign) const {
    const TagInput input{document, title, text, analyser, foreign};
    Annotations out;
    impl_->names.tag(input, out);
    tag_amounts(input, out);
    tag_dates(input, out);
    impl_->topics.tag(input, out);
    impl_->key_phrases.tag(input, out);
    return out;
}

std::vector<std::string> Tagger::canonical_values(std::span<const ListedName> names) const {
    return impl_->names.canonical_values(names);
}

std::vector<Alias> Tagger::aliases(Field field, std::string_view value) const {
    return field == Field::topic ? impl_->topics.aliases(value) : impl_->names.aliases(field, value);
}

std::vector<TopicName> Tagger::ancestors(std::string_view topic) const { return impl_->topics.ancestors(topic); }

std::string Tagger::fingerprint() const {
    XXH64_hash_t hash = impl_->names.model_digest();
    for (const Lexicon& lexicon : all_lexicons())
        hash = XXH3_64bits_withSeed(lexicon.text.data(), lexicon.text.size(), hash);
    if (!impl_->user.text.empty()) hash = XXH3_64bits_withSeed(impl_->user.text.data(), impl_->user.text.size(), hash);
    std::string digits;
    for (int shift = 60; shift >= 0; shift -= 4) digits += "0123456789abcdef"[hash >> shift & 15];
    return digits;
}

}  // namespace limier
