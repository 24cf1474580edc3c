// Prints the words of the cues in the lexicon of topics, a line a cue, in their order (topic_cues.hpp). Run by the
// build.
#include <cstdio>

#include "indexer/tagger/lexicon.hpp"
#include "indexer/tagger/topic_cues.hpp"

int main() {
    using namespace limier;
    Analyser analyser;
    for (const auto& row : lexicon_rows("topics", k_topic_columns))
        for (const std::string_view cue : cell_parts(row[k_topic_cues]))
            std::puts(cue_line(cue_text(cue), analyser).c_str());
    return 0;
}
