// How well near-duplicates are found: bench_duplicates PATH…
// Makes edited copies of the articles there and prints, for each kind of edit, the share of copies found at some
// thresholds, and of pairs of distinct articles the share taken for copies; for one half of the articles, on which the
// threshold was chosen, then for the other. `--pairs` lists the pairs of articles that agree in k_least_pair bins.
#include <algorithm>
#include <array>
#include <cstdio>
#include <string_view>

#include "common/output/json.hpp"
#include "common/signature.hpp"
#include "indexer/indexing.hpp"
#include "indexer/readers.hpp"
#include "indexer/signer.hpp"
#include "tests/edited_copies.hpp"

namespace {

using namespace limier;

constexpr std::array<unsigned, 9> k_thresholds{16, 20, 24, 28, 32, 36, 40, 48, 64};
constexpr unsigned k_least_pair = 12;

struct Original {
    std::string id;
    Article article;
    Signature signature;
};

class Signatures {
 public:
    Signature of(const Document& document) {
        AnalysedDocument analysed;
        analyser_.analyse(document.text, analysed.body);
        analysed.document = document;
        return signer_(analysed, analyser_);
    }
    Signature of(const Article& article) {
        const std::string title = JsonWriter().string(article.title).take();
        const std::string body = JsonWriter().string(article.body).take();
        return of(*read_json_object("{\"title\":" + title + ",\"body\":" + body + "}", "copy", 1));
    }

 private:
    Analyser analyser_;
    Signer signer_;
};

void print_row(const char* name, const std::vector<unsigned>& equal) {
    std::printf("%-18s %7zu", name, equal.size());
    for (const unsigned least : k_thresholds) {
        const auto found = std::count_if(equal.begin(), equal.end(), [least](unsigned n) { return n >= least; });
        std::printf(" %7.4f", static_cast<double>(found) / static_cast<double>(std::max<std::size_t>(1, equal.size())));
    }
    std::puts("");
}

void print_half(const std::vector<Original>& originals, Signatures& signatures) {
    std::printf("%-18s %7s", "bins that agree >=", "pairs");
    for (const unsigned least : k_thresholds) std::printf(" %7u", least);
    std::puts("");
    Editor editor(1);
    for (const Edit& edit : all_edits()) {
        std::vector<unsigned> equal;
        for (std::size_t i = 0; i < originals.size(); ++i) {
            const Article& other = originals[(i + 1) % originals.size()].article;
            const Article copy = edit.make(editor, originals[i].article, other);
            equal.push_back(equal_bins(originals[i].signature, signatures.of(copy)));
        }
        print_row(edit.name, equal);
    }
    std::vector<unsigned> distinct, boilerplate;
    std::vector<Signature> longer;
    for (const Original& original : originals)
        longer.push_back(signatures.of(Editor::with_boilerplate(original.article)));
    for (std::size_t i = 0; i < originals.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            distinct.push_back(equal_bins(originals[i].signature, originals[j].signature));
            boilerplate.push_back(equal_bins(longer[i], longer[j]));
        }
    }
    print_row("distinct", distinct);
    print_row("same boilerplate", boilerplate);
}

void print_pairs(const std::vector<Original>& originals) {
    for (std::size_t i = 0; i < originals.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const unsigned equal = equal_bins(originals[i].signature, originals[j].signature);
            if (equal >= k_least_pair && !originals[i].signature.empty() && !originals[j].signature.empty())
                std::printf("%u\t%s\t%s\n", equal, originals[i].id.c_str(), originals[j].id.c_str());
        }
    }
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<std::filesystem::path> paths(argv + 1, argv + argc);
    const bool pairs = std::erase(paths, "--pairs") > 0;
    Result<DocumentSource> source = DocumentSource::open(paths);
    if (!source || paths.empty()) {
        std::fputs("usage: bench_duplicates [--pairs] PATH…\n", stderr);
        return 2;
    }
    Signatures signatures;
    std::vector<Original> all, halves[2];
    while (const std::optional<Document> document = source->next()) {
        all.push_back({document->id, article_of(*document), signatures.of(*document)});
        halves[all.size() % 2].push_back(all.back());
    }
    if (pairs) return print_pairs(all), 0;
    for (const std::vector<Original>& half : halves) print_half(half, signatures);
    return 0;
}
