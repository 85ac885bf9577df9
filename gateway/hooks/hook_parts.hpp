// What the files of Hooks share. Private to the room.
//
// Threading: the loop's. Owner: Hooks.
#pragma once

#include "gateway/hooks/hooks.hpp"

namespace rightsline::hooks {

struct Hooks::Counters {
    ops::Counter& taken;
    ops::Counter& unsigned_;
    ops::Counter& unknown;
    ops::Counter& malformed;
    ops::Counter& delivered;
    ops::Counter& undelivered;
    ops::Histogram& seconds;
};

inline http::Response refuse(int status, const char* words) {
    http::Response response;
    response.status = status;
    response.body = words;
    return response;
}

}  // namespace rightsline::hooks
