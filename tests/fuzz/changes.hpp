// Changes to sound bytes that a fuzzer's input asks for.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "tests/fuzz/require.hpp"

/// Takes numbers off the input.
struct Input {
    std::string_view bytes;

    template <class T>
    T take() {
        T value{};
        std::memcpy(&value, bytes.data(), std::min(sizeof value, bytes.size()));
        bytes.remove_prefix(std::min(sizeof value, bytes.size()));
        return value;
    }
};

/// One change: a byte, the width of a number, a shorter or a longer string.
inline void change(Input& input, std::string& bytes) {
    const auto what = input.take<std::uint8_t>();
    const std::size_t at = bytes.empty() ? 0 : input.take<std::uint16_t>() % bytes.size();
    const auto overwrite = [&](auto value) {
        std::memcpy(bytes.data() + at, &value, std::min(sizeof value, bytes.size() - at));
    };
    switch (what % 5) {
        case 0:
            return overwrite(input.take<std::uint8_t>());
        case 1:
            return overwrite(input.take<std::uint32_t>());
        case 2:
            return overwrite(input.take<std::uint64_t>());
        case 3:
            return bytes.resize(at);
        default:
            return bytes.resize(bytes.size() + at % 64, '\x01');
    }
}

inline void write_bytes(const std::filesystem::path& path, std::string_view bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}
