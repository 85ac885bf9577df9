#include "gateway/access/remembered_tries.hpp"

namespace rightsline::access {

RememberedTries::Tries RememberedTries::of(const std::string& key, Deadline now) const {
    const auto at = all_.find(key);
    if (at == all_.end()) {
        return {};
    }
    return counts(at->second, now) ? at->second : Tries{0, at->second.under_way, {}, {}};
}

void RememberedTries::begun(const std::string& key, Deadline now) {
    const auto [at, fresh] = all_.try_emplace(key);
    if (!fresh) {
        rouse(at);
        if (!counts(at->second, now)) {
            at->second.failed = 0;
        }
    }
    ++at->second.under_way;
}

void RememberedTries::failed(const std::string& key, Deadline now) {
    const auto at = all_.find(key);
    Tries& tries = at->second;
    --tries.under_way;
    if (tries.failed == 0 || !counts(tries, now)) {
        tries.failed = 0;
        tries.since = now;
    }
    ++tries.failed;
    tries.last = now;
    if (tries.under_way == 0) {
        make_room(now);
        rest(at);
    }
}

void RememberedTries::not_judged(const std::string& key) {
    const auto at = all_.find(key);
    if (--at->second.under_way == 0) {
        rest(at);
    }
}

void RememberedTries::let_in(const std::string& key) {
    all_.find(key)->second.failed = 0;
    not_judged(key);
}

void RememberedTries::rest(All::iterator at) {
    if (at->second.failed == 0) {
        all_.erase(at);
        return;
    }
    resting_.emplace(at->second.failed, at->second.last, &*at);
    resting_since_.emplace(at->second.since, &*at);
}

void RememberedTries::rouse(All::iterator at) {
    resting_.erase({at->second.failed, at->second.last, &*at});
    resting_since_.erase({at->second.since, &*at});
}

void RememberedTries::make_room(Deadline now) {
    while (resting_.size() >= most_) {
        const auto oldest = resting_since_.begin();
        const All::value_type* const gone = !counts(std::get<1>(*oldest)->second, now)
                                                ? std::get<1>(*oldest)
                                                : std::get<2>(*resting_.begin());
        const auto at = all_.find(gone->first);
        rouse(at);
        all_.erase(at);
    }
}

}  // namespace rightsline::access
