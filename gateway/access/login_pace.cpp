#include "gateway/access/login_pace.hpp"

#include <algorithm>

namespace rightsline::access {
namespace {

using namespace std::chrono_literals;
using Wait = LoginPace::Wait;

constexpr Wait address_window = 15min;
constexpr int free_of_one_address = 30;  // that failed, in the window
constexpr Wait a_moment = 1s;            // while another try of the same is looked at
constexpr int free_of_one_name = 10;     // that failed, from everywhere

/// After so many failures of one name from one address: 0, 0, 2, 4, 8 … seconds.
Wait of_both(int failed, bool local) {
    if (failed < 3) {
        return 0ms;
    }
    const Wait longest = local ? Wait(30s) : Wait(5min);  // behind a proxy it is everybody's
    return std::min<Wait>(longest, std::chrono::seconds(1LL << std::min(failed - 2, 10)));
}

/// Of one name from everywhere: after a hundred, many addresses together guess 2,880 times a day at most.
Wait of_name(int failed) { return failed < free_of_one_name ? 0ms : failed < 100 ? Wait(5s) : Wait(30s); }

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

Wait LoginPace::begin_known(const TriedLogin& one, Deadline now) {
    const std::string key = both_of(one.name, one.browser);
    const RememberedTries::Tries tries = by_browser_.of(key, now);
    Wait wait = left(tries.last, of_both(tries.failed, false), now);
    wait = tries.under_way > 0 ? std::max(wait, a_moment) : wait;
    if (wait == 0ms) {
        by_browser_.begun(key, now);
    }
    return wait;
}

Wait LoginPace::begin(const TriedLogin& one, Deadline now) {
    if (!one.browser.empty()) {
        return begin_known(one, now);
    }
    const std::string key = both_of(one.name, one.address);
    const RememberedTries::Tries both = by_both_.of(key, now);
    const RememberedTries::Tries all = by_name_.of(one.name, now);
    const RememberedTries::Tries place = by_address_.of(one.address, now);
    const bool local = is_local(one.address);
    Wait wait =
        std::max(left(both.last, of_both(both.failed, local), now), left(all.last, of_name(all.failed), now));
    if (!local && place.failed >= free_of_one_address) {
        wait = std::max(wait, left(place.since, address_window, now));
    }
    // A guessed name is looked at once at a time: many addresses that wait for the same moment are one guess in it.
    const bool guessed = all.failed >= free_of_one_name && all.under_way > 0;
    const bool full = both.under_way > 0 || guessed || (!local && place.under_way >= most_of_one_address);
    wait = full ? std::max(wait, a_moment) : wait;
    if (wait == 0ms) {
        by_both_.begun(key, now);
        by_name_.begun(one.name, now);
        by_address_.begun(one.address, now);
        ++strangers_;
    }
    return wait;
}

void LoginPace::ended(const TriedLogin& one, End end, Deadline now) {
    const auto tell = [end, now](RememberedTries& of, const std::string& key, bool forgives) {
        if (end == End::failed) {
            of.failed(key, now);
        } else if (end == End::let_in && forgives) {
            of.let_in(key);
        } else {
            of.not_judged(key);
        }
    };
    if (!one.browser.empty()) {
        tell(by_browser_, both_of(one.name, one.browser), true);
        return;
    }
    tell(by_both_, both_of(one.name, one.address), true);
    tell(by_name_, one.name, false);  // who got in says nothing of who guesses elsewhere
    tell(by_address_, one.address, false);
    --strangers_;
}

}  // namespace rightsline::access
