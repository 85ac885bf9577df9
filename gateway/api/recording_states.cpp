#include "gateway/api/recording_states.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <utility>
#include <vector>

#include "gateway/stores/keyspace.hpp"
#include "redis/error.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;

/// An array reply; anything else is a store that is not ours.
Result<std::vector<redis::Reply>> list_of(Result<redis::Reply> reply) {
    if (!reply) {
        return reply.error();
    }
    const std::vector<redis::Reply>* list = reply->array();
    return list == nullptr ? Result<std::vector<redis::Reply>>(redis::errc::unexpected_reply)
                           : Result<std::vector<redis::Reply>>(*list);
}

/// The word before the sentence ("empty: the provider gives …"); one that an older build wrote has none.
std::string word_of(const std::string& reason) {
    const std::size_t end = reason.find(": ");
    const bool plain = end != std::string::npos && std::ranges::all_of(reason.substr(0, end), [](char c) {
                           return (c >= 'a' && c <= 'z') || c == '_';
                       });
    return plain ? reason.substr(0, end) : "other";
}

/// The file is looked for after the store was asked: who brings one home seals it, then settles what was to be done.
json::object state_of(const std::string& id, const redis::Reply& aside, const redis::Reply& queued,
                      const std::string& file) {
    std::error_code unreadable;
    const bool here = std::filesystem::exists(file, unreadable);
    const std::string* reason = aside.string();
    const char* state = here                ? "here"
                        : reason != nullptr ? "put_aside"
                        : !queued.nil()     ? "on_its_way"
                                            : "lost";
    return {{"id", id}, {"state", state}, {"why", !here && reason != nullptr ? word_of(*reason) : ""}};
}

}  // namespace

Awaitable<Result<json::array>> recordings_of(RecordingPlaces places, std::string program, std::string case_id,
                                             cases::Casework work, redis::Deadline deadline) {
    const stores::Keyspace keys(program);
    redis::Command which{"SMEMBERS", keys.case_recordings(case_id)};
    Result<redis::Reply> members = co_await places.redis.execute(std::move(which), deadline);
    const Result<std::vector<redis::Reply>> all = list_of(std::move(members));
    if (!all) {
        co_return all.error();
    }
    std::vector<std::string> ids;
    for (const redis::Reply& one : *all) {
        if (one.string() != nullptr && !work.is_for_others(*one.string())) {
            ids.push_back(*one.string());
        }
    }
    if (ids.empty()) {
        co_return json::array();
    }
    std::ranges::sort(ids);
    redis::Command reasons{"HMGET", keys.recordings_aside()};
    redis::Command places_in_line{"ZMSCORE", keys.recordings()};
    for (const std::string& id : ids) {
        reasons.push_back(id);
        places_in_line.push_back(id);
    }
    Result<redis::Reply> queued_reply = co_await places.redis.execute(std::move(places_in_line), deadline);
    const Result<std::vector<redis::Reply>> queued = list_of(std::move(queued_reply));
    Result<redis::Reply> aside_reply = co_await places.redis.execute(std::move(reasons), deadline);
    const Result<std::vector<redis::Reply>> aside = list_of(std::move(aside_reply));
    if (!queued || !aside) {
        co_return queued ? aside.error() : queued.error();
    }
    if (queued->size() != ids.size() || aside->size() != ids.size()) {
        co_return redis::errc::unexpected_reply;
    }
    json::array out;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        out.push_back(state_of(ids[i], (*aside)[i], (*queued)[i], places.blob_path(ids[i])));
    }
    co_return out;
}

}  // namespace rightsline::api
