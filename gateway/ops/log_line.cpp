#include "gateway/ops/log_line.hpp"

#include <cstdio>
#include <ctime>

namespace rightsline::ops {
namespace {

constexpr std::uint64_t longest_exact = 9'999'999;  // seven digits are no phone number anywhere we work

// Labels are our own literals; quotes and control characters are escaped all the same.
void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else {
            out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
        }
    }
    out += '"';
}

void append_unsigned(std::string& out, std::uint64_t value) {
    if (value <= longest_exact) {
        out += std::to_string(value);
        return;
    }
    char rounded[32];
    std::snprintf(rounded, sizeof rounded, "%.2e", static_cast<double>(value));
    out += rounded;
}

struct AppendValue {
    std::string& out;
    void operator()(bool value) const { out += value ? "true" : "false"; }
    void operator()(std::uint64_t value) const { append_unsigned(out, value); }
    void operator()(std::int64_t value) const {
        if (value < 0) {
            out += '-';
        }
        const auto magnitude = static_cast<std::uint64_t>(value);
        append_unsigned(out, value < 0 ? ~magnitude + 1 : magnitude);
    }
    void operator()(Label value) const { append_quoted(out, value.view()); }
    void operator()(const boost::system::error_code& value) const {
        // Category and value only: a message may be built from what somebody sent.
        append_quoted(out, std::string(value.category().name()) + ':' + std::to_string(value.value()));
    }
    void operator()(ShortId value) const {
        char hex[9];
        const auto& b = value.bytes();
        std::snprintf(hex, sizeof hex, "%02x%02x%02x%02x", b[0], b[1], b[2], b[3]);
        append_quoted(out, hex);
    }
};

std::string_view name_of(Level level) {
    switch (level) {
        case Level::debug:
            return "debug";
        case Level::info:
            return "info";
        case Level::warn:
            return "warn";
        case Level::error:
            return "error";
    }
    return "error";
}

void append_time(std::string& out, std::chrono::system_clock::time_point at) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
    const auto millis = std::chrono::duration_cast<std::chrono::milliseconds>(at - seconds).count();
    const std::time_t whole = std::chrono::system_clock::to_time_t(seconds);
    std::tm utc{};
    gmtime_r(&whole, &utc);
    char text[32];
    const std::size_t length = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &utc);
    out.append(text, length);
    char fraction[8];
    std::snprintf(fraction, sizeof fraction, ".%03dZ", static_cast<int>(millis));
    out += fraction;
}

}  // namespace

std::string log_line(std::chrono::system_clock::time_point at, Level level, Label event, Fields fields) {
    std::string line = R"({"at":")";
    append_time(line, at);
    line += R"(","level":)";
    append_quoted(line, name_of(level));
    line += R"(,"event":)";
    append_quoted(line, event.view());
    for (const Field& field : fields) {
        line += ',';
        append_quoted(line, field.key().view());
        line += ':';
        std::visit(AppendValue{line}, field.value());
    }
    line += '}';
    return line;
}

}  // namespace rightsline::ops
