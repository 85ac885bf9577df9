// What a turn's steps told: sealed parts, the filed case, the recording that is to be fetched.
#include <algorithm>
#include <utility>

#include "gateway/cases/case_file.hpp"
#include "gateway/cases/consent.hpp"
#include "gateway/cases/epoch_lock.hpp"
#include "gateway/cases/unanswered.hpp"
#include "gateway/conversations/error.hpp"
#include "gateway/conversations/turn_work.hpp"
#include "gateway/ops/log.hpp"

namespace rightsline::conversations {
namespace {

std::int64_t seconds(ops::UtcMs at) {
    return std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count();
}

/// It was recorded where every question of its name says so before the tone (`consent: recording`).
bool is_agreed(const flows::Pack& pack, const flows::Part& part) {
    bool asked = false;
    for (const flows::Block& block : pack.blocks) {
        const auto* ask = std::get_if<flows::AskBlock>(&block.kind);
        if (ask == nullptr || part.recording.empty() || block.name != part.name) {
            continue;
        }
        if (!ask->voice.consent_recording) {
            return false;
        }
        asked = true;
    }
    return asked;
}

}  // namespace

/// A case that this very commit does not file must be there still: another phone may have deleted it.
void keep_unanswered(const stores::Keyspace& keys, const flows::Unanswered& left, ops::UtcMs now,
                     const std::vector<Told>& told, std::vector<redis::Write>& writes) {
    const std::string case_id = vault::KeyedId{left.draft}.hex();
    const bool filed_now =
        std::ranges::any_of(told, [&](const Told& one) { return one.filing && one.case_id == case_id; });
    if (!filed_now) {
        writes.push_back({redis::Op::must_exist, keys.case_facts(case_id), {}});
    }
    writes.push_back(cases::unanswered_write(keys, case_id, left.mailbox, left.question, seconds(now)));
}

/// What a deed of this turn may look at. `recorded`: the turn's parts hold a recording.
DeedContext Turns::deed_context(const Working& work, bool recorded) {
    const flows::Conversation& so_far = work.step.conversation;
    const bool records_now = work.inbound.recording && recorded;
    DeedContext about{
        work.line.program, work.names.limit, work.names.conversation,
        draft_hex(so_far), so_far.filed,     work.pending_recordings + static_cast<unsigned>(records_now),
        work.budget};
    about.records_now = records_now;
    about.event = work.names.event_hex;
    about.nobody_listens = work.call_over;
    about.pack = work.pack.get();
    about.worker = work.inbound.worker;
    about.line = work.inbound.line;
    about.texts = work.line.texts;
    about.mode = cases::to_word(work.inbound.mode);
    about.returned = so_far.returned;
    about.check_in = work.check_in;
    about.call = work.inbound.call;
    about.language = work.pack->languages[so_far.language];
    about.in_danger = so_far.urgency == flows::Urgency::p1;
    about.filed_now = std::any_of(work.told.begin(), work.told.end(), [&](const Told& one) {
        return one.filing && one.case_id == about.case_id;
    });
    return about;
}

/// Who was told that what they say is recorded, and spoke, has said yes to it.
void Turns::keep_consent(const Working& work, const std::string& case_id, std::vector<redis::Write>& writes) {
    const cases::Said said{cases::Said::Answer::yes, seconds(work.now) / 3600 * 3600,
                           std::string(cases::to_word(work.step.conversation.mode))};
    std::vector<redis::Write> agreed =
        cases::consent_writes(work.names.keys, case_id, cases::Consent::recording, said);
    std::move(agreed.begin(), agreed.end(), std::back_inserter(writes));
}

/// Null: there is no key of it. `serve` neither begins nor reads a script anew without the keys of the circles that it names, so
/// this is a report of before, whose circle no script names any more.
const vault::CirclePublicKey* Turns::sealed_to(const Working& work, const Told& told) const {
    const ProgramContext& program = programs_.at(work.line.program);
    if (told.circle.empty()) {
        return &program.circle;
    }
    const auto found = program.circles.find(told.circle);
    return found == program.circles.end() ? nullptr : &found->second;
}

/// Sealed and locked parts, one list entry each. What is added to a case needs the case: another phone may have deleted it.
Awaitable<Result<void>> Turns::keep_parts(const Working& work, const Told& told,
                                          std::vector<redis::Write>& writes) {
    const bool filed_now = std::any_of(work.told.begin(), work.told.end(), [&told](const Told& one) {
        return one.filing && one.case_id == told.case_id;
    });
    if (told.of_case && !filed_now && !told.parts.empty()) {
        std::vector<redis::Write> adding =
            cases::adding_writes(work.names.keys, told.case_id, seconds(work.now));
        std::move(adding.begin(), adding.end(), std::back_inserter(writes));
    }
    const vault::CirclePublicKey* circle = sealed_to(work, told);
    if (circle ==
        nullptr) {  // to no larger one instead: it waits until the key is there again, and is not said to be saved
        ops::log(ops::Level::error, "circle_has_no_key");
        co_return errc::no_program;
    }
    std::vector<std::string> sealed;
    for (const flows::Part& part : told.parts) {
        sealed.push_back(cases::seal_part(*circle, work.line.program, told.case_id, part, seconds(work.now)));
        if (is_agreed(*work.pack, part)) {
            keep_consent(work, told.case_id, writes);
        }
    }
    if (sealed.empty()) {
        co_return Result<void>();
    }
    Result<std::vector<std::string>> locked = co_await cases::lock(
        services_.vault, cases::part_context(work.line.program, told.case_id), std::move(sealed));
    if (!locked) {
        co_return locked.error();
    }
    for (std::string& part : *locked) {
        writes.push_back({redis::Op::rpush, work.names.keys.case_parts(told.case_id), {std::move(part)}});
    }
    co_return Result<void>();
}

/// The draft becomes a case: facts, list, alert and audit entry.
Awaitable<Result<void>> Turns::keep_filing(Working& work, const Told& told,
                                           std::vector<redis::Write>& writes) {
    Result<std::string> alias = co_await services_.deeds.codes().take_alias(work.line.program, work.budget);
    if (!alias) {
        co_return alias.error();
    }
    cases::CaseFacts facts;
    facts.id = told.case_id;
    facts.alias = std::move(*alias);
    facts.status = "received";
    facts.urgency = told.filing->urgency;
    facts.family = told.filing->family;
    facts.circle = told.circle;
    facts.language = work.pack->languages[told.language].str();
    facts.mode = cases::to_word(work.step.conversation.mode);
    facts.reason = told.filing->reason;
    facts.filed_hour = seconds(work.now) / 3600 * 3600;
    facts.untold = true;
    const Result<void> numbered = co_await keep_early_number(work, facts, writes);
    if (!numbered) {
        co_return numbered.error();
    }
    std::vector<redis::Write> filed = cases::filing_writes(work.names.keys, facts);
    std::move(filed.begin(), filed.end(), std::back_inserter(writes));
    co_return Result<void>();
}

/// A recording of this event: a job that fetches it, or, when no part holds it, one that only erases the copy.
Awaitable<Result<void>> Turns::keep_recording(Working& work, std::vector<redis::Write>& writes) {
    RecordingJob job;
    job.id = work.names.event_hex;
    job.program = work.line.program;
    job.account = work.line.account;
    job.conversation = work.names.conversation;
    job.remote = *work.inbound.recording;
    if (const auto* recorded = std::get_if<flows::Recorded>(&work.inbound.event)) {
        job.seconds = static_cast<int>(recorded->length.count());
    }
    for (const Told& told : work.told) {
        for (const flows::Part& part : told.parts) {
            if (part.recording == job.id) {
                job.case_id = told.case_id;
                job.circle = told.circle;
            }
        }
    }
    Result<std::vector<redis::Write>> adopted = co_await services_.recordings.adopt(job);
    if (!adopted) {
        co_return adopted.error();
    }
    std::move(adopted->begin(), adopted->end(), std::back_inserter(writes));
    work.recording = std::move(job);
    co_return Result<void>();
}

/// What was told, into its draft or case.
Awaitable<Result<void>> Turns::keep_told(Working& work, std::vector<redis::Write>& writes) {
    for (const Told& told : work.told) {
        const Result<void> kept = co_await keep_parts(work, told, writes);
        if (!kept) {
            co_return kept.error();
        }
        if (told.filing) {
            const Result<void> filed = co_await keep_filing(work, told, writes);
            if (!filed) {
                co_return filed.error();
            }
        }
    }
    if (work.inbound.recording) {
        const Result<void> adopted = co_await keep_recording(work, writes);
        if (!adopted) {
            co_return adopted.error();
        }
    }
    co_return Result<void>();
}

}  // namespace rightsline::conversations
