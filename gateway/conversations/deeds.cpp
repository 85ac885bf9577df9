#include "gateway/conversations/deeds.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "gateway/audit/entry.hpp"
#include "gateway/cases/case_store.hpp"
#include "gateway/cases/epoch_lock.hpp"
#include "gateway/cases/links.hpp"
#include "gateway/conversations/error.hpp"
#include "gateway/ops/error.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/ops/pause.hpp"
#include "gateway/stores/error.hpp"
#include "gateway/stores/keyspace.hpp"
#include "gateway/vault/mailbox.hpp"

namespace rightsline::conversations {
namespace {

constexpr auto recording_patience = std::chrono::milliseconds(1000);  // of a caller who waits for our answer
constexpr auto recording_look = std::chrono::milliseconds(50);

/// Of no case: ids are drawn at random.
constexpr std::string_view nobodys_case = "00000000000000000000000000000000";

std::int64_t count(const std::optional<std::string>& stored) {
    std::int64_t value = 0;
    if (stored) {
        std::from_chars(stored->data(), stored->data() + stored->size(), value);
    }
    return value;
}

/// A program that has no words for it says the case's own status.
std::string status_said(const cases::CaseFacts& facts, const flows::Pack* pack) {
    std::string status = cases::status_for_worker(facts);
    const bool has_words =
        pack != nullptr &&
        std::ranges::find(pack->statuses, status, &flows::CaseStatus::key) != pack->statuses.end();
    return has_words ? status : facts.status;
}

}  // namespace

Deed exit(std::string name) {
    Deed deed;
    deed.result.exit = std::move(name);
    return deed;
}

std::string argument(const flows::DoRequest& request, const char* name) {
    const auto found = request.with.find(name);
    return found == request.with.end() ? std::string() : found->second;
}

Awaitable<Deed> Deeds::perform(const flows::DoRequest& request, DeedContext context,
                               std::optional<ReadyCode>& held) {
    if (request.action == "report.number") {
        co_return co_await early_number(std::move(context), held);
    }
    if (request.action == "report.file") {
        std::string number = argument(request, "number");
        if (!number.empty()) {
            co_return co_await file_numbered(std::move(number), std::move(context));
        }
        co_return co_await file(std::move(context), held);
    }
    if (request.action == "report.open") {
        co_return co_await open(request.secret, std::move(context));
    }
    if (request.action == "relay.read") {
        co_return co_await relay_.read(request, std::move(context));
    }
    if (request.action == "report.delete") {
        co_return co_await discard(std::move(context));
    }
    if (request.action == "contact") {
        co_return co_await contact(request, std::move(context));
    }
    if (request.action == "contact.texts") {
        co_return co_await texts_too(std::move(context));
    }
    if (request.action == "consent") {
        co_return co_await consent(request, std::move(context));
    }
    if (request.action == "checkin.answer") {
        co_return co_await check_in(request, std::move(context));
    }
    if (request.action == "handoff.check") {
        co_return look_at_roster(context);
    }
    if (request.action == "handoff") {
        co_return co_await hand_off(request, std::move(context));
    }
    co_return exit("else");  // what nobody does here yet
}

Awaitable<unsigned> Deeds::still_pending(DeedContext context) {
    const Deadline patience = std::min(context.budget, clock_.in(recording_patience));
    unsigned pending = context.parts_pending;
    while (pending != 0 && !context.records_now && clock_.steady() < patience) {
        const bool going = co_await ops::pause(recording_look);
        redis::LoadKeys wanted;
        wanted.extras.push_back(stores::Keyspace(context.program).pending_recordings(context.conversation));
        const Result<redis::Loaded> loaded = co_await redis::load(client_, wanted, context.budget);
        if (!loaded || !going) {
            break;
        }
        pending = static_cast<unsigned>(std::max<std::int64_t>(0, count(loaded->extras.front())));
    }
    co_return pending;
}

/// `held`: one that an attempt of this turn has taken already.
Awaitable<Result<void>> Deeds::take_number(Deadline budget, std::optional<ReadyCode>& held) {
    if (held) {
        co_return Result<void>();
    }
    Result<ReadyCode> code = co_await codes_.take_code(budget);
    if (!code) {
        ops::log(ops::Level::error, "receipt_code_missing", {{"error", code.error()}});
        co_return code.error();
    }
    held = std::move(*code);
    co_return Result<void>();
}

Awaitable<Deed> Deeds::file(DeedContext context, std::optional<ReadyCode>& held) {
    if (context.nobody_listens) {
        co_return exit("ok");
    }
    const Result<void> taken = co_await take_number(context.budget, held);
    if (!taken) {
        co_return exit("else");
    }
    const unsigned pending = co_await still_pending(context);
    Deed deed = exit(pending == 0 ? "ok" : "pending");
    deed.result.values["code"] = held->code.reveal();
    const Result<vault::MailboxPublicKey> answers_to = vault::mailbox_key(held->mailbox);
    if (answers_to) {
        deed.result.values["mailbox"] = {answers_to->begin(), answers_to->end()};
    }
    const stores::Keyspace keys(context.program);
    deed.writes.push_back({redis::Op::set, keys.receipt(held->index), {context.case_id}});
    std::string mailbox = held->mailbox;
    Result<std::string> locked = co_await cases::lock_one(
        vault_, cases::mailbox_context(context.program, context.case_id), std::move(mailbox));
    if (!locked) {
        ops::log(ops::Level::error, "mailbox_not_locked", {{"error", locked.error()}});
        co_return exit("else");
    }
    deed.writes.push_back({redis::Op::set, keys.mailbox(context.case_id), {std::move(*locked)}});
    co_return deed;
}

Awaitable<Deed> Deeds::open(locales::PrivateText typed, DeedContext context) {
    const CodeTry one{context.program, context.limit_id, context.conversation, context.event, context.budget};
    const Result<CodeTaken> taken = co_await tries_.take(one);
    if (!taken) {
        co_return exit("else");
    }
    if (!taken->refused.empty()) {
        co_return exit(taken->refused);
    }
    Result<vault::ReceiptCode> code = vault::ReceiptCode::parse(typed.reveal());
    if (!code) {
        co_return exit("wrong");
    }
    Deed deed = co_await look_up(std::move(*code), std::move(context));
    if (deed.result.exit != "wrong") {  // by itself, not with the turn: one that fails costs no try
        co_await tries_.give_back(one, taken->at);
    }
    co_return deed;
}

Awaitable<Deed> Deeds::look_up(vault::ReceiptCode code, DeedContext context) {
    const Deadline in_time = context.budget - CodeTries::for_the_commit;  // else the whole turn would fail
    Result<CodeKeys> keys = co_await codes_.keys_of(std::move(code), context.limit_id, in_time);
    if (!keys) {
        const bool later = keys.error() == make_error_code(errc::busy) ||
                           keys.error().category() == ops::category();  // too many in line before it
        co_return exit(later ? "busy" : "else");
    }
    redis::LoadKeys wanted;
    wanted.extras.push_back(stores::Keyspace(context.program).receipt(keys->index));
    const Result<redis::Loaded> loaded = co_await redis::load(client_, wanted, context.budget);
    if (!loaded) {
        co_return exit("else");
    }
    // One that leads nowhere is looked at as one whose case was deleted: nobody learns by the time which it was.
    std::string case_id = loaded->extras.front().value_or(std::string(nobodys_case));
    co_return co_await opened(std::move(case_id), std::move(*keys), std::move(context));
}

Awaitable<Deed> Deeds::opened(std::string case_id, CodeKeys keys, DeedContext context) {
    cases::CaseStore store(client_);
    const Result<cases::CaseFacts> facts = co_await store.facts(context.program, case_id, context.budget);
    if (!facts) {
        const bool deleted = facts.error() == stores::make_error_code(stores::errc::no_such_case);
        co_return exit(deleted ? "wrong" : "else");
    }
    Deed deed = exit("ok");
    deed.result.values["status"] = status_said(*facts, context.pack);
    deed.result.values["draft"] = facts->id;
    deed.result.values["circle"] = facts->circle;
    deed.result.values["language"] = facts->language;
    deed.result.values["check_in"] = std::to_string(facts->check_in);
    deed.result.values["messages"] = std::to_string(facts->replies - facts->replies_read);
    deed.result.values["messages_read"] = std::to_string(facts->replies_read);
    relay_.open(context, *facts, keys.opener);
    DeedContext of_it = context;
    of_it.case_id = facts->id;
    co_await find_unanswered(deed, std::move(keys.opener), std::move(of_it));
    const stores::Keyspace keys_of_program(context.program);
    deed.writes.push_back({redis::Op::must_exist, keys_of_program.case_facts(facts->id), {}});
    deed.writes.push_back({redis::Op::hincrby, keys_of_program.case_facts(facts->id), {"returns", "1"}});
    audit::add_entry(deed.writes, keys_of_program,
                     {audit::What::returned_to, facts->id, std::string(audit::worker)});
    co_return deed;
}

/// Reports that were linked with it say so no more.
Awaitable<Result<std::vector<redis::Write>>> Deeds::links_given_up(DeedContext context) {
    cases::LinkBook book(client_);
    const Result<std::vector<std::string>> linked =
        co_await book.of(context.program, context.case_id, context.budget);
    if (!linked) {
        co_return linked.error();
    }
    cases::CaseStore store(client_);
    std::vector<std::string> there;
    for (const std::string& one : *linked) {
        const Result<cases::CaseFacts> facts = co_await store.facts(context.program, one, context.budget);
        if (facts) {
            there.push_back(one);
        }
    }
    co_return cases::forget_links(stores::Keyspace(context.program), context.case_id, there);
}

Awaitable<Deed> Deeds::discard(DeedContext context) {
    const stores::Keyspace keys(context.program);
    // Read first: an offer that takes one at this very moment makes it the case's, and it is deleted all the same.
    const Result<std::vector<std::string>> brought =
        co_await cases::brought_recordings(client_, context.program, context.case_id, context.budget);
    if (!brought) {
        co_return exit("else");
    }
    redis::Command command{"SMEMBERS", keys.case_recordings(context.case_id)};
    const Result<redis::Reply> reply = co_await client_.execute(std::move(command), context.budget);
    const std::vector<redis::Reply>* members = reply ? reply->array() : nullptr;
    if (members == nullptr) {
        co_return exit("else");
    }
    Deed deed = exit("ok");
    for (const redis::Reply& member : *members) {
        if (const std::string* id = member.string()) {
            deed.forgotten.push_back(*id);
        }
    }
    deed.forgotten.insert(deed.forgotten.end(), brought->begin(), brought->end());
    deed.writes = cases::deletion_writes(keys, context.case_id);
    const Result<std::vector<redis::Write>> unlinked = co_await links_given_up(context);
    if (!unlinked) {
        co_return exit("else");
    }
    deed.writes.insert(deed.writes.end(), unlinked->begin(), unlinked->end());
    co_return deed;
}

}  // namespace rightsline::conversations
