#include "gateway/providers/twilio_list.hpp"

#include <boost/json/array.hpp>

#include "gateway/providers/answer_json.hpp"
#include "gateway/providers/clean_text.hpp"
#include "gateway/providers/error.hpp"
#include "gateway/providers/mail_date.hpp"
#include "gateway/providers/send_checks.hpp"
#include "gateway/providers/twilio_api.hpp"

namespace rightsline::providers {
namespace {

namespace json = boost::json;

constexpr std::size_t most_list = 2U << 20U;

// As it is compared: what a carrier's database does to the edges of a text is no difference.
std::string compared(std::string_view words) {
    std::string clean = clean_text(words);
    const std::size_t end = clean.find_last_not_of(" \r\n\t");
    clean.resize(end == std::string::npos ? 0 : end + 1);
    return clean;
}

struct Entry {
    SentCopy copy;
    bool ours = false;  // to this person, from this line, by a program
    std::string_view words;
};

Result<Entry> read_entry(const json::value& value, const Outbound& send) {
    const json::object* const object = value.if_object();
    if (object == nullptr) {
        return errc::bad_answer;
    }
    Entry entry;
    entry.copy.id = text_in(*object, "sid");
    entry.copy.status = text_in(*object, "status");
    entry.copy.error = number_in(*object, "error_code");
    entry.words = text_in(*object, "body");
    const auto made = read_mail_date(text_in(*object, "date_created"));
    if (!made || !is_sid(entry.copy.id, "SM MM")) {
        return errc::bad_answer;
    }
    entry.copy.made = *made;
    const bool any_line = is_sid(send.line, "MG");  // the service picks one of its numbers
    entry.ours = text_in(*object, "to") == send.to.reveal() && text_in(*object, "direction") != "inbound" &&
                 (any_line || text_in(*object, "from") == send.line);
    return entry;
}

}  // namespace

Result<SentList> read_twilio_list(const http::Answer& answer, const Outbound& send, flows::Instant since) {
    const TextOut* const text = std::get_if<TextOut>(&send.what);
    if (text == nullptr) {
        return errc::not_offered;
    }
    const auto object = answer.status == 200 ? read_object(answer.body, most_list) : std::nullopt;
    const json::value* const messages = object ? object->if_contains("messages") : nullptr;
    const json::value* const next = object ? object->if_contains("next_page_uri") : nullptr;
    if (messages == nullptr || !messages->is_array()) {
        return errc::bad_answer;
    }
    std::string words = compared(text->body.reveal());
    SentList list;
    list.whole = next != nullptr && next->is_null();
    for (const json::value& value : messages->get_array()) {
        Result<Entry> entry = read_entry(value, send);
        if (!entry) {
            return entry.error();
        }
        if (!entry->ours || entry->copy.made < std::chrono::floor<std::chrono::seconds>(since)) {
            continue;
        }
        std::string theirs = compared(entry->words);
        if (theirs == words) {
            list.same.push_back(std::move(entry->copy));
        } else if (entry->words.empty()) {
            ++list.perhaps;
        }
        locales::wipe(theirs);
    }
    locales::wipe(words);
    return list;
}

}  // namespace rightsline::providers
