// The text column's compression: one zstd frame a document, with a dictionary of what the documents have in common.
// For the column writer and reader, and for the build, which trains the dictionary.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace limier {

/// A zstd dictionary, made ready once and used by any number of threads. Empty: texts are compressed each on its own.
class TextDictionary {
 public:
    TextDictionary();
    explicit TextDictionary(std::string bytes);
    ~TextDictionary();
    TextDictionary(TextDictionary&&) noexcept;
    TextDictionary& operator=(TextDictionary&&) noexcept;

    /// Trains on the first texts of an index; empty where they are too few for a dictionary to pay.
    static TextDictionary train(std::span<const std::string_view> texts);

    std::string_view bytes() const;

 private:
    friend class TextCompressor;
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Not thread-safe.
class TextCompressor {
 public:
    TextCompressor();
    ~TextCompressor();
    TextCompressor(TextCompressor&&) noexcept;
    TextCompressor& operator=(TextCompressor&&) noexcept;

    /// Appends the frame of `text` to `out`.
    void append(std::string& out, std::string_view text, const TextDictionary& dictionary);

 private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

/// Reads frames. Thread-safe. The dictionary's bytes are asked for at the first frame and must stay.
class TextReader {
 public:
    TextReader();
    ~TextReader();
    TextReader(TextReader&&) noexcept;
    TextReader& operator=(TextReader&&) noexcept;

    /// Bytes of the text in a frame; nothing where it is damaged.
    static std::optional<std::uint64_t> size_of(std::string_view frame);

    /// False where the frame is damaged. `dictionary()` gives the dictionary's bytes.
    template <class Dictionary>
    bool read(std::string_view frame, std::string& text, Dictionary dictionary) const {
        if (!ready()) prepare(dictionary());
        return decompress(frame, text);
    }

 private:
    bool ready() const;
    void prepare(std::string_view dictionary) const;
    bool decompress(std::string_view frame, std::string& text) const;

    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace limier
