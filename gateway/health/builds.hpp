// Builds: when the functions of another build may be removed from the store.
//
// A build that calls them says so with every beat (pulse.hpp). They go when for a whole day nobody who lives has said so,
// seen by one process without a break: one that was stopped for a while, or is older than these beats, keeps them. Bounded:
// a few at a time. A build that comes back loads its own again. Pure. Threading: plain values. Owner: the composition root.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "gateway/health/pulse.hpp"

namespace rightsline::health {

class Builds {
 public:
    static constexpr std::chrono::hours patience{24};
    static constexpr std::size_t most_at_once = 4;

    /// Of `others` (libraries that are loaded), those that may go now.
    std::vector<std::string> to_forget(const std::vector<std::string>& others,
                                       const std::vector<Instance>& living, Deadline now);

 private:
    std::map<std::string, Deadline> unused_since_;
};

}  // namespace rightsline::health
