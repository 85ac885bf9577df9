// What a worker agrees to, or takes back, noted with the turn in which they say so.
#include <utility>

#include "gateway/cases/consent.hpp"
#include "gateway/conversations/deeds.hpp"

namespace rightsline::conversations {
namespace {

using cases::Said;

void append(std::vector<redis::Write>& to, std::vector<redis::Write> more) {
    std::move(more.begin(), more.end(), std::back_inserter(to));
}

}  // namespace

Said Deeds::said(Said::Answer answer, const DeedContext& context) const {
    const auto hour = std::chrono::floor<std::chrono::hours>(clock_.now().time_since_epoch());
    return {answer, std::chrono::seconds(hour).count(), context.mode};
}

Awaitable<Deed> Deeds::consent(flows::DoRequest request, DeedContext context) {
    const stores::Keyspace keys(context.program);
    const std::string answer = argument(request, "answer");
    std::vector<cases::Consent> purposes;
    if (answer == "withdraw") {
        cases::ConsentBook book(client_);
        const Result<cases::ConsentLedger> ledger =
            co_await book.ledger(context.program, context.case_id, context.budget);
        if (!ledger) {
            co_return exit("else");
        }
        purposes = ledger->shared();
    } else if (const auto purpose = cases::consent_of(argument(request, "purpose"))) {
        purposes.push_back(*purpose);
    } else {
        co_return exit("else");
    }
    Deed deed = exit("ok");
    if (!context.filed_now) {
        deed.writes.push_back({redis::Op::must_exist, keys.case_facts(context.case_id), {}});
    }
    const Said now = said(answer == "yes"  ? Said::Answer::yes
                          : answer == "no" ? Said::Answer::no
                                           : Said::Answer::withdrawn,
                          context);
    for (const cases::Consent purpose : purposes) {
        append(deed.writes, cases::consent_writes(keys, context.case_id, purpose, now));
    }
    co_return deed;
}

}  // namespace rightsline::conversations
