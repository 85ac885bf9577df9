// Turns: one event in, one atomic state change, one answer out.
//
// load (round trip 1) -> flows::step, pure -> seal -> commit (round trip 2) -> the answer that was committed.
// One round trip for a duplicate, which gets the byte-identical stored answer. A lost compare-and-set runs the pure
// step again. When the store does not answer in time the worker hears so; nobody is told "saved" before the fsync.
// Invariant: an answer leaves us only after the commit that holds it. A text of it is in the outbox with that very commit:
// to be sent, or recorded as submitted where it leaves in the answer to the webhook and the provider tells of such.
// Threading: the loop's. Owner: the composition root.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "gateway/cases/case_file.hpp"
#include "gateway/conversations/code_stock.hpp"
#include "gateway/conversations/deeds.hpp"
#include "gateway/conversations/envelope.hpp"
#include "gateway/conversations/recordings.hpp"
#include "gateway/handoff/gate.hpp"
#include "gateway/health/admission.hpp"
#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/ops/metrics.hpp"
#include "gateway/outbox/copies.hpp"
#include "gateway/outbox/outbox.hpp"
#include "gateway/providers/provider.hpp"
#include "gateway/spool/spool.hpp"
#include "gateway/stores/pack_shelf.hpp"
#include "gateway/vault/circle.hpp"
#include "gateway/vault/vault.hpp"
#include "redis/transaction.hpp"

namespace rightsline::conversations {

/// The line that an event came in on.
struct LineContext {
    std::string program;
    std::string account;
    const providers::Provider* provider = nullptr;
    std::optional<locales::LanguageTag> language;
    std::string hooks_url;       // "https://…/hooks/main", the configured public URL and the account
    providers::ReturnUrls urls;  // of every turn; a call's next step is added to them
    std::set<flows::Mode> free;  // modes that are declared to cost the worker nothing
    bool texts = false;          // the line carries texts: a worker may be sent one
    outbox::CopyPolicy copies =
        outbox::CopyPolicy::keep;  // what becomes of the provider's, once ours is kept
};

/// What names an event, however often its provider tells of it. Never a name in the store: that is its keyed id.
inline std::string event_name(const LineContext& line, const providers::Inbound& inbound) {
    return line.account + "|event|" + inbound.identity;
}

struct Told;  // turn_work.hpp

/// What is known of an event that could not be answered.
enum class Kept : std::uint8_t {
    no,      // nothing of it was kept
    unsure,  // a commit, or a write to the spool, may have landed unheard
    here,    // it is in the spool, behind an fsync
};

/// What a program needs beside its pack.
struct ProgramContext {
    vault::CirclePublicKey circle;  // the program's own
    std::function<int(ops::UtcMs)> utc_offset_minutes;
    std::map<std::string, vault::CirclePublicKey> circles{};  // the newest of each that there is, by name
};

struct TurnServices {
    redis::Client& redis;
    vault::Vault& vault;
    stores::PackShelf& packs;
    Deeds& deeds;
    RecordingDesk& recordings;
    ops::Clock& clock;
    ops::Metrics& metrics;
    std::function<void(std::string program)> recording_adopted;  // wakes the desk
    std::function<void()> erased{};                              // something of a worker's was deleted
    outbox::Outbox* outbox = nullptr;                            // none: answers are not recorded
    std::function<void()> posted{};                              // something waits in the outbox
    spool::Spool* spool = nullptr;       // of what comes in while the store is gone; none: it is not kept
    health::Admission* seats = nullptr;  // bounds the turns under way
    /// A caller who waited for a person, or spoke with one, is gone.
    std::function<void(std::string program, std::string hand_off)> left{};
    /// A call ended without a key and without a word.
    std::function<void(handoff::SilentEnd)> silent_end{};
};

class Turns {
 public:
    Turns(TurnServices services, std::map<std::string, ProgramContext> programs);

    /// Takes one event of a worker and gives what the provider is to be answered. Never fails: when the store is gone
    /// the answer says so. Both live until it is answered.
    Awaitable<http::Response> take(const LineContext& line, const providers::Inbound& inbound);
    /// The same for a text whose webhook is over (it was kept aside, or asked of the provider): its answer enters the
    /// outbox with the turn. `budget`: until when it is tried. Errors: the store's, errc::no_program: it may be taken or
    /// not; give it again, that is safe. An event that was taken before is a success and answers nothing again.
    Awaitable<Result<void>> take_in(const LineContext& line, const providers::Inbound& inbound,
                                    Deadline budget);

    /// Feeds a conversation whose timer is due. `key` is the conversation's key, as the timer index holds it.
    Awaitable<void> elapse(std::string program, std::string key);

    /// The provider told of a recording, of which a turn may know already. Errors: the store's.
    Awaitable<Result<void>> hear_of_recording(LineContext line, providers::Inbound inbound);
    /// Files a recording that no turn has taken as a report of its own.
    Awaitable<void> file_untaken(RecordingJob news);

    /// The MAC that a step URL of turn `turn` of a call carries.
    Awaitable<Result<std::string>> step_mac(std::string account, std::string call, std::uint32_t turn);

 private:
    struct Names;
    struct Working;
    struct Counters;

    Awaitable<void> name_caller(Names& names, const providers::Inbound& inbound, std::string phone);
    Awaitable<Result<Names>> name(const LineContext& line, const providers::Inbound& inbound);
    Awaitable<Result<redis::Loaded>> load(const Names& names, Deadline budget);
    Awaitable<Result<http::Response>> attempts(Working& work);
    Awaitable<Result<http::Response>> attempt(Working& work);
    Awaitable<Result<http::Response>> replay(Working& work, redis::Loaded loaded);
    Awaitable<Result<void>> open(Working& work, redis::Loaded loaded);
    static bool is_in_flood(const Working& work, const redis::Loaded& loaded);
    static flows::Context context_of(const Working& work, const ProgramContext& program);
    static bool ends_lost(Working& work);
    Awaitable<Result<void>> decide(Working& work);
    static DeedContext deed_context(const Working& work, bool recorded);
    Awaitable<Result<bool>> do_deeds(Working& work, const flows::Context& context);
    Awaitable<Result<void>> discard_draft(Working& work);
    Awaitable<Result<void>> follow(Working& work, const flows::Context& context);
    // ---- check_in_deed.cpp
    Awaitable<void> open_check_in(Working& work, const redis::Loaded& loaded);
    // ---- ended_call.cpp
    Awaitable<Result<void>> keep_for_late(Working& work);
    Awaitable<Result<void>> open_nothing(Working& work, redis::Loaded loaded);
    Awaitable<Result<void>> open_overtaken(Working& work, std::string sealed);
    Awaitable<Result<void>> find_overtaken(Working& work);
    static bool comes_to_nothing(const Working& work);
    Awaitable<Result<void>> take_late(Working& work, const flows::Event& event,
                                      const flows::Context& context);
    static void hang_up_late(Working& work, const flows::Context& context);
    // ---- late_recording.cpp
    Awaitable<Result<redis::Committed>> take_untaken(Working& work, const RecordingJob& news);
    static void keep_deed(Working& work, Deed& deed);
    static void keep_unheard(Working& work, const flows::Event& event);
    Awaitable<void> forget_timer(const Working& work);
    Awaitable<Result<vault::KeyedId>> name_timer(const Working& work);
    Awaitable<void> put_off_timer(const Working& work);
    static redis::Commit late_commit(const Working& work, std::vector<redis::Write> writes);
    Awaitable<Result<http::Response>> answer(Working& work);
    // ---- turn_reply.cpp
    Awaitable<Result<http::Response>> answer_text(Working& work, const std::vector<flows::Action>& actions);
    bool is_recorded(const Working& work) const;
    Awaitable<Result<void>> keep_reply(Working& work, const std::string& id, const flows::Text& text);
    Awaitable<Result<http::Response>> save(Working& work, http::Response response);
    Awaitable<Result<void>> keep_told(Working& work, std::vector<redis::Write>& writes);
    void keep_facts(const Working& work, std::vector<redis::Write>& writes) const;
    static Envelope keep_conversation(const Working& work, bool secret, std::vector<redis::Write>& writes);
    static void keep_stop(const Working& work, std::vector<redis::Write>& writes);
    static redis::Commit commit_of(const Working& work, bool secret, std::vector<std::string> sealed,
                                   std::vector<redis::Write> writes);
    Result<void> settle(Working& work, const Result<redis::Committed>& done);
    Awaitable<Result<void>> keep_parts(const Working& work, const Told& told,
                                       std::vector<redis::Write>& writes);
    const vault::CirclePublicKey* sealed_to(const Working& work, const Told& told) const;
    static void keep_consent(const Working& work, const std::string& case_id,
                             std::vector<redis::Write>& writes);
    Awaitable<Result<void>> keep_early_number(const Working& work, cases::CaseFacts& facts,
                                              std::vector<redis::Write>& writes);  // early_number.cpp
    Awaitable<Result<void>> keep_filing(Working& work, const Told& told, std::vector<redis::Write>& writes);
    Awaitable<Result<void>> keep_recording(Working& work, std::vector<redis::Write>& writes);
    void keep_timer(const Working& work, std::vector<redis::Write>& writes) const;
    Awaitable<Result<providers::ReturnUrls>> urls_of_call(const Working& work);
    Awaitable<Result<redis::Committed>> commit(const redis::Commit& commit, Deadline budget);
    Awaitable<health::Admission::Seat> seat_for(flows::Mode mode, Deadline budget);
    // ---- turn_spool.cpp
    Awaitable<http::Response> sorry(const LineContext& line, const providers::Inbound& inbound,
                                    const Names* names, Kept kept);
    Awaitable<Kept> keep_text(const LineContext& line, const providers::Inbound& inbound, Kept kept);
    Awaitable<Kept> keep_news(RecordingJob news, Kept kept, std::chrono::milliseconds patience);
    Awaitable<std::string> message_url(const LineContext& line, const providers::Inbound& inbound);
    static RecordingJob news_of(const LineContext& line, const providers::Inbound& inbound,
                                const Names& names);
    void after_commit(Working& work);
    void tell_of_silence(const Working& work) const;

    TurnServices services_;
    std::map<std::string, ProgramContext> programs_;
    std::shared_ptr<Counters> counters_;
};

}  // namespace rightsline::conversations
