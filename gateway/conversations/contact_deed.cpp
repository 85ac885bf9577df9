// How the worker may be reached, noted with the turn that asks for it.
#include <utility>

#include "gateway/cases/contact.hpp"
#include "gateway/conversations/deeds.hpp"
#include "gateway/ops/log.hpp"

namespace rightsline::conversations {
namespace {

Deed exit(std::string name) {
    Deed deed;
    deed.result.exit = std::move(name);
    return deed;
}

std::string argument(const flows::DoRequest& request, const char* name) {
    const auto found = request.with.find(name);
    return found == request.with.end() ? std::string() : found->second;
}

}  // namespace

/// The number of this very event, and of no other: what another phone has told us is not in reach here.
Awaitable<Deed> Deeds::contact(flows::DoRequest request, DeedContext context) {
    const std::optional<cases::ContactMode> mode = cases::contact_mode(argument(request, "mode"));
    if (!mode) {
        co_return exit("else");
    }
    cases::ContactWish wish{*mode, context.line, argument(request, "hours"), {}, context.returned};
    if (*mode != cases::ContactMode::none && !context.worker) {
        co_return exit("no_number");
    }
    if (*mode == cases::ContactMode::relay && !context.texts) {
        co_return exit("no_text");
    }
    if (*mode != cases::ContactMode::none) {
        std::vector<vault::SealRequest> to_seal;
        to_seal.push_back({vault::Purpose::number, cases::number_context(context.program, context.case_id),
                           context.worker->reveal()});
        Result<std::vector<std::string>> sealed = co_await vault_.seal(std::move(to_seal));
        if (!sealed) {
            ops::log(ops::Level::error, "number_not_sealed", {{"error", sealed.error()}});
            co_return exit("else");
        }
        wish.sealed_number = std::move(sealed->front());
    }
    Deed deed = exit("ok");
    deed.writes = cases::contact_writes(stores::Keyspace(context.program), context.case_id, std::move(wish),
                                        context.filed_now);
    const bool keeps = *mode != cases::ContactMode::none;
    const cases::Said now = said(keeps ? cases::Said::Answer::yes : cases::Said::Answer::no, context);
    std::vector<redis::Write> agreed = cases::consent_writes(stores::Keyspace(context.program),
                                                             context.case_id, cases::Consent::number, now);
    std::move(agreed.begin(), agreed.end(), std::back_inserter(deed.writes));
    co_return deed;
}

}  // namespace rightsline::conversations
