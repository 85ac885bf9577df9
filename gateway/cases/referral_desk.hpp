// ReferralDesk: offers a case to another organisation of its program, and keeps what was sealed for them apart until they accept.
//
// What is passed comes sealed to their circle by a member of the first one; this desk opens nothing and can tell only to whom it
// is sealed. Every step is one commit with the case's document, its audit entry and the worker's yes as a condition: a no that
// lands first wins. Offers that waited too long, and those whose worker said no, are ended by work(), once each, whichever
// server comes first; until then they are shut already, for whoever reads asks the yes anew.
// A recording comes before its offer: its file is deleted again, as a withdrawn one is, unless the offer takes it in time; and an
// offer takes none but what was brought for this case and these others.
// Must never: hand a copy out for anybody but who accepted it. Threading: the loop's. Owner: the composition root.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "gateway/cases/case_desk.hpp"
#include "gateway/cases/case_store.hpp"

namespace rightsline::cases {

struct ReferralServices {
    redis::Client& redis;
    vault::Vault& vault;
    ops::Clock& clock;
    stores::PackShelf& packs;
    CaseDesk& desk;
    std::function<Result<vault::CirclePublicKey>(const std::string& name)> circle;  // its newest version
    std::function<std::string(const std::string& recording)> blob_path;
    std::function<void()> erased{};  // copies were deleted
    /// The writes that tell an organisation that something is offered to it, and nothing of what; none: nobody is told.
    std::function<Awaitable<Result<std::vector<redis::Write>>>(std::string program, std::string organisation)>
        tell{};
    std::function<std::size_t(const std::string& program, const std::string& organisation)>
        told{};  // how many
};

/// What is offered, or passed on top: copies of its parts, and the ids of the copies of its recordings, which are there already.
struct Passed {
    std::string to;
    std::string reason;
    std::vector<std::string> parts;
    std::vector<std::string> recordings;
    std::int64_t seen = 0;   // how many parts there were when these were made
    std::int64_t after = 0;  // of more: how many copies there were
};

/// A case with an offer that waits, or that was accepted.
struct Referred {
    CaseFacts facts;
    Standing standing;
    std::int64_t parts = 0;  // that there are now
};

class ReferralDesk {
 public:
    static constexpr std::size_t most_bytes = 600'000;     // of parts in one commit
    static constexpr std::size_t most_sound = 16U << 20U;  // of one recording

    explicit ReferralDesk(ReferralServices services) : services_(std::move(services)) {}

    /// `event`: an offer, or more for who has it. Errors: errc::unknown_organisation, no_circle, bad_part (not sealed to their
    /// newest key, nothing, or too much), the missing consent's, CaseDesk::change()'s.
    Awaitable<Result<Outcome>> pass_on(std::string program, std::string id, Actor actor, ReferralEvent event,
                                       Passed passed, redis::Deadline deadline);
    /// Accept, decline (`why`) or take back. Errors: as pass_on().
    Awaitable<Result<Outcome>> answer(std::string program, std::string id, Actor actor, std::string to,
                                      ReferralEvent event, std::string why, redis::Deadline deadline);
    /// Errors: errc::bad_part, errc::unknown_organisation, errc::no_circle, errc::damaged (it cannot be written),
    /// stores::errc::no_such_case, the store's.
    Awaitable<Result<void>> bring_recording(std::string program, std::string id, std::string to,
                                            std::string recording, std::string sealed,
                                            redis::Deadline deadline);

    /// Before anything is handed out to them: it is theirs, its worker still agrees, and `act` is noted with both as
    /// conditions. Errors: stores::errc::no_such_case (it is not theirs, or no more), the store's, the vault's.
    Awaitable<Result<Referral>> open_for(std::string program, std::string id, std::string to, audit::Act act,
                                         redis::Deadline deadline);
    /// Their copies after the first `skip`, without the lock of the month. Errors: the store's, the vault's.
    Awaitable<Result<PartPage>> copies(std::string program, std::string id, Referral referral, int skip,
                                       redis::Deadline deadline);
    /// The most urgent first. Errors: the store's, the vault's.
    Awaitable<Result<std::vector<Referred>>> live(std::string program, redis::Deadline deadline);
    /// Null when the program names none of this key.
    const flows::Organisation* find(const flows::Pack& pack, std::string_view key) const;
    /// How many of them are told of an offer, at once and without a word of what it is.
    std::size_t told(const std::string& program, const flows::Organisation& of) const {
        return services_.told ? services_.told(program, of.key) : 0;
    }
    flows::PackPtr pack(const std::string& program) const { return services_.packs.active(program); }
    Result<vault::CirclePublicKey> circle(const flows::Organisation& of) const {
        return services_.circle(of.circle);
    }

    /// Ends what is over.
    Awaitable<void> work(std::string program);

 private:
    struct Place {  // where a step is made
        flows::PackPtr pack;
        flows::Organisation to;
        std::string id;
    };
    Result<Place> place(const std::string& program, const std::string& id, const std::string& to) const;
    Awaitable<Result<Outcome>> pass(Place place, Actor actor, ReferralEvent event, Passed passed,
                                    redis::Deadline deadline);
    Awaitable<Result<std::vector<redis::Write>>> telling(std::string program, std::string to);
    Result<void> check(const Place& place, const Passed& passed) const;
    /// As the team keeps it, with the version that a step stands on. Errors: errc::damaged (it cannot be read, and so it is
    /// nobody's), the store's.
    Awaitable<Result<Standing>> standing_of(std::string program, std::string id, redis::Deadline deadline);
    /// Whether they read it already.
    Awaitable<Result<void>> must_be_no_workers(std::string recordings, std::string recording,
                                               redis::Deadline deadline);
    Awaitable<Result<bool>> reads_it(const Place& place, redis::Deadline deadline);
    Awaitable<Result<Beside>> accepting(const Place& place, std::string who, redis::Deadline deadline);
    Awaitable<Result<Beside>> ending(const Place& place, redis::Deadline deadline);
    Awaitable<Result<Outcome>> end_by(Place place, Actor actor, Refer wish, redis::Deadline deadline);
    Awaitable<Result<std::optional<Referral>>> try_open(const Place& place, audit::Act act,
                                                        redis::Deadline deadline);
    Awaitable<Result<redis::Write>> agreed(const Place& place, redis::Deadline deadline);
    Awaitable<Result<Outcome>> change(Place place, Actor actor, Refer wish, Beside beside,
                                      redis::Deadline deadline);
    Awaitable<void> look_at(flows::PackPtr pack, std::string id);
    Awaitable<void> end_it(flows::PackPtr pack, std::string id, Referral one, ReferralEvent event,
                           redis::Write still);
    /// The condition that nothing was done to it meanwhile. Errors: stores::errc::no_such_case, the store's.
    Awaitable<Result<redis::Write>> untouched(std::string program, std::string id, redis::Deadline deadline);
    std::int64_t seconds_now() const;

    ReferralServices services_;
};

}  // namespace rightsline::cases
