// What comes from a call that has given its code: something was read, a key, nothing.
#include <array>
#include <charconv>
#include <utility>

#include "gateway/http/form.hpp"
#include "gateway/ops/fresh_bytes.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/ops/read_file.hpp"
#include "gateway/prompt_calls/desk_parts.hpp"
#include "gateway/prompt_calls/error.hpp"
#include "gateway/prompt_calls/pages.hpp"
#include "gateway/prompts/error.hpp"
#include "gateway/vault/key_file.hpp"
#include "locales/audio.hpp"

namespace rightsline::prompt_calls {
namespace {

using namespace timing;
using Told = Event::Told;

Said hang_up() { return {{flows::Hangup{}}}; }

Told told_by(const std::string& keys) {
    if (keys.empty()) {
        return Told::no_key;
    }
    switch (keys.front()) {
        case '1':
            return Told::keeps;
        case '2':
            return Told::again;
        case '3':
            return Told::skips;
        case '*':
            return Told::hears;
        case '0':
            return Told::ends;
        default:
            return Told::asks;
    }
}

}  // namespace

std::string prompts_path_of(const alerts::CallPage& page, std::uint32_t nth) {
    return "/prompts" + query_of(page) + "&n=" + std::to_string(nth);
}

bool is_prompts_page(std::string_view path) { return path.ends_with("/prompts"); }

std::uint32_t page_number(std::string_view query) {
    const Result<http::Form> form = http::Form::decode(query);
    std::uint32_t nth = 0;
    if (form) {
        const std::string_view text = form->get("n");
        std::from_chars(text.data(), text.data() + text.size(), nth);
    }
    return nth;
}

Awaitable<Result<alerts::CallPage>> Desk::page_of(std::string program, std::string names) {
    std::string purpose = page_purpose;
    co_return co_await alerts::seal_page(services_.vault, std::move(purpose), std::move(program),
                                         std::move(names));
}

Awaitable<std::optional<Said>> Desk::answer_page(alerts::CallPage page, Heard heard) {
    std::string purpose = page_purpose;
    const std::optional<std::string> names =
        co_await alerts::open_page(services_.vault, std::move(purpose), page);
    if (!names || names->empty()) {
        co_return std::nullopt;
    }
    std::string id = names->substr(1);
    if (names->front() == of_door) {
        const Door door{std::move(id), heard.nth};
        co_return co_await try_code(std::move(page.program), door, std::move(heard));
    }
    co_return co_await go_on(std::move(page.program), std::move(id), std::move(heard));
}

/// A call that has lost the session to another, or whose end was told already, hears nothing more of it.
Awaitable<Said> Desk::go_on(std::string program, std::string id, Heard heard) {
    const Deadline in_time = services_.clock.in(page_budget);
    Result<Loaded> loaded = co_await load(program, id, in_time);
    if (!loaded || loaded->value.call != heard.call) {
        co_await erase_late(std::move(program), std::move(id), std::move(heard));
        co_return hang_up();
    }
    const Event event = co_await event_of(program, loaded->value, heard);
    const std::string job = event.job;
    Result<std::vector<redis::Write>> besides = co_await erasure(program, id, heard, job);
    if (!besides) {
        co_return hang_up();
    }
    const Result<Step> taken =
        co_await take_from(std::move(*loaded), program, id, event, std::move(*besides), in_time);
    if (!taken) {
        counters_->failed.add();
        ops::log(ops::Level::warn, "prompt_call_step_failed", {{"error", taken.error()}});
        co_return hang_up();
    }
    if (taken->fetch) {
        services_.spawn(bring_home(program, id, heard.account, *heard.recording, job));
    }
    co_return co_await say(std::move(program), std::move(id), *taken);
}

/// A take is on the disk before the machine is told that it is kept.
Awaitable<Event> Desk::event_of(const std::string& program, const Session& session, const Heard& heard) {
    Event event{Told::asks, heard.call, heard.nth};
    if (const auto* recorded = std::get_if<flows::Recorded>(&heard.event)) {
        const bool sound = !recorded->recording.empty() && heard.recording;
        event.told = sound ? Told::recorded : Told::silent;
        std::array<std::uint8_t, 16> name{};
        ops::draw_fresh_bytes(name);
        event.job = vault::to_hex(name);
    } else if (const auto* keyed = std::get_if<flows::Keyed>(&heard.event)) {
        event.told = told_by(keyed->digits.reveal());
    }
    const bool keeps = event.told == Told::keeps && session.state == State::choosing &&
                       event.page == session.page && !session.sound.hash.empty();
    if (keeps) {
        event.told = co_await keep_sound(program, session);
    }
    co_return event;
}

/// Of the words that they heard: a script that was read anew meanwhile has it read anew.
Awaitable<Event::Told> Desk::keep_sound(const std::string& program, const Session& session) {
    const Deadline in_time = services_.clock.in(page_budget);
    auto read = [path = services_.folder + "/" + session.sound.hash + ".wav"] {
        return ops::read_file(path, prompts::most_sound).value_or("");
    };
    Result<std::string> sound = co_await services_.worker.run(std::move(read), in_time);
    if (!sound || sound->empty()) {
        co_return Told::not_kept;
    }
    prompts::LineName line{program, session.language, session.lines[session.at],
                           locales::to_hex(session.words)};
    const Result<prompts::WavReport> kept =
        co_await services_.prompts.keep(std::move(line), std::move(*sound), session.by, "phone", in_time);
    if (kept) {
        counters_->kept.add();
        co_return Told::keeps;
    }
    if (kept.error() == prompts::make_error_code(prompts::errc::other_words)) {
        co_return Told::again;
    }
    counters_->failed.add();
    ops::log(ops::Level::error, "prompt_take_not_kept", {{"error", kept.error()}});
    co_return Told::not_kept;
}

/// The provider's copy is to go, whatever becomes of the call; and whoever asks the provider for what it recorded must not take
/// it for a worker's. Nothing to write where nothing was recorded.
Awaitable<Result<std::vector<redis::Write>>> Desk::erasure(const std::string& program, const std::string& id,
                                                           const Heard& heard, const std::string& job) {
    if (!heard.recording) {
        co_return std::vector<redis::Write>();
    }
    conversations::RecordingJob nobodys;
    nobodys.id = job;
    nobodys.program = program;
    nobodys.account = heard.account;
    nobodys.conversation = id;
    nobodys.remote = {heard.recording->id, heard.recording->url};
    co_return co_await services_.recordings.adopt(nobodys, erased_after);
}

/// What was read into a call that has no session any more.
Awaitable<void> Desk::erase_late(std::string program, std::string id, Heard heard) {
    std::array<std::uint8_t, 16> name{};
    ops::draw_fresh_bytes(name);
    const std::string job = vault::to_hex(name);
    const Result<std::vector<redis::Write>> writes = co_await erasure(program, id, heard, job);
    if (!writes || writes->empty()) {
        co_return;
    }
    redis::Commit commit;
    commit.now_ms = ms(services_.clock.now());
    commit.writes = *writes;
    const Result<redis::Committed> done =
        co_await redis::commit(services_.redis, commit, services_.clock.in(store_budget));
    if (!done) {
        ops::log(ops::Level::warn, "prompt_recording_not_erased", {{"error", done.error()}});
    }
}

Awaitable<Said> Desk::say(std::string program, std::string id, const Step& step) {
    const flows::PackPtr pack = services_.packs.active(program);
    Result<alerts::CallPage> page = co_await page_of(std::move(program), of_session + std::move(id));
    if (!pack || !page) {
        co_return hang_up();
    }
    co_return Said{actions_of(*pack, step.reply, step.after), std::move(*page), step.after.page};
}

}  // namespace rightsline::prompt_calls
