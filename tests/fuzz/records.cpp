// Any bytes as what comes from the process that reads hostile files, and sound frames with any change: a document that
// is taken holds what holds of documents, and what is written is read back.
#include "indexer/readers/records.hpp"

#include <cstdint>
#include <string>

#include "tests/fuzz/changes.hpp"
#include "tests/fuzz/require.hpp"

using namespace limier;

namespace {

std::string sample() {
    Document document;
    document.id = "a.zip!/é.txt";
    document.title = "Un été";
    document.text = "Un été\n\nPar Claire\n\nTexte.";
    document.title_end = 8;
    document.date = {2025, 1, 14};
    document.extra = {{"mots", "[\"a\",{\"b\":null}]"}, {"n", "1e3"}};
    document.zones = {{Zone::Kind::byline, 10, 20}};
    const Given given{"http://a", "Un", "A B", {2025, 1, 14}};
    std::string frames;
    append_frame(frames, FrameKind::ready, {});
    append_frame(frames, FrameKind::part, "a.zip!/é.txt");
    append_step(frames, {document}, 7);
    append_step(frames, {{}, Refusal{"a.zip!/b.txt", "it is empty"}}, 8);
    append_step(frames, {{}, {}, ".png"}, 9);
    append_step(frames, {{}, {}, {}, FileReader::Outside{"a.zip!/c.pdf", "c", "c.pdf", "%PDF", given}}, 10);
    append_step(frames, {}, 11);
    return frames;
}

void check(const Frame& frame) {
    if (const std::optional<FileRequest> request = request_of(frame.content)) {
        const std::optional<FileRequest> again = request_of(content_of(*request));
        require(again && content_of(*again) == content_of(*request));
    }
    const std::optional<StepRead> read = step_of(frame);
    if (!read) return;
    if (read->step.document) {
        const Document& document = *read->step.document;
        require(document.title_end <= document.text.size() && document.path.empty());
        for (const Zone& zone : document.zones) require(zone.begin < zone.end && zone.end <= document.text.size());
    }
    std::string bytes;
    append_step(bytes, read->step, read->bytes_read);
    FrameBuffer buffer;
    buffer.append(bytes);
    const auto again = buffer.next();
    require(again && *again && step_of(**again));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::string sound = sample();
    Input input{{reinterpret_cast<const char*>(data), size}};
    std::string bytes(input.bytes.substr(std::min<std::size_t>(1, input.bytes.size())));
    if (input.take<std::uint8_t>() % 2 == 0) {
        bytes = sound;
        while (!input.bytes.empty()) change(input, bytes);
    }
    FrameBuffer buffer;
    for (std::size_t at = 0; at < bytes.size(); at += 50) {
        buffer.append(std::string_view(bytes).substr(at, 50));
        for (;;) {
            const auto frame = buffer.next();
            if (!frame) return 0;
            if (!*frame) break;
            check(**frame);
        }
    }
    return 0;
}
