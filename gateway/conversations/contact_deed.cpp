// How the worker may be reached, noted with the turn that asks for it.
#include <utility>

#include "gateway/cases/contact.hpp"
#include "gateway/cases/epoch_lock.hpp"
#include "gateway/conversations/deeds.hpp"
#include "gateway/ops/log.hpp"

namespace rightsline::conversations {
/// The keyed id that STOP is kept under.
Awaitable<Result<std::string>> Deeds::phone_of(vault::PhoneNumber worker) {
    std::vector<vault::IdRequest> requests;
    requests.push_back({vault::IdKind::phone, worker.reveal()});
    const Result<std::vector<vault::KeyedId>> ids = co_await vault_.id(std::move(requests));
    if (!ids) {
        co_return ids.error();
    }
    co_return ids->front().hex();
}

Awaitable<Result<redis::Reply>> Deeds::asked_to_stop(DeedContext context, std::string phone) {
    redis::Command question{"SISMEMBER", stores::Keyspace(context.program).stopped(), std::move(phone)};
    co_return co_await client_.execute(std::move(question), context.budget);
}

/// The number, and the id of its phone.
Awaitable<Result<void>> Deeds::seal_into(cases::ContactWish& wish, const DeedContext& context,
                                         std::string phone) {
    std::vector<vault::SealRequest> to_seal;
    to_seal.push_back({vault::Purpose::number, cases::number_context(context.program, context.case_id),
                       context.worker->reveal()});
    to_seal.push_back(
        {vault::Purpose::casework, cases::phone_context(context.program, context.case_id), std::move(phone)});
    Result<std::vector<std::string>> sealed = co_await vault_.seal(std::move(to_seal));
    if (!sealed) {
        co_return sealed.error();
    }
    Result<std::string> number = co_await cases::lock_one(
        vault_, cases::number_context(context.program, context.case_id), std::move(sealed->front()));
    if (!number) {
        co_return number.error();
    }
    Result<std::string> locked_phone = co_await cases::lock_one(
        vault_, cases::phone_context(context.program, context.case_id), std::move(sealed->back()));
    if (!locked_phone) {
        co_return locked_phone.error();
    }
    wish.sealed_number = std::move(*number);
    wish.sealed_phone = std::move(*locked_phone);
    co_return Result<void>();
}

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
        const Result<std::string> phone = co_await phone_of(*context.worker);
        if (!phone) {
            ops::log(ops::Level::error, "phone_not_named", {{"error", phone.error()}});
            co_return exit("else");
        }
        const Result<redis::Reply> stopped = co_await asked_to_stop(context, *phone);
        if (!stopped || stopped->integer() == nullptr) {
            co_return exit("else");
        }
        if (*mode == cases::ContactMode::relay && *stopped->integer() != 0) {
            co_return exit("stopped");  // a yes that could not be kept
        }
        const Result<void> sealed = co_await seal_into(wish, context, *phone);
        if (!sealed) {
            ops::log(ops::Level::error, "number_not_sealed", {{"error", sealed.error()}});
            co_return exit("else");
        }
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

/// A yes to texts beside the call that they have just asked for, from the phone that they asked for it on.
Awaitable<Deed> Deeds::texts_too(DeedContext context) {
    if (!context.worker) {
        co_return exit("else");
    }
    if (!context.texts) {
        co_return exit("no_text");
    }
    const Result<std::string> phone = co_await phone_of(*context.worker);
    if (!phone) {
        ops::log(ops::Level::error, "phone_not_named", {{"error", phone.error()}});
        co_return exit("else");
    }
    const Result<redis::Reply> stopped = co_await asked_to_stop(context, *phone);
    if (!stopped || stopped->integer() == nullptr) {
        co_return exit("else");
    }
    if (*stopped->integer() != 0) {
        co_return exit("stopped");
    }
    const stores::Keyspace keys(context.program);
    redis::Command question{"HGET", keys.case_contact(context.case_id), "mode"};
    const Result<redis::Reply> mode = co_await client_.execute(std::move(question), context.budget);
    if (!mode || mode->string() == nullptr || *mode->string() != cases::to_word(cases::ContactMode::call)) {
        co_return exit("else");  // taken back meanwhile: nothing is kept that a text could go to
    }
    Deed deed = exit("ok");
    deed.writes = cases::texts_too_writes(keys, context.case_id);
    co_return deed;
}

}  // namespace rightsline::conversations
