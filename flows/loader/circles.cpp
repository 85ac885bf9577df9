// Which circles a program has beside its own, and which of its families are sealed to them.
#include <algorithm>

#include "flows/loader/build.hpp"

namespace rightsline::flows {
namespace {

constexpr std::size_t most_circles = 5;  // as many as families

/// The name is that of a key's file, and a program's own circle has the program's.
bool may_be_circle(const std::string& name, const Pack& pack) {
    const auto theirs = [&](const Organisation& one) { return one.circle == name; };
    return is_name(name) && name.find('_') == std::string::npos && name != pack.program &&
           std::ranges::find(pack.circles.names, name) == pack.circles.names.end() &&
           std::ranges::none_of(pack.organisations, theirs);
}

void read_families_circles(Build& build) {
    Circles& circles = build.pack->circles;
    for (const Family& family : build.pack->families) {
        const Node& node = build.sources.program["families"][family.key];
        if (!node.has("circle")) {
            continue;
        }
        const std::string name = read_text(node["circle"], build.complaints);
        if (std::ranges::find(circles.names, name) == circles.names.end()) {
            build.complain(node["circle"], "unknown-circle",
                           "'" + name + "' is none of the program's circles: nobody would have its key",
                           circles.names.empty() ? "name it under circles:" : suggest(name, circles.names));
            continue;
        }
        circles.of_family[family.key] = name;
    }
}

}  // namespace

/// `circles: [lesotho-assault]`, the most sensitive first, and `circle: lesotho-assault` at a family. After the organisations,
/// whose circles are others'.
void read_circles(Build& build) {
    const Node& node = build.sources.program["circles"];
    for (const std::string& name : read_list(node, build.complaints)) {
        if (!may_be_circle(name, *build.pack) || build.pack->circles.names.size() == most_circles) {
            build.complain(
                node, "bad-circle", "'" + name + "' is no circle of its own",
                "write names of keys, at most five: a-z, 0-9 and -, neither the program's name nor an "
                "organisation's circle");
            continue;
        }
        build.pack->circles.names.push_back(name);
    }
    read_families_circles(build);
}

}  // namespace rightsline::flows
