// KeptAnswers: answers to requests that carried an Idempotency-Key, so that a repeat changes nothing and hears that it was done.
//
// Those that did something are kept for a day, sealed, under a hash of who asked and their key; of what is of a case only that it
// was done, and the id that the answer gave, for a day is longer than a report may stand that its worker deletes. The effect and the keeping are not one commit: after a
// crash between the two a repeat is done again, so only what may be done twice without harm is kept this way.
// Must never: keep what holds a secret (a login). Threading: the loop's. Owner: the console's door.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "gateway/http/message.hpp"
#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/vault/vault.hpp"
#include "locales/result.hpp"
#include "redis/client.hpp"

namespace rightsline::api {

/// 1 to 64 of letters, digits, '-' and '_'.
bool is_idempotency_key(std::string_view text);

class KeptAnswers {
 public:
    KeptAnswers(redis::Client& client, vault::Vault& vault, ops::Clock& clock)
        : client_(client), vault_(vault), clock_(clock) {}

    /// Where the answer to this request stands, and what makes it the same request.
    struct Place {
        std::string name;
        std::string request;
    };
    static Place place_of(const std::string& user, std::string_view key, const http::Request& request);

    struct Found {
        bool other = false;                    // the key was used for another request
        std::optional<http::Response> answer;  // what it got
    };
    Awaitable<Result<Found>> find(Place place, Deadline deadline);
    /// `of_a_case`: nothing of `answer` is kept but its id.
    Awaitable<Result<void>> keep(Place place, bool of_a_case, http::Response answer, Deadline deadline);

    /// false: the same is being done at this moment.
    bool begin(const Place& place) { return under_way_.insert(place.name).second; }
    void end(const Place& place) { under_way_.erase(place.name); }

 private:
    redis::Client& client_;
    vault::Vault& vault_;
    ops::Clock& clock_;
    std::set<std::string> under_way_;
};

}  // namespace rightsline::api
