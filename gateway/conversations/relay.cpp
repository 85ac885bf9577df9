#include "gateway/conversations/relay.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "gateway/cases/reply.hpp"
#include "gateway/conversations/deeds.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/stores/error.hpp"
#include "gateway/vault/mailbox.hpp"

namespace rightsline::conversations {
namespace {

std::string with(const flows::DoRequest& request, const std::string& name) {
    const auto found = request.with.find(name);
    return found == request.with.end() ? std::string() : found->second;
}

constexpr const char* all_mark = "+";

std::int64_t hour_of(ops::UtcMs now) {
    const auto hour = std::chrono::floor<std::chrono::hours>(now.time_since_epoch());
    return std::chrono::seconds(hour).count();
}

}  // namespace

std::string to_text(ReadingPlace place) {
    return std::to_string(place.reply) + "." + std::to_string(place.piece) + (place.all ? all_mark : "");
}

ReadingPlace parse_place(std::string_view text) {
    ReadingPlace place;
    place.all = text.ends_with(all_mark);
    const char* const end = text.data() + text.size();
    const auto [dot, first] = std::from_chars(text.data(), end, place.reply);
    if (first != std::errc() || dot == end || *dot != '.' ||
        std::from_chars(dot + 1, end, place.piece).ec != std::errc()) {
        return {};
    }
    return place;
}

/// The replies of a case, what opens them, and who reads.
struct Relay::Box {
    vault::CirclePrivateKey key;
    std::vector<cases::StoredReply> replies;
    OpenMailbox open;
    Listener listener;

    bool waits(std::size_t reply) const { return replies[reply].read_hour == 0; }
    std::size_t unread() const {
        return static_cast<std::size_t>(
            std::ranges::count(replies, std::int64_t{0}, &cases::StoredReply::read_hour));
    }
    Result<Letter> letter(std::size_t reply) const {
        const cases::Reply& sealed = replies[reply].reply;
        Result<std::string> bytes =
            key.open(cases::reply_context(open.program, open.case_id, sealed.id), sealed.for_mailbox);
        return bytes ? Result<Letter>(letter_for(cases::parse_reply_words(std::move(*bytes)), listener))
                     : bytes.error();
    }
    /// The piece that is wanted, or the next one that can be said here. Nothing: there is none further.
    Result<std::optional<Found>> find(Reading reading) const {
        ReadingPlace& at = reading.at;
        if (reading.onward && at.reply < replies.size()) {
            const Result<Letter> before = letter(at.reply);
            if (!before) {
                return before.error();
            }
            const bool whole = ++at.piece >= before->pieces.size();
            at = whole ? ReadingPlace{at.reply + 1, 0, at.all} : at;
        }
        for (; at.reply < replies.size(); at = {at.reply + 1, 0, at.all}) {
            if (reading.unread && !waits(at.reply)) {
                continue;
            }
            Result<Letter> one = letter(at.reply);
            if (!one) {
                return one.error();
            }
            if (!one->silent) {
                at.piece = at.piece < one->pieces.size() ? at.piece : 0;  // it was cut for another mode
                return std::optional(Found{at, std::move(*one)});
            }
        }
        return std::optional<Found>();
    }
    /// Whether there is one that this call cannot say: of all of them, or of those that were not read yet.
    bool leaves_unsaid(bool all) const {
        for (std::size_t i = 0; !listener.takes_written_words() && i < replies.size(); ++i) {
            const Result<Letter> one = all || waits(i) ? letter(i) : Letter();
            if (one && one->silent) {
                return true;
            }
        }
        return false;
    }
};

void Relay::open(const DeedContext& context, const cases::CaseFacts& facts,
                 std::shared_ptr<const vault::SecretBytes> opener) {
    open_.keep(context.conversation, {context.program, facts.id, facts.language, std::move(opener)},
               clock_.steady());
}

Awaitable<Result<Relay::Box>> Relay::load(OpenMailbox open, Listener listener, Deadline deadline) {
    cases::CaseStore store(client_, vault_);
    const Result<std::string> stored = co_await store.mailbox(open.program, open.case_id, deadline);
    if (!stored) {
        co_return stored.error();
    }
    Result<std::vector<cases::StoredReply>> replies =
        co_await store.replies(open.program, open.case_id, deadline);
    if (!replies) {
        co_return replies.error();
    }
    Result<vault::CirclePrivateKey> key = vault::open_mailbox(*stored, *open.opener);
    if (!key) {
        co_return key.error();
    }
    co_return Box{std::move(*key), std::move(*replies), std::move(open), std::move(listener)};
}

Deed Relay::give(const Box& box, const Reading& reading) const {
    Result<std::optional<Found>> found = box.find(reading);
    if (!found) {
        ops::log(ops::Level::error, "reply_not_opened", {{"error", found.error()}});
        return exit("else");
    }
    const bool unsaid = box.leaves_unsaid(reading.at.all);
    if (!*found) {
        return exit(unsaid ? "unspoken" : "over");
    }
    auto& [at, letter] = **found;
    const bool whole = at.piece + 1 == letter.pieces.size();
    const bool first_time = whole && box.waits(at.reply);
    const auto next = box.find({{at.reply + 1, 0, at.all}});
    // A screen has no room for more than "more": what to do now is asked on the next one. What no voice can say is told of.
    const bool more = !whole || !next || next->has_value() || unsaid || box.listener.mode == "ussd";
    const std::size_t unread = box.unread() - (first_time ? 1 : 0);
    const std::size_t read = box.replies.size() - unread;
    Deed deed = exit(more ? "more" : "ok");
    deed.result.values = {{"message", std::move(letter.pieces[at.piece])},
                          {"answer", std::move(letter.answer)},
                          {"spoken", std::move(letter.language)},
                          {"at", to_text(at)},
                          {"messages", std::to_string(unread)},
                          {"messages_read", std::to_string(read)}};
    if (first_time) {
        deed.writes = cases::reading_writes(stores::Keyspace(box.open.program), box.open.case_id,
                                            static_cast<std::int64_t>(at.reply) + 1,
                                            static_cast<std::int64_t>(read), hour_of(clock_.now()));
    }
    return deed;
}

Awaitable<Deed> Relay::read(flows::DoRequest request, DeedContext context) {
    const OpenMailbox* found =
        open_.find(context.conversation, context.program, context.case_id, clock_.steady());
    if (context.nobody_listens || found == nullptr) {
        co_return exit(found == nullptr ? "code" : "else");
    }
    OpenMailbox open = *found;  // another turn may let go of it meanwhile
    Listener listener{context.pack, with(request, "mode"), with(request, "language"), open.language};
    const Result<Box> box = co_await load(std::move(open), std::move(listener), context.budget);
    if (!box) {
        ops::log(ops::Level::error, "mailbox_not_read", {{"error", box.error()}});
        co_return exit("else");
    }
    const std::string which = with(request, "which");
    ReadingPlace place = parse_place(with(request, "at"));
    if (which == "new" || which == "first") {
        place = {0, 0, which == "first"};
    } else if (which == "again") {
        place.piece = 0;
    }
    co_return give(*box, {place, which == "next", which == "new"});
}

}  // namespace rightsline::conversations
