// Ledger: what the emulator has accepted, once for each send, and the copies that it still keeps.
//
// The ledger is the truth of a test: a send that stands here has been sent, whatever was answered. It never forgets;
// the copies are emptied and deleted as the API is asked to. Threading: the emulator's loop.
#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace rightsline::emulator {

using Time = std::chrono::sys_time<std::chrono::milliseconds>;

/// One send.
struct Entry {
    std::string sid;
    bool call = false;
    std::string to;
    std::string from;       // or the Messaging Service
    std::string body_hash;  // hex SHA-256 of the text, or of the call's script or URL
    std::string status_url;
    std::string answered;  // how: "accept", "accept_drop" …
    Time at{};
};

/// One webhook that was posted.
struct Posted {
    std::string sid;
    std::string word;
    int status = 0;  // of the hotline's answer, 0: none came
};

/// What is known of a recording beside its bytes.
struct RecordingFacts {
    std::string call;
    int seconds = 0;
    Time at{};
};

/// Twilio's copy of a message or call.
struct Copy {
    Entry entry;
    std::string body;  // of a call: what it says, or the URL that says it
    std::string status = "queued";
    std::int64_t error = 0;
    std::size_t number = 0;  // in the order of acceptance
    bool inbound = false;    // a phone texted it to us
};

class Ledger {
 public:
    explicit Ledger(std::string account) : account_(std::move(account)) {}

    /// Gives it a name and keeps it.
    const Copy& accept(Entry entry, std::string body);
    /// A text of a phone to us, whether anybody hears of it or not. It is no send.
    void receive(Entry entry, std::string body);
    void post(Posted posted) { posted_.push_back(std::move(posted)); }
    /// nullptr when there is none (any more).
    Copy* find(const std::string& sid);
    bool erase(const std::string& sid) { return copies_.erase(sid) != 0; }

    const std::vector<Entry>& entries() const { return entries_; }
    const std::vector<Posted>& posted() const { return posted_; }

    /// As Twilio writes it.
    boost::json::object json_of(const Copy& copy) const;
    /// Messages, newest first. An empty filter fits all.
    boost::json::object list(const std::string& to, const std::string& from, std::size_t size,
                             std::size_t page) const;

    /// Recordings whose facts are known.
    boost::json::object list_recordings() const;

    std::map<std::string, std::string> recordings;  // by sid
    std::map<std::string, RecordingFacts> facts;    // by sid

 private:
    std::string account_;
    std::vector<Entry> entries_;
    std::vector<Posted> posted_;
    std::map<std::string, Copy> copies_;
    std::size_t numbered_ = 0;
};

std::string sha256_hex(std::string_view bytes);

}  // namespace rightsline::emulator
