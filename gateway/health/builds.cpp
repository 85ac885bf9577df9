#include "gateway/health/builds.hpp"

#include <algorithm>

namespace rightsline::health {

std::vector<std::string> Builds::to_forget(const std::vector<std::string>& others,
                                           const std::vector<Instance>& living, Deadline now) {
    std::map<std::string, Deadline> unused;
    std::vector<std::string> old;
    for (const std::string& library : others) {
        const bool used =
            std::ranges::any_of(living, [&](const Instance& one) { return one.library == library; });
        if (used) {
            continue;
        }
        const auto before = unused_since_.find(library);
        const Deadline since = before == unused_since_.end() ? now : before->second;
        unused.emplace(library, since);
        if (now - since >= patience && old.size() < most_at_once) {
            old.push_back(library);
        }
    }
    unused_since_ = std::move(unused);
    return old;
}

}  // namespace rightsline::health
