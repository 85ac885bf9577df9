#include "gateway/outbox/message.hpp"

#include <boost/json.hpp>

#include "gateway/ops/json_text.hpp"
#include "gateway/outbox/error.hpp"

namespace rightsline::outbox {
namespace {

namespace json = boost::json;

std::int64_t number_of(const json::object& in, std::string_view name) {
    const json::value* found = in.if_contains(name);
    return found != nullptr && found->is_int64() ? found->get_int64() : 0;
}

std::variant<Text, Call> what_of(const json::object& in) {
    if (in.contains("page")) {
        return Call{ops::text_of(in, "page"), std::chrono::seconds(number_of(in, "ring"))};
    }
    return Text{locales::PrivateText(ops::text_of(in, "body")),
                std::chrono::seconds(number_of(in, "validity"))};
}

}  // namespace

std::string to_bytes(const Message& message) {
    json::object out;
    out["lane"] = static_cast<int>(message.lane);
    out["to"] = message.to.reveal();
    out["recipient"] = message.recipient;
    out["copies"] = message.copies;
    out["not_after"] = message.not_after.time_since_epoch().count();
    if (message.after_stop) {
        out["after_stop"] = true;
    }
    if (const Text* text = std::get_if<Text>(&message.what)) {
        out["body"] = text->body.reveal();
        out["validity"] = text->validity.count();
    } else if (const Call* call = std::get_if<Call>(&message.what)) {
        out["page"] = call->page;
        out["ring"] = call->ring.count();
    }
    return json::serialize(out);
}

Result<Message> parse_message(std::string_view bytes) {
    boost::system::error_code failed;
    const json::value value = json::parse(bytes, failed);
    const json::object* in = failed ? nullptr : value.if_object();
    if (in == nullptr) {
        return errc::damaged;
    }
    const std::int64_t lane = number_of(*in, "lane");
    Result<vault::PhoneNumber> to = vault::PhoneNumber::parse(ops::text_of(*in, "to"));
    if (!to || lane < 0 || lane >= static_cast<std::int64_t>(lanes)) {
        return errc::damaged;
    }
    return Message{static_cast<Lane>(lane),
                   std::move(*to),
                   ops::text_of(*in, "recipient"),
                   what_of(*in),
                   static_cast<int>(number_of(*in, "copies")),
                   ops::UtcMs(std::chrono::milliseconds(number_of(*in, "not_after"))),
                   in->contains("after_stop")};
}

}  // namespace rightsline::outbox
