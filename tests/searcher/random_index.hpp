// An index of random articles whose content is known, for property tests.
#pragma once

#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "indexer/build.hpp"
#include "tests/scratch.hpp"

struct RandomArticle {
    std::string id;
    std::vector<std::string> title, body;  ///< words
    std::string source;
    std::string author;
    std::string date;  ///< `2024-03-15`, `2024-03` or empty
};

/// Words that no stemmer joins and no stop list holds.
inline const std::vector<std::string>& random_words() {
    static const std::vector<std::string> words{"lapin",   "volcan", "bretagne", "fromage", "satellite",
                                                "tambour", "violon", "granit",   "parfum",  "wagon"};
    return words;
}

class RandomIndex {
 public:
    RandomIndex(unsigned seed, std::size_t documents, unsigned jobs = 2, bool portable = false) {
        std::mt19937 random(seed);
        const auto some_words = [&random](std::size_t least, std::size_t most) {
            std::vector<std::string> list;
            for (std::size_t n = least + random() % (most - least + 1); n > 0; --n) {
                // Squaring makes the first words far more frequent than the last, as in language.
                const double u = std::uniform_real_distribution<>(0, 1)(random);
                list.push_back(
                    random_words()[static_cast<std::size_t>(u * u * static_cast<double>(random_words().size()))]);
            }
            return list;
        };
        std::ofstream out(folder_.path() / "articles.jsonl");
        for (std::size_t i = 0; i < documents; ++i) {
            RandomArticle article{"doc" + std::to_string(i),
                                  some_words(0, 4),
                                  some_words(1, 30),
                                  "source" + std::to_string(random() % 7) + ".fr",
                                  random() % 4 == 0 ? "" : "Auteur " + std::to_string(random() % 1500),
                                  ""};
            const auto kind = random() % 3;
            if (kind > 0) article.date = "202" + std::to_string(random() % 4) + "-0" + std::to_string(1 + random() % 9);
            if (kind > 1) article.date += "-1" + std::to_string(random() % 9);
            out << "{\"id\":\"" << article.id << "\",\"title\":\"" << joined(article.title) << "\",\"body\":\""
                << joined(article.body) << "\",\"source\":\"" << article.source << "\",\"author\":\"" << article.author
                << "\",\"date\":\"" << article.date << "\"}\n";
            articles_.push_back(std::move(article));
        }
        out.close();
        limier::BuildOptions options;
        options.paths = {folder_.path() / "articles.jsonl"};
        options.db = path();
        options.jobs = jobs;
        options.portable = portable;
        report_ = limier::build_index(options);
    }

    static std::string joined(const std::vector<std::string>& words) {
        std::string text;
        for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
        return text;
    }

    std::filesystem::path path() const { return folder_.path() / "db"; }
    const std::vector<RandomArticle>& articles() const { return articles_; }
    const limier::BuildReport& report() const { return report_; }

 private:
    ScratchFolder folder_;
    std::vector<RandomArticle> articles_;
    limier::BuildReport report_;
};
