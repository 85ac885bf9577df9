#include "gateway/cases/retention.hpp"

#include <algorithm>
#include <iterator>

namespace rightsline::cases {
namespace {

bool over(std::chrono::seconds kept, std::int64_t closed, std::int64_t now) {
    return kept.count() > 0 && now - closed >= kept.count();
}

void add_all(std::vector<redis::Write>& to, std::vector<redis::Write> more) {
    std::move(more.begin(), more.end(), std::back_inserter(to));
}

/// Their files are deleted by whoever holds them, however often we are killed in between.
void withdraw(std::vector<redis::Write>& writes, const stores::Keyspace& keys,
              const std::vector<std::string>& ids, std::int64_t now_ms) {
    std::vector<std::string> members;
    for (const std::string& id : ids) {
        members.insert(members.end(), {std::to_string(now_ms), id});
    }
    if (!members.empty()) {
        writes.push_back({redis::Op::zadd, keys.withdrawn_recordings(), std::move(members)});
    }
}

void shred_relay(std::vector<redis::Write>& writes, const stores::Keyspace& keys, const CaseFacts& facts) {
    for (const std::string& key :
         {keys.case_contact(facts.id), keys.mailbox(facts.id), keys.replies(facts.id),
          keys.replies_read(facts.id), keys.unanswered(facts.id), keys.outreach(facts.id)}) {
        writes.push_back({redis::Op::del, key, {}});
    }
    writes.push_back({redis::Op::zrem, keys.to_reach(), {facts.id}});
    writes.push_back({redis::Op::zrem, keys.to_check_in(), {facts.id}});
    writes.push_back({redis::Op::hset, keys.case_facts(facts.id), {"contact", "none", "check_in", "0"}});
    writes.push_back({redis::Op::hdel, keys.case_facts(facts.id), {"replies", "replies_read"}});
}

}  // namespace

std::optional<std::int64_t> closed_at(const CaseFacts& facts, const Casework& work,
                                      const std::vector<flows::CaseStatus>& statuses,
                                      const std::vector<std::int64_t>& told) {
    const flows::CaseStatus* status = find_status(statuses, facts.status);
    if (status == nullptr || !status->closes || work.changes.empty() ||
        work.changes.back().status != facts.status) {
        return std::nullopt;
    }
    const std::int64_t last_told = told.empty() ? 0 : *std::ranges::max_element(told);
    return std::max(work.changes.back().at, last_told);
}

Overdue overdue(const flows::Retention& kept, const CaseFacts& facts, std::optional<std::int64_t> closed,
                std::int64_t now) {
    if (facts.held || !closed) {
        return {};
    }
    return {over(kept.recordings, *closed, now), over(kept.relay, *closed, now),
            over(kept.content, *closed, now)};
}

Ahead ahead(const flows::Retention& kept, const CaseFacts& facts, std::optional<std::int64_t> closed) {
    const auto at = [&](std::chrono::seconds one) {
        const bool never = facts.held || !closed || one.count() <= 0;
        return never ? std::nullopt : std::optional(*closed + one.count());
    };
    return {at(kept.recordings), at(kept.relay), at(kept.content)};
}

Overdue still_there(Overdue due, const Inventory& inventory) {
    due.recordings = due.recordings && !inventory.recordings.empty();
    due.relay = due.relay && (inventory.number || inventory.mailbox || inventory.replies != 0);
    return due;
}

std::string counted(const Inventory& inventory, Overdue due) {
    std::string words;
    const auto add = [&words](bool is, const char* what, std::int64_t count) {
        words += is ? (words.empty() ? "" : " ") + std::string(what) + "=" + std::to_string(count) : "";
    };
    add(due.content, "parts", inventory.parts);
    add(due.content || due.recordings, "recordings", static_cast<std::int64_t>(inventory.recordings.size()));
    add(due.content, "notes", inventory.notes);
    add(due.content || due.relay, "replies", inventory.replies);
    add(due.content || due.relay, "numbers", inventory.number ? 1 : 0);
    return words;
}

std::vector<redis::Write> shredding_writes(const stores::Keyspace& keys, const CaseFacts& facts,
                                           const Inventory& inventory, Overdue due, std::int64_t now_ms) {
    std::vector<redis::Write> writes;
    writes.push_back({redis::Op::must_exist, keys.case_facts(facts.id), {}});
    writes.push_back({redis::Op::must_be_field,
                      keys.case_facts(facts.id),
                      {std::string(audit::counted_field), facts.acts}});
    if (due.content || due.recordings) {
        withdraw(writes, keys, inventory.recordings, now_ms);
    }
    audit::Act act{audit::What::case_shredded, facts.id};
    act.how = "retention";
    if (due.content) {
        act.why = counted(inventory, {false, false, true});
        add_all(writes, deletion_writes(keys, std::move(act)));
        return writes;
    }
    if (due.recordings) {
        writes.push_back({redis::Op::del, keys.case_recordings(facts.id), {}});
        act.what = audit::What::recordings_shredded;
        act.why = counted(inventory, {true, false, false});
        audit::add_entry(writes, keys, act);
    }
    if (due.relay) {
        shred_relay(writes, keys, facts);
        act.what = audit::What::relay_shredded;
        act.why = counted(inventory, {false, true, false});
        audit::add_entry(writes, keys, std::move(act));
    }
    return writes;
}

}  // namespace rightsline::cases
