#include "gateway/conversations/recording_job.hpp"

#include <boost/json.hpp>

#include "gateway/conversations/error.hpp"
#include "gateway/ops/base64.hpp"
#include "gateway/ops/json_text.hpp"

namespace rightsline::conversations {
namespace {

namespace json = boost::json;

}  // namespace

std::string to_bytes(const RecordingJob& job) {
    json::object out;
    out["id"] = job.id;
    out["program"] = job.program;
    out["account"] = job.account;
    out["conversation"] = job.conversation;
    out["case"] = job.case_id;
    out["remote_id"] = job.remote.id;
    out["remote_url"] = job.remote.url;
    out["remote_bytes"] = ops::to_base64(job.remote.bytes);
    out["held"] = job.held;
    out["attempts"] = job.attempts;
    out["seconds"] = job.seconds;
    out["circle"] = job.circle;
    return json::serialize(out);
}

Result<RecordingJob> parse_job(std::string_view bytes) {
    boost::system::error_code failed;
    const json::value value = json::parse(bytes, failed);
    const json::object* in = failed ? nullptr : value.if_object();
    if (in == nullptr) {
        return errc::damaged;
    }
    const auto text = [&](std::string_view name) { return ops::text_of(*in, name); };
    RecordingJob job;
    job.id = text("id");
    job.program = text("program");
    job.account = text("account");
    job.conversation = text("conversation");
    job.case_id = text("case");
    job.remote = {text("remote_id"), text("remote_url"), ops::from_base64(text("remote_bytes")).value_or("")};
    const json::value* held = in->if_contains("held");
    job.held = held != nullptr && held->is_bool() && held->get_bool();
    const auto number = [&](std::string_view name) {
        const json::value* found = in->if_contains(name);
        return found != nullptr && found->is_int64() ? static_cast<int>(found->get_int64()) : 0;
    };
    job.attempts = number("attempts");
    job.seconds = number("seconds");
    job.circle = text("circle");
    return job;
}

}  // namespace rightsline::conversations
