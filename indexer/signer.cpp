#include "indexer/signer.hpp"

#include <xxhash.h>

namespace limier {

Signature Signer::operator()(const AnalysedDocument& analysed, const Analyser& analyser) {
    const Document& document = analysed.document;
    hash_of_form_.resize(analyser.forms());
    words_.clear();
    auto zone = document.zones.begin();
    for (const Token& token : analysed.body) {
        while (zone != document.zones.end() && zone->end <= token.begin) ++zone;
        const bool furniture = (zone != document.zones.end() && zone->begin <= token.begin) ||
                               (token.begin >= document.title_begin && token.begin < document.title_end);
        if (token.overlay || furniture) continue;
        std::uint64_t& hash = hash_of_form_[token.form];
        if (hash == 0) {
            const std::string& text = analyser.form(token.form).text;
            hash = XXH3_64bits(text.data(), text.size());
        }
        words_.push_back(hash);
    }
    return make_signature(words_);
}

}  // namespace limier
