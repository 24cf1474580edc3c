// An index of a few texts, for a test.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "indexer/build.hpp"
#include "tests/scratch.hpp"

namespace limier {

/// An index of one text a document, named a, b, c … in order.
class SmallIndex {
 public:
    explicit SmallIndex(const std::vector<std::string>& texts) {
        std::ofstream out(folder_.path() / "texts.jsonl");
        char id = 'a';
        for (const std::string& text : texts)
            out << R"({"id":")" << id++ << R"(","title":"","body":")" << text << "\"}\n";
        out.close();
        BuildOptions options;
        options.paths = {folder_.path() / "texts.jsonl"};
        options.db = folder_.path() / "db";
        build_index(options);
    }
    std::filesystem::path path() const { return folder_.path() / "db"; }

 private:
    ScratchFolder folder_;
};

}  // namespace limier
