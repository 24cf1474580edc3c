// Any bytes as a user's lexicon, and a text tagged by it.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "indexer/indexing.hpp"
#include "indexer/tagger.hpp"
#include "indexer/tagger/user_lexicon.hpp"

using namespace limier;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string input(data, data + size);
    UserLexicon lexicon;
    if (!lexicon.add(input, "mine.tsv")) return 0;
    const Tagger tagger(lexicon);
    Analyser analyser;
    Document document;
    for (const UserLexicon::Name& name : lexicon.names) document.text += name.canonical + ", ";
    document.text += "Jeanne Roche et le groupe Orange.";
    const std::size_t length = document.text.size();
    const AnalysedDocument analysed = analyse_document(std::move(document), analyser, &tagger);
    for (const Mention& mention : analysed.annotations.mentions)
        if (mention.begin >= mention.end || mention.end > length) std::abort();
    return 0;
}
