// What the tests of the desk share: a real store, two servers' desks on it, a roster of three, and phones that are played.
//
// Threading: one test. Owner: the test; each begins with an empty store.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/handoff/desk.hpp"
#include "gateway/ops/supervise.hpp"
#include "tests/gateway/conversations/house.hpp"
#include "tests/gateway/outbox/dispatching.hpp"

namespace rightsline::handoff {

using namespace std::chrono_literals;

inline constexpr const char* our_line = "+15005550006";
inline constexpr const char* three_people = R"(
people:
  ana: {phone: "+15005550101", language: en}
  ben: {phone: "+15005550102", language: en}
  eva: {phone: "+15005550103", language: en}
order: [ana, ben, eva]
)";
inline const flows::Event pick_up = flows::Called{};
inline const flows::Event key_1 = flows::Keyed{flows::PrivateText("1")};
inline const flows::Event no_key = flows::Keyed{flows::PrivateText("")};

class Ringing : public conversations::WithTurns {
 protected:
    void SetUp() override {
        WithTurns::SetUp();
        account.account_sid = "main";
        account.auth_tokens = {"token"};
        tasks = std::make_unique<ops::Supervisor>(io.get_executor());
        open_desks("live: {ring: parallel}\n");
    }
    void TearDown() override {
        tasks->cancel_all();
        (void)tests::run(io, tasks->drain(far()));
        WithTurns::TearDown();
    }
    /// Two servers on one store. `live`: the roster's part.
    void open_desks(const std::string& live, const std::string& roster = three_people) {
        way_out.limits.prefixes = prefixes;
        ways = std::make_unique<outbox::Outbox>(*client, *vault, clock,
                                                std::map<std::string, outbox::LineOut>{{our_line, way_out}});
        locales::Complaints complaints;
        alerts::AlertProgram program{people::read_roster(roster + live, "roster.yaml", complaints), our_line,
                                     [](ops::UtcMs) { return 0; }};
        ASSERT_TRUE(complaints.empty());
        alerts = std::make_unique<alerts::AlertDesk>(
            alerts::AlertServices{*client, *vault, clock, metrics, *packs, *ways, [] {}},
            std::map<std::string, alerts::AlertProgram>{{"fair-food", std::move(program)}});
        one = std::make_unique<Desk>(services());
        other = std::make_unique<Desk>(services());
    }
    DeskServices services() {
        return {*client,
                *vault,
                clock,
                metrics,
                *packs,
                *ways,
                *alerts,
                legs,
                [] {},
                [this](Awaitable<void> task) { tasks->spawn("legs", std::move(task)); },
                [this](alerts::Matter matter, int step) { alarms.emplace_back(matter, step); }};
    }
    /// Until nothing is under way.
    void settle() {
        const auto until = std::chrono::steady_clock::now() + 10s;
        do {
            io.restart();
            io.run_for(5ms);
        } while (tasks->live() > 0 && std::chrono::steady_clock::now() < until);
        ASSERT_EQ(tasks->live(), 0U);
    }

    static std::string turn(int number) {
        std::string hex = std::to_string(number);
        return std::string(32 - hex.size(), '0') + hex;
    }
    Caller caller(int turn_number, const std::string& hand_off = "") {
        Caller who{"fair-food", hand_off, turn(turn_number), our_line, "CA1", "https://h.example/step"};
        who.deadline = far();
        return who;
    }
    Answer ask(Caller who) {
        const Result<Answer> answer = tests::run(io, one->ask(std::move(who)));
        EXPECT_TRUE(answer) << answer.error().message();
        settle();
        return answer ? *answer : Answer{};
    }
    /// A caller who is being put through; the hand-off's name.
    std::string begin() {
        const Answer first = ask(caller(1));
        EXPECT_EQ(first.reply, Reply::ring);
        return first.hand_off;
    }
    /// The address that a ring's call asks, as the outbox holds it.
    alerts::CallPage page(const std::string& id, std::size_t ring) {
        const std::string message = message_id(id, ring);
        std::vector<vault::SealRequest> sealed;
        sealed.push_back({vault::Purpose::outbox, way_out.queue.jobs + message,
                          WithServer::text({"HGET", way_out.queue.jobs, message})});
        const auto plain = tests::run(io, vault->open(std::move(sealed)));
        const Result<outbox::Message> call = outbox::parse_message(plain.value().front());
        const std::string& path = std::get<outbox::Call>(call->what).page;
        return alerts::parse_page(path.substr(path.find('?') + 1)).value();
    }
    /// Says what whoever holds that phone hears: "room", "press 1", or the words.
    Awaitable<void> play(Desk& desk, alerts::CallPage page, flows::Event event, std::string& heard) {
        const auto actions = co_await desk.answer_call(std::move(page), std::move(event), "CR1");
        heard = actions ? heard_in(*actions) : "(nothing)";
    }
    static std::string heard_in(const std::vector<flows::Action>& actions) {
        std::string words;
        for (const flows::Action& action : actions) {
            if (std::holds_alternative<flows::Dial>(action)) {
                return "room";
            }
            if (std::holds_alternative<flows::Gather>(action)) {
                return "press 1";
            }
            if (const auto* say = std::get_if<flows::Say>(&action)) {
                words += say->prompts.front().key;
            }
        }
        return words;
    }
    std::string hears(Desk& desk, const std::string& id, std::size_t ring, flows::Event event) {
        std::string heard;
        tests::run(io, play(desk, page(id, ring), std::move(event), heard));
        settle();
        return heard;
    }
    Result<void> hear(const std::string& id, std::size_t ring, const std::string& call,
                      const std::string& word) {
        const Result<void> done = tests::run(io, one->hear("fair-food", message_id(id, ring), call, word));
        settle();
        return done;
    }
    void look_after(std::chrono::milliseconds time) {
        clock.advance(time);
        tests::run(io, one->work("fair-food"));
        settle();
    }
    HandOff kept(const std::string& id) {
        const std::string key = keys.hand_off(id);
        std::vector<vault::SealRequest> sealed;
        sealed.push_back({vault::Purpose::conversation, key, WithServer::text({"GET", key}).substr(8)});
        return parse_hand_off(tests::run(io, vault->open(std::move(sealed))).value().front()).value();
    }
    /// What the audit says, "what who why" each.
    std::vector<std::string> audit() {
        std::vector<std::string> all;
        const auto entries = audit::read_entries(WithServer::ask({"XRANGE", keys.audit(), "-", "+"}));
        for (const audit::Entry& entry : *entries) {
            std::string line(entry.field("what"));
            for (const char* field : {"who", "why"}) {
                line += entry.field(field).empty() ? "" : " " + std::string(entry.field(field));
            }
            all.push_back(std::move(line));
        }
        return all;
    }
    std::string may_ring(const std::string& id) {
        std::string all;
        const redis::Reply fields = WithServer::ask({"HKEYS", keys.may_ring(id)});
        for (const redis::Reply& field : *fields.array()) {
            all += *field.string();
        }
        return all;
    }

    std::vector<std::string> prefixes;
    outbox::FakeOutside legs;  // what is asked of the provider about legs
    std::unique_ptr<ops::Supervisor> tasks;
    std::unique_ptr<outbox::Outbox> ways;
    std::unique_ptr<alerts::AlertDesk> alerts;
    std::unique_ptr<Desk> one;
    std::unique_ptr<Desk> other;
    std::vector<std::pair<alerts::Matter, int>> alarms;
};

}  // namespace rightsline::handoff
