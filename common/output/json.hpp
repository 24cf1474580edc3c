// JSON out. RapidJSON writes it; here are the contract's two additions: no raw control character, and numbers by C
// locale.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace limier {

/// Writes one JSON value. DEL, C1, bidirectional controls and U+2028/2029 are escaped as C0 controls are, so that a
/// reader gets the very string back. Strings are valid UTF-8; a bad byte becomes U+FFFD.
class JsonWriter {
 public:
    explicit JsonWriter(bool indented = false);
    ~JsonWriter();

    JsonWriter& begin_object();
    JsonWriter& end_object();
    JsonWriter& begin_array();
    JsonWriter& end_array();
    JsonWriter& key(std::string_view name);
    JsonWriter& string(std::string_view value);
    JsonWriter& number(std::uint64_t value);
    JsonWriter& number(double value, int decimals);  ///< null where it is not finite
    JsonWriter& boolean(bool value);
    JsonWriter& null();
    JsonWriter& raw(std::string_view json);  ///< a value that is JSON text already

    /// The text written, without a line end; the writer is empty afterwards.
    std::string take();

 private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace limier
