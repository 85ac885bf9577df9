#include "gateway/missed/limits.hpp"

#include <chrono>

namespace rightsline::missed {

std::vector<handoff::Count> counts_of(const stores::Keyspace& keys, const handoff::Counted& who,
                                      int minutes_east, ops::UtcMs now) {
    const auto there = now.time_since_epoch() + std::chrono::minutes(minutes_east);
    const std::string day = "d" + std::to_string(std::chrono::floor<std::chrono::days>(there).count());
    const std::string hour =
        "h" + std::to_string(std::chrono::floor<std::chrono::hours>(now.time_since_epoch()).count());
    return {{handoff::Cap::caller, keys.called_back(who.caller, day), most_a_day},
            {handoff::Cap::block, keys.called_back(who.block, hour), most_of_a_block},
            {handoff::Cap::all, keys.called_back("all", hour), most_of_all}};
}

}  // namespace rightsline::missed
