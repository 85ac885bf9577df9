#include "gateway/prompts/prompt_desk.hpp"

#include <memory>

#include "gateway/prompts/approving.hpp"
#include "gateway/prompts/error.hpp"
#include "redis/transaction.hpp"

namespace rightsline::prompts {
namespace {

using audit::What;

/// No two lines have the same: no name has a space in it.
std::string place_in_line(const LineName& which) {
    return which.program + " " + which.language + " " + which.name;
}

}  // namespace

Result<LinePlace> PromptDesk::place_of(LineName which) const {
    const auto folders = folders_.find(which.program);
    flows::PackPtr pack = services_.packs.active(which.program);
    if (folders == folders_.end() || !pack) {
        return errc::no_such_line;
    }
    return LinePlace{std::move(which), std::move(pack), folders->second.script, folders->second.takes};
}

template <class Job>
auto PromptDesk::on_worker(LineName which, Job job, Deadline deadline)
    -> Awaitable<std::invoke_result_t<Job, const LinePlace&>> {
    Result<LinePlace> place = place_of(std::move(which));
    if (!place) {
        co_return place.error();
    }
    using Outcome = std::invoke_result_t<Job, const LinePlace&>;  // behind a pointer: no Result holds another
    auto work = [place = *std::move(place), job = std::move(job)] {
        return std::make_unique<Outcome>(job(place));
    };
    auto done = co_await services_.worker.run(std::move(work), deadline);
    if (!done) {
        co_return done.error();
    }
    co_return std::move(**done);
}

Awaitable<Result<void>> PromptDesk::note(LineName which, audit::Act act, Deadline deadline) {
    act.to = which.language + " " + which.name;
    redis::Commit commit;
    commit.now_ms = services_.clock.now().time_since_epoch().count();
    audit::add_entry(commit.writes, stores::Keyspace(which.program), std::move(act));
    const Result<redis::Committed> noted = co_await redis::commit(services_.redis, commit, deadline);
    if (!noted) {
        co_return noted.error();
    }
    co_return Result<void>();
}

Awaitable<Result<std::vector<ScriptedLine>>> PromptDesk::lines(std::string program, std::string language,
                                                               Deadline deadline) {
    auto job = [](const LinePlace& place) -> Result<std::vector<ScriptedLine>> {
        const TakeFolder takes(place.takes);
        std::vector<ScriptedLine> all;
        for (ScriptLine& line : place.lines()) {
            std::optional<Take> take = takes.find(line);
            all.push_back({std::move(line), std::move(take)});
        }
        return all;
    };
    LineName all{std::move(program), std::move(language), ""};
    co_return co_await on_worker(std::move(all), std::move(job), deadline);
}

Awaitable<Result<WavReport>> PromptDesk::keep(LineName which, std::string sound, std::string by,
                                              std::string how, Deadline deadline) {
    const std::optional<LineTurns::Turn> turn = turns_.take(place_in_line(which));
    if (!turn) {
        co_return errc::under_way;
    }
    Recorded recorded{by, take_time(services_.clock.now()), how};
    auto job = [sound = std::move(sound), recorded = std::move(recorded)](const LinePlace& place) {
        return keep_take(place, sound, recorded);
    };
    Result<WavReport> kept = co_await on_worker(which, std::move(job), deadline);
    if (!kept) {
        co_return kept.error();
    }
    audit::Act act{What::prompt_recorded};
    act.who = std::move(by);
    act.how = std::move(how);
    const Result<void> noted = co_await note(std::move(which), std::move(act), deadline);
    if (!noted) {
        co_return noted.error();
    }
    co_return kept;
}

Awaitable<Result<std::string>> PromptDesk::take_sound(LineName which, Deadline deadline) {
    auto job = [](const LinePlace& place) -> Result<std::string> {
        const Result<Judged> one = take_of(place);
        if (!one) {
            return one.error();
        }
        return one->take.state == Take::State::waiting ? TakeFolder(place.takes).sound(one->line, one->take)
                                                       : Result<std::string>(errc::no_take);
    };
    co_return co_await on_worker(std::move(which), std::move(job), deadline);
}

Awaitable<Result<std::string>> PromptDesk::played_sound(LineName which, Deadline deadline) {
    auto job = [](const LinePlace& place) { return played(place); };
    co_return co_await on_worker(std::move(which), std::move(job), deadline);
}

Awaitable<Result<Take>> PromptDesk::approve(LineName which, std::string by, std::string how,
                                            Deadline deadline) {
    const std::optional<LineTurns::Turn> turn = turns_.take(place_in_line(which));
    if (!turn) {
        co_return errc::under_way;
    }
    auto look = [by](const LinePlace& place) {
        return look_at(place, [&](const Judged& one, AudioShelf& shelf) {
            return may_shelve(one.line, one.take, by, TakeFolder(place.takes), shelf);
        });
    };
    Result<Judged> one = co_await on_worker(which, std::move(look), deadline);
    if (!one) {
        co_return one.error();
    }
    Take take = judged(one->take, {Take::State::approved, by, take_time(services_.clock.now()), ""});
    audit::Act act{What::prompt_approved};
    act.how = std::move(how);
    Result<Take> settled =
        co_await settle(std::move(which), *std::move(one), std::move(take), std::move(act), deadline);
    co_return settled;
}

Awaitable<Result<Take>> PromptDesk::reject(LineName which, std::string by, std::string why, std::string how,
                                           Deadline deadline) {
    const std::optional<LineTurns::Turn> turn = turns_.take(place_in_line(which));
    if (!turn) {
        co_return errc::under_way;
    }
    auto look = [](const LinePlace& place) {
        return look_at(place, [](const Judged& one, AudioShelf& shelf) {
            return may_refuse(one.line, one.take, shelf);
        });
    };
    Result<Judged> one = co_await on_worker(which, std::move(look), deadline);
    if (!one) {
        co_return one.error();
    }
    Take take = judged(one->take, {Take::State::rejected, by, take_time(services_.clock.now()), why});
    audit::Act act{What::prompt_rejected};
    act.how = std::move(how);
    Result<Take> settled =
        co_await settle(std::move(which), *std::move(one), std::move(take), std::move(act), deadline);
    co_return settled;
}

/// The audit first: what it does not say no call plays, and what it says and was not done can be judged again.
Awaitable<Result<Take>> PromptDesk::settle(LineName which, Judged one, Take take, audit::Act act,
                                           Deadline deadline) {
    act.who = take.judged_by;
    act.whom = take.by;
    const Result<void> noted = co_await note(which, std::move(act), deadline);
    if (!noted) {
        co_return noted.error();
    }
    auto settle_it = [one = std::move(one), take](const LinePlace& place) {
        return settle_take(place, one, take);
    };
    const Result<void> settled = co_await on_worker(std::move(which), std::move(settle_it), deadline);
    if (take.state == Take::State::approved) {
        services_.renew();  // also of one whose note was not written, or not in time
    }
    if (!settled) {
        co_return settled.error();
    }
    co_return take;
}

}  // namespace rightsline::prompts
