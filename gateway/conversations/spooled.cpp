#include "gateway/conversations/spooled.hpp"

#include <boost/json.hpp>
#include <optional>

#include "gateway/conversations/error.hpp"
#include "gateway/ops/base64.hpp"
#include "gateway/ops/json_text.hpp"

namespace rightsline::conversations {
namespace {

namespace json = boost::json;

constexpr std::int64_t version = 1;

/// In base64: what a phone company sent need not be valid in JSON.
std::string bytes_of(const json::object& in, std::string_view name) {
    return ops::from_base64(ops::text_of(in, name)).value_or("");
}

bool flag_of(const json::object& in, std::string_view name) {
    const json::value* found = in.if_contains(name);
    return found != nullptr && found->is_bool() && found->get_bool();
}

std::int64_t number_of(const json::object& in, std::string_view name) {
    const json::value* found = in.if_contains(name);
    return found != nullptr && found->is_int64() ? found->get_int64() : 0;
}

Result<Spooled> read_text(const json::object& in) {
    SpooledText text;
    text.program = ops::text_of(in, "program");
    text.account = ops::text_of(in, "account");
    providers::Inbound& inbound = text.inbound;
    inbound.hook = providers::Hook::sms;
    inbound.mode = flows::Mode::sms;
    inbound.line = bytes_of(in, "line");
    inbound.message = bytes_of(in, "message");
    inbound.identity = bytes_of(in, "identity");
    inbound.content = bytes_of(in, "content");
    inbound.call = bytes_of(in, "sender");
    Result<vault::PhoneNumber> worker = vault::PhoneNumber::parse(bytes_of(in, "worker"));
    if (worker) {
        inbound.worker = std::move(*worker);
    }
    inbound.event = flows::Texted{flows::PrivateText(bytes_of(in, "words"))};
    inbound.carrier_answered_stop = flag_of(in, "carrier_answered_stop");
    inbound.pictures = static_cast<std::uint32_t>(number_of(in, "pictures"));
    const bool somebody = inbound.worker.has_value() || !inbound.call.empty();
    if (text.program.empty() || inbound.identity.empty() || !somebody) {
        return errc::damaged;
    }
    return Spooled(std::move(text));
}

}  // namespace

std::string to_bytes(const SpooledText& text) {
    const providers::Inbound& inbound = text.inbound;
    json::object out;
    out["v"] = version;
    out["kind"] = "text";
    out["program"] = text.program;
    out["account"] = text.account;
    out["line"] = ops::to_base64(inbound.line);
    out["message"] = ops::to_base64(inbound.message);
    out["identity"] = ops::to_base64(inbound.identity);
    out["content"] = ops::to_base64(inbound.content);
    out["sender"] = ops::to_base64(inbound.call);
    out["worker"] = ops::to_base64(inbound.worker ? inbound.worker->reveal() : std::string());
    const auto* texted = std::get_if<flows::Texted>(&inbound.event);
    out["words"] = ops::to_base64(texted != nullptr ? texted->body.reveal() : std::string());
    out["carrier_answered_stop"] = inbound.carrier_answered_stop;
    out["pictures"] = inbound.pictures;
    return json::serialize(out);
}

std::string spooled_bytes(const RecordingJob& news) {
    json::object out;
    out["v"] = version;
    out["kind"] = "recording";
    out["job"] = to_bytes(news);
    return json::serialize(out);
}

Result<Spooled> parse_spooled(std::string_view bytes) {
    boost::system::error_code failed;
    const json::value value = json::parse(bytes, failed);
    const json::object* in = failed ? nullptr : value.if_object();
    if (in == nullptr) {
        return errc::damaged;
    }
    const std::string kind = ops::text_of(*in, "kind");
    if (number_of(*in, "v") > version) {
        return errc::newer;
    }
    if (kind == "text") {
        return read_text(*in);
    }
    if (kind != "recording") {
        return errc::damaged;
    }
    Result<RecordingJob> job = parse_job(ops::text_of(*in, "job"));
    if (!job || job->id.empty() || job->program.empty()) {
        return errc::damaged;
    }
    return Spooled(std::move(*job));
}

}  // namespace rightsline::conversations
