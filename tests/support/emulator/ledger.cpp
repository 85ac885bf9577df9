#include "tests/support/emulator/ledger.hpp"

#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <ctime>
#include <utility>

#include "tests/support/twilio_signature.hpp"

namespace rightsline::emulator {
namespace {

namespace json = boost::json;

std::string mail_date(Time at) {
    const std::time_t seconds = std::chrono::system_clock::to_time_t(at);
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    std::array<char, 64> text{};
    return {text.data(), std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S +0000", &parts)};
}

bool is_service(std::string_view from) { return from.starts_with("MG"); }

}  // namespace

std::string sha256_hex(std::string_view bytes) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    const std::vector<unsigned char> copy(bytes.begin(), bytes.end());
    SHA256(copy.data(), copy.size(), digest.data());
    std::string out;
    for (const unsigned char byte : digest) {
        out += "0123456789abcdef"[byte >> 4U];
        out += "0123456789abcdef"[byte & 15U];
    }
    return out;
}

const Copy& Ledger::accept(Entry entry, std::string body) {
    entry.sid = tests::fresh_sid(entry.call ? "CA" : "SM");
    entry.body_hash = sha256_hex(body);
    entries_.push_back(entry);
    Copy& copy = copies_[entry.sid];
    copy.entry = std::move(entry);
    copy.body = std::move(body);
    copy.number = ++numbered_;
    return copy;
}

void Ledger::receive(Entry entry, std::string body) {
    Copy& copy = copies_[entry.sid];
    copy.entry = std::move(entry);
    copy.body = std::move(body);
    copy.status = "received";
    copy.inbound = true;
    copy.number = ++numbered_;
}

json::object Ledger::list_recordings() const {
    json::array listed;
    for (const auto& [sid, fact] : facts) {
        if (recordings.contains(sid)) {
            listed.push_back(json::object{{"sid", sid},
                                          {"account_sid", account_},
                                          {"call_sid", fact.call},
                                          {"duration", std::to_string(fact.seconds)},
                                          {"status", "completed"},
                                          {"source", "RecordVerb"},
                                          {"date_created", mail_date(fact.at)}});
        }
    }
    return {{"recordings", std::move(listed)}, {"next_page_uri", nullptr}};
}

Copy* Ledger::find(const std::string& sid) {
    const auto found = copies_.find(sid);
    return found == copies_.end() ? nullptr : &found->second;
}

json::object Ledger::json_of(const Copy& copy) const {
    const Entry& entry = copy.entry;
    const std::string date = mail_date(entry.at);
    json::object object{{"sid", entry.sid},
                        {"account_sid", account_},
                        {"to", entry.to},
                        {"status", copy.status},
                        {"direction", copy.inbound ? "inbound" : "outbound-api"},
                        {"date_created", date},
                        {"date_updated", date},
                        {"api_version", "2010-04-01"},
                        {"price", nullptr},
                        {"price_unit", "USD"},
                        {"uri", "/2010-04-01/Accounts/" + account_ + (entry.call ? "/Calls/" : "/Messages/") +
                                    entry.sid + ".json"}};
    object["from"] = is_service(entry.from) ? json::value(nullptr) : json::value(entry.from);
    if (entry.call) {
        return object;
    }
    object["messaging_service_sid"] = is_service(entry.from) ? json::value(entry.from) : json::value(nullptr);
    object["body"] = copy.body;
    object["date_sent"] = copy.status == "queued" ? json::value(nullptr) : json::value(date);
    object["error_code"] = copy.error == 0 ? json::value(nullptr) : json::value(copy.error);
    object["error_message"] = nullptr;
    object["num_segments"] = "1";
    object["num_media"] = "0";
    object["subresource_uris"] = json::object();
    return object;
}

json::object Ledger::list(const std::string& to, const std::string& from, std::size_t size,
                          std::size_t page) const {
    std::vector<const Copy*> fitting;
    for (const auto& [sid, copy] : copies_) {
        if (!copy.entry.call && (to.empty() || copy.entry.to == to) &&
            (from.empty() || copy.entry.from == from)) {
            fitting.push_back(&copy);
        }
    }
    std::ranges::sort(fitting, std::greater<>(), &Copy::number);
    json::array messages;
    for (std::size_t i = page * size; i < std::min(fitting.size(), (page + 1) * size); ++i) {
        messages.push_back(json_of(*fitting[i]));
    }
    json::object object{{"messages", std::move(messages)}, {"page", page}, {"page_size", size}};
    const bool more = (page + 1) * size < fitting.size();
    object["next_page_uri"] = more ? json::value("/2010-04-01/Accounts/" + account_ +
                                                 "/Messages.json?Page=" + std::to_string(page + 1))
                                   : json::value(nullptr);
    return object;
}

}  // namespace rightsline::emulator
