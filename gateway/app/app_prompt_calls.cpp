// Recording by phone: which lines it goes by, and where what was read lies until it is kept.
#include <utility>

#include "gateway/app/parts.hpp"
#include "gateway/people/rosters.hpp"

namespace rightsline::app {

void App::Parts::build_prompt_calls() {
    const std::string folder = config.state_dir + "/prompts_read";
    std::map<std::string, prompt_calls::Lines> lines;
    for (const LoadedProgram& program : programs) {
        lines[program.name].calls = people::alert_line(config, program.name, rosters[program.name]);
    }
    for (const auto& [number, line] : config.lines) {
        if (line.for_recording) {
            lines[line.program] = {number, number};
        }
    }
    media->serve_for_now(folder);
    prompt_calls = std::make_unique<prompt_calls::Desk>(prompt_calls::DeskServices{
        *redis, *vault, clock, metrics, *packs, *outbox, *prompts, *recordings, *outside, prompt_worker,
        folder, std::move(lines), recording_routes().account, [this] { dispatcher->wake(); },
        [this](Awaitable<void> task) { tasks.spawn("read_line", std::move(task)); }});
}

}  // namespace rightsline::app
