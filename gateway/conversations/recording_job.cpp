#include "gateway/conversations/recording_job.hpp"

#include <sodium.h>

#include <boost/json.hpp>

#include "gateway/conversations/error.hpp"

namespace rightsline::conversations {
namespace {

namespace json = boost::json;

std::string to_base64(const std::string& bytes) {
    std::string out(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(out.data(), out.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                      bytes.size(), sodium_base64_VARIANT_ORIGINAL);
    out.pop_back();  // the terminator
    return out;
}

std::string from_base64(const std::string& text) {
    std::string bytes(text.size(), '\0');
    std::size_t length = 0;
    const int bad =
        sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                          text.size(), nullptr, &length, nullptr, sodium_base64_VARIANT_ORIGINAL);
    bytes.resize(bad == 0 ? length : 0);
    return bytes;
}

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
    out["remote_bytes"] = to_base64(job.remote.bytes);
    out["held"] = job.held;
    out["attempts"] = job.attempts;
    return json::serialize(out);
}

Result<RecordingJob> parse_job(std::string_view bytes) {
    boost::system::error_code failed;
    const json::value value = json::parse(bytes, failed);
    const json::object* in = failed ? nullptr : value.if_object();
    if (in == nullptr) {
        return errc::damaged;
    }
    const auto text = [&](std::string_view name) {
        const json::value* found = in->if_contains(name);
        return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
    };
    RecordingJob job;
    job.id = text("id");
    job.program = text("program");
    job.account = text("account");
    job.conversation = text("conversation");
    job.case_id = text("case");
    job.remote = {text("remote_id"), text("remote_url"), from_base64(text("remote_bytes"))};
    const json::value* held = in->if_contains("held");
    job.held = held != nullptr && held->is_bool() && held->get_bool();
    const json::value* attempts = in->if_contains("attempts");
    job.attempts = attempts != nullptr && attempts->is_int64() ? static_cast<int>(attempts->get_int64()) : 0;
    return job;
}

}  // namespace rightsline::conversations
