// The part of the console's table that is about what calls play: who records it, who listens to it, who approves it.
#include "gateway/api/console.hpp"

namespace rightsline::api {

const std::vector<ConsoleRoute>& console_routes_of_prompts() {
    using Door = ConsoleRoute::Door;
    using access::Right;
    static const std::vector<QueryParameter> of_an_upload{
        {"words", "`words` of the line that was read aloud; refused when it says something else by now"},
        {"way", "browser: recorded in the page; else it came as a file"}};
    static const std::vector<ConsoleRoute> routes{
        {"GET", "/api/v1/prompts", Door::program, Right::record_prompts, "listPrompts",
         "Prompts and languages: what a call hears of each, and what waits to be heard", "Prompts"},
        {"GET", "/api/v1/prompts/{language}", Door::program, Right::record_prompts, "listPromptLines",
         "Every line of one language: its words, its recording, its take", "PromptLines"},
        {"GET", "/api/v1/prompts/{language}/{name}/sound", Door::program, Right::record_prompts, "hearPrompt",
         "What a call plays of it", "wav"},
        {"GET", "/api/v1/prompts/{language}/{name}/take", Door::program, Right::record_prompts, "hearTake",
         "The take that waits for somebody else to hear it", "wav"},
        {"POST", "/api/v1/prompts/{language}/{name}/take", Door::program, Right::record_prompts,
         "recordPrompt",
         "A sound file (audio/wav, at most 1 MiB) becomes a take of yours; it takes the place of an older "
         "one, and "
         "no call plays it before somebody else has approved it",
         "TakeKept", "", false, of_an_upload},
        {"POST", "/api/v1/prompts/{language}/{name}/approve", Door::program, Right::record_prompts,
         "approveTake", "You listened, it is good: calls play it; never one of your own", "TakeJudged",
         "TakeHeard"},
        {"POST", "/api/v1/prompts/{language}/{name}/reject", Door::program, Right::record_prompts,
         "rejectTake", "It must be recorded again", "TakeJudged", "TakeRefused"},
    };
    return routes;
}

}  // namespace rightsline::api
