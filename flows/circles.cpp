#include "flows/circles.hpp"

#include <algorithm>

namespace rightsline::flows {

std::string Circles::of(std::string_view family) const {
    if (family.empty()) {
        return names.empty() ? std::string() : names.front();
    }
    const auto found = of_family.find(family);
    return found == of_family.end() ? std::string() : found->second;
}

std::string Circles::stricter(const std::string& one, const std::string& other) const {
    const auto place = [&](const std::string& name) {
        return name.empty() ? names.end() : std::ranges::find(names, name);
    };
    const bool unnamed = !one.empty() && place(one) == names.end();
    return unnamed || place(one) < place(other) ? one : other;
}

}  // namespace rightsline::flows
