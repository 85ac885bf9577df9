// A caller asks for a person: phones ring one after the other, a key takes the call, and both are in one room; or a message.
//
// The caller's leg and the phones of the roster are played here; what we asked of Twilio stands in the emulator's ledger.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "tests/e2e/journeys.hpp"
#include "tests/support/emulator/twilio_emulator.hpp"
#include "tests/support/free_port.hpp"
#include "tests/support/twilio_callee.hpp"

namespace rightsline::tests {
namespace {

using namespace std::chrono_literals;
using emulator::Entry;
using testing::HasSubstr;
using testing::Not;

constexpr const char* line = "+15005550006";
constexpr const char* worker = "+13055550171";
constexpr const char* ghost = "+15005550101";  // no such number
constexpr const char* slow = "+15005550102";   // rings out
constexpr const char* box = "+15005550103";    // a private voicemail
constexpr const char* ana = "+15005550104";

const std::string people = std::string("people:\n  ghost: {phone: \"") + ghost + "\"}\n  slow: {phone: \"" +
                           slow + "\"}\n  box: {phone: \"" + box + "\"}\n  ana: {phone: \"" + ana + "\"}\n";

/// Everything that is spoken in an answer.
std::string said(const Element& response) {
    std::string all;
    for (const Element* one : response.all("Say")) {
        all += one->text + "\n";
    }
    return all;
}

/// The digits that are spoken one by one, in order.
std::string digits_said(const Element& response) {
    std::string all;
    for (const Element* one : response.all("Say")) {
        all += one->text.size() == 1 && one->text[0] >= '0' && one->text[0] <= '9' ? one->text : "";
    }
    return all;
}

class Live : public testing::Test {
 protected:
    explicit Live(const std::string& order, const std::string& live = "live: {}\n",
                  const std::string& of_whom = people)
        : hotline{{.own_clock = true,
                   .roster = of_whom + "order: [" + order + "]\n" + live,
                   .api_base = "http://127.0.0.1:" + std::to_string(port)}} {
        twilio.behave(R"({"receipts": {"none": true}, "refuse": {")" + std::string(ghost) + R"(": 21211}})");
    }

    /// A caller who has just asked for a person.
    TwilioCall asking(const std::string& from = worker) {
        TwilioCall call = hotline.call(from);
        twilio.receive_call(call.sid(), from, line);
        call.dial();
        for (const char* key : {"1", "2", "4"}) {
            call.press(key);
        }
        return call;
    }
    /// The same of one who says first that they are in danger.
    TwilioCall in_danger(const std::string& from = worker) {
        TwilioCall call = hotline.call(from);
        twilio.receive_call(call.sid(), from, line);
        call.dial();
        for (const char* key : {"1", "1", "1"}) {
            call.press(key);
        }
        return call;
    }
    /// The phone that rings; the test fails when it does not within a while.
    TwilioCallee ringing(const char* number) {
        const auto find = [&]() -> Entry {
            const std::vector<Entry> all = twilio.accepted();
            const auto found = std::ranges::find(all, number, &Entry::to);
            return found == all.end() ? Entry() : *found;
        };
        EXPECT_TRUE(eventually([&] { return !find().sid.empty(); }, 15s)) << number << " does not ring";
        const Entry entry = find();
        return {hotline.twilio(),
                {entry.sid, entry.to, entry.from, entry.sid.empty() ? "" : twilio.words_of(entry.sid),
                 entry.status_url}};
    }
    bool rings(const char* number) const {
        const std::vector<Entry> all = twilio.accepted();
        return std::ranges::find(all, number, &Entry::to) != all.end();
    }
    /// The caller's leg was called back from its wait: it asks where it was sent.
    void follow(TwilioCall& call, std::chrono::milliseconds within) {
        ASSERT_TRUE(eventually([&] { return !twilio.words_of(call.sid()).empty(); }, within));
        ASSERT_EQ(call.go_to(twilio.words_of(call.sid())).status, 200);
    }
    /// All but the caller have left the room, which does not end with them: the caller's leg is called out of it.
    /// `sent_there`: what it was told before.
    void leaves_empty_room(TwilioCall& call, const std::string& sent_there) {
        ASSERT_TRUE(eventually([&] { return twilio.words_of(call.sid()) != sent_there; }, 10s));
        ASSERT_EQ(call.go_to(twilio.words_of(call.sid())).status, 200);
    }
    Ran run(std::vector<std::string> command) const {
        command.insert(command.begin(), hotline.program());
        command.insert(command.end(), {"--socket", hotline.path("state/api.sock")});
        return run_command(command);
    }
    /// What `roster calls` names the one call of this test.
    std::string name_of_call() const { return run({"roster", "calls"}).out.substr(0, 8); }
    /// `case enter`, which shows a number and wants a terminal for it.
    Ran enter(const std::string& options, const std::string& typed) const {
        return run_command({"script", "-qec",
                            hotline.program() + " case enter --language en " + options + " --socket " +
                                hotline.path("state/api.sock"),
                            "/dev/null"},
                           typed);
    }
    std::string words(const char* key) const { return hotline.words(key, "en"); }
    double count(const char* outcome) const {
        return hotline.metric("rightsline_handoffs_total{outcome=\"" + std::string(outcome) + "\"}");
    }

    std::uint16_t port = free_port();
    Hotline hotline;
    emulator::TwilioEmulator twilio{{Hotline::sid, Hotline::token, hotline.twilio().public_url,
                                     "http://127.0.0.1:" + std::to_string(hotline.twilio().port)},
                                    port};
};

struct LiveInSequence : Live {
    LiveInSequence() : Live("ghost, slow, box, ana") {}
};

TEST_F(LiveInSequence, AfterAllWhoCannotAPersonTakesTheCallAndBothAreInOneRoom) {
    TwilioCall call = asking();
    EXPECT_THAT(said(call.now()), HasSubstr(words("common.handoff_ring")));
    EXPECT_EQ(call.now().child("Gather").attribute("numDigits"), "1");
    EXPECT_LE(std::stoi(call.now().child("Gather").attribute("timeout")), 5);

    TwilioCallee rings_out = ringing(slow);
    EXPECT_FALSE(rings(box)) << "one after the other";
    EXPECT_EQ(rings_out.report("ringing").status, 204);
    EXPECT_EQ(rings_out.report("no-answer").status, 204);

    TwilioCallee machine = ringing(box);
    machine.pick_up();
    EXPECT_THAT(said(machine.now()), HasSubstr(words("common.staff.live_whisper")));
    EXPECT_TRUE(machine.now().all("Dial").empty());
    machine.press_nothing();
    EXPECT_EQ(machine.now().all("Hangup").size(), 1U);
    EXPECT_TRUE(machine.now().all("Dial").empty());
    machine.report("completed");

    call.say_nothing();
    EXPECT_THAT(said(call.now()), HasSubstr(words("common.handoff_wait")));

    TwilioCallee person = ringing(ana);
    person.pick_up();
    person.press("1");
    const Element room = person.now().child("Dial").child("Conference");
    EXPECT_EQ(room.attribute("endConferenceOnExit"), "false") << "they may hand the call on";
    EXPECT_EQ(room.attribute("record"), "do-not-record");
    EXPECT_EQ(room.text.size(), 32U);

    follow(call, 5s);
    EXPECT_THAT(said(call.now()), HasSubstr(words("common.handoff_talk")));
    EXPECT_EQ(call.now().child("Dial").child("Conference").text, room.text);
    EXPECT_EQ(call.now().child("Dial").child("Conference").attribute("endConferenceOnExit"), "true");
    EXPECT_EQ(count("taken"), 1);

    rings_out.pick_up();  // late
    EXPECT_THAT(said(rings_out.now()), HasSubstr(words("common.staff.live_too_late")));
    const std::string sent_there = twilio.words_of(call.sid());
    hotline.move_clock(1min);
    person.leave_room();
    EXPECT_THAT(said(person.now()), HasSubstr(words("common.staff.live_ended")));
    leaves_empty_room(call, sent_there);
    EXPECT_EQ(call.now().all("Hangup").size(), 1U);
    EXPECT_TRUE(call.now().all("Dial").empty());
}

TEST_F(LiveInSequence, ATakerWhoseLineDropsAtOnceLeavesACallerWhoWaitsForTheNext) {
    TwilioCall call = asking();
    TwilioCallee first = ringing(slow);
    first.pick_up();
    first.press("1");
    follow(call, 5s);
    EXPECT_THAT(said(call.now()), HasSubstr(words("common.handoff_talk")));
    const std::string sent_there = twilio.words_of(call.sid());
    first.report("completed");
    leaves_empty_room(call, sent_there);
    EXPECT_THAT(said(call.now()), HasSubstr(words("common.handoff_wait")));
    TwilioCallee second = ringing(box);
    second.pick_up();
    second.press("1");
    EXPECT_EQ(second.now().child("Dial").child("Conference").text.size(), 32U);
}

TEST_F(LiveInSequence, ATalkIsWarnedByAVoiceBeforeItsLimitAndThenEnded) {
    TwilioCall call = asking();
    TwilioCallee person = ringing(slow);
    person.pick_up();
    person.press("1");
    follow(call, 5s);
    const std::string room = call.now().child("Dial").child("Conference").text;
    for (const Element* dial : {&call.now().child("Dial"), &person.now().child("Dial")}) {
        EXPECT_EQ(dial->attribute("timeLimit"), "1680") << "the provider lets both out of the room";
    }
    hotline.move_clock(28min);
    person.leave_room();
    EXPECT_THAT(said(person.now()), HasSubstr(words("common.staff.live_ends_soon")));
    call.leave_room();
    EXPECT_THAT(said(call.now()), HasSubstr(words("common.handoff_ends_soon")));
    for (const Element* dial : {&call.now().child("Dial"), &person.now().child("Dial")}) {
        EXPECT_EQ(dial->attribute("timeLimit"), "120");
        EXPECT_EQ(dial->child("Conference").text, room) << "for the last of it";
    }
    hotline.move_clock(31min);
    call.leave_room();
    EXPECT_EQ(call.now().all("Hangup").size(), 1U);
    EXPECT_TRUE(call.now().all("Dial").empty());
    person.leave_room();
    EXPECT_TRUE(person.now().all("Dial").empty());
}

TEST_F(LiveInSequence, BothSidesSeeOurNumberAloneAndNothingKeepsAnother) {
    TwilioCall call = asking();
    TwilioCallee person = ringing(slow);
    person.pick_up();
    const HttpReply joined = person.press("1");
    follow(call, 5s);
    for (const Entry& entry : twilio.accepted()) {
        EXPECT_EQ(entry.from, line);
        EXPECT_THAT(entry.status_url, Not(HasSubstr("555")));
        EXPECT_THAT(twilio.words_of(entry.sid), Not(HasSubstr("305555")));
    }
    EXPECT_THAT(joined.body, Not(HasSubstr("305555")));
    const std::string kept = hotline.everything_kept();
    for (const char* number : {"3055550171", "5005550102"}) {
        EXPECT_EQ(kept.find(number), std::string::npos) << number;
    }
}

TEST_F(LiveInSequence, OneWhileWaitingLeadsToTheMessageAndThePhoneStops) {
    TwilioCall call = asking();
    TwilioCallee phone = ringing(slow);
    phone.report("ringing");
    call.press("1");
    EXPECT_THAT(said(call.now()), HasSubstr(words("person.urgent.menu")));
    EXPECT_TRUE(eventually([&] { return twilio.status_of(phone.sid()) == "completed"; }));
    phone.pick_up();
    EXPECT_THAT(said(phone.now()), HasSubstr(words("common.staff.live_too_late")));
    EXPECT_TRUE(phone.now().all("Dial").empty());
    EXPECT_FALSE(rings(box));
}

TEST_F(LiveInSequence, ACallerWhoHangsUpStopsThePhones) {
    TwilioCall call = asking();
    TwilioCallee phone = ringing(slow);
    phone.report("ringing");
    call.hang_up();
    EXPECT_TRUE(eventually([&] { return twilio.status_of(phone.sid()) == "completed"; }));
    EXPECT_FALSE(rings(box));
    EXPECT_EQ(hotline.cases().size(), 0U);
}

TEST_F(LiveInSequence, WhoWasRungAndWhoTookItIsShownAndNothingOfWhoCalled) {
    TwilioCall call = asking();
    ringing(slow).report("no-answer");
    TwilioCallee person = ringing(box);
    person.pick_up();
    person.press("1");
    const Ran shown =
        run_command({hotline.program(), "roster", "calls", "--socket", hotline.path("state/api.sock")});
    ASSERT_EQ(shown.code, 0) << shown.err;
    for (const char* words :
         {"the phone of ghost could not be rung", "slow was to be rung", "box took the call"}) {
        EXPECT_THAT(shown.out, HasSubstr(words));
    }
    EXPECT_THAT(shown.out, Not(HasSubstr("555")));
}

struct LiveHandedOn : Live {
    LiveHandedOn() : Live("ana") {}
};

TEST_F(LiveHandedOn, AColleagueComesIntoTheSameRoomTheFirstGoesAndTheCallerIsAskedNothing) {
    TwilioCall call = asking();
    TwilioCallee first = ringing(ana);
    first.pick_up();
    first.press("1");
    follow(call, 5s);
    const std::string room = call.now().child("Dial").child("Conference").text;
    const std::string last_told = twilio.words_of(call.sid());

    const Ran refused = run({"roster", "hand-on", name_of_call(), "--to", "slow", "--as", "box"});
    EXPECT_EQ(refused.code, 1);
    EXPECT_THAT(refused.err, HasSubstr("only who is in the call hands it on"));
    EXPECT_FALSE(rings(slow));
    const Ran asked = run({"roster", "hand-on", name_of_call(), "--to", "slow", "--as", "ana"});
    ASSERT_EQ(asked.code, 0) << asked.err;

    TwilioCallee second = ringing(slow);
    second.pick_up();
    EXPECT_THAT(said(second.now()), HasSubstr(words("common.staff.live_whisper")));
    EXPECT_TRUE(second.now().all("Dial").empty());
    second.press("1");
    EXPECT_EQ(second.now().child("Dial").child("Conference").text, room);
    EXPECT_EQ(second.now().child("Dial").child("Conference").attribute("endConferenceOnExit"), "false");
    first.leave_room();
    EXPECT_THAT(said(first.now()), HasSubstr(words("common.staff.live_ended")));
    first.report("completed");

    std::this_thread::sleep_for(2s);
    EXPECT_EQ(twilio.words_of(call.sid()), last_told)
        << "the caller's leg is not moved: no word, no question";
    EXPECT_EQ(call.now().child("Dial").child("Conference").text, room);
    hotline.move_clock(1min);
    second.leave_room();
    EXPECT_THAT(said(second.now()), HasSubstr(words("common.staff.live_ended")));
    leaves_empty_room(call, last_told);
    EXPECT_EQ(call.now().all("Hangup").size(), 1U);
    const std::string shown = run({"roster", "calls"}).out;
    EXPECT_THAT(shown, HasSubstr("ana asked slow to take the call over"));
    EXPECT_THAT(shown, HasSubstr("slow took the call over"));
    EXPECT_THAT(shown, Not(HasSubstr("555")));
}

TEST_F(LiveHandedOn, WhoGoesBeforeTheColleagueIsThereLeavesACallerWhoHearsThatTheyWait) {
    TwilioCall call = asking();
    TwilioCallee first = ringing(ana);
    first.pick_up();
    first.press("1");
    follow(call, 5s);
    ASSERT_EQ(run({"roster", "hand-on", name_of_call(), "--to", "slow", "--as", "ana"}).code, 0);
    TwilioCallee second = ringing(slow);
    const std::string into_room = twilio.words_of(call.sid());
    first.leave_room();
    leaves_empty_room(call, into_room);
    EXPECT_THAT(said(call.now()), HasSubstr(words("common.handoff_wait")));
    const std::string out_of_room = twilio.words_of(call.sid());
    second.pick_up();
    second.press("1");
    leaves_empty_room(call, out_of_room);
    EXPECT_EQ(call.now().child("Dial").child("Conference").text,
              second.now().child("Dial").child("Conference").text);
}

TEST_F(LiveHandedOn, WhoTookTheCallEntersItsReportOnceAndTheCaseSaysSo) {
    TwilioCall call = asking();
    TwilioCallee person = ringing(ana);
    person.pick_up();
    person.press("1");
    follow(call, 5s);
    const std::string typed = "1\n1\nThe foreman keeps our papers\n\n\n\n\n\n\n\n";
    const std::string of_call = "--call " + name_of_call();
    const Ran others = enter(of_call + " --as box", typed);
    EXPECT_EQ(others.code, 65);
    EXPECT_THAT(others.out, HasSubstr("You took no call of this name"));
    EXPECT_TRUE(hotline.cases().empty());
    const Ran entered = enter(of_call + " --as ana", typed);
    EXPECT_EQ(entered.code, 0) << entered.out;
    ASSERT_EQ(hotline.cases().size(), 1U) << entered.out;
    const boost::json::object report = hotline.cases().front().as_object();
    const std::string alias(report.at("alias").as_string());
    EXPECT_THAT(entered.out, HasSubstr("Saved: report " + alias));
    EXPECT_EQ(code_in(entered.out).size(), 12U) << "the worker's own";
    EXPECT_EQ(report.at("entered_by").as_string(), "ana");
    EXPECT_GT(report.at("call_hour").as_int64(), 0);
    EXPECT_THAT(enter(of_call + " --as ana", typed).out, HasSubstr("a report was entered already: " + alias));
    EXPECT_EQ(hotline.cases().size(), 1U);
    EXPECT_EQ(hotline.everything_kept().find("3055550171"), std::string::npos);
}

struct LiveInParallel : Live {
    LiveInParallel() : Live("slow, box, ana", "live: {ring: parallel}\n") {}
};

TEST_F(LiveInParallel, AllPhonesRingTheFirstKeyHasTheCallAndTheOthersAreSpared) {
    TwilioCall call = asking();
    TwilioCallee first = ringing(slow);
    TwilioCallee second = ringing(box);
    TwilioCallee third = ringing(ana);
    first.report("ringing");
    second.pick_up();
    third.pick_up();
    EXPECT_THAT(said(second.now()), HasSubstr(words("common.staff.live_whisper")));
    third.press("1");
    const std::string room = third.now().child("Dial").child("Conference").text;
    EXPECT_TRUE(eventually([&] { return twilio.status_of(first.sid()) == "completed"; }))
        << "it stops ringing";
    EXPECT_TRUE(eventually([&] { return twilio.words_of(second.sid()).find("e=c") != std::string::npos; }))
        << "who listens is called away";
    second.press("1");
    EXPECT_THAT(said(second.now()), HasSubstr(words("common.staff.live_too_late")));
    EXPECT_TRUE(second.now().all("Dial").empty());
    follow(call, 5s);
    EXPECT_EQ(call.now().child("Dial").child("Conference").text, room);
    EXPECT_EQ(count("taken"), 1);
}

TEST_F(LiveInParallel, APhoneWhoseTurnWasStillToComeNeverRingsAfterSomebodyTookTheCall) {
    TwilioCall call = asking();
    TwilioCallee quick = ringing(slow);  // the line begins one call a second: the others still wait
    quick.pick_up();
    quick.press("1");
    ASSERT_EQ(quick.now().all("Dial").size(), 1U);
    follow(call, 5s);
    const bool before = rings(ana);
    std::this_thread::sleep_for(3s);
    EXPECT_EQ(rings(ana), before);
}

struct LiveWithConflict : Live {
    LiveWithConflict() : Live("slow, ana") {}
};

TEST_F(LiveWithConflict, WhoStandsOnAnEmployersListIsNeverRungAndTheLogSaysSo) {
    ASSERT_EQ(run({"site", "add", "sol-farm"}).code, 0);
    ASSERT_EQ(run({"site", "employer", "sol-farm", "slow"}).code, 0);
    TwilioCall call = asking();
    TwilioCallee person = ringing(ana);
    person.pick_up();
    person.press("1");
    follow(call, 5s);
    EXPECT_FALSE(rings(slow));
    const Ran calls = run({"roster", "calls"});
    EXPECT_THAT(calls.out, HasSubstr("slow was not rung: a conflict of interest"));
    const Ran listed = run({"site", "employer", "sol-farm", "ana"});
    ASSERT_EQ(listed.code, 0);
    EXPECT_THAT(listed.err, HasSubstr("All who could be rung for a caller now stand on an employer's list"));
    EXPECT_THAT(run({"roster", "now"}).out, HasSubstr("callers-reach-nobody"));
    TwilioCall other = asking("+13055550172");
    EXPECT_THAT(said(other.now()), HasSubstr(hotline.words("person.urgent.menu", "en")));
    EXPECT_THAT(run({"roster", "calls"}).out, HasSubstr("nobody was left who may have this caller"));
}

struct LiveWithWrongNumbers : Live {
    LiveWithWrongNumbers() : Live("ghost") {}
};

TEST_F(LiveWithWrongNumbers, ARosterOfInvalidNumbersIsAMessageWithinThreeSeconds) {
    TwilioCall call = asking();
    EXPECT_THAT(said(call.now()), HasSubstr(words("common.handoff_ring")));
    follow(call, 3s);
    EXPECT_THAT(said(call.now()), HasSubstr(words("person.urgent.menu")));
    EXPECT_EQ(hotline.metric("rightsline_handoff_rings_lost_total"), 1);
    EXPECT_THAT(hotline.server().log(), HasSubstr("handoff_ring_lost"));
}

struct LiveAtNight : Live {
    LiveAtNight()
        : Live("ana, boss", "live: {}\n",
               "people:\n  ana: {phone: \"+15005550104\", hours: [\"mon 00:00-00:01\"]}\n"
               "  boss: {phone: \"+15005550105\", media: [sms]}\n") {}
};

/// Nobody is there at three in the morning of a holiday.
TEST_F(LiveAtNight, AnEmptyRotaIsTheMessageInTheSameAnswerAndWhatIsSaidIsAReportThatSomebodyIsToldOf) {
    TwilioCall call = asking();
    EXPECT_THAT(said(call.now()), HasSubstr(words("person.urgent.menu")));
    EXPECT_FALSE(rings(ana));
    call.press("1");
    const std::string digits = digits_said(call.now());
    ASSERT_EQ(digits.size(), 3U + 2 * 12 + 1) << "911, the number twice, and the key that leads to the tone";
    const std::string code = digits.substr(3, 12);
    EXPECT_EQ(digits.substr(15, 12), code);
    call.press("1");
    ASSERT_EQ(call.now().all("Record").size(), 1U);
    call.record("RE1", hotline.provider().keep("RE1", little_wav(1, 1)), 9);
    call.hang_up();
    ASSERT_TRUE(eventually([&] { return hotline.cases().size() == 1; }));
    EXPECT_EQ(hotline.cases().front().as_object().at("urgency").as_string(), "P2");
    const TwilioPhone other = hotline.phone("+13055550172");
    other.texts(english_to_code);
    EXPECT_THAT(open_by_text(hotline, other, code),
                HasSubstr(hotline.words("program.statuses.unanswered", "en")))
        << "who hung up after speaking has it";
    EXPECT_TRUE(eventually([&] { return rings("+15005550105"); }, 15s)) << "whoever is on call is texted";
}

struct LiveOnceAnHour : Live {
    LiveOnceAnHour() : Live("ana", "live: {caps: {caller_hour: 1}}\n") {}
};

/// The first call drops while it rings. Nothing was told in it, so that it leaves no report.
TEST_F(LiveOnceAnHour, WhoIsInDangerAndCallsAgainIsPutThroughWithAKeyAndElseAskedNoQuestionBeforeTheMessage) {
    for (int i = 0; i < 3; ++i) {  // three times as often as others
        TwilioCall call = in_danger();
        if (i > 0) {
            EXPECT_THAT(said(call.now()), HasSubstr(words("common.handoff_prove")));
            call.press("7");
        }
        EXPECT_THAT(said(call.now()), HasSubstr(words("common.handoff_ring"))) << i;
        call.hang_up();
    }
    EXPECT_TRUE(hotline.cases().empty());
    TwilioCall over = in_danger();
    EXPECT_THAT(said(over.now()), Not(HasSubstr(words("person.urgent.menu"))));
    ASSERT_EQ(over.now().all("Record").size(), 1U);
    over.record("RE1", hotline.provider().keep("RE1", little_wav(1, 1)), 9);
    over.hang_up();
    ASSERT_TRUE(eventually([&] { return hotline.cases().size() == 1; }));
    EXPECT_EQ(hotline.cases().front().as_object().at("urgency").as_string(), "P1");
}

struct LiveInAFlood : Live {
    LiveInAFlood() : Live("ana", "live: {caps: {minute: 2}}\n") {}

    TwilioCall dialled(const std::string& from) {
        TwilioCall call = hotline.call(from);
        twilio.receive_call(call.sid(), from, line);
        call.dial();
        return call;
    }
    bool asks_for_key(const TwilioCall& call) const {
        return said(call.now()).find(words("common.call_prove")) != std::string::npos;
    }
};

TEST_F(LiveInAFlood, OverTheCapIsTheMessageThenAKeyComesFirstAndItIsOverByItself) {
    for (const char* from : {"+13055550181", "+13055560182"}) {
        EXPECT_THAT(said(asking(from).now()), HasSubstr(words("common.handoff_ring")));
    }
    EXPECT_THAT(said(asking("+13055570183").now()), HasSubstr(words("person.urgent.menu")));
    EXPECT_EQ(count("capped"), 1);
    hotline.move_clock(61s);
    EXPECT_TRUE(eventually([&] { return asks_for_key(dialled("+13055580184")); })) << "before the menu";
    TwilioCall quiet = dialled("+13055590185");
    quiet.say_nothing();
    EXPECT_EQ(quiet.now().all("Record").size(), 1U) << "never to nothing";
    TwilioCall real = dialled("+13055600186");
    for (const char* key : {"7", "1", "2", "4"}) {
        real.press(key);
    }
    EXPECT_THAT(said(real.now()), HasSubstr(words("common.handoff_ring"))) << "and no second key";
    TwilioCall ahead = dialled("+13055610187");
    ahead.press("2");
    EXPECT_TRUE(asks_for_key(ahead)) << "who keys ahead is asked once more";
    hotline.move_clock(12min);
    EXPECT_THAT(said(dialled("+13055620188").now()), Not(HasSubstr(words("common.call_prove"))));
}

TEST_F(LiveInAFlood, SilentNumbersSideBySideMustPressAKeyBeforeTheMenuAndBeforeAnybodyIsWoken) {
    for (int i = 0; i < 5; ++i) {
        TwilioCall silent = hotline.call("+1305555020" + std::to_string(i));
        silent.dial();
        silent.hang_up();
    }
    EXPECT_TRUE(eventually([&] { return hotline.metric("rightsline_silent_calls_total") == 5; }));
    EXPECT_TRUE(
        eventually([&] { return hotline.server().log().find("calls_in_a_flood") != std::string::npos; }));
    TwilioCall neighbour = dialled(worker);
    EXPECT_TRUE(asks_for_key(neighbour));
    neighbour.say_nothing();
    neighbour.record("RE1", hotline.provider().keep("RE1", little_wav(1, 1)), 9);
    neighbour.hang_up();
    EXPECT_TRUE(eventually([&] { return hotline.cases().size() == 1; }))
        << "a silent caller's words are kept";
    EXPECT_FALSE(rings(ana));
    EXPECT_THAT(said(asking("+13055610187").now()), HasSubstr(words("common.handoff_ring")));
}

TEST_F(LiveInAFlood, ABlockedNumberWakesNobodyAndCanStillLeaveAMessage) {
    const std::string socket = hotline.path("state/api.sock");
    const auto caller = [&](const std::string& words) {
        return run_command({"/bin/sh", "-c",
                            "echo " + std::string(worker) + " | " + hotline.program() + " caller " + words +
                                " --socket " + socket});
    };
    const Ran blocked = caller("block");
    ASSERT_EQ(blocked.code, 0) << blocked.err;
    const std::string name = blocked.out.substr(0, 8);
    EXPECT_THAT(said(asking().now()), HasSubstr(words("person.urgent.menu")));
    EXPECT_THAT(caller("list").out, HasSubstr(name));
    EXPECT_EQ(hotline.everything_kept().find("3055550171"), std::string::npos);
    EXPECT_EQ(caller("free ffffffff").code, 65);
    ASSERT_EQ(caller("free " + name).code, 0);
    EXPECT_THAT(said(asking().now()), HasSubstr(words("common.handoff_ring")));
}

struct LiveWithNobody : Live {
    LiveWithNobody() : Live("ana", "") {}
};

TEST_F(LiveWithNobody, WhereNobodyHasSaidThatTheyAnswerCallersItIsAMessageAtOnce) {
    TwilioCall call = asking();
    EXPECT_THAT(said(call.now()), HasSubstr(words("person.urgent.menu")));
    EXPECT_FALSE(rings(ana));
}

}  // namespace
}  // namespace rightsline::tests
