// The lease queue's upkeep: leases that are over, what is old, and what is wrong.
#include <algorithm>
#include <charconv>
#include <utility>

#include "redis/error.hpp"
#include "redis/functions.hpp"
#include "redis/lease_call.hpp"
#include "redis/lease_queue.hpp"

namespace rightsline::redis {
namespace {

namespace limits = lease_limits;

constexpr int survey_page = 100;

Result<Reaped> read_reaped(const Reply& reply) {
    const std::vector<Reply>* found = reply.array();
    if (found == nullptr || found->size() != 4 || (*found)[0].integer() == nullptr ||
        (*found)[1].integer() == nullptr) {
        return refusal_of(reply);
    }
    std::optional<std::vector<std::string>> queued = strings_of((*found)[2]);
    std::optional<std::vector<std::string>> unknown = strings_of((*found)[3]);
    if (!queued || !unknown) {
        return errc::unexpected_reply;
    }
    return Reaped{std::move(*queued), std::move(*unknown), static_cast<int>(*(*found)[1].integer()),
                  *(*found)[0].integer() != 0};
}

Command write_sweep(const LeaseQueue& queue, const std::vector<std::string>& ids, std::int64_t before_ms,
                    std::int64_t now_ms) {
    std::vector<std::string> attached;
    if (!queue.attached.empty()) {
        for (const std::string& id : ids) {
            attached.push_back(queue.attached + id);
        }
    }
    Command command = begin_lease_call(functions::lease_sweep, queue, attached);
    command.push_back(std::to_string(now_ms));
    command.push_back(std::to_string(before_ms));
    command.insert(command.end(), ids.begin(), ids.end());
    return command;
}

// "<which key of the queue>:<cursor of its scan>"; the walk begins with the states (2) and the payloads (1), and leaves
// out the rate (6).
struct Page {
    std::size_t key = 2;
    std::string cursor = "0";
};

std::optional<Page> read_page(const LeaseQueue& queue, std::string_view text) {
    Page page;
    if (text.empty()) {
        return page;
    }
    const std::size_t colon = std::min(text.find(':'), text.size());
    const auto [end, error] = std::from_chars(text.data(), text.data() + colon, page.key);
    page.cursor = text.substr(std::min(colon + 1, text.size()));
    const bool digits = !page.cursor.empty() && page.cursor.size() <= 20 &&
                        page.cursor.find_first_not_of("0123456789") == std::string::npos;
    if (error != std::errc{} || end != text.data() + colon || !digits || page.key < 1 || page.key == 6 ||
        page.key > 6 + queue.lanes.size()) {
        return std::nullopt;
    }
    return page;
}

std::string page_after(const LeaseQueue& queue, std::size_t key, const std::string& cursor) {
    if (cursor != "0") {
        return std::to_string(key) + ":" + cursor;
    }
    const std::size_t next = key == 2 ? 1 : key == 1 ? 3 : key == 5 ? 7 : key + 1;
    return next > 6 + queue.lanes.size() ? std::string() : std::to_string(next) + ":0";
}

Result<Survey> read_survey(const LeaseQueue& queue, std::size_t key, const Reply& reply) {
    const std::vector<Reply>* found = reply.array();
    if (found == nullptr || found->size() % 2 != 0 || found->empty() || found->front().string() == nullptr ||
        (*found)[1].integer() == nullptr) {
        return refusal_of(reply);
    }
    Survey page;
    page.looked_at = *(*found)[1].integer();
    page.next = page_after(queue, key, *found->front().string());
    for (std::size_t i = 2; i < found->size(); i += 2) {
        if ((*found)[i].string() == nullptr || (*found)[i + 1].string() == nullptr) {
            return errc::unexpected_reply;
        }
        page.findings.push_back({*(*found)[i].string(), *(*found)[i + 1].string()});
    }
    return page;
}

}  // namespace

Awaitable<Result<Reaped>> reap(Client& client, const LeaseQueue& queue, int most, std::int64_t now_ms,
                               Deadline deadline) {
    if (!usable(queue) || !within(most, 1, limits::most)) {
        co_return errc::out_of_bounds;
    }
    Command command = begin_lease_call(functions::lease_reap, queue);
    command.push_back(std::to_string(now_ms));
    command.push_back(std::to_string(most));
    const Result<Reply> reply = co_await client.execute(std::move(command), deadline);
    if (!reply) {
        co_return reply.error();
    }
    co_return read_reaped(*reply);
}

Awaitable<Result<std::optional<JobState>>> look(Client& client, const LeaseQueue& queue, std::string id,
                                                Deadline deadline) {
    Command command{"HGET", queue.states, std::move(id)};
    const Result<Reply> reply = co_await client.execute(std::move(command), deadline);
    if (!reply) {
        co_return reply.error();
    }
    if (reply->nil()) {
        co_return std::optional<JobState>();
    }
    if (reply->string() == nullptr) {
        co_return refusal_of(*reply);
    }
    Result<JobState> state = read_job_state(*reply->string());
    if (!state) {
        co_return state.error();
    }
    co_return std::optional<JobState>(std::move(*state));
}

Awaitable<Result<std::int64_t>> sweep_settled(Client& client, const LeaseQueue& queue, std::int64_t before_ms,
                                              std::int64_t now_ms, int most, Deadline deadline) {
    if (!usable(queue) || !within(most, 1, limits::most) || !within(before_ms, 0, 1LL << 52)) {
        co_return errc::out_of_bounds;
    }
    const Result<std::vector<std::string>> old =
        co_await due(client, queue.settled, before_ms, most, deadline);
    if (!old) {
        co_return old.error();
    }
    if (old->empty()) {
        co_return 0;
    }
    Command command = write_sweep(queue, *old, before_ms, now_ms);
    const Result<Reply> reply = co_await client.execute(std::move(command), deadline);
    if (!reply) {
        co_return reply.error();
    }
    if (reply->integer() == nullptr) {
        co_return refusal_of(*reply);
    }
    co_return *reply->integer();
}

Awaitable<Result<Survey>> survey(Client& client, const LeaseQueue& queue, std::string from,
                                 Deadline deadline) {
    const std::optional<Page> page = read_page(queue, from);
    if (!usable(queue) || !page) {
        co_return errc::out_of_bounds;
    }
    Command command = begin_lease_call(functions::lease_survey, queue);
    command.front() = "FCALL_RO";
    command.push_back(std::to_string(page->key));
    command.push_back(page->cursor);
    command.push_back(std::to_string(survey_page));
    const Result<Reply> reply = co_await client.execute(std::move(command), deadline);
    if (!reply) {
        co_return reply.error();
    }
    co_return read_survey(queue, page->key, *reply);
}

}  // namespace rightsline::redis
