// What passes between the indexer and the process that reads hostile files for it: frames of a kind and a content. The
// indexer believes nothing of what it is told: each length is held against the bytes that are there, each document
// against what holds of documents.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "indexer/readers/format.hpp"

namespace limier {

enum class FrameKind : std::uint8_t {
    // To the process.
    file = 'f',    ///< FileRequest, with the descriptor of the file where it has one
    bytes = 'b',   ///< an answer to `more`: bytes, none at the end
    failed = 'x',  ///< another answer: why there are no more bytes
    // From it.
    ready = 'h',        ///< once, first: empty, or why the kernel refuses it nothing
    part = 'p',         ///< place of the member, mail or record that is read now
    document = 'd',     ///< a Document
    refusal = 'r',      ///< place, reason
    passed_over = 's',  ///< extension
    outside = 'o',      ///< FileReader::Outside
    more = 'm',         ///< asks for bytes of a file that has no descriptor
    end = 'e',          ///< of the file
    no_memory = 'n',    ///< it has taken all that it may; the process ends
};

/// A frame: four bytes of length, low first, of what follows: a byte of kind, the content.
struct Frame {
    FrameKind kind;
    std::string content;
};

inline constexpr std::size_t k_frame_head = 5;
/// No document is longer, with all that belongs to it.
inline constexpr std::size_t k_longest_frame = std::size_t{4} * k_most_document_bytes;

void append_frame(std::string& out, FrameKind kind, std::string_view content);

/// Frames out of bytes that come in pieces.
class FrameBuffer {
 public:
    void append(std::string_view bytes);
    /// The next frame; nothing where it is not whole yet. Errors: longer than k_longest_frame, or of no length.
    Result<std::optional<Frame>> next();
    /// How many bytes are wanted at least to go on.
    std::size_t wanted() const;

 private:
    std::string bytes_;
    std::size_t at_ = 0;
};

/// What the process is to read, and how.
struct FileRequest {
    std::string path, id, name;
    std::uint64_t size = 0;
    bool has_descriptor = false;
    std::uint64_t parts_done = 0;  ///< are passed over
    SourceOptions options;         ///< of filters the extensions alone
};

std::string content_of(const FileRequest& request);
/// Nothing where the content is not that of a request.
std::optional<FileRequest> request_of(std::string_view content);

/// A step and the bytes read so far as a frame; that of the end where it has nothing.
void append_step(std::string& out, const FileReader::Step& step, std::uint64_t bytes_read);

struct StepRead {
    FileReader::Step step;
    std::uint64_t bytes_read = 0;
};
/// Nothing where the frame is of no such kind, or its content not what one of these may be: text that is not UTF-8,
/// places that are not in the text, members that are not JSON. A document's path is left empty.
std::optional<StepRead> step_of(const Frame& frame);

}  // namespace limier
