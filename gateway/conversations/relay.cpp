#include "gateway/conversations/relay.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "gateway/cases/reply.hpp"
#include "gateway/conversations/deeds.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/providers/say_voice.hpp"
#include "gateway/stores/error.hpp"
#include "gateway/vault/mailbox.hpp"
#include "locales/fitting.hpp"

namespace rightsline::conversations {
namespace {

// With the question behind it: an SMS of at most two parts more or less, one USSD screen, 20 s of speech.
constexpr locales::Room of_text{240, 100};
constexpr locales::Room of_screen{90, 36};
constexpr locales::Room of_speech{300, 300};
constexpr std::string_view goes_on = " ...";

std::string with(const flows::DoRequest& request, const std::string& name) {
    const auto found = request.with.find(name);
    return found == request.with.end() ? std::string() : found->second;
}

/// Whether a voice may, and can, read words of that language aloud.
bool can_be_spoken(const flows::Pack* pack, const std::string& language) {
    const Result<locales::LanguageTag> tag = locales::LanguageTag::parse(language);
    const auto index = pack != nullptr && tag ? pack->find_language(*tag) : std::nullopt;
    return index && pack->allow_tts[*index] && providers::say_voice(*tag).has_value();
}

std::int64_t hour_of(ops::UtcMs now) {
    const auto hour = std::chrono::floor<std::chrono::hours>(now.time_since_epoch());
    return std::chrono::seconds(hour).count();
}

}  // namespace

std::string to_text(ReadingPlace place) {
    return std::to_string(place.reply) + "." + std::to_string(place.piece);
}

ReadingPlace parse_place(std::string_view text) {
    ReadingPlace place;
    const char* const end = text.data() + text.size();
    const auto [dot, first] = std::from_chars(text.data(), end, place.reply);
    if (first != std::errc() || dot == end || *dot != '.' ||
        std::from_chars(dot + 1, end, place.piece).ec != std::errc()) {
        return {};
    }
    return place;
}

std::vector<std::string> pieces_of(std::string_view text, std::string_view mode) {
    const locales::Room& room = mode == "voice" ? of_speech : mode == "ussd" ? of_screen : of_text;
    std::vector<std::string> pieces = locales::paginate(text, room);
    if (mode != "voice") {  // nobody says dots
        for (std::size_t i = 0; i + 1 < pieces.size(); ++i) {
            pieces[i] += goes_on;
        }
    }
    return pieces;
}

/// The replies of a case, and what opens them.
struct Relay::Box {
    vault::CirclePrivateKey key;
    std::vector<cases::StoredReply> replies;

    std::size_t unread() const {
        return static_cast<std::size_t>(
            std::ranges::count(replies, std::int64_t{0}, &cases::StoredReply::read_hour));
    }
    std::size_t first_unread() const {
        const auto found = std::ranges::find(replies, std::int64_t{0}, &cases::StoredReply::read_hour);
        return static_cast<std::size_t>(found - replies.begin());
    }
    Result<std::vector<std::string>> pieces(const OpenMailbox& open, std::size_t reply,
                                            std::string_view mode) const {
        const cases::Reply& sealed = replies[reply].reply;
        Result<std::string> text =
            key.open(cases::reply_context(open.program, open.case_id, sealed.id), sealed.for_mailbox);
        if (!text) {
            return text.error();
        }
        std::vector<std::string> all = pieces_of(*text, mode);
        locales::wipe(*text);
        return all;
    }
};

void Relay::open(const DeedContext& context, const cases::CaseFacts& facts,
                 std::shared_ptr<const vault::SecretBytes> opener) {
    open_.keep(context.conversation, {context.program, facts.id, facts.language, std::move(opener)},
               clock_.steady());
}

Awaitable<Result<Relay::Box>> Relay::load(const OpenMailbox& open, Deadline deadline) {
    cases::CaseStore store(client_, vault_);
    const std::shared_ptr<const vault::SecretBytes> opener =
        open.opener;  // another turn may let go of it meanwhile
    const std::string program = open.program;
    const std::string case_id = open.case_id;
    const Result<std::string> stored = co_await store.mailbox(program, case_id, deadline);
    if (!stored) {
        co_return stored.error();
    }
    Result<std::vector<cases::StoredReply>> replies = co_await store.replies(program, case_id, deadline);
    if (!replies) {
        co_return replies.error();
    }
    Result<vault::CirclePrivateKey> key = vault::open_mailbox(*stored, *opener);
    if (!key) {
        co_return key.error();
    }
    co_return Box{std::move(*key), std::move(*replies)};
}

Deed Relay::give(const Box& box, const OpenMailbox& open, Reading reading) const {
    ReadingPlace at = reading.at;
    if (at.reply >= box.replies.size()) {
        return exit("over");
    }
    Result<std::vector<std::string>> pieces = box.pieces(open, at.reply, reading.mode);
    if (pieces && reading.onward && ++at.piece >= pieces->size()) {
        at = {at.reply + 1, 0};
        if (at.reply >= box.replies.size()) {
            return exit("over");
        }
        pieces = box.pieces(open, at.reply, reading.mode);
    }
    if (!pieces) {
        ops::log(ops::Level::error, "reply_not_opened", {{"error", pieces.error()}});
        return exit("else");
    }
    at.piece = at.piece < pieces->size() ? at.piece : 0;  // it was cut for another mode
    const bool whole = at.piece + 1 == pieces->size();
    const bool first_time = whole && box.replies[at.reply].read_hour == 0;
    // A screen has no room for more than "more": what to do now is asked on the next one.
    const bool more = !whole || at.reply + 1 < box.replies.size() || reading.mode == "ussd";
    const std::size_t unread = box.unread() - (first_time ? 1 : 0);
    Deed deed = exit(more ? "more" : "ok");
    deed.result.values["message"] = std::move((*pieces)[at.piece]);
    deed.result.values["at"] = to_text(at);
    deed.result.values["messages"] = std::to_string(unread);
    deed.result.values["messages_read"] = std::to_string(box.replies.size() - unread);
    deed.result.values["spoken"] = open.language;
    if (first_time) {
        deed.writes = cases::reading_writes(stores::Keyspace(open.program), open.case_id,
                                            static_cast<std::int64_t>(at.reply) + 1, hour_of(clock_.now()));
    }
    return deed;
}

Awaitable<Deed> Relay::read(flows::DoRequest request, DeedContext context) {
    const std::string mode = with(request, "mode");
    const OpenMailbox* found =
        open_.find(context.conversation, context.program, context.case_id, clock_.steady());
    if (context.nobody_listens || found == nullptr) {
        co_return exit(found == nullptr ? "code" : "else");
    }
    const OpenMailbox open = *found;
    if (mode == "voice" && !can_be_spoken(context.pack, open.language)) {
        co_return exit("unspoken");
    }
    const Result<Box> box = co_await load(open, context.budget);
    if (!box) {
        ops::log(ops::Level::error, "mailbox_not_read", {{"error", box.error()}});
        co_return exit("else");
    }
    const std::string which = with(request, "which");
    ReadingPlace place =
        which == "new" ? ReadingPlace{box->first_unread(), 0} : parse_place(with(request, "at"));
    if (which == "first") {
        place = {};
    } else if (which == "again") {
        place.piece = 0;
    }
    co_return give(*box, open, {place, which == "next", mode});
}

}  // namespace rightsline::conversations
