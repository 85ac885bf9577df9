#include "redis/lease_doubt.hpp"

#include <utility>

#include "redis/functions.hpp"
#include "redis/lease_call.hpp"

namespace rightsline::redis {

Awaitable<Result<Doubted>> doubt(Client& client, const LeaseQueue& queue, std::int64_t since_ms,
                                 std::string note, Deadline deadline) {
    if (!usable(queue) || since_ms < 0 || note.size() > lease_limits::note_bytes) {
        co_return errc::out_of_bounds;
    }
    Command command = begin_lease_call(functions::lease_doubt, queue);
    command.push_back(std::to_string(since_ms));
    command.push_back(std::move(note));
    command.push_back(std::to_string(lease_limits::most));
    const Result<Reply> reply = co_await client.execute(std::move(command), deadline);
    if (!reply) {
        co_return reply.error();
    }
    const std::vector<Reply>* found = reply->array();
    if (found == nullptr || found->size() != 2 || (*found)[0].integer() == nullptr ||
        (*found)[1].integer() == nullptr) {
        co_return refusal_of(*reply);
    }
    co_return Doubted{*(*found)[0].integer(), *(*found)[1].integer()};
}

}  // namespace rightsline::redis
