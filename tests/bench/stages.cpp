// Times what happens to a document before it is written, stage by stage, on one thread: bench_stages FILE
// Prints one JSON object of seconds; `scripts/bench build` shows it. Not installed, and built only when asked for.
#include <array>
#include <chrono>
#include <cstdio>
#include <string_view>

#include "indexer/readers.hpp"
#include "indexer/tagger/parts.hpp"

namespace {

using namespace limier;

struct Stage {
    const char* name;
    double seconds = 0;
};

class Stages {
 public:
    /// Returns the next document; nothing at the end.
    std::optional<Document> read(DocumentSource& source) {
        std::optional<Document> document;
        timed(0, [&] { document = source.next(); });
        return document;
    }

    void run(const Document& document) {
        timed(1, [&] {
            analyser_.analyse(document.title, title_);
            analyser_.analyse(document.text, text_);
        });
        const TagInput input{document, title_, text_, analyser_};
        Annotations out;
        timed(2, [&] { names_.tag(input, out); });
        timed(3, [&] { tag_amounts(input, out); });
        timed(4, [&] { tag_dates(input, out); });
        timed(5, [&] { topics_.tag(input, out); });
        timed(6, [&] { key_phrases_.tag(input, out); });
    }

    void print() const {
        std::string_view separator = "{";
        for (const Stage& stage : stages_) {
            std::printf("%s\"%s\": %.4f", separator.data(), stage.name, stage.seconds);
            separator = ", ";
        }
        std::puts("}");
    }

 private:
    template <class Work>
    void timed(std::size_t stage, Work work) {
        const auto begin = std::chrono::steady_clock::now();
        work();
        stages_[stage].seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    }

    std::array<Stage, 7> stages_{
        {{"reading"}, {"words"}, {"names"}, {"amounts"}, {"dates"}, {"topics"}, {"key phrases"}}};
    Analyser analyser_;
    NameTagger names_;
    TopicTagger topics_;
    KeyPhraseTagger key_phrases_;
    std::vector<Token> title_, text_;
};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("usage: bench_stages FILE\n", stderr);
        return 2;
    }
    limier::Result<limier::DocumentSource> source = limier::DocumentSource::open({argv[1]});
    if (!source) {
        std::fprintf(stderr, "bench_stages: %s\n", source.error().message.c_str());
        return 2;
    }
    Stages stages;
    while (const std::optional<limier::Document> document = stages.read(*source)) stages.run(*document);
    stages.print();
    return 0;
}
