// What was read, brought home while the caller hears "one moment": fetched, made into what a line plays, and told to the machine.
#include <algorithm>
#include <filesystem>
#include <utility>

#include "gateway/conversations/sound_check.hpp"
#include "gateway/ops/durable_file.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/ops/pause.hpp"
#include "gateway/ops/read_file.hpp"
#include "gateway/prompt_calls/desk_parts.hpp"
#include "gateway/prompt_calls/error.hpp"
#include "gateway/prompts/audio_shelf.hpp"

namespace rightsline::prompt_calls {
namespace {

using namespace timing;

constexpr int all_of_it = 200;      // 206 is a piece
constexpr auto between_tries = 1s;  // a provider tells of a recording before it can be fetched
constexpr auto one_try = 10s;

Awaitable<Result<void>> take_chunk(std::string& bytes, std::string_view chunk) {
    const bool fits = bytes.size() + chunk.size() <= prompts::most_sound;
    bytes.append(fits ? chunk : std::string_view());
    co_return fits ? Result<void>() : Result<void>(errc::too_long);
}

bool is_sound(std::string_view bytes) {
    conversations::SoundCheck check;
    check.see(bytes);
    return check.is_sound();
}

/// On a worker's thread. The name of what is made is its hash, as of every sound that a call plays.
Result<Sound> make_sound(const std::string& folder, const std::string& came, const std::string& bytes) {
    std::error_code ignored;
    if (!ops::replace_file(came, bytes)) {
        return errc::no_sound;
    }
    const std::string made = came + ".wav";
    const Result<prompts::WavReport> report = prompts::to_phone_wav(came, made);
    std::filesystem::remove(came, ignored);
    if (!report) {
        return report.error();
    }
    Sound sound;
    sound.hash = prompts::content_hash(ops::read_file(made).value_or(""));
    sound.length = report->length;
    for (const std::string& warning : report->warnings) {
        sound.warnings += (sound.warnings.empty() ? "" : "; ") + warning;
    }
    std::error_code failed;
    std::filesystem::rename(made, folder + "/" + sound.hash + ".wav", failed);
    return failed ? Result<Sound>(errc::no_sound) : std::move(sound);
}

}  // namespace

/// Errors: errc::no_sound, errc::too_long, the client's.
Awaitable<Result<std::string>> Desk::fetch(std::string account, providers::RemoteRecording remote,
                                           Deadline deadline) {
    if (!remote.bytes.empty()) {  // they came with the event
        co_return std::move(remote.bytes);
    }
    boost::system::error_code last = make_error_code(errc::no_sound);
    for (bool going = true; going && services_.clock.steady() < deadline;) {
        const auto [provider, credentials] = services_.account(account);
        std::optional<http::Outgoing> request =
            provider == nullptr ? std::nullopt : provider->fetch(remote, *credentials);
        if (!request) {
            co_return errc::no_sound;
        }
        std::string bytes;
        http::Sink sink = [&bytes](std::string_view chunk) { return take_chunk(bytes, chunk); };
        const Deadline in_time = std::min(deadline, services_.clock.in(one_try));
        const Result<http::Answer> answer =
            co_await services_.client.stream(std::move(*request), std::move(sink), in_time);
        if (answer && answer->status == all_of_it && is_sound(bytes)) {
            co_return std::move(bytes);
        }
        last = answer ? make_error_code(errc::no_sound) : answer.error();
        if (last == make_error_code(errc::too_long)) {
            co_return last;
        }
        going = co_await ops::pause(between_tries);
    }
    co_return last;
}

Awaitable<Result<Sound>> Desk::convert(std::string bytes, std::string job, Deadline deadline) {
    auto work = [folder = services_.folder, path = came(job), bytes = std::move(bytes)] {
        return std::vector<Result<Sound>>{
            make_sound(folder, path, bytes)};  // a Result of a Result has no errors
    };
    Result<std::vector<Result<Sound>>> made = co_await services_.worker.run(std::move(work), deadline);
    if (!made) {
        co_return made.error();
    }
    co_return std::move(made->front());
}

Awaitable<void> Desk::bring_home(std::string program, std::string id, std::string account,
                                 providers::RemoteRecording remote, std::string job) {
    const Deadline in_time = services_.clock.in(fetch_budget);
    Result<std::string> bytes = co_await fetch(std::move(account), std::move(remote), in_time);
    Result<Sound> sound = make_error_code(errc::no_sound);
    if (bytes) {
        sound = co_await convert(std::move(*bytes), job, in_time);
    }
    Event event{Event::Told::lost};
    event.job = job;
    if (sound) {
        event.told = Event::Told::fetched;
        event.sound = *sound;
    } else {
        ops::log(ops::Level::warn, "prompt_recording_lost", {{"error", sound.error()}});
        counters_->failed.add();
    }
    const Deadline soon = services_.clock.in(store_budget);
    std::vector<redis::Write> nothing_more;
    const Result<Step> taken =
        co_await take(std::move(program), std::move(id), std::move(event), std::move(nothing_more), soon);
    const bool at_hand = taken && taken->after.sound.job == job;
    if (sound && !at_hand) {  // they have hung up, or read it again
        remove_sound(*sound);
    }
}

void Desk::remove_sound(const Sound& sound) {
    if (!sound.hash.empty()) {
        std::error_code ignored;  // what stays goes at the next start
        std::filesystem::remove(services_.folder + "/" + sound.hash + ".wav", ignored);
    }
}

}  // namespace rightsline::prompt_calls
