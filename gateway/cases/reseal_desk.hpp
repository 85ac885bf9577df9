// ResealDesk: which cases keep something that an older version of their circle opens, and puts what a member sealed anew in its
// place.
//
// Who left a circle keeps the keys of its older versions; with a copy of the store they open what is sealed to these. A
// member who can open it seals it to the newest version on their own machine (`rightsline key reseal`), and brings it here: the
// server opens nothing, and can tell only that it is sealed to the right key. So it takes this from nobody but its own user,
// who could delete the case as well. What is replaced is named by its first bytes, in which a key stands that was drawn for it
// alone; the commit says what it found, so that two who do this at a time, a worker who deletes and a kill undo nothing.
// Must never: replace what was not named. Threading: the loop's; a file of a few MB is written on it. Owner: the composition root.
#pragma once

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
};

/// What of one case is not sealed to the newest version.
struct Older {
    std::string id;
    std::string alias;
    std::int64_t pieces = 0;              // parts, notes, replies and the words of tasks
    std::vector<std::string> recordings;  // their ids
    std::int64_t elsewhere = 0;           // recordings that are not on this machine: nobody here can say
    bool any() const { return pieces != 0 || !recordings.empty() || elsewhere != 0; }
};
struct OlderPage {
    std::vector<Older> cases;
    std::int64_t total = 0;  // of all cases of the program
};

enum class PieceKind : std::uint8_t { part, note, reply, task };
struct SealedAnew {
    PieceKind kind{};
    std::int64_t at = 0;  // its place in its list
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

    /// Of `most` cases after the first `skip`, those that keep something older. Errors: the store's, stores::errc::damaged.
    Awaitable<Result<OlderPage>> older(std::string program, int skip, int most);
    /// All or nothing. Errors: errc::bad_note (not sealed to the newest key, or too much at a time), errc::contended (something
    /// else stands there now), the store's, the vault's.
    Awaitable<Result<void>> put(std::string program, std::string id, std::vector<SealedAnew> pieces,
                                std::string who);
    /// A whole recording. Errors: as put(); errc::damaged (the file cannot be written).
    Awaitable<Result<void>> put_recording(std::string program, std::string id, std::string recording,
                                          SealedAnew whole, std::string who);

 private:
    using KeyId = std::array<std::uint8_t, 8>;
    Awaitable<Result<void>> count_list(std::string key, bool replies, KeyId newest, Older& into);
    Awaitable<Result<void>> count_tasks(std::string key, KeyId newest, Older& into);
    Awaitable<Result<void>> look_at_files(std::string program, KeyId newest, const Casework& work,
                                          Older& into);
    Awaitable<Result<std::string>> relocked(std::string program, std::string id, const SealedAnew& piece,
                                            std::string stored);
    Awaitable<Result<std::string>> read_one(std::string key, const SealedAnew& piece);
    Awaitable<Result<void>> commit(std::string program, std::string id, std::vector<redis::Write> writes,
                                   std::string why, std::string who);

    ResealServices services_;
};

}  // namespace rightsline::cases
