// The voices of the programs: recordings that people make while the server runs, and how calls come to hear them.
#include <algorithm>
#include <utility>

#include "gateway/app/parts.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/ops/pause.hpp"

namespace rightsline::app {
namespace {

using namespace std::chrono_literals;

constexpr auto between_looks = 5s;
constexpr auto between_voices =
    15min;  // each leaves one more script in the store and in memory, as every reload does
constexpr auto reading_budget = 60s;
constexpr auto store_budget = 3s;

/// A script that calls are spoken to from now on, and the one that it takes the place of.
struct Voice {
    flows::PackHash before{};
    LoadedProgram program;
};
/// … and where the sounds of all lie.
struct Voices {
    std::vector<Voice> voices;
    std::map<std::string, std::string> audio;
};

Voices read_voices(std::vector<Voice> voices, const config::Config& config) {
    for (Voice& one : voices) {
        renew_audio(one.program);
    }
    return {std::move(voices), load_audio(config)};
}

}  // namespace

void App::Parts::build_prompts() {
    std::map<std::string, prompts::PromptFolders> folders;
    for (const LoadedProgram& program : programs) {
        folders[program.name] = {config::takes_folder(config, program.name),
                                 {program.roots, config::recordings_folder(config, program.name)}};
    }
    prompts = std::make_unique<prompts::PromptDesk>(
        prompts::PromptServices{*packs, *redis, prompt_worker, clock, [this] { voice_is_news = true; }},
        std::move(folders));
}

/// New conversations are spoken to by this script.
void App::Parts::adopt(LoadedProgram fresh) {
    const auto known = std::ranges::find(programs, fresh.name, &LoadedProgram::name);
    packs->activate(fresh.pack, fresh.bundle);
    media->preload(emergency_audio(*fresh.pack));
    if (known != programs.end()) {
        known->bundle = std::move(fresh.bundle);
    }
}

/// The script of a program with a mistake in it stays as it was.
void App::Parts::reload() {
    std::vector<LoadedProgram> fresh = load_programs(config);
    print_errors(fresh);
    media->renew(load_audio(config));
    for (LoadedProgram& program : fresh) {
        if (program.pack && circles.contains(program.name) && has_circles(*program.pack)) {
            adopt(std::move(program));
            ops::log(ops::Level::info, "reloaded");
        } else {
            ops::log(ops::Level::error, "reload_refused_keeping_pack");
        }
    }
}

/// What was approved, read on another thread while calls go on. A program that was reloaded meanwhile has it already.
Awaitable<bool> App::Parts::renew_voices() {
    std::vector<Voice> voices;
    for (const LoadedProgram& program : programs) {
        const flows::PackPtr now = packs->active(program.name);
        if (now && flows::hash_of(program.bundle) == now->hash) {  // else it is one that the store gave
            voices.push_back({now->hash, {program.name, program.roots, program.bundle, nullptr, {}}});
        }
    }
    auto read = [voices = std::move(voices), &all = std::as_const(config)]() mutable {
        return read_voices(std::move(voices), all);
    };
    Result<Voices> heard = co_await prompt_worker.run(std::move(read), clock.in(reading_budget));
    if (!heard) {
        co_return false;
    }
    media->renew(std::move(heard->audio));
    for (Voice& one : heard->voices) {
        const flows::PackPtr now = packs->active(one.program.name);
        if (one.program.pack && now && now->hash == one.before && one.program.pack->hash != one.before) {
            adopt(std::move(one.program));
            ops::log(ops::Level::info, "voice_renewed");
        }
    }
    const Result<void> stored = co_await packs->persist(clock.in(store_budget));
    readiness.packs = stored && every_program_speaks();
    co_return true;
}

Awaitable<void> App::Parts::keep_prompts() {
    Deadline next{};
    for (bool going = true; going;) {
        if (voice_is_news && clock.steady() >= next) {
            voice_is_news = false;
            const bool renewed = co_await renew_voices();
            voice_is_news = voice_is_news || !renewed;
            next = clock.in(between_voices);
        }
        going = co_await ops::pause(between_looks);
    }
}

}  // namespace rightsline::app
