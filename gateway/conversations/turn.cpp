#include "gateway/conversations/turn.hpp"

#include <sodium.h>

#include <utility>

#include "gateway/conversations/error.hpp"
#include "gateway/conversations/turn_work.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/ops/pause.hpp"
#include "gateway/ops/test_point.hpp"
#include "redis/error.hpp"

namespace rightsline::conversations {
namespace {

using namespace std::chrono_literals;

// A voice that pauses for 2.5 s feels dead, and some of that is the way there.
constexpr auto voice_budget = 2300ms;
constexpr auto text_budget = 4000ms;
constexpr auto voice_turn = 1500ms;  // what a turn needs of its budget when it has waited for a seat
constexpr auto text_turn = 2500ms;
constexpr auto op_budget = 400ms;     // one command; a second try follows
constexpr auto last_attempt = 300ms;  // before the budget ends: one that begins later could not finish

std::string scoped(const LineContext& line, std::string_view what, std::string_view id) {
    std::string out = line.account;
    out.append("|").append(what).append("|").append(id);
    return out;
}

EventId bytes_of(const vault::KeyedId& id) { return id.bytes; }

}  // namespace

Turns::Turns(TurnServices services, std::map<std::string, ProgramContext> programs)
    : services_(std::move(services)), programs_(std::move(programs)) {
    using ops::Dimension;
    const auto turns = [this](ops::Label outcome) -> ops::Counter& {
        return services_.metrics.counter("rightsline_turns_total", "Turns by how they ended",
                                         {{Dimension::outcome, outcome}});
    };
    counters_ = std::make_shared<Counters>(Counters{
        turns("committed"), turns("duplicate"), turns("conflict"), turns("store_gone"), turns("altered"),
        turns("unreadable"), turns("crowded"),
        services_.metrics.counter("rightsline_pictures_not_kept_total",
                                  "Pictures, sound and files of texts: not kept here, still at the provider"),
        services_.metrics.counter("rightsline_replies_not_posted_total",
                                  "Answers that could not leave: no number, or a country that nothing "
                                  "is sent to")});
}

Awaitable<Result<std::string>> Turns::step_mac(std::string account, std::string call, std::uint32_t turn) {
    std::vector<vault::IdRequest> requests;
    requests.push_back({vault::IdKind::step, account + "|" + call + "|" + std::to_string(turn)});
    const Result<std::vector<vault::KeyedId>> ids = co_await services_.vault.id(std::move(requests));
    if (!ids) {
        co_return ids.error();
    }
    co_return ids->front().hex();
}

/// Who waits too long for a seat has no time left for the turn itself.
Awaitable<health::Admission::Seat> Turns::seat_for(flows::Mode mode, Deadline budget) {
    if (services_.seats == nullptr) {
        co_return health::Admission::Seat();
    }
    health::Admission::Seat seat = services_.seats->try_enter();
    if (!seat) {
        const Deadline last = budget - (mode == flows::Mode::voice ? voice_turn : text_turn);
        seat = co_await services_.seats->enter(last);
    }
    co_return seat;
}

Awaitable<Result<Turns::Names>> Turns::name(const LineContext& line, const providers::Inbound& inbound) {
    // A text belongs to a phone; a call or a USSD session to itself: the next caller may hold another's phone.
    const bool by_phone = inbound.mode == flows::Mode::sms && inbound.worker.has_value();
    const std::string phone = inbound.worker ? inbound.worker->reveal() : std::string();
    std::vector<vault::IdRequest> requests;
    requests.reserve(4);
    requests.push_back(by_phone ? vault::IdRequest{vault::IdKind::phone, phone}
                                : vault::IdRequest{vault::IdKind::call, scoped(line, "call", inbound.call)});
    requests.push_back({vault::IdKind::event, event_name(line, inbound)});
    requests.push_back({vault::IdKind::event, scoped(line, "content", inbound.content)});
    if (by_phone) {
        requests.push_back({vault::IdKind::limit, phone});
    }
    const Result<std::vector<vault::KeyedId>> ids = co_await services_.vault.id(std::move(requests));
    if (!ids) {
        co_return ids.error();
    }
    Names names{stores::Keyspace(line.program), (*ids)[0].hex()};
    names.event = bytes_of((*ids)[1]);
    names.event_hex = (*ids)[1].hex();
    names.content = bytes_of((*ids)[2]);
    if (by_phone) {
        names.limit = (*ids)[3].hex();
    } else if (!phone.empty()) {
        co_await name_caller(names, inbound, phone);
    }
    names.guard_key = names.keys.guard(names.event_hex);
    names.document_key = names.keys.conversation(names.conversation);
    names.call = inbound.mode == flows::Mode::voice;
    names.begins = inbound.hook == providers::Hook::voice;
    co_return names;
}

Awaitable<Result<redis::Loaded>> Turns::load(const Names& names, Deadline budget) {
    redis::LoadKeys wanted{
        names.guard_key,
        names.document_key,
        {names.keys.pending_recordings(names.conversation), names.keys.secret_answer(names.event_hex),
         names.call ? names.keys.ended_call(names.conversation)
                    : names.keys.open_check_in(names.conversation)}};
    if (names.begins) {
        wanted.extras.push_back(names.keys.flood_watch());
    }
    const Deadline first = std::min(budget, services_.clock.in(op_budget));
    Result<redis::Loaded> loaded = co_await redis::load(services_.redis, wanted, first);
    if (!loaded && services_.clock.steady() < budget) {  // reading twice is free
        // A store that is being restarted comes back in this time; what is left is for the commit.
        const Deadline second = budget - op_budget;
        loaded = co_await redis::load(services_.redis, wanted, second);
    }
    co_return loaded;
}

Awaitable<http::Response> Turns::take(const LineContext& line, const providers::Inbound& inbound) {
    if (inbound.carrier_answered_help) {  // a second answer would only confuse
        co_return line.provider->encode(inbound.hook, {}, {});
    }
    const Deadline budget =
        services_.clock.in(inbound.mode == flows::Mode::voice ? voice_budget : text_budget);
    const Result<Names> names = co_await name(line, inbound);
    if (!names) {
        co_return co_await sorry(line, inbound, nullptr, Kept::no);
    }
    const health::Admission::Seat seat = co_await seat_for(inbound.mode, budget);
    if (services_.seats != nullptr && !seat) {
        counters_->crowded.add();
        co_return co_await sorry(line, inbound, &*names, Kept::no);
    }
    Working work{line, inbound, *names, budget};
    Result<http::Response> answer = co_await attempts(work);
    if (answer) {
        ops::test_point("before_answer");
        co_return std::move(*answer);
    }
    counters_->store_gone.add();
    const Kept kept = work.unsure ? Kept::unsure : Kept::no;
    co_return co_await sorry(line, inbound, &*names, kept);
}

Awaitable<Result<void>> Turns::take_in(const LineContext& line, const providers::Inbound& inbound,
                                       Deadline budget) {
    if (inbound.carrier_answered_help) {
        co_return Result<void>();
    }
    const Result<Names> names = co_await name(line, inbound);
    if (!names) {
        co_return names.error();
    }
    Working work{line, inbound, *names, budget};
    work.leaves = outbox::Leaves::through_outbox;
    const Result<http::Response> taken = co_await attempts(work);
    if (!taken) {
        co_return taken.error();
    }
    co_return Result<void>();
}

Awaitable<Result<http::Response>> Turns::attempts(Working& work) {
    do {
        work.conflict = false;
        Result<http::Response> answer = co_await attempt(work);
        if (answer && !work.conflict) {
            co_return std::move(*answer);
        }
        if (!answer) {
            ops::log(ops::Level::error, "turn_failed",
                     {{"error", answer.error()}, {"mode", work.inbound.mode}});
            co_return answer.error();
        }
        // Other texts of this worker won: a phone that finds the network again sends all it has at once.
        counters_->conflict.add();
        co_await ops::pause(std::chrono::milliseconds(2 + randombytes_uniform(18)));
    } while (services_.clock.steady() + last_attempt < work.budget);
    co_return errc::store_gone;
}

Awaitable<Result<http::Response>> Turns::attempt(Working& work) {
    work.now = services_.clock.now();
    Result<redis::Loaded> loaded = co_await load(work.names, work.budget);
    if (!loaded) {
        co_return loaded.error();
    }
    ops::test_point("after_load");
    if (loaded->answer) {
        co_return co_await replay(work, std::move(*loaded));
    }
    const Result<void> opened = co_await open(work, std::move(*loaded));
    if (!opened) {
        co_return opened.error();
    }
    co_return co_await answer(work);
}

Awaitable<Result<http::Response>> Turns::replay(Working& work, redis::Loaded loaded) {
    const auto& provider = *work.line.provider;
    const http::Response nothing = provider.encode(work.inbound.hook, {}, {});
    const Result<Guard> guard = parse_guard(*loaded.answer);
    if (!guard) {
        counters_->unreadable.add();
        co_return nothing;
    }
    // What comes again out of a list may differ at its edges from what the webhook said.
    const bool came_back =
        std::holds_alternative<flows::Continued>(work.inbound.event) || work.inbound.said_at;
    if (guard->content != work.names.content && !came_back) {
        counters_->altered.add();
        ops::log(ops::Level::error, "event_altered", {{"event", ops::ShortId(work.names.event)}});
        co_return nothing;
    }
    counters_->duplicate.add();
    std::vector<vault::SealRequest> to_open;
    to_open.push_back({vault::Purpose::answer, work.names.guard_key, guard->sealed_answer});
    if (guard->kept_apart) {
        if (!loaded.extras[1]) {
            co_return nothing;  // the minutes in which a code is repeated have passed
        }
        to_open.front().bytes = std::move(*loaded.extras[1]);
    }
    const Result<std::vector<std::string>> plain = co_await services_.vault.open(std::move(to_open));
    if (!plain) {
        counters_->unreadable.add();
        co_return nothing;
    }
    const bool older_step = work.inbound.hook == providers::Hook::voice_step && !loaded.document.empty();
    if (older_step) {
        const Result<void> opened = co_await open(work, std::move(loaded));
        if (opened && work.envelope && work.inbound.turn + 1 < work.envelope->conversation.turn) {
            const Result<providers::ReturnUrls> urls = co_await urls_of_call(work);
            if (urls) {  // an older step: on to the current prompt
                co_return provider.encode(work.inbound.hook, {flows::Redirect{}}, *urls);
            }
        }
    }
    co_return parse_response(plain->front());
}

Awaitable<Result<void>> Turns::open(Working& work, redis::Loaded loaded) {
    work.version = loaded.version;
    work.forget_opened();
    if (loaded.extras[0]) {
        work.pending_recordings = static_cast<unsigned>(std::max(0, std::atoi(loaded.extras[0]->c_str())));
    }
    work.pack = services_.packs.active(work.line.program);
    co_await open_check_in(work, loaded);
    if (loaded.document.empty()) {
        work.key_first = is_in_flood(work, loaded);
        co_return co_await open_nothing(work, std::move(loaded));
    }
    std::vector<vault::SealRequest> to_open;
    to_open.push_back({vault::Purpose::conversation, work.names.document_key, std::move(loaded.document)});
    const Result<std::vector<std::string>> plain = co_await services_.vault.open(std::move(to_open));
    Result<Envelope> envelope = plain ? parse_envelope(plain->front()) : Result<Envelope>(plain.error());
    // a lost key or a damaged value: begin anew rather than leave the worker without an answer
    if (!envelope) {
        counters_->unreadable.add();
        ops::log(ops::Level::error, "conversation_unreadable", {{"error", envelope.error()}});
        co_return work.pack ? Result<void>() : Result<void>(errc::no_program);
    }
    if (work.pack && flows::has_stopped(envelope->conversation)) {
        envelope->conversation = flows::stopped_on(*work.pack, std::move(envelope->conversation));
        work.envelope = std::move(*envelope);
        co_return Result<void>();
    }
    const Result<flows::PackPtr> pinned =
        co_await services_.packs.find(work.line.program, envelope->conversation.pack, work.budget);
    if (pinned) {
        work.pack = *pinned;
        work.envelope = std::move(*envelope);
    } else if (pinned.error().category() == redis::category()) {
        co_return pinned.error();  // the store is gone: nothing is known of the pack
    } else {
        counters_->unreadable.add();
        ops::log(ops::Level::error, "conversation_of_a_lost_script", {{"error", pinned.error()}});
        work.lost = std::move(envelope->conversation);
    }
    co_return work.pack ? Result<void>() : Result<void>(errc::no_program);
}

}  // namespace rightsline::conversations
