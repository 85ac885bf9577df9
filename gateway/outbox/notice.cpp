#include "gateway/outbox/notice.hpp"

#include <boost/json.hpp>

#include "gateway/ops/json_text.hpp"
#include "gateway/outbox/error.hpp"
#include "gateway/outbox/line_out.hpp"

namespace rightsline::outbox {
namespace {

namespace json = boost::json;

}  // namespace

std::string to_bytes(const Notice& notice) {
    json::object out;
    out["by"] = notice.by == Notice::By::mail ? "mail" : "webhook";
    out["to"] = notice.to.reveal();
    out["subject"] = notice.subject;
    out["body"] = notice.body;
    out["not_after"] = notice.not_after.time_since_epoch().count();
    return json::serialize(out);
}

Result<Notice> parse_notice(std::string_view bytes) {
    boost::system::error_code failed;
    const json::value value = json::parse(bytes, failed);
    const json::object* in = failed ? nullptr : value.if_object();
    const std::string by = in == nullptr ? "" : ops::text_of(*in, "by");
    const json::value* until = in == nullptr ? nullptr : in->if_contains("not_after");
    if ((by != "mail" && by != "webhook") || until == nullptr || !until->is_int64()) {
        return errc::damaged;
    }
    Notice notice;
    notice.by = by == "mail" ? Notice::By::mail : Notice::By::webhook;
    notice.to = locales::PrivateText(ops::text_of(*in, "to"));
    notice.subject = ops::text_of(*in, "subject");
    notice.body = ops::text_of(*in, "body");
    notice.not_after = ops::UtcMs(std::chrono::milliseconds(until->get_int64()));
    return notice;
}

redis::LeaseQueue queue_of_notices(const stores::Keyspace& keys) { return queue_of(keys, notices_line); }

bool is_notice(std::string_view id) { return id.starts_with('e') || id.starts_with('h'); }

}  // namespace rightsline::outbox
