// How long a program keeps what a closed case holds.
#include "flows/loader/build.hpp"

namespace rightsline::flows {

/// `retention: {recordings: 30d, relay: 90d, content: 365d}`; what is not named is kept for ever.
void read_retention(Build& build) {
    const Node& retention = build.sources.program["retention"];
    if (is_map(retention, build.complaints)) {
        locales::refuse_unknown_keys(retention, {"recordings", "content", "relay"}, build.complaints);
        build.pack->retention.recordings = read_kept(retention["recordings"], build.complaints);
        build.pack->retention.relay = read_kept(retention["relay"], build.complaints);
        build.pack->retention.content = read_kept(retention["content"], build.complaints);
    }
}

}  // namespace rightsline::flows
