// LineOut: one of our lines, as a way out: whose it is, how fast it may go, and the queue that waits for it.
//
// Made once at start from the configuration. Threading: const after start. Owner: the composition root.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "gateway/providers/outbound.hpp"
#include "gateway/stores/keyspace.hpp"
#include "redis/lease_queue.hpp"

namespace rightsline::outbox {

/// What one program may send; 0 = no bound. Alerts are bounded by the roster's ladder, not by these.
struct Limits {
    std::int64_t texts_per_recipient_a_day = 40;
    std::int64_t sends_a_day = 5000;    // the program's spend cap: texts and calls
    std::vector<std::string> prefixes;  // "+1", "+266": the countries that are sent to; empty = all
};

struct LineOut {
    std::string program;
    std::string line;  // as configured
    const providers::Sender* sender = nullptr;
    const providers::Credentials* credentials = nullptr;
    std::string hooks_url;  // "https://…/hooks/main"
    redis::Rate rate{1'000'000, 1};
    Limits limits;
    redis::LeaseQueue queue;
    std::string
        erased_at{};  // the account whose copies of what says a code are to go; "" = the provider keeps them
    std::string never_known{};  // zset: messages whose fate nobody will know, by when we gave up
};

/// The key of LineOut::never_known.
std::string never_known_of(const stores::Keyspace& keys, std::string_view line);

/// The queue of a line.
redis::LeaseQueue queue_of(const stores::Keyspace& keys, std::string_view line);
/// Nobody is called or texted at premium rates, nor by satellite, unless a prefix of the configuration says so by that very
/// code ("+881").
bool costs_extra(const std::vector<std::string>& prefixes, const vault::PhoneNumber& to);
/// It begins as it may, and does not cost extra.
bool may_send_to(const Limits& limits, const vault::PhoneNumber& to);

}  // namespace rightsline::outbox
