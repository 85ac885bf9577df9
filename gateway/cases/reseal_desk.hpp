// ResealDesk: which cases keep something that an older version of its circle opens, and puts what a member sealed anew in its
// place.
//
// Who left a circle keeps the keys of its older versions; with a copy of the store they open what is sealed to these. A
// member who can open it seals it to the newest version on their own machine (`rightsline key reseal`), and brings it here: the
// server opens nothing, and can tell only that it is sealed to the right key. So it takes this from nobody but its own user,
// who could delete the case as well. What is replaced is named by its first bytes, in which a key stands that was drawn for it
// alone; copies that were passed on are sealed anew by a member of the organisation that accepted them. The commit says what it found, so that two who do this at a time, a worker who deletes and a kill undo nothing.
// Must never: replace what was not named. Threading: the loop's; a file of a few MB is written on it. Owner: the composition root.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/cases/case_desk.hpp"
#include "gateway/cases/case_store.hpp"

namespace rightsline::cases {

struct ResealServices {
    redis::Client& redis;
    vault::Vault& vault;
    ops::Clock& clock;
    CaseDesk& desk;
    std::function<std::string(const std::string& recording)> blob_path;
    std::function<Result<vault::CirclePublicKey>(const std::string& name)> circle;  // its newest version
};

/// Whose seal it is: that of those whose line it is, or of an organisation that accepted cases of it.
struct Whose {
    std::string program;
    std::string organisation{};
};

/// What of one case is not sealed to the newest version.
struct Older {
    std::string id;
    std::string alias;
    vault::CirclePublicKey circle{};  // the newest version of what it is to be sealed to
    std::int64_t pieces = 0;          // parts, notes, replies and the words of tasks; of others copies alone
    std::vector<std::string> recordings{};  // their ids
    std::int64_t elsewhere = 0;             // recordings that are not on this machine: nobody here can say
    bool any() const { return pieces != 0 || !recordings.empty() || elsewhere != 0; }
};
struct OlderPage {
    std::vector<Older> cases;
    std::int64_t total = 0;  // of all cases of the program
};

enum class PieceKind : std::uint8_t { part, note, reply, task, copy };
struct SealedAnew {
    PieceKind kind{};
    std::int64_t at = 0;  // its place in its list; of a copy its number
    std::string was;      // the first bytes of what it replaces, name_bytes of them
    std::string sealed;
    std::string task{};  // the id, of a task's words, which stand in no list
};

class ResealDesk {
 public:
    /// Of a sealed piece: its head and the key that was drawn for it. Of a recording: its whole opening.
    static constexpr std::size_t name_bytes = 2 + 8 + 32;
    static constexpr std::size_t most_pieces = 50;      // in one commit
    static constexpr std::size_t most_bytes = 400'000;  // of them

    explicit ResealDesk(ResealServices services) : services_(std::move(services)) {}

    /// The newest of each that their reports are sealed to now; none of a circle of which the server has no key.
    std::vector<vault::CirclePublicKey> circles(const Whose& whose) const;
    /// Of `most` cases after the first `skip`, those that keep something older. Of an organisation: of what it has accepted,
    /// for of an offer that waits nobody there can read anything. Errors: errc::unknown_organisation, errc::no_circle (both of
    /// the organisation), the store's, stores::errc::damaged.
    Awaitable<Result<OlderPage>> older(Whose whose, int skip, int most);
    /// All or nothing. Errors: errc::bad_note (not sealed to the newest key of the case's circle, or too much at a time),
    /// errc::contended (something else stands there now), errc::unknown_organisation, errc::no_circle,
    /// stores::errc::no_such_case, the store's, the vault's.
    Awaitable<Result<void>> put(Whose whose, std::string id, std::vector<SealedAnew> pieces, std::string who);
    /// A whole recording. Errors: as put(); errc::damaged (the file cannot be written).
    Awaitable<Result<void>> put_recording(Whose whose, std::string id, std::string recording,
                                          SealedAnew whole, std::string who);

 private:
    using KeyId = std::array<std::uint8_t, 8>;
    /// The newest key of what this case of theirs is sealed to.
    Result<vault::CirclePublicKey> circle_of(const Whose& whose, const CaseFacts& facts) const;
    Awaitable<Result<vault::CirclePublicKey>> circle_of(const Whose& whose, std::string id);
    Result<vault::CirclePublicKey> circle_of_organisation(const Whose& whose) const;
    // ---- reseal_older.cpp
    Awaitable<Result<void>> count_list(std::string key, bool replies, KeyId newest, Older& into);
    Awaitable<Result<void>> count_hash(std::string key, std::string prefix, KeyId newest, Older& into);
    Awaitable<Result<void>> count_all(const Whose& whose, KeyId newest, Older& into);
    Awaitable<Result<void>> look_at_files(std::string program, KeyId newest, const Casework& work,
                                          Older& into);
    void look_at_file(const std::string& recording, KeyId newest, Older& into) const;
    Awaitable<Result<Older>> look_at(const Whose& whose, const CaseFacts& facts, const Casework& work);
    // ---- reseal_desk.cpp
    Awaitable<Result<std::string>> relocked(std::string program, std::string id, const SealedAnew& piece,
                                            std::string stored);
    struct Where {
        std::string key;
        std::string place;      // in a list, or a field's name
        bool is_field = false;  // of a hash
    };
    static Where where(const Whose& whose, const std::string& id, const SealedAnew& piece);
    Awaitable<Result<std::string>> read_one(Where where);
    /// Whether it is the case's, and a copy for whoever says so.
    Awaitable<Result<bool>> is_theirs(const Whose& whose, std::string id, std::string recording);
    Awaitable<Result<void>> commit(const Whose& whose, std::string id, std::vector<redis::Write> writes,
                                   std::string why, std::string who, vault::CirclePublicKey circle);

    ResealServices services_;
};

/// Something sealed that names another key. What nobody can read is not ours to judge: fsck names it.
bool is_older(std::string_view sealed, vault::SealedForm form, const std::array<std::uint8_t, 8>& newest);
/// The beginning of a recording's file, locked or not; "" when it is not here.
std::string opening_of(const std::string& path);

}  // namespace rightsline::cases
