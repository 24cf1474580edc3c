#include "common/output/json.hpp"

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <variant>

#include <rapidjson/prettywriter.h>
#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>

#include "common/output/number.hpp"
#include "common/output/terminal.hpp"
#include "common/text/utf8.hpp"

namespace limier {
namespace {

using Compact = rapidjson::Writer<rapidjson::StringBuffer>;
using Indented = rapidjson::PrettyWriter<rapidjson::StringBuffer>;

// Beyond the controls, U+2028 and U+2029: readers of JSON lines that split as Unicode does would split there.
bool is_escaped(char32_t code_point) {
    return is_control(code_point) || code_point == U'\u2028' || code_point == U'\u2029';
}

/// How many bytes from U+0020 to U+007E the text begins with, by eights.
std::size_t plain_run(std::string_view text) {
    constexpr std::uint64_t k_ones = 0x0101010101010101;
    std::size_t at = 0;
    for (std::uint64_t word = 0; at + sizeof word <= text.size(); at += sizeof word) {
        std::memcpy(&word, text.data() + at, sizeof word);
        // A byte too high or too low for its top bit to stay 0; what it takes from its neighbours is found out by one.
        if (((word | (word + k_ones) | (word - 0x20 * k_ones)) & 0x80 * k_ones) != 0) break;
    }
    return at;
}

// RapidJSON escapes C0. The other controls can stand only inside strings, so that the finished text can be escaped.
void append_escaped(std::string& out, std::string_view json) {
    std::size_t taken = 0;  // what stands behind is taken over as it is
    for (std::size_t at = 0; at < json.size();) {
        at += plain_run(json.substr(at));
        if (at == json.size()) break;
        const char byte = json[at];
        if (byte >= ' ' && byte < '\x7f') {
            ++at;
            continue;
        }
        const std::size_t begin = at;
        const char32_t code_point = next_code_point(json, at);
        const bool escaped = byte != '\n' && is_escaped(code_point);
        if (!escaped && code_point != U'\uFFFD') continue;  // which a bad byte is read as
        out += json.substr(taken, begin - taken);
        taken = at;
        if (escaped) {
            char escape[8];
            std::snprintf(escape, sizeof escape, "\\u%04X", static_cast<unsigned>(code_point));
            out += escape;
        } else {
            append_utf8(out, code_point);
        }
    }
    out += json.substr(taken);
}

}  // namespace

struct JsonWriter::Impl {
    rapidjson::StringBuffer buffer;
    std::variant<Compact, Indented> writer;

    explicit Impl(bool indented) : writer(std::in_place_type<Compact>, buffer) {
        if (!indented) return;
        Indented& pretty = writer.emplace<Indented>(buffer);
        pretty.SetIndent(' ', 2);
        pretty.SetFormatOptions(rapidjson::kFormatSingleLineArray);
    }

    template <class Write>
    void write(Write action) {
        std::visit([&](auto& target) { action(target); }, writer);
    }

    void raw(std::string_view json, rapidjson::Type type) {
        write([&](auto& target) { target.RawValue(json.data(), json.size(), type); });
    }
};

JsonWriter::JsonWriter(bool indented) : impl_(std::make_unique<Impl>(indented)) {}
JsonWriter::~JsonWriter() = default;

JsonWriter& JsonWriter::begin_object() {
    impl_->write([](auto& target) { target.StartObject(); });
    return *this;
}

JsonWriter& JsonWriter::end_object() {
    impl_->write([](auto& target) { target.EndObject(); });
    return *this;
}

JsonWriter& JsonWriter::begin_array() {
    impl_->write([](auto& target) { target.StartArray(); });
    return *this;
}

JsonWriter& JsonWriter::end_array() {
    impl_->write([](auto& target) { target.EndArray(); });
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) { return string(name); }

JsonWriter& JsonWriter::string(std::string_view value) {
    // RapidJSON asserts on a null pointer, which an empty view may hold.
    const char* data = value.empty() ? "" : value.data();
    impl_->write([&](auto& target) { target.String(data, static_cast<rapidjson::SizeType>(value.size())); });
    return *this;
}

JsonWriter& JsonWriter::number(std::uint64_t value) {
    impl_->write([&](auto& target) { target.Uint64(value); });
    return *this;
}

JsonWriter& JsonWriter::number(double value, int decimals) {
    if (!std::isfinite(value)) return null();
    impl_->raw(fixed_decimals(value, decimals), rapidjson::kNumberType);
    return *this;
}

JsonWriter& JsonWriter::boolean(bool value) {
    impl_->write([&](auto& target) { target.Bool(value); });
    return *this;
}

JsonWriter& JsonWriter::null() {
    impl_->write([](auto& target) { target.Null(); });
    return *this;
}

JsonWriter& JsonWriter::raw(std::string_view json) {
    impl_->raw(json, rapidjson::kObjectType);
    return *this;
}

std::string JsonWriter::take() {
    std::string out;
    out.reserve(impl_->buffer.GetSize());
    append_escaped(out, {impl_->buffer.GetString(), impl_->buffer.GetSize()});
    impl_->buffer.Clear();
    impl_->write([&](auto& target) { target.Reset(impl_->buffer); });
    return out;
}

}  // namespace limier
