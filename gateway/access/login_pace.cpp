#include "gateway/access/login_pace.hpp"

#include <algorithm>

namespace rightsline::access {
namespace {

using namespace std::chrono_literals;
using Wait = LoginPace::Wait;

constexpr auto a_day = std::chrono::hours(24);
constexpr Wait address_window = 15min;
constexpr int free_of_one_address = 30;  // that failed, in the window
constexpr Wait a_moment = 1s;            // while another try of the same is looked at

/// After so many failures of one name from one address: 0, 0, 2, 4, 8 … seconds.
Wait of_both(int failed, bool local) {
    if (failed < 3) {
        return 0ms;
    }
    const Wait longest = local ? Wait(30s) : Wait(5min);  // behind a proxy it is everybody's
    return std::min<Wait>(longest, std::chrono::seconds(1LL << std::min(failed - 2, 10)));
}

/// Of one name from everywhere: many addresses together guess 2,880 times a day at most.
Wait of_name(int failed) { return failed < 10 ? 0ms : failed < 100 ? Wait(5s) : Wait(30s); }

Wait left(Deadline from, Wait wait, Deadline now) {
    const auto passed = std::chrono::duration_cast<Wait>(now - from);
    return std::max(Wait(0), wait - passed);
}

std::string both_of(const std::string& name, const std::string& address) { return name + '\n' + address; }

}  // namespace

bool is_local(std::string_view address) {
    return address.empty() || address.starts_with("127.") || address == "::1" ||
           address.starts_with("::ffff:127.");
}

void LoginPace::forget_some(Table& table, Deadline now, Wait forgotten_after) {
    std::erase_if(table, [&](const auto& one) {
        return one.second.under_way == 0 && now - one.second.last > forgotten_after;
    });
    while (table.size() >= most_remembered) {
        const auto oldest = std::ranges::min_element(
            table, [](const auto& a, const auto& b) { return a.second.last < b.second.last; });
        table.erase(oldest);
    }
}

LoginPace::Tries& LoginPace::entry(Table& table, const std::string& key, Deadline now, Wait forgotten_after) {
    const auto found = table.find(key);
    if (found == table.end()) {
        if (table.size() >= most_remembered) {
            forget_some(table, now, forgotten_after);
        }
        return table.emplace(key, Tries{0, 0, now, now}).first->second;
    }
    Tries& tries = found->second;
    if (now - tries.since > forgotten_after && tries.under_way == 0) {
        tries = Tries{0, 0, now, now};
    }
    return tries;
}

Wait LoginPace::begin(const std::string& name, const std::string& address, Deadline now) {
    Tries& both = entry(by_both_, both_of(name, address), now, a_day);
    Tries& all = entry(by_name_, name, now, a_day);
    Tries& place = entry(by_address_, address, now, address_window);
    const bool local = is_local(address);
    Wait wait =
        std::max(left(both.last, of_both(both.failed, local), now), left(all.last, of_name(all.failed), now));
    if (!local && place.failed >= free_of_one_address) {
        wait = std::max(wait, left(place.since, address_window, now));
    }
    const bool full = both.under_way > 0 || (!local && place.under_way >= most_of_one_address);
    wait = full ? std::max(wait, a_moment) : wait;
    if (wait == 0ms) {
        ++both.under_way;
        ++all.under_way;
        ++place.under_way;
    }
    return wait;
}

void LoginPace::ended(const std::string& name, const std::string& address, End end, Deadline now) {
    Tries& both = entry(by_both_, both_of(name, address), now, a_day);
    Tries& all = entry(by_name_, name, now, a_day);
    Tries& place = entry(by_address_, address, now, address_window);
    for (Tries* tries : {&both, &all, &place}) {
        tries->under_way = std::max(0, tries->under_way - 1);
        if (end == End::failed) {
            tries->since = tries->failed == 0 ? now : tries->since;
            tries->last = now;
            ++tries->failed;
        }
    }
    if (end == End::let_in) {
        both.failed = 0;
    }
}

}  // namespace rightsline::access
