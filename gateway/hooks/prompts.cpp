// Lines for recording: whoever calls one is asked for a code, and their pages go on by it. No worker's menu knows of them.
#include <utility>

#include "gateway/hooks/hook_parts.hpp"
#include "gateway/ops/log.hpp"

namespace rightsline::hooks {

/// A call to such a line, its beginning or its end; never of one that we made.
bool Hooks::is_of_recorder(const providers::Inbound& inbound) const {
    return inbound.mode == flows::Mode::voice && !inbound.we_called &&
           directory_.lines.at(inbound.line).for_recording;
}

http::Response Hooks::encode_prompts(const providers::Inbound& inbound, const std::string& name,
                                     const prompt_calls::Said& said) const {
    providers::ReturnUrls urls;
    urls.step = directory_.public_url + "/hooks/" + name + prompt_calls::prompts_path_of(said.page, said.nth);
    urls.media = directory_.public_url + "/media/";
    return directory_.accounts.at(name).provider->encode(inbound.hook, said.actions, urls);
}

/// Its end changes nothing: whoever calls again with the same code goes on, and one that nobody told the end of is let go.
Awaitable<http::Response> Hooks::open_door(const providers::Inbound& inbound) {
    const Line& line = directory_.lines.at(inbound.line);
    if (inbound.hook != providers::Hook::voice) {
        co_return refuse(204, "");
    }
    if (services_.prompts == nullptr) {
        co_return refuse(404, "this line does not take that\n");
    }
    const Result<prompt_calls::Said> said = co_await services_.prompts->open_door(line.program);
    if (!said) {
        ops::log(ops::Level::warn, "prompt_call_not_answered", {{"error", said.error()}});
        co_return refuse(503, "");
    }
    counters_->taken.add();
    co_return encode_prompts(inbound, line.account, *said);
}

Awaitable<http::Response> Hooks::prompts_page(const providers::Inbound& inbound, const std::string& name,
                                              alerts::CallPage asked, const http::Request& request) {
    prompt_calls::Heard heard{inbound.event, inbound.recording,  name,
                              inbound.call,  inbound.by_machine, prompt_calls::page_number(request.query())};
    const bool ours = services_.prompts != nullptr && !program_of(name, asked.program).empty();
    std::optional<prompt_calls::Said> said;
    if (ours) {
        said = co_await services_.prompts->answer_page(std::move(asked), std::move(heard));
    }
    if (!said) {
        counters_->unknown.add();
        co_return refuse(404, "no such page\n");
    }
    counters_->taken.add();
    co_return encode_prompts(inbound, name, *said);
}

}  // namespace rightsline::hooks
