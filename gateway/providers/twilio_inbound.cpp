#include "gateway/providers/twilio_inbound.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <utility>

#include "gateway/http/form.hpp"
#include "gateway/ops/zone.hpp"
#include "gateway/providers/answer_json.hpp"
#include "gateway/providers/error.hpp"
#include "gateway/providers/fields.hpp"
#include "gateway/providers/mail_date.hpp"
#include "gateway/providers/twilio_api.hpp"
#include "gateway/providers/twilio_decode.hpp"

namespace rightsline::providers {
namespace {

namespace json = boost::json;

constexpr std::size_t most_list = 2U << 20U;
constexpr std::size_t most_next = 1024;
constexpr const char* page_size = "200";
constexpr std::uint32_t most_seconds = 24 * 60 * 60;
constexpr std::uint32_t most_pictures = 99;

/// The resource behind the account's own path, or "" when the page leads anywhere else.
std::string_view resource_of(std::string_view next, std::string_view list, const Credentials& account) {
    const std::string ours = "/2010-04-01/Accounts/" + account.account_sid + "/";
    const bool plain = std::ranges::all_of(next, [](char c) { return c > ' ' && c < 0x7F && c != '#'; });
    if (next.size() > most_next || !plain || !next.starts_with(ours)) {
        return {};
    }
    next.remove_prefix(ours.size());
    return next.starts_with(list) && next.substr(list.size()).starts_with('?') ? next : std::string_view();
}

std::optional<http::Outgoing> ask(std::string_view list, const std::string& query, std::string_view next,
                                  const Credentials& account) {
    const std::string first = std::string(list) + "?" + query;
    const std::string_view resource = next.empty() ? first : resource_of(next, list, account);
    if (resource.empty()) {
        return std::nullopt;
    }
    Result<http::Outgoing> request = twilio_request("GET", resource, account);
    return request ? std::optional(std::move(*request)) : std::nullopt;
}

/// The entries of a page; `read` gives an event, or nothing of what is not wanted.
template <class Read>
Result<Heard> read_page(const http::Answer& answer, std::string_view name, flows::Instant since, Read read) {
    const auto object = answer.status == 200 ? read_object(answer.body, most_list) : std::nullopt;
    const json::value* const entries = object ? object->if_contains(name) : nullptr;
    if (entries == nullptr || !entries->is_array()) {
        return errc::bad_answer;
    }
    Heard heard;
    heard.next = text_in(*object, "next_page_uri");
    for (const json::value& value : entries->get_array()) {
        const json::object* const entry = value.if_object();
        const auto made = entry != nullptr ? read_mail_date(text_in(*entry, "date_created")) : std::nullopt;
        if (!made) {
            continue;
        }
        if (*made < std::chrono::floor<std::chrono::seconds>(since)) {
            heard.reaches_back = true;
            continue;
        }
        std::optional<Inbound> event = read(*entry);
        if (event) {
            event->said_at = *made;
            heard.events.push_back(std::move(*event));
        }
    }
    return heard;
}

/// A text that was emptied here is one that we hold.
std::optional<Inbound> read_text(const json::object& entry, std::string_view line) {
    const std::string_view id = text_in(entry, "sid");
    const std::string_view body = text_in(entry, "body");
    const std::uint32_t pictures = std::min(number_in(entry, "num_media"), most_pictures);
    const bool came_in = text_in(entry, "direction") == "inbound" && text_in(entry, "to") == line;
    if (!came_in || !is_sid(id, "SM MM") || (body.empty() && pictures == 0)) {
        return std::nullopt;
    }
    Inbound inbound = twilio_text(std::string(id), text_in(entry, "from"), std::string(line), body);
    inbound.pictures = pictures;
    return inbound;
}

std::optional<Inbound> read_recording(const json::object& entry) {
    const std::string_view id = text_in(entry, "sid");
    const std::string_view call = text_in(entry, "call_sid");
    const bool ours = text_in(entry, "source") == "RecordVerb" && text_in(entry, "status") == "completed";
    if (!ours || !is_sid(id, "RE") || !is_sid(call, "CA")) {
        return std::nullopt;
    }
    Inbound inbound;
    inbound.hook = Hook::recording;
    inbound.mode = flows::Mode::voice;
    inbound.call = call;
    const flows::Seconds length(std::min(number_in(entry, "duration"), most_seconds));
    inbound.event = flows::Recorded{length.count() == 0 ? "" : std::string(id), length};
    inbound.recording = RemoteRecording{std::string(id), ""};
    inbound.identity = canonical({"recording", id, "completed"});
    inbound.content = canonical({call});
    return inbound;
}

}  // namespace

std::optional<http::Outgoing> list_twilio_texts(std::string_view line, flows::Instant since,
                                                std::string_view next, const Credentials& account) {
    const std::string day = ops::iso_day(since);
    const std::string query = http::encode_form({{"To", line}, {"DateSent>", day}, {"PageSize", page_size}});
    return ask("Messages.json", query, next, account);
}

Result<Heard> read_twilio_texts(const http::Answer& answer, std::string_view line, flows::Instant since) {
    return read_page(answer, "messages", since,
                     [line](const json::object& entry) { return read_text(entry, line); });
}

std::optional<http::Outgoing> list_twilio_recordings(flows::Instant since, std::string_view next,
                                                     const Credentials& account) {
    const std::string day = ops::iso_day(since);
    return ask("Recordings.json", http::encode_form({{"DateCreated>", day}, {"PageSize", page_size}}), next,
               account);
}

Result<Heard> read_twilio_recordings(const http::Answer& answer, flows::Instant since) {
    return read_page(answer, "recordings", since,
                     [](const json::object& entry) { return read_recording(entry); });
}

}  // namespace rightsline::providers
