// What comes from a person's leg: its page is asked for, a key is pressed, the provider says that it is over.
#include <algorithm>
#include <array>
#include <utility>

#include "gateway/handoff/desk_parts.hpp"
#include "gateway/handoff/error.hpp"
#include "gateway/handoff/words.hpp"
#include "gateway/ops/log.hpp"

namespace rightsline::handoff {
namespace {

using namespace timing;

constexpr const char* page_purpose = "live call of ";
constexpr std::array<std::string_view, 5> last_words{"completed", "busy", "no-answer", "failed", "canceled"};

/// What a request for the page of a ring tells. A key that is not the one asks again; no key is a no.
Event::Told told_by(const flows::Event& event) {
    if (const auto* keyed = std::get_if<flows::Keyed>(&event)) {
        const std::string& keys = keyed->digits.reveal();
        return keys.empty()            ? Event::Told::declines
               : keys.starts_with('1') ? Event::Told::accepts
                                       : Event::Told::picks_up;
    }
    return std::holds_alternative<flows::Called>(event) ? Event::Told::picks_up : Event::Told::parts;
}

/// What a person hears when nobody could see how far it is. That somebody else has the call is said only where that is so.
Reply reply_without(boost::system::error_code why, Event::Told told) {
    if (why == make_error_code(errc::no_such_call)) {
        return Reply::too_late;
    }
    if (told == Event::Told::parts) {
        return Reply::ended;  // of the room they know, and whether it goes on nobody can tell them
    }
    const bool listens = told == Event::Told::picks_up || told == Event::Told::accepts;
    return why == make_error_code(errc::contended) && listens ? Reply::whisper : Reply::failed;
}

}  // namespace

std::string live_path_of(const alerts::CallPage& page) { return "/live" + query_of(page); }
bool is_live_page(std::string_view path) { return path.ends_with("/live"); }

Awaitable<Result<alerts::CallPage>> Desk::page_of(std::string program, std::string message) {
    std::string purpose = page_purpose;
    co_return co_await alerts::seal_page(services_.vault, std::move(purpose), std::move(program),
                                         std::move(message));
}

Awaitable<std::optional<std::vector<flows::Action>>> Desk::answer_call(alerts::CallPage page,
                                                                       flows::Event event, std::string call) {
    std::string purpose = page_purpose;
    const std::optional<std::string> message =
        co_await alerts::open_page(services_.vault, std::move(purpose), page);
    const RingName name = message ? parse_message_id(*message) : RingName();
    const flows::PackPtr pack = services_.packs.active(page.program);
    const alerts::AlertProgram* program = services_.alerts.program(page.program);
    if (name.ring == 0 || !pack || program == nullptr) {
        co_return std::nullopt;
    }
    const Event told{told_by(event), name.ring};
    const Deadline in_time = services_.clock.in(store_budget);
    const Result<Step> taken = co_await take(page.program, name.hand_off, told, std::move(call), in_time);
    if (!taken) {  // without the store nobody is put through to anybody
        counters_->failed.add();
        ops::log(ops::Level::warn, "handoff_page_failed", {{"error", taken.error()}});
        co_return actions_of(*pack, pack->languages.front(), reply_without(taken.error(), told.told), "");
    }
    const std::vector<Ring>& rings = taken->after.rings;
    const people::Person* person =
        name.ring > rings.size() ? nullptr : program->roster.find(rings[name.ring - 1].person);
    const locales::LanguageTag language = person == nullptr ? pack->languages.front() : person->language;
    co_return actions_of(*pack, language, taken->reply, taken->after.room);
}

Awaitable<Result<void>> Desk::hear(std::string program, std::string message, std::string call,
                                   std::string word) {
    const RingName name = parse_message_id(message);
    if (name.ring == 0) {
        co_return Result<void>();
    }
    const bool over = std::ranges::find(last_words, word) != last_words.end();
    Event event{word == "failed" ? Event::Told::fails
                : over           ? Event::Told::ends
                                 : Event::Told::looks,
                name.ring};
    event.hung_up = word == "completed";
    const Deadline in_time = services_.clock.in(store_budget);
    const Result<Step> taken =
        co_await take(std::move(program), name.hand_off, std::move(event), std::move(call), in_time);
    if (!taken && taken.error() != make_error_code(errc::no_such_call)) {
        co_return taken.error();
    }
    co_return Result<void>();
}

Awaitable<void> Desk::leave(std::string program, std::string hand_off) {
    Event event{Event::Told::leaves};
    const Deadline in_time = services_.clock.in(store_budget);
    const Result<Step> taken =
        co_await take(std::move(program), std::move(hand_off), std::move(event), "", in_time);
    if (!taken && taken.error() != make_error_code(errc::no_such_call)) {  // its own time ends it, then
        counters_->failed.add();
        ops::log(ops::Level::warn, "handoff_leave_missed", {{"error", taken.error()}});
    }
}

void Desk::note_silent_meanwhile(SilentEnd end) { services_.spawn(gate_.note_silent(std::move(end))); }

void Desk::leave_meanwhile(std::string program, std::string hand_off) {
    services_.spawn(leave(std::move(program), std::move(hand_off)));
}

}  // namespace rightsline::handoff
