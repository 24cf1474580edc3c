// Times what happens to a document before it is written, stage by stage, on one thread: bench_stages FILE
// Prints one JSON object of seconds of processor time; `scripts/bench build` shows it. Not installed, and built only
// when asked for.
#include <array>
#include <cstdio>
#include <string_view>

#include <time.h>

#include "indexer/readers.hpp"
#include "indexer/tagger/parts.hpp"

namespace {

using namespace limier;

/// Of this thread: what else the machine does slows the clock on the wall.
double processor_seconds() {
    ::timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

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
        const double begin = processor_seconds();
        work();
        stages_[stage].seconds += processor_seconds() - begin;
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
    const double begin = processor_seconds();
    Stages stages;
    std::fprintf(stderr, "loaded in %.1f ms of processor time\n", 1e3 * (processor_seconds() - begin));
    while (const std::optional<limier::Document> document = stages.read(*source)) stages.run(*document);
    stages.print();
    return 0;
}
