
#include <boost/json.hpp>
#include <optional>
#include <utility>

#include "gateway/ops/base64.hpp"
#include "gateway/providers/clean_text.hpp"
#include "gateway/providers/error.hpp"
#include "gateway/providers/fields.hpp"
#include "gateway/providers/simulator.hpp"
#include "locales/private_text.hpp"

namespace rightsline::providers {
namespace {

namespace json = boost::json;
constexpr std::uint32_t most_turns = 1'000'000;
constexpr std::uint32_t most_pictures = 99;
constexpr std::uint32_t most_seconds = 24 * 60 * 60;

// Reads members of one type and remembers whether all were as they must be.
class Members {
 public:
    explicit Members(const json::object& object) : object_(object) {}
    bool has(std::string_view name) const { return object_.contains(name); }
    bool ok() const { return ok_; }

    std::string text(std::string_view name) {
        const json::value* const value = object_.if_contains(name);
        const json::string* const string = value == nullptr ? nullptr : value->if_string();
        ok_ = ok_ && string != nullptr;
        return string == nullptr ? std::string() : std::string(string->data(), string->size());
    }
    std::string id(std::string_view name) {
        std::string value = text(name);
        ok_ = ok_ && is_id(value);
        return value;
    }
    std::uint32_t number(std::string_view name, std::uint32_t most) {
        const json::value* const value = object_.if_contains(name);
        const std::int64_t* const number = value == nullptr ? nullptr : value->if_int64();
        ok_ = ok_ && number != nullptr && *number >= 0 && *number <= most;
        return ok_ ? static_cast<std::uint32_t>(*number) : 0;
    }

 private:
    const json::object& object_;
    bool ok_ = true;
};

Result<json::object> parse(std::string_view body) {
    json::parse_options options;
    options.max_depth = 4;
    boost::system::error_code failed;
    json::value value = json::parse(body, failed, {}, options);
    if (failed || !value.is_object()) {
        return errc::malformed;
    }
    return std::move(value.as_object());
}

void set_ends(Inbound& inbound, std::string_view worker, std::string line) {
    inbound.line = std::move(line);
    Result<vault::PhoneNumber> number = vault::PhoneNumber::parse(worker);
    if (number) {
        inbound.worker = std::move(*number);
    }
}

void read_text(Inbound& inbound, Members& members) {
    inbound.message = members.id("id");
    const std::string body = members.text("text");
    std::string from = members.text("from");
    if (!inbound.worker) {
        inbound.call = canonical({"sender", from});
    }
    inbound.identity = canonical({"sms", inbound.message});
    inbound.content = canonical({from, inbound.line, body});
    inbound.event = flows::Texted{flows::PrivateText(clean_text(body))};
    inbound.pictures = members.has("pictures") ? members.number("pictures", most_pictures) : 0;
    locales::wipe(from);
}

Result<void> read_recorded(Inbound& inbound, const json::value& value) {
    if (!value.is_object()) {
        return errc::malformed;
    }
    Members members(value.get_object());
    if (!members.has("id")) {
        inbound.event = flows::Recorded{};
        return {};
    }
    RemoteRecording recording;
    recording.id = members.id("id");
    const flows::Seconds length(members.number("seconds", most_seconds));
    if (members.has("audio")) {
        std::optional<std::string> bytes = ops::from_base64(members.text("audio"));
        if (!bytes) {
            return errc::malformed;
        }
        recording.bytes = std::move(*bytes);
    } else {
        recording.url = members.text("url");
    }
    if (!members.ok()) {
        return errc::malformed;
    }
    inbound.event = flows::Recorded{length.count() == 0 ? "" : recording.id, length};
    inbound.recording = std::move(recording);
    return {};
}

Result<void> read_step(Inbound& inbound, Members& members, const json::object& object,
                       const http::Request& request, const std::string& api_base) {
    Result<Fields> query = Fields::of_query(request);
    if (!query) {
        return errc::malformed;
    }
    const Result<std::uint32_t> turn = read_number(query->required("t"), most_turns);
    inbound.step_mac = query->id("k");
    if (!turn || !query->ok()) {
        return errc::malformed;
    }
    inbound.turn = *turn;
    std::string keys;
    if (const json::value* const recorded = object.if_contains("recorded")) {
        if (const Result<void> read = read_recorded(inbound, *recorded); !read) {
            return read.error();
        }
    } else if (members.has("keys")) {
        keys = members.text("keys");
        inbound.event = flows::Keyed{flows::PrivateText(keys)};
    } else if (members.has("continued") && query->has("r")) {
        const Result<std::uint32_t> length = read_number(query->optional("d"), most_seconds);
        std::string id = query->id("r");
        if (!length || !query->ok()) {
            return errc::malformed;
        }
        inbound.event = flows::Recorded{*length == 0 ? "" : id, flows::Seconds(*length)};
        std::string url = api_base + "/recordings/" + id;
        inbound.recording = RemoteRecording{std::move(id), std::move(url)};
    } else if (members.has("continued")) {
        inbound.event = flows::Continued{};
    } else {
        return errc::malformed;
    }
    inbound.identity = canonical({"step", inbound.call, std::to_string(*turn)});
    inbound.content = canonical({keys, inbound.recording ? inbound.recording->id : ""});
    return {};
}

void read_screen(Inbound& inbound, Members& members) {
    inbound.mode = flows::Mode::ussd;
    std::string text;
    std::string kind = "dials";
    inbound.event = flows::Called{};
    if (members.has("end")) {
        kind = "ends";
        inbound.event = flows::HungUp{};
    } else {
        inbound.turn = members.number("turn", most_turns);
    }
    if (members.has("text")) {
        kind = "answers";
        text = members.text("text");
        inbound.event = flows::Texted{flows::PrivateText(clean_text(text))};
    }
    inbound.identity = canonical({"ussd", inbound.call, kind, std::to_string(inbound.turn)});
    inbound.content = canonical({text});
}

void read_call(Inbound& inbound, Members& members, Hook hook) {
    inbound.event = flows::Called{};
    std::string status;
    if (hook == Hook::voice_status) {
        status = members.text("status");
        inbound.event = flows::HungUp{};
    }
    inbound.identity = canonical({hook == Hook::voice ? "call" : "end", inbound.call, status});
    inbound.content = canonical({members.text(inbound.we_called ? "to" : "from"), inbound.line});
}

Result<void> read_page(Inbound& inbound, Members& members, const json::object& object) {
    if (const json::value* const recorded = object.if_contains("recorded")) {
        return read_recorded(inbound, *recorded);
    }
    if (members.has("keys")) {
        inbound.event = flows::Keyed{flows::PrivateText(members.text("keys"))};
    } else if (members.has("continued")) {
        inbound.event = flows::Continued{};
    } else {
        inbound.event = flows::Called{};
    }
    return {};
}

void read_delivery(Inbound& inbound, Members& members, const http::Request& request) {
    inbound.ours = read_ours(request);
    inbound.message = members.id("id");
    inbound.delivery = members.id("status");
    inbound.delivery_error = members.has("error") ? members.text("error") : "";
    inbound.identity = canonical({"delivery", inbound.message, inbound.delivery});
    inbound.content = canonical({inbound.delivery_error});
    inbound.event = flows::Continued{};
}

}  // namespace

Result<Inbound> decode_simulated(Hook hook, const http::Request& request, const Credentials& credentials) {
    const Result<json::object> object = parse(request.body);
    if (!object) {
        return object.error();
    }
    Members members(*object);
    Inbound inbound;
    inbound.hook = hook;
    inbound.we_called = members.has("direction") && members.text("direction") == "outbound";
    const bool outbound = hook == Hook::message_status || hook == Hook::page || inbound.we_called;
    std::string worker = members.text(outbound ? "to" : "from");
    set_ends(inbound, worker, members.text(outbound ? "from" : "to"));
    locales::wipe(worker);  // a short string lives on the stack, where nothing else forgets it
    const std::string account = members.text("account");
    const bool text = hook == Hook::sms || hook == Hook::message_status;
    inbound.call = text ? "" : members.id("call");
    inbound.sent_back = text ? 0 : read_sent_back(request);
    inbound.mode = text ? flows::Mode::sms : flows::Mode::voice;
    if (members.ok() && account != credentials.account_sid) {
        return errc::not_for_us;
    }
    Result<void> read;
    if (hook == Hook::sms) {
        read_text(inbound, members);
    } else if (hook == Hook::message_status) {
        read_delivery(inbound, members, request);
    } else if (hook == Hook::voice_step) {
        read = read_step(inbound, members, *object, request, credentials.api_base);
    } else if (hook == Hook::ussd) {
        read_screen(inbound, members);
    } else if (hook == Hook::page) {
        read = read_page(inbound, members, *object);
    } else if (hook == Hook::recording) {
        return errc::malformed;  // a simulated recording comes with its step
    } else {
        read_call(inbound, members, hook);
    }
    if (!read || !members.ok()) {
        return errc::malformed;
    }
    return inbound;
}

}  // namespace rightsline::providers
