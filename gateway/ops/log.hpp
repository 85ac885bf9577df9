// Log: one JSON object per line, through types that cannot hold a number, a text or a receipt code.
//
// A call names a literal event and fields of safe types: integers, enums, bools, literals (Label), error
// codes, durations and shortened keyed ids. Everything else does not compile, which is the point of this
// header. An integer of eight or more digits is rounded to three, so that a number parsed by mistake does not
// survive either. Must never: gain an overload for std::string, string_view or char*; be called from a signal
// handler. Invariant: a call never waits for the disk; when the queue is full the oldest lines go and are
// counted. Threading: every function may be called from every thread. Owner of the sink: LogSession in the
// composition root.
#pragma once

#include <array>
#include <boost/system/error_code.hpp>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <string_view>
#include <system_error>
#include <type_traits>
#include <variant>

#include "gateway/ops/label.hpp"

namespace rightsline::ops {

enum class Level : std::uint8_t { debug, info, warn, error };

/// The first four bytes of a keyed id: enough to follow one conversation in a log, useless without the key.
class ShortId {
 public:
    explicit ShortId(const std::array<std::uint8_t, 16>& keyed) {
        for (std::size_t i = 0; i < bytes_.size(); ++i) {
            bytes_[i] = keyed[i];
        }
    }
    const std::array<std::uint8_t, 4>& bytes() const { return bytes_; }

 private:
    std::array<std::uint8_t, 4> bytes_{};
};

template <class T>
concept Character = std::same_as<T, char> || std::same_as<T, wchar_t> || std::same_as<T, char8_t> ||
                    std::same_as<T, char16_t> || std::same_as<T, char32_t>;
/// An integer that counts something; a character type is a piece of text and does not count.
template <class T>
concept Count = std::integral<T> && !Character<T> && !std::same_as<T, bool>;
template <class T>
concept Enumerator = std::is_enum_v<T>;

class Field {
 public:
    using Value = std::variant<bool, std::int64_t, std::uint64_t, Label, boost::system::error_code, ShortId>;

    template <std::same_as<bool> T>
    Field(Label key, T value) : key_(key), value_(value) {}
    template <Count T>
    Field(Label key, T value) : key_(key), value_(widen(value)) {}
    template <Enumerator T>
    Field(Label key, T value) : key_(key), value_(widen(static_cast<std::underlying_type_t<T>>(value))) {}
    Field(Label key, Label value) : key_(key), value_(value) {}
    Field(Label key, ShortId value) : key_(key), value_(value) {}
    Field(Label key, const boost::system::error_code& value) : key_(key), value_(value) {}
    Field(Label key, const std::error_code& value) : key_(key), value_(boost::system::error_code(value)) {}
    template <class Rep, class Period>
    Field(Label key, std::chrono::duration<Rep, Period> value)
        : key_(key),
          value_(static_cast<std::int64_t>(
              std::chrono::duration_cast<std::chrono::milliseconds>(value).count())) {}

    Label key() const { return key_; }
    const Value& value() const { return value_; }

 private:
    template <class T>
    static Value widen(T value) {
        if constexpr (std::is_signed_v<T>) {
            return static_cast<std::int64_t>(value);
        } else {
            return static_cast<std::uint64_t>(value);
        }
    }
    Label key_;
    Value value_;
};

using Fields = std::initializer_list<Field>;

/// Writes one line, e.g. log(Level::warn, "webhook_refused", {{"status", 403}}).
void log(Level level, Label event, Fields fields = {});
bool log_enabled(Level level);

enum class LogTo : std::uint8_t { standard_output, standard_error };
struct LogOptions {
    Level level = Level::info;
    LogTo to = LogTo::standard_error;
    std::size_t queue = 8192;                           // lines waiting for the writer
    std::function<void(std::string_view line)> also{};  // tests read along; called on the caller's thread
};

/// Opens the sink; the last lines are written when it ends. One at a time. Without one, lines are dropped.
class LogSession {
 public:
    explicit LogSession(LogOptions options);
    ~LogSession();
    LogSession(const LogSession&) = delete;
    LogSession& operator=(const LogSession&) = delete;
};

/// Lines lost since start because the queue was full.
std::uint64_t log_overruns();

}  // namespace rightsline::ops
