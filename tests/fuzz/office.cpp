// Documents of office programs and books, a part of which has any change or is any bytes: what is taken is sound.
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

struct Sample {
    const char* name;
    std::vector<Entry> parts;
};

const Sample k_samples[] = {
    {"a.docx",
     {{"word/document.xml",
       "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p><w:r><w:t>Le "
       "lac"
       "</w:t></w:r><w:r><w:br/><w:t>suite.</w:t></w:r><w:del><w:r><w:delText>x</w:delText></w:r></w:del></w:p><w:tbl>"
       "<w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>"},
      {"docProps/core.xml",
       "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" "
       "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>Lac</dc:title><dc:creator>A B</dc:creator>"
       "</cp:coreProperties>"}}},
    {"a.odt",
     {{"content.xml",
       "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
       "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:text><text:h>Le lac</text:h>"
       "<text:p>Un<text:s text:c=\"2\"/>deux<text:line-break/>fin</text:p></office:text></office:body>"
       "</office:document-content>"}}},
    {"a.epub",
     {{"META-INF/container.xml", "<container><rootfiles><rootfile full-path=\"O/c.opf\"/></rootfiles></container>"},
      {"O/c.opf",
       "<package xmlns=\"http://www.idpf.org/2007/opf\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><metadata>"
       "<dc:title>Lacs</dc:title><dc:date>2019-05-02</dc:date></metadata><manifest><item id=\"a\" "
       "href=\"t/c%201.xhtml\"/><item id=\"x\" href=\"../../etc/passwd\"/></manifest><spine><itemref idref=\"a\"/>"
       "<itemref idref=\"x\"/></spine></package>"},
      {"O/t/c 1.xhtml",
       "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body><h2>Un</h2><p>Le&nbsp;lac.</p></body></html>"}}}};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const ScratchFolder folder;
    Input input{{reinterpret_cast<const char*>(data), size}};
    const auto choice = input.take<std::uint8_t>();
    const Sample& sample = k_samples[choice / 2 % std::size(k_samples)];
    std::vector<Entry> parts = sample.parts;
    std::string& part = parts[choice / 8 % parts.size()].bytes;
    if (choice % 2 == 0) {
        while (!input.bytes.empty()) change(input, part);
    } else {
        part = input.bytes;
    }
    const std::filesystem::path path = folder.path() / sample.name;
    const std::size_t bytes = pack(path, k_zip, parts, "zip:compression=store").size();
    const std::unique_ptr<FileReader> reader = open_file({path, "id", bytes, sample.name});
    require(reader != nullptr);
    for (;;) {
        const FileReader::Step step = reader->next();
        if (!step.document && !step.refusal && !step.passed_over) return 0;
        if (step.document) require(broken_invariant(*step.document).empty() && step.document->id.starts_with("id"));
    }
}
