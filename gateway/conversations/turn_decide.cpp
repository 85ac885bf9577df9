// The pure part of a turn: the engine's step, and the deeds it waits for.
#include <algorithm>
#include <utility>

#include "gateway/conversations/error.hpp"
#include "gateway/conversations/turn_work.hpp"
#include "gateway/ops/fresh_bytes.hpp"
#include "gateway/ops/log.hpp"

namespace rightsline::conversations {
namespace {

constexpr int deeds_a_turn = 4;

std::string hex(const std::array<std::uint8_t, 16>& bytes) { return vault::KeyedId{bytes}.hex(); }

/// The case was deleted from another phone, and the worker is told that what came now is not kept.
bool lost_its_case(const flows::Step& step) {
    return std::find(step.facts.begin(), step.facts.end(), "case_gone") != step.facts.end();
}

bool holds_recording(const std::vector<Told>& told) {
    return std::any_of(told.begin(), told.end(), [](const Told& one) {
        return std::any_of(one.parts.begin(), one.parts.end(),
                           [](const flows::Part& part) { return !part.recording.empty(); });
    });
}

/// A call hears first, where the script says so: then the deed is done when it comes back.
bool waits_for_deed(const flows::Step& step) { return step.pending && !step.pending->after_redirect; }

}  // namespace

/// Its actions are the whole answer: words that were said before
/// a deed are rendered again after it.
void merge(flows::Step& into, flows::Step next) {
    flows::Facts facts = std::move(into.facts);
    const flows::Timer timer = into.timer;
    const bool discard = into.discard_draft;
    into = std::move(next);
    facts.insert(facts.end(), into.facts.begin(), into.facts.end());
    into.facts = std::move(facts);
    into.timer = into.timer.op == flows::TimerOp::keep ? timer : into.timer;
    into.discard_draft = into.discard_draft || discard;
}

/// A step may file one draft, which it then forgets, and begin another:
/// silence files the story, and the text that ends it is a new one.
void collect(std::vector<Told>& told, flows::Step& step) {
    const bool apart = step.filing && step.filing->draft != step.conversation.draft;
    if (apart) {
        const std::string circle = step.filing->circle;
        told.push_back(
            {hex(step.filing->draft), step.filing->language, {}, std::move(step.filing), false, circle});
        step.filing.reset();
    }
    if (step.parts.empty() && !step.filing) {
        return;
    }
    const bool of_case = step.conversation.filed && !step.filing;
    told.push_back({draft_hex(step.conversation), step.conversation.language, std::move(step.parts),
                    std::move(step.filing), of_case, step.conversation.circle});
    step.parts.clear();
    step.filing.reset();
}

// The call's end overtook it, its conversation is gone, or the store was.
Told report_of(const flows::Recorded& recorded, const flows::Pack& pack, flows::LanguageIndex language,
               flows::Urgency urgency) {
    std::array<std::uint8_t, 16> draft{};
    ops::draw_fresh_bytes(draft);
    flows::Filing filing;
    filing.urgency = urgency;
    filing.reason = "late_recording";
    filing.draft = draft;
    filing.language = language;
    flows::Part part;
    part.name = "message";
    part.recording = recorded.recording;
    part.length = recorded.length;
    Told told;
    told.circle = pack.circles.of("");  // nobody knows what it is about
    told.case_id = hex(draft);
    told.language = language;
    told.parts.push_back(std::move(part));
    told.filing = std::move(filing);
    return told;
}

std::optional<Told> rescue_of(const flows::Conversation& lost, const flows::Pack& active) {
    if (!lost.files || lost.filed || lost.parts == 0) {
        return std::nullopt;
    }
    Told told;
    told.case_id = draft_hex(lost);
    told.circle = lost.circle;
    told.language = lost.language < active.languages.size() ? lost.language : flows::LanguageIndex{0};
    flows::Filing filing;
    filing.urgency = lost.urgency;
    filing.reason = "script_gone";
    filing.draft = lost.draft;
    filing.language = told.language;
    told.filing = std::move(filing);
    return told;
}

std::string draft_hex(const flows::Conversation& conversation) { return hex(conversation.draft); }

bool says_secret(const std::vector<flows::Action>& actions) {
    const auto secret = [](const std::vector<flows::Utterance>& prompts) {
        return std::any_of(prompts.begin(), prompts.end(),
                           [](const flows::Utterance& one) { return one.secret; });
    };
    return std::any_of(actions.begin(), actions.end(), [&](const flows::Action& action) {
        return std::visit(
            [&](const auto& one) {
                if constexpr (requires { one.secret; }) {
                    return one.secret;
                } else if constexpr (requires { one.prompts; }) {
                    return secret(one.prompts);
                } else if constexpr (requires { one.parts; }) {
                    return secret(one.parts);
                } else {
                    return false;
                }
            },
            action);
    });
}

flows::Context Turns::context_of(const Working& work, const ProgramContext& program) {
    flows::Context context;
    context.now = work.now;
    ops::draw_fresh_bytes(context.fresh_id);
    context.said_at = work.inbound.said_at;
    context.parts_pending = work.pending_recordings;
    context.case_gone = work.case_gone;
    context.key_first = work.key_first;
    context.utc_offset_minutes = program.utc_offset_minutes(work.now);
    context.costs_nothing = work.inbound.we_called || work.line.free.contains(work.inbound.mode);
    if (work.check_in) {
        const auto tag = locales::LanguageTag::parse(work.check_in->language);
        const auto asked_in = tag ? work.pack->find_language(*tag) : std::nullopt;
        context.check_in = {asked_in.value_or(flows::LanguageIndex{0}),
                            flows::Instant(std::chrono::milliseconds(work.check_in->at)),
                            work.check_in->circle};
    }
    if (work.line.language) {
        context.line_language = work.pack->find_language(*work.line.language);
    }
    return context;
}

/// Files what waits in a conversation that no pack continues. Whether that was all: a timer says nothing to anybody.
bool Turns::ends_lost(Working& work) {
    if (std::optional<Told> rescued = rescue_of(*work.lost, *work.pack)) {
        work.told.push_back(std::move(*rescued));
    }
    if (!std::holds_alternative<flows::Elapsed>(work.inbound.event)) {
        return false;
    }
    work.step = {};
    work.step.conversation.mode = work.lost->mode;
    work.step.ended = true;
    return true;
}

Awaitable<Result<void>> Turns::decide(Working& work) {
    const auto program = programs_.find(work.line.program);
    if (program == programs_.end()) {
        co_return errc::no_program;
    }
    const flows::Context context = context_of(work, program->second);
    flows::Event event = work.inbound.event;
    work.recording.reset();
    if (auto* recorded = std::get_if<flows::Recorded>(&event);
        recorded != nullptr && !recorded->recording.empty()) {
        recorded->recording = work.names.event_hex;  // one recording an event: a repeat finds the same name
    }
    work.writes.clear();
    work.raise.reset();
    work.forgotten.clear();
    work.told.clear();
    if (work.lost && ends_lost(work)) {
        co_return Result<void>();
    }
    if (work.call_over) {
        co_return co_await take_late(work, event, context);
    }
    work.step = work.envelope ? flows::step(*work.pack, work.envelope->conversation, event, context)
                              : flows::start(*work.pack, work.inbound.mode, event, context);
    if (!work.envelope && work.inbound.hook == providers::Hook::voice_step) {
        // The steps of a call that is begun anew are others than before, or each would be taken for a repeat.
        work.step.conversation.turn += work.inbound.turn;
    }
    const Result<void> followed = co_await follow(work, context);
    if (followed) {
        keep_unheard(work, event);
    }
    co_return followed;
}

/// What the step leaves behind, and the deeds that it waits for.
Awaitable<Result<void>> Turns::follow(Working& work, const flows::Context& context) {
    collect(work.told, work.step);
    work.amend(work.step);
    bool deleted = false;
    if (waits_for_deed(work.step)) {
        const Result<bool> done = co_await do_deeds(work, context);
        if (!done) {
            co_return done.error();
        }
        deleted = *done;
    }
    const Result<void> raised =
        co_await keep_raise(services_.redis, work.names.keys, work.raise, work.now, work.budget, work.writes);
    if (!raised) {
        co_return raised.error();
    }
    if (work.step.discard_draft && !deleted) {
        co_return co_await discard_draft(work);
    }
    co_return Result<void>();
}

/// What the script asked the shell to do, each result given back to the script. Gives whether one of them deleted.
Awaitable<Result<bool>> Turns::do_deeds(Working& work, const flows::Context& context) {
    bool deleted = false;
    for (int i = 0; waits_for_deed(work.step); ++i) {
        if (i == deeds_a_turn) {
            ops::log(ops::Level::error, "too_many_deeds");
            co_return errc::damaged;
        }
        DeedContext about = deed_context(work, holds_recording(work.told));
        const flows::DoRequest request = std::move(*work.step.pending);
        const bool deletes = request.action == "report.delete";
        deleted = deleted || deletes;
        if (request.action == "handoff") {
            const Result<providers::ReturnUrls> urls = co_await urls_of_call(work);
            about.step_url = urls ? urls->step : "";
        }
        Deed deed = co_await services_.deeds.perform(request, std::move(about), work.code);
        if (work.call_over && deletes && deed.result.exit != "ok") {
            co_return errc::store_gone;  // nobody hears that it did not go
        }
        keep_deed(work, deed);
        flows::Step next = flows::step(*work.pack, work.step.conversation, std::move(deed.result), context);
        collect(work.told, next);
        work.amend(next);
        merge(work.step, std::move(next));
    }
    co_return deleted;
}

/// What was told goes, with its recordings. Errors: the store's; then nobody may say that it is deleted.
Awaitable<Result<void>> Turns::discard_draft(Working& work) {
    const flows::Conversation& told = work.envelope    ? work.envelope->conversation
                                      : work.overtaken ? *work.overtaken
                                                       : work.step.conversation;
    DeedContext about{work.line.program, work.names.limit, work.names.conversation, draft_hex(told), false, 0,
                      work.budget};
    Deed deed = co_await services_.deeds.discard(std::move(about));
    if (deed.result.exit != "ok") {
        co_return errc::store_gone;
    }
    keep_deed(work, deed);
    co_return Result<void>();
}

void Turns::keep_deed(Working& work, Deed& deed) {
    std::move(deed.writes.begin(), deed.writes.end(), std::back_inserter(work.writes));
    std::move(deed.forgotten.begin(), deed.forgotten.end(), std::back_inserter(work.forgotten));
}

/// A recording that no step took is a report of its own.
void Turns::keep_unheard(Working& work, const flows::Event& event) {
    const auto* recorded = std::get_if<flows::Recorded>(&event);
    const bool unheard = recorded != nullptr && !recorded->recording.empty() && !holds_recording(work.told);
    if (unheard && !work.step.discard_draft && !lost_its_case(work.step)) {
        const flows::Conversation& now = work.step.conversation;
        work.told.push_back(report_of(*recorded, *work.pack, now.language, now.urgency));
    }
}

}  // namespace rightsline::conversations
