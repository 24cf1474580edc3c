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
        const std::string_view taken = take(sizeof value);
        std::memcpy(&value, taken.data(), taken.size());
        return value;
    }
    std::string_view take(std::size_t size) {
        const std::string_view taken = bytes.substr(0, size);
        bytes.remove_prefix(taken.size());
        return taken;
    }
};

/// One change: a byte, the width of a number, a shorter or a longer string, bytes put in or taken out.
inline void change(Input& input, std::string& bytes) {
    const auto what = input.take<std::uint8_t>();
    const std::size_t at = bytes.empty() ? 0 : input.take<std::uint16_t>() % bytes.size();
    const auto overwrite = [&](auto value) {
        std::memcpy(bytes.data() + at, &value, std::min(sizeof value, bytes.size() - at));
    };
    switch (what % 7) {
        case 0:
            return overwrite(input.take<std::uint8_t>());
        case 1:
            return overwrite(input.take<std::uint32_t>());
        case 2:
            return overwrite(input.take<std::uint64_t>());
        case 3:
            return bytes.resize(at);
        case 4:
            bytes.insert(at, input.take(input.take<std::uint8_t>() % 32));
            return;
        case 5:
            bytes.erase(at, input.take<std::uint8_t>() % 32);
            return;
        default:
            return bytes.resize(bytes.size() + at % 64, '\x01');
    }
}

inline void write_bytes(const std::filesystem::path& path, std::string_view bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc)
        .write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}
