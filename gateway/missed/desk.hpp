// Desk: calls back whoever rang a line that does not answer, or asked it by text for a call; where calling costs money.
//
//   a call, "call me" -> ask()          may they be called? then one call waits in the outbox, for ten minutes at most
//   its pages         -> answer_page()  an opener that names nothing, and a key; after it the line's own menu begins
//   its last word     -> hear()         they may ask again
//
// They chose the hour themselves, minutes ago: what could not leave by then is dropped, not rung late. However often they ring
// meanwhile it is one call. Who may not be called (limits.hpp, a block, STOP, a country, the store is gone) is for the caller
// of ask() to answer like anybody else: a line that does not answer and does not call is dead for them.
// The number is in that one sealed message of the outbox alone, and goes with it.
// Must never: log or keep in clear a number; name program or topic to a phone before the key; leave a word with a machine.
// Threading: the loop's. Owner: the composition root.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "flows/vocabulary.hpp"
#include "gateway/alerts/call_page.hpp"
#include "gateway/handoff/caps.hpp"
#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/metrics.hpp"
#include "gateway/ops/rare_line.hpp"
#include "gateway/outbox/outbox.hpp"
#include "gateway/stores/pack_shelf.hpp"
#include "gateway/vault/vault.hpp"
#include "redis/client.hpp"
#include "redis/transaction.hpp"

namespace rightsline::missed {

struct DeskServices {
    redis::Client& redis;
    vault::Vault& vault;
    ops::Clock& clock;
    ops::Metrics& metrics;
    stores::PackShelf& packs;
    outbox::Outbox& outbox;
    std::map<std::string, std::function<int(ops::UtcMs)>> minutes_east;  // of each program's place
    std::function<void()> posted;                                        // wakes the dispatcher
    std::function<bool()> may_time;  // by a wrong clock "a few seconds later" would be the middle of a night
};

/// Somebody rang, or asked for a call by text.
struct Wish {
    std::string program;
    std::string line;  // of ours: the one that they know, and that calls them
    vault::PhoneNumber worker;
    std::string language{};  // BCP-47, of the line or of their text; "" = not known
    bool by_text =
        false;  // it is none while they are in a conversation: what they wrote may be an answer in it
    Deadline deadline{};
};

/// What became of it.
enum class Taken : std::uint8_t {
    called_back,  // a call waits in the outbox
    on_its_way,   // it did before: they are being called
    not_called,   // they are answered as on any other line
};

/// What a page of the call was asked with.
struct Heard {
    flows::Event event;
    bool machine = false;   // the provider says that one has answered
    std::uint32_t nth = 0;  // how often the opener was said again
};
struct Said {
    std::vector<flows::Action> actions{};
    std::uint32_t nth = 0;  // goes into the address that the next key comes to
    bool begins = false;    // they pressed the key: the line's menu begins, as if they had called; no actions
};

/// The address of such a call, below the account's hooks.
std::string missed_path_of(const alerts::CallPage& page, std::uint32_t nth);
bool is_missed_page(std::string_view path);
/// Of a message of the outbox: it is such a call.
bool is_missed_call(std::string_view message);

class Desk {
 public:
    explicit Desk(DeskServices services);

    /// Errors: the vault's, the store's.
    Awaitable<Result<Taken>> ask(Wish wish);
    /// Whether a text of this program asks for a call, and in which language ("" = in more than one). Nothing: it does not.
    std::optional<std::string> asks_for_call(const std::string& program, const std::string& text) const;
    /// Nothing: the page is none of ours.
    Awaitable<std::optional<Said>> answer_page(alerts::CallPage page, Heard heard);
    /// `word`: the provider's, of how the call stands. Errors: the vault's, the store's.
    Awaitable<Result<void>> hear(std::string program, std::string message,
                                 std::optional<vault::PhoneNumber> worker, std::string word);

 private:
    struct Counters;
    struct Stand;
    enum class Stage : std::uint8_t { over, under_way };
    enum class Ban : std::uint8_t { none, shut_out };
    // ---- asking.cpp
    Awaitable<Result<Stand>> name(const Wish& wish);
    Awaitable<Result<Stand>> look(const Wish& wish);
    std::optional<Taken> judge(bool talks, Ban ban, Stage stage, handoff::Cap full);
    Awaitable<Result<Stage>> stage_of(const Wish& wish, const std::string& last);
    Awaitable<Result<Ban>> ban_of(const Wish& wish, const Stand& stand);
    Awaitable<Result<redis::Committed>> post(const Wish& wish, const Stand& stand);
    // ---- pages.cpp
    Said opener(const flows::Pack& pack, const std::string& language, std::uint32_t nth) const;

    DeskServices services_;
    std::shared_ptr<Counters> counters_;
    ops::RareLine flood_;
};

}  // namespace rightsline::missed
