// Errors as values. Includes only the standard library.
#pragma once

#include <cassert>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace limier {

/// What kind of failure this is; few kinds, because callers only branch on few.
enum class Code {
    usage,        ///< the command line cannot be understood
    query,        ///< the query cannot be understood
    input,        ///< a document or lexicon cannot be read
    io,           ///< the system refused a file operation
    not_found,    ///< the thing named does not exist
    busy,         ///< somebody else holds the lock
    schema,       ///< the index is of another version
    damaged,      ///< a checksum or a bound does not hold
    unreachable,  ///< a server does not answer; the message begins with its name, `host:port:`
};

/// A failure that a user can cause: what failed, on what and why; `hint` says what to do and may be empty.
struct Error {
    Code code = Code::io;
    std::string message;
    std::string hint = {};
};

/// A value or an Error. The caller checks before it takes the value.
template <class T>
class [[nodiscard]] Result {
 public:
    Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

    explicit operator bool() const { return state_.index() == 0; }
    T& value() & { return assert(*this), *std::get_if<0>(&state_); }
    const T& value() const& { return assert(*this), *std::get_if<0>(&state_); }
    T&& value() && { return assert(*this), std::move(*std::get_if<0>(&state_)); }
    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(*this).value(); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }
    Error& error() { return assert(!*this), *std::get_if<1>(&state_); }
    const Error& error() const { return assert(!*this), *std::get_if<1>(&state_); }

 private:
    std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
    Result() = default;
    Result(Error error) : error_(std::move(error)) {}

    explicit operator bool() const { return !error_; }
    Error& error() { return assert(error_), *error_; }
    const Error& error() const { return assert(error_), *error_; }

 private:
    std::optional<Error> error_;
};

}  // namespace limier
