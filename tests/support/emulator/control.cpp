#include "tests/support/emulator/control.hpp"

#include <boost/json.hpp>
#include <utility>

#include "gateway/ops/base64.hpp"

namespace rightsline::emulator {
namespace {

namespace json = boost::json;

http::Response reply(int status, const json::value& value) {
    http::Response response;
    response.status = status;
    response.content_type = "application/json";
    response.body = json::serialize(value);
    return response;
}

http::Response refused(const std::string& why) { return reply(400, json::object{{"error", why}}); }

std::optional<json::object> body_of(const http::Request& request) {
    boost::system::error_code failed;
    json::value value = json::parse(request.body, failed);
    return failed || !value.is_object() ? std::nullopt
                                        : std::optional<json::object>(std::move(value.as_object()));
}

std::string text_in(const json::object& object, std::string_view name) {
    const json::value* const value = object.if_contains(name);
    return value != nullptr && value->is_string() ? json::value_to<std::string>(*value) : std::string();
}

json::object shown(const Entry& entry) {
    return {{"sid", entry.sid},
            {"call", entry.call},
            {"to", entry.to},
            {"from", entry.from},
            {"body_hash", entry.body_hash},
            {"status_url", entry.status_url},
            {"answered", entry.answered},
            {"at_ms", entry.at.time_since_epoch().count()}};
}

json::object ledger_from(const Ledger& ledger, std::size_t after) {
    json::array entries;
    for (std::size_t i = after; i < ledger.entries().size(); ++i) {
        entries.push_back(shown(ledger.entries()[i]));
    }
    return {{"total", ledger.entries().size()}, {"entries", std::move(entries)}};
}

json::object receipts_of(const Ledger& ledger) {
    json::array posted;
    for (const Posted& one : ledger.posted()) {
        posted.push_back(json::object{{"sid", one.sid}, {"word", one.word}, {"status", one.status}});
    }
    return {{"total", ledger.posted().size()}, {"receipts", std::move(posted)}};
}

tests::Fields fields_of(const json::object& wish, const World& world) {
    tests::Fields fields{{"AccountSid", world.account.sid}, {"ApiVersion", "2010-04-01"}};
    for (const auto& [name, value] : wish) {
        if (value.is_string()) {
            fields.emplace_back(name, json::value_to<std::string>(value));
        }
    }
    return fields;
}

Awaitable<http::Response> post(World& world, std::string url, tests::Fields fields) {
    const http::Answer answer = co_await world.webhooks.post(std::move(url), std::move(fields));
    co_return reply(200, json::object{{"status", answer.status}, {"body", answer.body}});
}

/// A phone texts or calls one of our lines; or, with "fields", any webhook at all.
Awaitable<http::Response> ring(World& world, const http::Request& request, const std::string& kind) {
    const std::optional<json::object> wish = body_of(request);
    const std::string url = wish ? text_in(*wish, "url") : std::string();
    if (url.empty()) {
        co_return refused("it wants an object with \"url\"");
    }
    json::object fields{{"From", text_in(*wish, "from")}, {"To", text_in(*wish, "to")}};
    if (kind == "text") {
        const std::string sid = wish->contains("sid") ? text_in(*wish, "sid") : tests::fresh_sid("SM");
        for (const char* name : {"MessageSid", "SmsSid", "SmsMessageSid"}) {
            fields[name] = sid;
        }
        fields["Body"] = text_in(*wish, "body");
        fields["NumMedia"] = "0";
        Entry entry;
        entry.sid = sid;
        entry.from = text_in(*wish, "from");
        entry.to = text_in(*wish, "to");
        entry.at = world.clock.now();
        world.ledger.receive(std::move(entry), text_in(*wish, "body"));
    } else if (kind == "call") {
        Entry entry;
        entry.sid = wish->contains("sid") ? text_in(*wish, "sid") : tests::fresh_sid("CA");
        entry.call = true;
        entry.from = text_in(*wish, "from");
        entry.to = text_in(*wish, "to");
        entry.at = world.clock.now();
        fields["CallSid"] = entry.sid;
        world.ledger.receive(std::move(entry), "");
        fields["CallStatus"] = "ringing";
        fields["Direction"] = "inbound";
    } else {
        const json::value* const given = wish->if_contains("fields");
        fields = given != nullptr && given->is_object() ? given->as_object() : json::object();
    }
    co_return co_await post(world, url, fields_of(fields, world));
}

http::Response behave(World& world, const http::Request& request) {
    const std::optional<json::object> wish = body_of(request);
    if (!wish || !world.behaviour.change(*wish)) {
        return refused("this is no behaviour; twilio_emulator.hpp says what one is");
    }
    return reply(200, json::object{});
}

http::Response keep(World& world, const http::Request& request) {
    const std::optional<json::object> wish = body_of(request);
    const std::optional<std::string> audio = wish ? ops::from_base64(text_in(*wish, "audio")) : std::nullopt;
    if (!audio || text_in(*wish, "sid").empty()) {
        return refused("it wants \"sid\" and \"audio\" in base64");
    }
    world.ledger.recordings[text_in(*wish, "sid")] = *audio;
    return reply(201, json::object{});
}

/// What a copy says; of a call: its script, or the URL of it.
http::Response words(World& world, const http::Request& request) {
    const Result<http::Form> query = http::Form::decode(request.query());
    const Copy* const copy = query ? world.ledger.find(std::string(query->get("sid"))) : nullptr;
    return copy == nullptr ? reply(404, json::object{{"error", "there is no such copy"}})
                           : reply(200, json::object{{"words", copy->body}});
}

std::size_t after_in(const http::Request& request) {
    const Result<http::Form> query = http::Form::decode(request.query());
    const std::string after(query ? query->get("after") : "");
    return static_cast<std::size_t>(std::strtoul(after.c_str(), nullptr, 10));
}

}  // namespace

void add_control(http::Router& router, World& world) {
    const auto add = [&router, &world](const char* method, const char* path, auto answer) {
        router.add(method, path,
                   [&world, answer](const http::Request& request, const http::Parameters&)
                       -> Awaitable<http::Response> { co_return answer(world, request); });
    };
    add("GET", "/control/ledger", [](World& all, const http::Request& request) {
        return reply(200, ledger_from(all.ledger, after_in(request)));
    });
    add("GET", "/control/receipts",
        [](World& all, const http::Request&) { return reply(200, receipts_of(all.ledger)); });
    add("GET", "/control/words", words);
    add("POST", "/control/behave", behave);
    add("POST", "/control/recordings", keep);
    for (const std::string kind : {"text", "call", "webhook"}) {
        router.add("POST", "/control/" + kind,
                   [&world, kind](const http::Request& request, const http::Parameters&) {
                       return ring(world, request, kind);
                   });
    }
}

}  // namespace rightsline::emulator
