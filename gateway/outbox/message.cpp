#include "gateway/outbox/message.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <optional>

#include "gateway/ops/base64.hpp"
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
        return Call{ops::text_of(in, "page"), std::chrono::seconds(number_of(in, "ring")),
                    in.contains("hears_machines")};
    }
    return Text{locales::PrivateText(ops::text_of(in, "body")),
                std::chrono::seconds(number_of(in, "validity"))};
}

/// Nothing: it cannot be read, and nobody may send without it.
std::optional<OnlyWhile> only_while_of(const json::object& in) {
    const json::value* found = in.if_contains("only_while");
    if (found == nullptr) {
        return OnlyWhile{};
    }
    const json::array* parts = found->if_array();
    const bool whole = parts != nullptr && parts->size() == 3 &&
                       std::ranges::all_of(*parts, [](const json::value& part) { return part.is_string(); });
    const auto value = whole ? ops::from_base64((*parts)[2].as_string()) : std::nullopt;
    if (!value) {
        return std::nullopt;
    }
    return OnlyWhile{std::string((*parts)[0].as_string()), std::string((*parts)[1].as_string()), *value};
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
    if (!message.only_while.key.empty()) {
        const OnlyWhile& yes = message.only_while;
        out["only_while"] = json::array{json::string(yes.key), json::string(yes.field),
                                        json::string(ops::to_base64(yes.value))};
    }
    if (message.arrive_by != ops::UtcMs{}) {
        out["arrive_by"] = message.arrive_by.time_since_epoch().count();
    }
    if (const Text* text = std::get_if<Text>(&message.what)) {
        out["body"] = text->body.reveal();
        out["validity"] = text->validity.count();
    } else if (const Call* call = std::get_if<Call>(&message.what)) {
        out["page"] = call->page;
        out["ring"] = call->ring.count();
        if (call->hears_machines) {
            out["hears_machines"] = true;
        }
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
    const std::optional<OnlyWhile> yes = only_while_of(*in);
    if (!to || !yes || lane < 0 || lane >= static_cast<std::int64_t>(lanes)) {
        return errc::damaged;
    }
    return Message{static_cast<Lane>(lane),
                   std::move(*to),
                   ops::text_of(*in, "recipient"),
                   what_of(*in),
                   static_cast<int>(number_of(*in, "copies")),
                   ops::UtcMs(std::chrono::milliseconds(number_of(*in, "not_after"))),
                   in->contains("after_stop"),
                   *yes,
                   ops::UtcMs(std::chrono::milliseconds(number_of(*in, "arrive_by")))};
}

}  // namespace rightsline::outbox
