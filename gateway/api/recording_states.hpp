// RecordingStates: of each recording of a case, whether it is here, on its way, or put aside and why.
//
//   on_its_way   it will be fetched, or is being fetched
//   here         its sealed file is on this server's disk
//   put_aside    more tries cannot bring it; `why` is a word of conversations/recording_policy.hpp: never_arrived, empty …
//   lost         it is none of these: rightsline fsck finds it, too
// One that its worker deleted, or whose time was over, is not in the list at all.
// Private to the room. Must never: tell more of a recording than this. Threading: the loop's.
#pragma once

#include <boost/json/array.hpp>
#include <functional>
#include <string>

#include "gateway/cases/casework.hpp"
#include "gateway/ops/awaitable.hpp"
#include "redis/client.hpp"

namespace rightsline::api {

struct RecordingPlaces {
    redis::Client& redis;
    std::function<std::string(const std::string& recording)> blob_path;
};

/// Those that its worker told it in, not the copies that are sealed to others. Errors: the store's.
Awaitable<Result<boost::json::array>> recordings_of(RecordingPlaces places, std::string program,
                                                    std::string case_id, cases::Casework work,
                                                    redis::Deadline deadline);

}  // namespace rightsline::api
