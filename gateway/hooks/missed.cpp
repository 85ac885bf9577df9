// Lines that call back: what rings there is not answered, and the call that we make instead leads into the line's own menu.
#include <utility>

#include "gateway/hooks/hook_parts.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/providers/fields.hpp"
#include "gateway/providers/we_called.hpp"

namespace rightsline::hooks {
namespace {

constexpr std::chrono::milliseconds budget{
    1500};  // the turn of whoever is answered all the same comes after it

}  // namespace

/// Nothing: it is no wish to be called, or not one on this line. Of a call that is brought back ("one moment") it was decided
/// before that it is answered.
std::optional<missed::Wish> Hooks::wish_of(const conversations::LineContext& line,
                                           const providers::Inbound& inbound) const {
    if (services_.missed == nullptr || !directory_.lines.at(inbound.line).calls_back || !inbound.worker ||
        inbound.we_called) {
        return std::nullopt;
    }
    missed::Wish wish{line.program, inbound.line, *inbound.worker,
                      line.language ? std::string(line.language->str()) : ""};
    if (inbound.hook == providers::Hook::voice && inbound.sent_back == 0) {
        return wish;
    }
    const auto* text = std::get_if<flows::Texted>(&inbound.event);
    if (inbound.hook != providers::Hook::sms || text == nullptr) {
        return std::nullopt;
    }
    const std::optional<std::string> language =
        services_.missed->asks_for_call(line.program, text->body.reveal());
    if (!language) {
        return std::nullopt;
    }
    wish.by_text = true;
    wish.language = language->empty() ? wish.language : *language;
    return wish;
}

/// Nothing: they are not called, and so they are answered: a line that does neither is dead for them.
Awaitable<std::optional<http::Response>> Hooks::call_back(missed::Wish wish,
                                                          const conversations::LineContext& line,
                                                          const providers::Inbound& inbound) {
    wish.deadline = services_.clock.in(budget);
    const bool by_text = wish.by_text;
    const Result<missed::Taken> taken = co_await services_.missed->ask(std::move(wish));
    if (!taken || *taken == missed::Taken::not_called) {
        co_return std::nullopt;
    }
    std::vector<flows::Action> actions;
    if (!by_text) {
        actions.emplace_back(flows::Reject{});
    }
    co_return line.provider->encode(inbound.hook, actions, line.urls);
}

Awaitable<http::Response> Hooks::missed_page(const providers::Inbound& inbound, const std::string& name,
                                             alerts::CallPage asked, const http::Request& request) {
    missed::Heard heard{inbound.event, inbound.by_machine, providers::read_sent_back(request)};
    const auto line = contexts_.find(inbound.line);
    const alerts::CallPage page = asked;
    std::optional<missed::Said> said;
    const bool ours = line != contexts_.end() && line->second.account == name &&
                      line->second.program == page.program && services_.missed != nullptr;
    if (ours) {
        said = co_await services_.missed->answer_page(std::move(asked), std::move(heard));
    }
    if (!said) {
        counters_->unknown.add();
        co_return refuse(404, "no such page\n");
    }
    counters_->taken.add();
    if (said->begins) {
        const providers::Inbound called = providers::as_called(inbound);
        co_return co_await services_.turns.take(line->second, called);
    }
    providers::ReturnUrls urls;
    urls.step = directory_.public_url + "/hooks/" + name + missed::missed_path_of(page, said->nth);
    urls.media = directory_.public_url + "/media/";
    co_return line->second.provider->encode(inbound.hook, said->actions, urls);
}

/// Its end is the end of the conversation that it led into. Errors: the store's; the provider tells again.
Awaitable<Result<void>> Hooks::hear_of_missed(const std::string& program, const providers::Inbound& receipt) {
    if (services_.missed == nullptr || !missed::is_missed_call(receipt.ours)) {
        co_return Result<void>();
    }
    const Result<void> heard =
        co_await services_.missed->hear(program, receipt.ours, receipt.worker, receipt.delivery);
    if (!heard || receipt.delivery != "completed") {
        co_return heard;
    }
    const providers::Inbound ended = providers::as_ended(receipt);
    const Result<void> taken =
        co_await services_.turns.take_in(contexts_.at(receipt.line), ended, services_.clock.in(budget));
    co_return taken;
}

}  // namespace rightsline::hooks
