// On which days after a report its worker is asked whether all is well.
#include "flows/loader/build.hpp"
#include "locales/reading.hpp"

namespace rightsline::flows {
namespace {

constexpr int last_day = 365;  // the report may be gone by then
constexpr std::size_t most_days = 12;

}  // namespace

/// `check_ins: [3, 14, 30, 60, 90]`: whole days, each later than the one before.
void read_check_ins(Build& build) {
    const Node& node = build.sources.program["check_ins"];
    int before = 0;
    for (const std::string& word : read_list(node, build.complaints)) {
        int day = 0;
        for (const char c : word) {
            const bool digit = c >= '0' && c <= '9' && word.size() <= 3;
            day = digit && day >= 0 ? day * 10 + (c - '0') : -1;
        }
        const bool more = build.pack->check_ins.size() < most_days;
        if (day <= before || day > last_day || !more) {
            build.complain(
                node, "bad-value", "'" + word + "' is no day of a check-in",
                "write days after the report, each later than the one before, at most 12: [3, 14, 30]");
            return;
        }
        build.pack->check_ins.push_back(day);
        before = day;
    }
}

}  // namespace rightsline::flows
