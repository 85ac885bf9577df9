#include "gateway/conversations/early_number.hpp"

#include <utility>

#include "flows/words.hpp"
#include "gateway/cases/epoch_lock.hpp"
#include "gateway/cases/reply.hpp"
#include "gateway/conversations/turn_work.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/vault/mailbox.hpp"

namespace rightsline::conversations {
namespace {

constexpr char between = '|';  // an index is hex

}  // namespace

std::string to_bytes(const EarlyNumber& number) { return number.index + between + number.mailbox; }

std::optional<EarlyNumber> parse_early_number(std::string_view bytes) {
    const std::size_t end = bytes.find(between);
    if (end == 0 || end == std::string_view::npos || bytes.size() - end - 1 != vault::mailbox_bytes) {
        return std::nullopt;
    }
    return EarlyNumber{std::string(bytes.substr(0, end)), std::string(bytes.substr(end + 1))};
}

std::optional<EarlyNumber> early_number_of(const flows::Conversation& conversation,
                                           std::string_view case_id) {
    if (draft_hex(conversation) != case_id) {
        return std::nullopt;
    }
    return parse_early_number(flows::find_value(flows::unpack_values(conversation.values), number_value));
}

/// Said to whoever waits for the tone. It leads nowhere until something is filed.
Awaitable<Deed> Deeds::early_number(DeedContext context, std::optional<ReadyCode>& held) {
    if (context.nobody_listens) {
        co_return exit("else");
    }
    const Result<void> taken = co_await take_number(context.budget, held);
    if (!taken) {
        co_return exit("else");
    }
    Deed deed = exit("ok");
    deed.result.values["code"] = held->code.reveal();
    deed.result.values[number_value] = to_bytes(EarlyNumber{held->index, held->mailbox});
    co_return deed;
}

/// The report has its number already: it is written down with the filing (keep_early_number).
Awaitable<Deed> Deeds::file_numbered(std::string number, DeedContext context) {
    if (context.nobody_listens) {
        co_return exit("ok");
    }
    const unsigned pending = co_await still_pending(context);
    Deed deed = exit(pending == 0 ? "ok" : "pending");
    const std::optional<EarlyNumber> said = parse_early_number(number);
    const Result<vault::MailboxPublicKey> answers_to = vault::mailbox_key(said ? said->mailbox : "");
    if (answers_to) {
        deed.result.values["mailbox"] = {answers_to->begin(), answers_to->end()};
    }
    co_return deed;
}

/// Where the number leads that was said before the tone, with the filing of what was said after it. A step that files has
/// ended its conversation, or settled the number: it stands in what the turn began with.
Awaitable<Result<void>> Turns::keep_early_number(const Working& work, cases::CaseFacts& facts,
                                                 std::vector<redis::Write>& writes) {
    std::optional<EarlyNumber> number;
    for (const flows::Conversation* before :
         {work.envelope ? &work.envelope->conversation : nullptr, work.overtaken ? &*work.overtaken : nullptr,
          work.lost ? &*work.lost : nullptr}) {
        number = number || before == nullptr ? number : early_number_of(*before, facts.id);
    }
    if (!number) {
        co_return Result<void>();
    }
    const stores::Keyspace& keys = work.names.keys;
    std::string context = cases::mailbox_context(work.line.program, facts.id);
    Result<std::string> locked =
        co_await cases::lock_one(services_.vault, std::move(context), std::move(number->mailbox));
    if (!locked) {
        co_return locked.error();
    }
    facts.untold = false;  // its worker heard it
    writes.push_back({redis::Op::set, keys.receipt(number->index), {facts.id}});
    writes.push_back({redis::Op::set, keys.mailbox(facts.id), {std::move(*locked)}});
    co_return Result<void>();
}

}  // namespace rightsline::conversations
