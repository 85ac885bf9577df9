#include "tests/support/emulator/api.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/json.hpp>
#include <utility>

#include "tests/support/emulator/faulty_stream.hpp"

namespace rightsline::emulator {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;

http::Response reply(int status, const json::object& object) {
    http::Response response;
    response.status = status;
    response.content_type = "application/json";
    response.body = json::serialize(object);
    return response;
}

http::Response refusal(int status, std::int64_t code) {
    return reply(status, {{"code", code},
                          {"message", "refused by the emulator"},
                          {"more_info", "https://www.twilio.com/docs/errors/" + std::to_string(code)},
                          {"status", status}});
}

http::Response order(std::string what, http::Response response) {
    response.headers.emplace_back(order_header, std::move(what));
    return response;
}

std::string basic(const Account& account) {
    const std::string plain = account.sid + ":" + account.token;
    const std::vector<unsigned char> bytes(plain.begin(), plain.end());
    std::vector<unsigned char> out(plain.size() * 2 + 4);
    const int length = EVP_EncodeBlock(out.data(), bytes.data(), static_cast<int>(bytes.size()));
    return "Basic " + std::string(out.begin(), out.begin() + length);
}

Awaitable<void> pause(std::chrono::milliseconds length) {
    if (length.count() <= 0) {
        co_return;
    }
    const auto executor = co_await asio::this_coro::executor;
    asio::steady_timer timer(executor, length);
    const auto ended = co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    static_cast<void>(ended);
}

bool is_e164(std::string_view text) {
    return text.size() > 2 && text.size() <= 16 && text[0] == '+' && text[1] >= '1' && text[1] <= '9' &&
           std::ranges::all_of(text.substr(1), [](char c) { return c >= '0' && c <= '9'; });
}

/// Twilio's code for what is wrong with the form; 0: nothing.
std::int64_t fault_of(const http::Form& form, bool call) {
    if (form.get("To").empty()) {
        return 21604;
    }
    if (!is_e164(form.get("To"))) {
        return 21211;
    }
    if (form.get("From").empty() && (call || form.get("MessagingServiceSid").empty())) {
        return 21603;
    }
    if (call) {
        return form.get("Url").empty() && form.get("Twiml").empty() ? 21205 : 0;
    }
    const std::size_t length = form.get("Body").size();
    return length == 0 ? 21602 : length > 4 * 1600 ? 21617 : 0;
}

// ---- Receipts ----------------------------------------------------------------------------------------------------

constexpr std::int64_t too_long_in_the_queue = 30036;

tests::Fields receipt_of(const World& world, const Entry& entry, const std::string& word, std::size_t number,
                         bool expired) {
    tests::Fields fields{{"AccountSid", world.account.sid},
                         {"ApiVersion", "2010-04-01"},
                         {"From", entry.from},
                         {"To", entry.to}};
    if (entry.call) {
        fields.insert(fields.end(), {{"CallSid", entry.sid},
                                     {"CallStatus", word},
                                     {"Direction", "outbound-api"},
                                     {"SequenceNumber", std::to_string(number)}});
        return fields;
    }
    fields.insert(
        fields.end(),
        {{"MessageSid", entry.sid}, {"SmsSid", entry.sid}, {"MessageStatus", word}, {"SmsStatus", word}});
    const std::int64_t code = expired ? too_long_in_the_queue : world.behaviour.receipts().code;
    if (code != 0 && (word == "undelivered" || word == "failed")) {
        fields.emplace_back("ErrorCode", std::to_string(code));
    }
    return fields;
}

Awaitable<void> tell(World& world, Entry entry, Course course) {
    co_await pause(course.queue);
    std::size_t number = 0;
    for (const std::string& word : course.words) {
        co_await pause(course.delay);
        tests::Fields fields = receipt_of(world, entry, word, number++, course.expired);
        const http::Answer answer = co_await world.webhooks.post(entry.status_url, std::move(fields));
        world.ledger.post({entry.sid, word, answer.status});
        if (Copy* const copy = world.ledger.find(entry.sid); copy != nullptr) {
            copy->status = word;
        }
    }
}

// ---- Sends -------------------------------------------------------------------------------------------------------

http::Response with_retry_after(int status, std::int64_t code, const Fault& fault) {
    http::Response response = refusal(status, code);
    if (fault.retry_after >= 0) {
        response.headers.emplace_back("Retry-After", std::to_string(fault.retry_after));
    }
    return response;
}

http::Response not_taken(const Fault& fault) {
    switch (fault.deed) {
        case Deed::drop:
            return order("drop", {});
        case Deed::limit:
            return with_retry_after(429, 20429, fault);
        case Deed::away:
            return with_retry_after(503, 20503, fault);
        case Deed::refuse:
            return refusal(fault.status, fault.code);
        default:
            return refusal(500, 20500);
    }
}

http::Response taken(const Fault& fault, json::object copy) {
    http::Response plain = reply(201, copy);
    switch (fault.deed) {
        case Deed::accept_drop:
            return order("drop", std::move(plain));
        case Deed::accept_cut:
            return order("cut", std::move(plain));
        case Deed::noise:
            return order("noise", std::move(plain));
        case Deed::accept_500:
            return refusal(500, 20500);
        case Deed::garbage:
            plain.body = "{\"sid\": <html>\xFF";
            return plain;
        case Deed::huge:
            copy["padding"] = std::string(16U << 20U, 'x');
            return reply(201, copy);
        case Deed::nameless:
            copy.erase("sid");
            return reply(201, copy);
        default:
            return plain;
    }
}

Awaitable<http::Response> create(World& world, const http::Request& request, bool call) {
    const Result<http::Form> form = http::Form::decode(request.body);
    const std::int64_t wrong = form ? fault_of(*form, call) : 20001;
    if (wrong != 0) {
        co_return refusal(400, wrong);
    }
    const std::string to(form->get("To"));
    if (const std::int64_t refused = world.behaviour.refused(to); refused != 0) {
        co_return refusal(400, refused);
    }
    const Fault fault = world.behaviour.next();
    if (!takes(fault.deed)) {
        co_await pause(fault.wait);
        co_return not_taken(fault);
    }
    Entry entry;
    entry.call = call;
    entry.to = to;
    entry.from = form->get("From").empty() ? form->get("MessagingServiceSid") : form->get("From");
    entry.status_url = form->get("StatusCallback");
    entry.answered = name_of(fault.deed);
    entry.at = world.clock.now();
    std::string body(form->get(!call ? "Body" : form->get("Url").empty() ? "Twiml" : "Url"));
    const Copy copy = world.ledger.accept(std::move(entry), std::move(body));
    const Receipts& receipts = world.behaviour.receipts();
    Course course = course_of(receipts, call, form->get("ValidityPeriod"));
    if (!copy.entry.status_url.empty() && receipts.early) {
        co_await tell(world, copy.entry, std::move(course));
    } else if (!copy.entry.status_url.empty() && !course.words.empty()) {
        world.tasks.spawn("emulator_receipts", tell(world, copy.entry, std::move(course)));
    }
    co_await pause(fault.wait);
    co_return taken(fault, world.ledger.json_of(copy));
}

// ---- Copies ------------------------------------------------------------------------------------------------------

std::string sid_of(const http::Parameters& parameters) {
    const std::string_view file = parameters["file"];
    return std::string(file.substr(0, file.rfind('.')));
}

http::Response change(World& world, const http::Request& request, const http::Parameters& parameters) {
    const std::string sid = sid_of(parameters);
    if (request.method == "DELETE") {
        http::Response gone;
        gone.status = 204;
        return world.ledger.erase(sid) ? gone : refusal(404, 20404);
    }
    Copy* const copy = world.ledger.find(sid);
    if (copy == nullptr) {
        return refusal(404, 20404);
    }
    const Result<http::Form> form = http::Form::decode(request.body);
    if (request.method == "POST" && form && copy->entry.call && form->count("Status") != 0) {
        copy->status = form->get("Status");
    } else if (request.method == "POST" && form && copy->entry.call) {
        copy->body = form->get(form->get("Url").empty() ? "Twiml" : "Url");
    } else if (request.method == "POST") {
        copy->body.clear();  // Twilio changes a text to nothing, never to something else
    }
    return reply(200, world.ledger.json_of(*copy));
}

std::size_t number_in(const http::Form& form, std::string_view name, std::size_t otherwise) {
    const std::string text(form.get(name));
    return text.empty() || text.size() > 4
               ? otherwise
               : static_cast<std::size_t>(std::strtoul(text.c_str(), nullptr, 10));
}

http::Response list(World& world, const http::Request& request) {
    const Result<http::Form> query = http::Form::decode(request.query());
    if (!query) {
        return refusal(400, 20001);
    }
    const std::size_t size = std::clamp<std::size_t>(number_in(*query, "PageSize", 50), 1, 1000);
    return reply(200, world.ledger.list(std::string(query->get("To")), std::string(query->get("From")), size,
                                        number_in(*query, "Page", 0)));
}

http::Response recording(World& world, const http::Request& request, const http::Parameters& parameters) {
    const auto found = world.ledger.recordings.find(sid_of(parameters));
    if (found == world.ledger.recordings.end()) {
        return refusal(404, 20404);
    }
    http::Response response;
    if (request.method == "DELETE") {
        world.ledger.recordings.erase(found);
        response.status = 204;
        return response;
    }
    response.content_type = "audio/x-wav";
    response.body = found->second;
    return response;
}

}  // namespace

void add_api(http::Router& router, World& world) {
    using Work = std::function<Awaitable<http::Response>(const http::Request&, const http::Parameters&)>;
    const auto add = [&router, &world, key = basic(world.account)](const char* method,
                                                                   const std::string& path, Work work) {
        const auto guarded = [&world, key, work = std::move(work)](
                                 const http::Request& request,
                                 const http::Parameters& parameters) -> Awaitable<http::Response> {
            if (request.header("Authorization") != key || parameters["account"] != world.account.sid) {
                co_return refusal(401, 20003);
            }
            co_return co_await work(request, parameters);
        };
        router.add(method, "/2010-04-01/Accounts/{account}/" + path, guarded);
    };
    const auto at_once = [&world](auto function) {
        return [&world, function](const http::Request& request,
                                  const http::Parameters& parameters) -> Awaitable<http::Response> {
            co_return function(world, request, parameters);
        };
    };
    for (const bool call : {false, true}) {
        add("POST", call ? "Calls.json" : "Messages.json",
            [&world, call](const http::Request& request, const http::Parameters&) {
                return create(world, request, call);
            });
        for (const char* method : {"GET", "POST", "DELETE"}) {
            add(method, call ? "Calls/{file}" : "Messages/{file}", at_once(change));
        }
    }
    add("GET", "Messages.json",
        at_once([](World& all, const http::Request& request, const http::Parameters&) {
            return list(all, request);
        }));
    add("GET", "Recordings.json",
        [&world](const http::Request&, const http::Parameters&) -> Awaitable<http::Response> {
            co_return reply(200, world.ledger.list_recordings());
        });
    for (const char* method : {"GET", "DELETE"}) {
        add(method, "Recordings/{file}", at_once(recording));
    }
}

}  // namespace rightsline::emulator
