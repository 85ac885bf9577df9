#include "gateway/prompt_calls/session.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "gateway/ops/json_text.hpp"
#include "gateway/prompt_calls/error.hpp"
#include "locales/audio.hpp"

namespace rightsline::prompt_calls {
namespace {

namespace json = boost::json;

constexpr char mark =
    't';  // none that names a notice, an answer, a ring, a call-back or a call after a missed one
constexpr std::size_t name_length = 32;
constexpr std::int64_t most = 1'000'000;

std::int64_t number_of(const json::object& in, std::string_view name) {
    const json::value* found = in.if_contains(name);
    return found != nullptr && found->is_int64() ? found->get_int64() : 0;
}

std::uint32_t count_of(const json::object& in, std::string_view name) {
    return static_cast<std::uint32_t>(std::clamp<std::int64_t>(number_of(in, name), 0, most));
}

ops::UtcMs time_of(const json::object& in, std::string_view name) {
    return ops::UtcMs(std::chrono::milliseconds(number_of(in, name)));
}

std::int64_t ms(ops::UtcMs at) { return at.time_since_epoch().count(); }

json::object bytes_of(const Sound& sound) {
    return {{"job", sound.job},
            {"hash", sound.hash},
            {"length", sound.length.count()},
            {"warnings", sound.warnings},
            {"failed", sound.failed}};
}

Sound sound_of(const json::object& in) {
    const json::value* found = in.if_contains("sound");
    const json::object* sound = found == nullptr ? nullptr : found->if_object();
    if (sound == nullptr) {
        return {};
    }
    const json::value* failed = sound->if_contains("failed");
    return {ops::text_of(*sound, "job"), ops::text_of(*sound, "hash"),
            std::chrono::milliseconds(number_of(*sound, "length")), ops::text_of(*sound, "warnings"),
            failed != nullptr && failed->is_bool() && failed->get_bool()};
}

}  // namespace

std::string to_bytes(const Session& session) {
    json::array lines;
    for (const std::string& line : session.lines) {
        lines.push_back(json::string(line));
    }
    return json::serialize(json::object{{"state", static_cast<std::int64_t>(session.state)},
                                        {"since", ms(session.since)},
                                        {"until", ms(session.until)},
                                        {"code", session.code},
                                        {"language", session.language},
                                        {"spoken", session.spoken},
                                        {"by", session.by},
                                        {"line", session.line},
                                        {"lines", std::move(lines)},
                                        {"at", static_cast<std::int64_t>(session.at)},
                                        {"page", static_cast<std::int64_t>(session.page)},
                                        {"silences", static_cast<std::int64_t>(session.silences)},
                                        {"kept", static_cast<std::int64_t>(session.kept)},
                                        {"call", session.call},
                                        {"called_at", ms(session.called_at)},
                                        {"words", locales::to_hex(session.words)},
                                        {"sound", bytes_of(session.sound)}});
}

Result<Session> parse_session(std::string_view bytes) {
    boost::system::error_code failed;
    const json::value value = json::parse(bytes, failed);
    const json::object* in = failed ? nullptr : value.if_object();
    const json::value* lines = in == nullptr ? nullptr : in->if_contains("lines");
    if (lines == nullptr || !lines->is_array() || !in->contains("state")) {
        return errc::damaged;
    }
    Session out;
    out.state = static_cast<State>(
        std::clamp<std::int64_t>(number_of(*in, "state"), 0, static_cast<std::int64_t>(State::over)));
    out.since = time_of(*in, "since");
    out.until = time_of(*in, "until");
    out.code = ops::text_of(*in, "code");
    out.language = ops::text_of(*in, "language");
    out.spoken = ops::text_of(*in, "spoken");
    out.by = ops::text_of(*in, "by");
    out.line = ops::text_of(*in, "line");
    for (const json::value& line : lines->get_array()) {
        if (line.is_string()) {
            out.lines.emplace_back(line.get_string());
        }
    }
    out.at = count_of(*in, "at");
    out.page = count_of(*in, "page");
    out.silences = count_of(*in, "silences");
    out.kept = count_of(*in, "kept");
    out.call = ops::text_of(*in, "call");
    out.called_at = time_of(*in, "called_at");
    out.words = locales::parse_hex(ops::text_of(*in, "words")).value_or(0);
    out.sound = sound_of(*in);
    const bool has_line = out.at < out.lines.size() || out.state == State::over;
    return has_line ? Result<Session>(std::move(out)) : errc::damaged;
}

std::string message_id(std::string_view session) { return mark + std::string(session); }

std::string parse_message_id(std::string_view message) {
    const bool ours = message.size() == name_length + 1 && message.front() == mark;
    return ours ? std::string(message.substr(1)) : std::string();
}

}  // namespace rightsline::prompt_calls
