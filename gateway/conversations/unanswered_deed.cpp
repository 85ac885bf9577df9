// Where a worker left the questions about their report, told to the script that they come back to. Without it they hear how
// the report stands, as they would after a day: nothing about it may keep them from their case.
#include <chrono>
#include <utility>

#include "gateway/cases/epoch_lock.hpp"
#include "gateway/cases/reply.hpp"
#include "gateway/cases/unanswered.hpp"
#include "gateway/conversations/deeds.hpp"
#include "gateway/ops/log.hpp"

namespace rightsline::conversations {

Awaitable<void> Deeds::find_unanswered(Deed& deed, std::shared_ptr<const vault::SecretBytes> opener,
                                       DeedContext context) {
    const stores::Keyspace keys(context.program);
    redis::LoadKeys wanted;
    wanted.extras = {keys.unanswered(context.case_id), keys.mailbox(context.case_id)};
    const Deadline in_time = context.budget - CodeTries::for_the_commit;  // else the whole turn would fail
    const Result<redis::Loaded> loaded = co_await redis::load(client_, wanted, in_time);
    if (!loaded || !loaded->extras[0] || !loaded->extras[1]) {
        co_return;
    }
    std::string locked = *loaded->extras[1];
    const Result<std::string> mailbox = co_await cases::unlock_one(
        vault_, cases::mailbox_context(context.program, context.case_id), std::move(locked));
    const auto key = mailbox ? vault::open_mailbox(*mailbox, *opener) : mailbox.error();
    if (!key) {
        ops::log(ops::Level::error, "mailbox_not_read", {{"error", key.error()}});
        co_return;
    }
    const auto now = std::chrono::floor<std::chrono::seconds>(clock_.now().time_since_epoch());
    std::string question =
        cases::read_unanswered(*key, keys, context.case_id, *loaded->extras[0], now.count());
    if (!question.empty()) {
        const vault::MailboxPublicKey answers_to = *vault::mailbox_key(*mailbox);
        deed.result.values["mailbox"] = {answers_to.begin(), answers_to.end()};
        deed.result.values["question"] = std::move(question);
    }
}

}  // namespace rightsline::conversations
