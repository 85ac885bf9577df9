// Several workers, lookers and a reaper in random order, dropped and stalled at any point, with replies that get lost and
// a Redis that is killed, against a provider that keeps a ledger. Whatever happens: nothing is lost, nothing is in two
// places, nothing is accepted twice unless it was unknown in between, and never what must never be repeated.
#include <map>
#include <random>
#include <vector>

#include "tests/redis/lease_fixture.hpp"

namespace rightsline::redis {
namespace {

using Outcome = Marked::Outcome;

constexpr int workers = 4;
constexpr int jobs = 240;
constexpr int steps = 4000;
constexpr std::size_t again_lane =
    0;  // the policy for what is unknown: again in this lane, never in the others

enum class Answer { accepted, silent, busy, rejected };

struct Work {
    Leased job;
    bool look = false;
    bool asked = false;  // it may be marked: no way back by release
    enum class Step { claimed, marked, answered } step = Step::claimed;
    Answer answer = Answer::silent;
};
struct Worker {
    std::vector<Work> hands;
    int stalled = 0;  // steps of the run that pass it by
};

class LeaseModel : public WithQueue {
 protected:
    int roll(int sides) { return static_cast<int>(random() % static_cast<unsigned>(sides)); }

    void enqueue_next() {
        const std::string id = std::to_string(enqueued);
        put(id, static_cast<std::size_t>(enqueued) % 3, now() + roll(20'000));
        ++enqueued;
        const Result<Committed> again = try_put(std::to_string(roll(enqueued)), 0);
        ASSERT_TRUE(again);
        ASSERT_EQ(again->outcome, Committed::Outcome::unmet);
    }
    void claim_some(Worker& worker, const std::string& name) {
        Claim claim = terms(1 + roll(5));
        claim.owner = name;
        claim.below_every = 4;
        const bool look = roll(3) == 0;
        for (Leased& job : (look ? take_unknown(claim) : take(claim)).jobs) {
            worker.hands.push_back({std::move(job), look, false, Work::Step::claimed, Answer::silent});
        }
    }
    Answer send(const Leased& job) {
        const int fate = calm ? 9 : roll(10);
        if (fate == 0 || fate >= 4) {
            accepted[job.lease.id].push_back(job.doubts);
        }
        return fate <= 1   ? Answer::silent
               : fate == 2 ? Answer::busy
               : fate == 3 ? Answer::rejected
                           : Answer::accepted;
    }
    // Settles, and now and then hears nothing of it and does it again.
    void settle_work(const Leased& job, What what, std::int64_t delay_ms, bool counts,
                     const std::string& note) {
        settle(job.lease, what, delay_ms, counts, note);
        if (!calm && roll(10) == 0) {
            settle(job.lease, what, delay_ms, counts, note);
        }
    }
    void resolve(const Leased& job) {
        if (job.lane == again_lane) {
            settle_work(job, What::again, 0, true, "");
        } else if (roll(4) == 0) {
            settle_work(job, What::unknown, 5'000, true, "");
        } else {
            settle_work(job, What::done, 0, true, accepted.contains(job.lease.id) ? "accepted" : "unknown");
        }
    }
    void settle_answer(const Work& work) {
        switch (work.answer) {
            case Answer::accepted:
                return settle_work(work.job, What::done, 0, true, "accepted");
            case Answer::rejected:
                return settle_work(work.job, What::done, 0, true, "rejected");
            case Answer::busy:
                return settle_work(work.job, What::again, roll(3'000), false, "busy");
            case Answer::silent:
                return settle_work(work.job, What::unknown, roll(3'000), true, "silent");
        }
    }
    // One step of one piece of work; whether it is out of the worker's hands.
    bool go_on(Work& work) {
        if (work.look) {
            resolve(work.job);
            return true;
        }
        if (work.step == Work::Step::marked) {
            work.answer = send(work.job);
            work.step = Work::Step::answered;
            return false;
        }
        if (work.step == Work::Step::answered) {
            settle_answer(work);
            return true;
        }
        if (!calm && !work.asked && roll(20) == 0) {
            settle(work.job.lease, What::release);
            return true;
        }
        work.asked = true;
        const Outcome marked = outcome(work.job.lease);
        if (!calm && roll(20) == 0) {  // the reply is lost: ask again, or give it back as never sent
            return roll(2) == 0 && (settle(work.job.lease, What::again, 0, false), true);
        }
        work.step = Work::Step::marked;
        return marked != Outcome::go;
    }
    void step_of(Worker& worker, const std::string& name) {
        if (!calm && roll(40) == 0) {
            worker.hands.clear();  // dies here, and is started again under the same name
        } else if (!calm && roll(30) == 0) {
            worker.stalled = roll(60);
        } else if (worker.hands.empty() || roll(4) == 0) {
            claim_some(worker, name);
        } else {
            const int which = roll(static_cast<int>(worker.hands.size()));
            if (go_on(worker.hands[static_cast<std::size_t>(which)])) {
                worker.hands.erase(worker.hands.begin() + which);
            }
        }
    }
    void step(int number) {
        const int who = roll(workers);
        Worker& worker = all[static_cast<std::size_t>(who)];
        for (Worker& one : all) {
            one.stalled -= one.stalled > 0 ? 1 : 0;
        }
        if (worker.stalled == 0 || calm) {
            step_of(worker, "gw-" + std::to_string(who));
        }
        advance(roll(2'000));
        if (roll(8) == 0) {
            skew_ms = !calm && roll(4) == 0 ? 60'000 : 0;
            end_leases(1 + roll(8));
            skew_ms = 0;
        }
        if (number % 250 == 0) {
            ASSERT_EQ(wrong(), Names{});
        }
    }
    void judge(const std::string& id) {
        const JobState state = this->state(id).value_or(JobState{});
        ASSERT_EQ(state.phase, Phase::done) << id;
        const std::vector<std::int64_t> copies =
            accepted.contains(id) ? accepted[id] : std::vector<std::int64_t>{};
        std::map<std::int64_t, int> per_doubt;
        for (const std::int64_t doubt : copies) {
            EXPECT_EQ(++per_doubt[doubt], 1) << id << " was accepted twice without an unknown in between";
        }
        EXPECT_LE(static_cast<std::int64_t>(copies.size()), 1 + state.doubts) << id;
        if (state.lane != again_lane) {
            EXPECT_LE(copies.size(), 1U) << id << " was repeated";
        }
        if (state.note == "accepted") {
            EXPECT_GE(copies.size(), 1U) << id << " was said to be accepted";
        }
        if (state.lane == again_lane) {
            EXPECT_NE(state.note, "unknown") << id;
        }
        ++endings[state.note];
        doubts += state.doubts;
        twice += copies.size() > 1 ? 1 : 0;
    }

    std::mt19937_64 random;
    std::vector<Worker> all{workers};
    std::map<std::string, std::vector<std::int64_t>>
        accepted;  // by id: how often it had been unknown before each copy
    std::map<std::string, int> endings;
    int enqueued = 0;
    std::int64_t doubts = 0;
    int twice = 0;
    bool calm = false;
};

TEST_F(LeaseModel, NothingIsLostOrInTwoPlacesOrRepeatedWithoutADoubt) {
    random.seed(seed());
    for (int i = 0; i < steps && !HasFatalFailure(); ++i) {
        if (i % (steps / 2 / jobs) == 0 && enqueued < jobs) {
            enqueue_next();
        }
        if (i % (steps / 3) == steps / 4) {
            shared_server().kill();
            shared_server().start();
        }
        step(i);
    }
    calm = true;
    const auto open = [&] { return number({"ZCARD", queue.settled}) < jobs; };
    for (int i = 1; i < steps && open() && !HasFatalFailure(); ++i) {
        step(i);
    }
    EXPECT_EQ(wrong(), Names{});
    for (int i = 0; i < jobs; ++i) {
        judge(std::to_string(i));
    }
    EXPECT_EQ(number({"HLEN", queue.jobs}), 0);
    for (const auto& [note, count] : endings) {
        std::cout << "    " << count << " x " << note << '\n';
    }
    std::cout << "    " << doubts << " doubts, " << twice << " accepted more than once\n";
    EXPECT_GT(doubts, jobs / 10) << "the run was too quiet to show anything";
    EXPECT_GT(twice, 0) << "the run was too quiet to show anything";
}

}  // namespace
}  // namespace rightsline::redis
