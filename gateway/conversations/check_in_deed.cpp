// What a worker says who was asked how they are, noted with the turn in which they say it; and the case that it opens.
#include <charconv>
#include <utility>

#include "gateway/cases/case_store.hpp"
#include "gateway/cases/check_ins.hpp"
#include "gateway/cases/links.hpp"
#include "gateway/conversations/turn_work.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/stores/error.hpp"

namespace rightsline::conversations {
namespace {

int day_in(const std::string& text) {
    int day = 0;
    std::from_chars(text.data(), text.data() + text.size(), day);
    return day;
}

}  // namespace

/// Whoever came back with the code answers for the case that it opened; whoever answers a text, for the one that it was about.
Awaitable<Deed> Deeds::check_in(flows::DoRequest request, DeedContext context) {
    const std::string of_code = argument(request, "of");
    const bool by_text = of_code.empty() && context.check_in.has_value();
    const std::string about = by_text ? context.check_in->case_id : of_code;
    const int day = by_text ? context.check_in->day : day_in(argument(request, "day"));
    if (about.empty() || day == 0) {
        co_return exit("else");
    }
    cases::CaseStore store(client_);
    const Result<cases::CaseFacts> facts = co_await store.facts(context.program, about, context.budget);
    const bool gone = !facts && facts.error() == stores::make_error_code(stores::errc::no_such_case);
    if (!facts && !gone) {
        co_return exit("else");
    }
    const stores::Keyspace keys(context.program);
    const cases::Said now = said(cases::Said::Answer::yes, context);
    Deed deed = exit("ok");
    if (!gone) {  // deleted from another phone: what changed is a case all the same, linked with nothing
        const cases::Answered said_now{day, argument(request, "answer"), now.hour, context.mode};
        deed.writes = cases::answered_writes(keys, about, said_now);
    }
    if (context.check_in && context.check_in->case_id == about) {
        deed.writes.push_back({redis::Op::del, keys.open_check_in(context.conversation), {}});
    }
    if (!gone && argument(request, "linked") == "yes") {
        std::vector<redis::Write> linked =
            cases::link_writes(keys, {about, context.case_id, std::string(audit::worker)});
        std::move(linked.begin(), linked.end(), std::back_inserter(deed.writes));
    }
    co_return deed;
}

/// Whether a text asked this phone how its worker is. What cannot be read was asked of nobody: the turn goes on.
Awaitable<void> Turns::open_check_in(Working& work, const redis::Loaded& loaded) {
    if (work.names.call || !loaded.extras[2]) {
        co_return;
    }
    std::vector<vault::SealRequest> to_open;
    const std::string key = work.names.keys.open_check_in(work.names.conversation);
    to_open.push_back({vault::Purpose::casework, key, *loaded.extras[2]});
    const Result<std::vector<std::string>> plain = co_await services_.vault.open(std::move(to_open));
    Result<cases::OpenCheckIn> asked =
        plain ? cases::parse_open_check_in(plain->front()) : Result<cases::OpenCheckIn>(plain.error());
    if (!asked) {
        ops::log(ops::Level::error, "check_in_unreadable", {{"error", asked.error()}});
        co_return;
    }
    work.check_in = std::move(*asked);
}

}  // namespace rightsline::conversations
