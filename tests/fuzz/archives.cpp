// Any bytes as an archive or a compressed file, and sound ones with any change: members are read or refused, no name
// leads out, and what is unpacked stays within the limit.
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "indexer/readers/format.hpp"
#include "tests/fuzz/changes.hpp"
#include "tests/indexer/readers/invariants.hpp"
#include "tests/indexer/readers/pack.hpp"
#include "tests/scratch.hpp"

using namespace limier;

namespace {

constexpr const char* k_mail =
    "Subject: Budget\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nBonjour.\n--b\n"
    "Content-Disposition: attachment; filename=a.csv\n\ntitre,texte\nUn,Deux\n--b--\n";

struct Sample {
    std::string name;
    std::string bytes;
};

/// Every kind of archive, one in another, and every kind of compressed file.
std::vector<Sample> make_samples(const std::filesystem::path& folder) {
    const std::vector<Entry> entries{{"presse/", "", AE_IFDIR},
                                     {"presse/2024-03-12-écoles.txt", "Des écoles\n\nLe maire a parlé.\n"},
                                     {"../../n.jsonl", "{\"body\":\"un\"}\n{non\n{\"id\":\"own\",\"body\":\"deux\"}\n"},
                                     {"a.eml", k_mail},
                                     {"n.rtf", "{\\rtf1{\\info{\\title Lac}}Un \\u233\\'e9t\\'e9.}"},
                                     {"n.pdf", "%PDF-"},
                                     {"link.txt", "", AE_IFLNK},
                                     {"x.png", "x"}};
    std::vector<Sample> samples;
    for (const Shape& shape : k_shapes)
        samples.push_back({"a" + std::string(shape.extension), pack(folder / "sample", shape, entries)});
    samples.push_back({"b.tar", pack(folder / "sample", k_tar, {{"in.zip", samples[0].bytes}})});
    const std::vector<Entry> text{{"content.xml", "<document-content><body><p>Le lac.</p></body></document-content>"}};
    samples.push_back({"c.tar", pack(folder / "sample", k_tar, {{"n.odt", pack(folder / "sample", k_zip, text)}})});
    samples.push_back({"b.zip", pack(folder / "sample", k_zip, {{"in.txt", "Un."}}, "zip:encryption=aes256")});
    const std::pair<const char*, int> compressed[] = {{"c.jsonl.gz", ARCHIVE_FILTER_GZIP},
                                                      {"c.txt.xz", ARCHIVE_FILTER_XZ},
                                                      {"c.txt.zst", ARCHIVE_FILTER_ZSTD},
                                                      {"c.mbox.bz2", ARCHIVE_FILTER_BZIP2}};
    for (const auto& [name, filter] : compressed) {
        const Shape shape{"", ARCHIVE_FORMAT_RAW, filter};
        samples.push_back({name, pack(folder / "sample", shape, {{"data", "{\"body\":\"Bonjour.\"}\n"}})});
    }
    return samples;
}

void check_step(const FileReader::Step& step, const std::string& path) {
    if (step.refusal) {
        require(step.refusal->what.starts_with(path) && !step.refusal->reason.empty());
        require(is_utf8(step.refusal->what.substr(path.size())) && is_utf8(step.refusal->reason));
    }
    if (!step.document) return;
    const Document& document = *step.document;
    require(broken_invariant(document).empty() && document.path == path);
    require(("/" + document.id + "/").find("/../") == std::string::npos || !document.id.starts_with("id"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const ScratchFolder folder;
    static const std::vector<Sample> samples = make_samples(folder.path());
    Input input{{reinterpret_cast<const char*>(data), size}};
    const auto choice = input.take<std::uint8_t>();
    const Sample& sample = samples[choice / 2 % samples.size()];
    std::string bytes(input.bytes);
    if (choice % 2 == 0) {
        bytes = sample.bytes;
        while (!input.bytes.empty()) change(input, bytes);
    }
    const std::filesystem::path path = folder.path() / sample.name;
    write_bytes(path, bytes);
    InputFile file{path, "id", bytes.size(), sample.name};
    file.outside = true;
    const std::unique_ptr<FileReader> reader = open_file(file);
    require(reader != nullptr);
    for (;;) {
        const FileReader::Step step = reader->next();
        if (step.is_end()) break;
        check_step(step, path.string());
    }
    require(reader->bytes_read() == bytes.size());
    return 0;
}
