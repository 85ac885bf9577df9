// The lease queue's way of a job: enqueue, claim, mark, settle.
#include "redis/lease_queue.hpp"

#include <algorithm>
#include <utility>

#include "redis/error.hpp"
#include "redis/functions.hpp"
#include "redis/lease_call.hpp"

namespace rightsline::redis {
namespace {

namespace limits = lease_limits;

constexpr std::int64_t largest_amount = 1LL << 32;
constexpr std::int64_t largest_number = 1LL << 52;
constexpr const char* committer =
    "commit";  // whose lease is the first one of a job that was recorded as begun

bool usable(const std::optional<Rate>& rate) {
    return !rate || (within(rate->interval_us, 1, limits::longest_interval_us) &&
                     within(rate->burst, 1, limits::largest_burst));
}

bool usable(const Claim& claim) {
    return usable_owner(claim.owner) && within(claim.lease_ms, 1, limits::longest_lease_ms) &&
           within(claim.most, 1, limits::most) && within(claim.below_every, 0, 1000) &&
           claim.below_every != 1 && usable(claim.rate);
}

bool usable(const Lease& lease) {
    return usable_id(lease.id) && usable_owner(lease.owner) && within(lease.number, 1, largest_number);
}

bool usable(const Guards& guards) {
    const auto fits = [](const Guards::Cap& cap) {
        return within(cap.limit, -largest_number, largest_number) && within(cap.add, 0, largest_amount);
    };
    return within(guards.not_after_ms, 0, largest_number) && guards.not_in.size() <= limits::guards &&
           guards.holds.size() <= limits::guards && guards.caps.size() <= limits::guards &&
           std::ranges::all_of(guards.caps, fits) && usable(guards.rate);
}

void append_rate(Command& command, const std::optional<Rate>& rate) {
    command.push_back(std::to_string(rate ? rate->interval_us : 0));
    command.push_back(std::to_string(rate ? rate->burst : 1));
}

std::string open_lanes(const LeaseQueue& queue, const Claim& claim) {
    std::string open;
    for (std::size_t lane = 0; lane < queue.lanes.size(); ++lane) {
        if (std::ranges::find(claim.skipped, lane) == claim.skipped.end()) {
            open += static_cast<char>('0' + lane);
        }
    }
    return open;
}

// The layouts that redis/functions/lease_*.lua describe.
Command write_claim(const char* function, const LeaseQueue& queue, const Claim& claim) {
    Command command = begin_lease_call(function, queue);
    command.insert(command.end(), {std::to_string(claim.now_ms), claim.owner, std::to_string(claim.lease_ms),
                                   std::to_string(claim.most)});
    return command;
}

Command write_mark(const LeaseQueue& queue, Lease lease, std::int64_t lease_ms, Guards guards) {
    std::vector<std::string> keys;
    for (Guards::NotIn& one : guards.not_in) {
        keys.push_back(std::move(one.key));
    }
    for (Guards::Cap& one : guards.caps) {
        keys.push_back(std::move(one.key));
    }
    for (Guards::Holds& one : guards.holds) {
        keys.push_back(std::move(one.key));
    }
    if (!guards.cap_index.empty()) {
        keys.push_back(std::move(guards.cap_index));
    }
    Command command = begin_lease_call(functions::lease_submit, queue, keys);
    command.insert(command.end(), {std::move(lease.id), std::move(lease.owner), std::to_string(lease.number),
                                   std::to_string(lease_ms), std::to_string(guards.not_after_ms)});
    append_rate(command, guards.rate);
    command.push_back(std::to_string(guards.not_in.size()));
    command.push_back(std::to_string(guards.caps.size()));
    command.push_back(std::to_string(guards.holds.size()));
    for (Guards::NotIn& one : guards.not_in) {
        command.push_back(std::move(one.member));
    }
    for (const Guards::Cap& one : guards.caps) {
        command.push_back(std::to_string(one.limit));
        command.push_back(std::to_string(one.add));
    }
    for (Guards::Holds& one : guards.holds) {
        command.push_back(std::move(one.field));
        command.push_back(std::move(one.value));
    }
    return command;
}

Command write_settle(const LeaseQueue& queue, Lease lease, Settlement settlement) {
    constexpr std::string_view verbs = "daur";  // in the order of Settlement::What
    Command command = begin_lease_call(functions::lease_settle, queue);
    command.insert(command.end(), {std::move(lease.id), std::move(lease.owner), std::to_string(lease.number),
                                   std::string(1, verbs[static_cast<std::size_t>(settlement.what)]),
                                   std::to_string(settlement.delay_ms), settlement.counts ? "1" : "0",
                                   std::move(settlement.note)});
    return command;
}

Result<Leased> read_leased(Reply& id, const Reply& record, Reply& payload) {
    auto* name = std::get_if<std::string>(&id.value);
    auto* bytes = std::get_if<std::string>(&payload.value);
    if (name == nullptr || bytes == nullptr || record.string() == nullptr) {
        return errc::unexpected_reply;
    }
    Result<JobState> state = read_job_state(*record.string());
    if (!state) {
        return state.error();
    }
    return Leased{{std::move(*name), std::move(state->owner), state->claims},
                  std::move(*bytes),
                  state->lane,
                  state->attempts,
                  state->doubts,
                  state->at_ms,
                  std::move(state->note)};
}

Result<Claimed> read_claimed(Reply reply) {
    auto* found = std::get_if<std::vector<Reply>>(&reply.value);
    if (found == nullptr || found->size() % 3 != 0 || found->empty()) {
        return refusal_of(reply);
    }
    const auto [suspect, aside, wait] =
        std::tuple((*found)[0].integer(), (*found)[1].integer(), (*found)[2].integer());
    if (suspect == nullptr || aside == nullptr || wait == nullptr) {
        return errc::unexpected_reply;
    }
    Claimed claimed;
    claimed.clock_suspect = *suspect != 0;
    claimed.aside = static_cast<int>(*aside);
    if (*wait >= 0) {
        claimed.wait_ms = *wait;
    }
    for (std::size_t i = 3; i < found->size(); i += 3) {
        Result<Leased> job = read_leased((*found)[i], (*found)[i + 1], (*found)[i + 2]);
        if (!job) {
            return job.error();
        }
        claimed.jobs.push_back(std::move(*job));
    }
    return claimed;
}

Result<Marked> read_marked(const Reply& reply) {
    const std::vector<Reply>* found = reply.array();
    if (found == nullptr || found->empty() || found->front().integer() == nullptr) {
        return refusal_of(reply);
    }
    const std::int64_t outcome = *found->front().integer();
    const std::int64_t* detail = found->size() > 1 ? (*found)[1].integer() : nullptr;
    if (!within(outcome, 0, 6) || (outcome >= 3 && detail == nullptr)) {
        return errc::unexpected_reply;
    }
    Marked marked;
    marked.outcome = static_cast<Marked::Outcome>(outcome);
    if (marked.outcome == Marked::Outcome::later) {
        marked.wait_ms = *detail;
    } else if (detail != nullptr) {
        marked.guard = static_cast<std::size_t>(*detail);
    }
    return marked;
}

}  // namespace

Result<std::vector<Write>> enqueue(const LeaseQueue& queue, std::size_t lane, std::string id,
                                   std::string payload, std::int64_t due_ms) {
    if (!usable(queue) || lane >= queue.lanes.size() || !usable_id(id) ||
        payload.size() > limits::payload_bytes || !within(due_ms, 0, largest_number)) {
        return errc::out_of_bounds;
    }
    const std::string due = std::to_string(due_ms);
    std::string record = "q" + std::to_string(lane) + "0 0 0 0 " + due + "  ";
    std::vector<Write> writes;
    writes.push_back({Op::must_lack, queue.states, {id}});
    writes.push_back({Op::hset, queue.jobs, {id, std::move(payload)}});
    writes.push_back({Op::hset, queue.states, {id, std::move(record)}});
    writes.push_back({Op::zadd, queue.lanes[lane], {due, std::move(id)}});
    return writes;
}

Result<std::vector<Write>> record_begun(const LeaseQueue& queue, std::size_t lane, std::string id,
                                        std::string payload, std::int64_t begun_ms, std::int64_t look_ms) {
    if (!usable(queue) || lane >= queue.lanes.size() || !usable_id(id) ||
        payload.size() > limits::payload_bytes || !within(begun_ms, 0, largest_number) ||
        !within(look_ms, 0, largest_number)) {
        return errc::out_of_bounds;
    }
    std::string record =
        "u" + std::to_string(lane) + "0 1 1 1 " + std::to_string(begun_ms) + " " + committer + " ";
    std::vector<Write> writes;
    writes.push_back({Op::hset, queue.jobs, {id, std::move(payload)}});
    writes.push_back({Op::hset, queue.states, {id, std::move(record)}});
    writes.push_back({Op::zadd, queue.unknown, {std::to_string(look_ms), std::move(id)}});
    return writes;
}

Lease begun_lease(std::string id) { return {std::move(id), committer, 1}; }

Awaitable<Result<Claimed>> claim(Client& client, const LeaseQueue& queue, Claim claim, Deadline deadline) {
    if (!redis::usable(queue) || !usable(claim)) {
        co_return errc::out_of_bounds;
    }
    Command command = write_claim(functions::lease_claim, queue, claim);
    command.push_back(std::to_string(claim.below_every));
    command.push_back(open_lanes(queue, claim));
    append_rate(command, claim.rate);
    Result<Reply> reply = co_await client.execute(std::move(command), deadline);
    if (!reply) {
        co_return reply.error();
    }
    co_return read_claimed(std::move(*reply));
}

Awaitable<Result<Claimed>> claim_unknown(Client& client, const LeaseQueue& queue, Claim claim,
                                         Deadline deadline) {
    if (!redis::usable(queue) || !usable(claim)) {
        co_return errc::out_of_bounds;
    }
    Command command = write_claim(functions::lease_claim_unknown, queue, claim);
    Result<Reply> reply = co_await client.execute(std::move(command), deadline);
    if (!reply) {
        co_return reply.error();
    }
    co_return read_claimed(std::move(*reply));
}

Awaitable<Result<Marked>> mark_submitting(Client& client, const LeaseQueue& queue, Lease lease,
                                          std::int64_t lease_ms, Guards guards, Deadline deadline) {
    if (!redis::usable(queue) || !usable(lease) || !within(lease_ms, 1, limits::longest_lease_ms) ||
        !usable(guards)) {
        co_return errc::out_of_bounds;
    }
    Command command = write_mark(queue, std::move(lease), lease_ms, std::move(guards));
    const Result<Reply> reply = co_await client.execute(std::move(command), deadline);
    if (!reply) {
        co_return reply.error();
    }
    co_return read_marked(*reply);
}

Awaitable<Result<Settled>> settle(Client& client, const LeaseQueue& queue, Lease lease, Settlement settlement,
                                  Deadline deadline) {
    if (!redis::usable(queue) || !usable(lease) ||
        !within(settlement.delay_ms, 0, limits::longest_delay_ms) ||
        settlement.note.size() > limits::note_bytes) {
        co_return errc::out_of_bounds;
    }
    Command command = write_settle(queue, std::move(lease), std::move(settlement));
    const Result<Reply> reply = co_await client.execute(std::move(command), deadline);
    if (!reply) {
        co_return reply.error();
    }
    if (reply->integer() == nullptr) {
        co_return refusal_of(*reply);
    }
    co_return *reply->integer() != 0 ? Settled::settled : Settled::fenced;
}

}  // namespace rightsline::redis
