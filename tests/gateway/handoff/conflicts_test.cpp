// Whom a conflict of interest keeps away from a caller is neither rung nor asked into the talk; and who was asked for by gender.
#include "gateway/cases/case_desk.hpp"
#include "gateway/cases/case_store.hpp"
#include "gateway/cases/sites_desk.hpp"
#include "gateway/handoff/error.hpp"
#include "tests/gateway/handoff/ringing.hpp"

namespace rightsline::handoff {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

class Conflicted : public Ringing {
 protected:
    void SetUp() override {
        Ringing::SetUp();
        open_desks("live: {}\n");
        change(cases::AddSite{"sol-farm"});
        change(cases::AddSite{"rio-farm"});
    }
    void change(cases::SitesWish wish) {
        cases::SitesDesk sites(*client, *vault, clock);
        ASSERT_TRUE(tests::run(
            io, sites.change("fair-food", {"uid:0", "", {"ana", "ben", "eva"}}, std::move(wish), far())));
    }
    void list(const std::string& person, const std::string& site = "sol-farm") {
        change(cases::ListEmployer{site, person});
    }
    /// A report that its worker has come back to.
    std::string report_of(const std::string& site) {
        cases::CaseFacts facts;
        facts.id = std::string(32, 'c');
        facts.alias = "7K4-921";
        facts.status = "received";
        facts.urgency = flows::Urgency::p3;
        facts.language = "en";
        facts.mode = "voice";
        facts.reason = "asked";
        apply(cases::filing_writes(keys, facts));
        if (!site.empty()) {
            change_case(cases::SetSite{site});
        }
        return facts.id;
    }
    void change_case(cases::Wish wish, const std::string& who = "") {
        cases::CaseDesk desk(cases::CaseDeskServices{*client,
                                                     *vault,
                                                     clock,
                                                     *packs,
                                                     {{"fair-food", public_key}},
                                                     {{"fair-food", {{"ana", "ben", "eva"}, {}}}}});
        const auto done = tests::run(
            io, desk.change("fair-food", std::string(32, 'c'), {who, who}, std::move(wish), far()));
        ASSERT_TRUE(done) << done.error().message();
    }
    Caller returned(int number, const std::string& report) {
        Caller who = caller(number);
        who.case_id = report;
        return who;
    }
    std::vector<std::string> all_to_ring(const std::string& id) {
        const HandOff now = kept(id);
        std::vector<std::string> names = now.to_ring;
        for (const Ring& ring : now.rings) {
            names.insert(names.begin(), ring.person);
        }
        return names;
    }
};

TEST_F(Conflicted, WhereNobodyKnowsTheSiteNobodyOfAnyEmployersListIsRungNotEvenLast) {
    list("ana");
    list("eva", "rio-farm");
    const std::string id = begin();
    EXPECT_THAT(all_to_ring(id), ElementsAre("ben"));
    EXPECT_THAT(audit(), testing::IsSupersetOf({"call_passed_over ana conflict",
                                                "call_passed_over eva conflict", "call_rung ben"}));
    EXPECT_THAT(audit(), Not(Contains("call_rung ana")));
}

TEST_F(Conflicted, OfAReportThatItsCallerCameBackToItsOwnSiteDecides) {
    list("ana");
    list("eva", "rio-farm");
    const Answer answer = ask(returned(1, report_of("rio-farm")));
    ASSERT_EQ(answer.reply, Reply::ring);
    EXPECT_THAT(all_to_ring(answer.hand_off), ElementsAre("ana", "ben"));
}

TEST_F(Conflicted, WhoSteppedBackFromTheReportIsNotRungForItsCaller) {
    const std::string report = report_of("");
    change_case(cases::Recuse{}, "ben");
    const Answer answer = ask(returned(1, report));
    EXPECT_THAT(all_to_ring(answer.hand_off), ElementsAre("ana", "eva"));
    clock.advance(1min);
    EXPECT_THAT(all_to_ring(ask(caller(2)).hand_off), ElementsAre("ana", "ben", "eva"));
}

TEST_F(Conflicted, WhereItLeavesNobodyTheCallerHasTheMessageAtOnceAndTheOperatorIsTold) {
    for (const char* person : {"ana", "ben", "eva"}) {
        list(person);
    }
    EXPECT_EQ(ask(caller(1)).reply, Reply::message);
    EXPECT_EQ(alarms.size(), 1U);
    EXPECT_THAT(audit(),
                testing::IsSupersetOf({"call_passed_over ana conflict", "call_passed_over ben conflict",
                                       "call_passed_over eva conflict", "call_untaken conflict"}));
    EXPECT_EQ(may_ring(turn(1)), "");
    EXPECT_EQ(ask(caller(1)).reply, Reply::message) << "told again it is the same";
}

TEST_F(Conflicted, WhereTheListsCannotBeReadNobodyIsRung) {
    WithServer::ask({"SET", keys.sites(), std::string("\0\0\0\0\0\0\0\1spoilt", 14)});
    EXPECT_EQ(ask(caller(1)).reply, Reply::message);
    EXPECT_EQ(alarms.size(), 1U);
    EXPECT_THAT(audit(), Not(Contains(testing::StartsWith("call_rung"))));
}

TEST_F(Conflicted, WhoWasPutOnAListIsNotAskedIntoATalkThatIsUnderWay) {
    const std::string id = begin();
    EXPECT_EQ(hears(*one, id, 1, key_1), "room");
    EXPECT_EQ(ask(caller(2, id)).reply, Reply::talk);
    list("ben");
    const auto hand_on = [&](const char* to) {
        HandOn wish{"fair-food", id.substr(0, 8), "ana", "ana", to, far()};
        const Result<void> done = tests::run(io, one->hand_on(std::move(wish)));
        settle();
        return done ? boost::system::error_code() : done.error();
    };
    EXPECT_EQ(hand_on("ben"), errc::not_callable) << "and who asks learns of no list";
    EXPECT_EQ(may_ring(id), "1");
    EXPECT_FALSE(hand_on("eva"));
}

TEST_F(Conflicted, TheStoreIsAskedNoOftenerForIt) {
    const auto commands = [this](Caller who) {
        std::uint64_t least = 1000;  // on a halted machine a command may be asked a second time
        for (int i = 0; i < 3; ++i) {
            clock.advance(1min);
            who.turn = turn(static_cast<int>(clock.now().time_since_epoch().count() % 1'000'000));
            const std::uint64_t before = client->traffic().commands;
            EXPECT_EQ(ask(who).reply, Reply::ring);
            least = std::min(least, client->traffic().commands - before);
        }
        return least;
    };
    const std::uint64_t plain = commands(caller(1));
    list("ben");
    EXPECT_EQ(commands(returned(2, report_of("sol-farm"))), plain);
    EXPECT_LE(plain, 3U) << "what stands, whether the number is blocked, the commit";
}

class AskedFor : public Ringing {
 protected:
    static constexpr const char* four_people = R"(
people:
  ana: {phone: "+15005550101", language: en, gender: woman}
  ben: {phone: "+15005550102", language: en, gender: man}
  eva: {phone: "+15005550103", language: en}
  zoe: {phone: "+15005550104", language: en, gender: woman, hours: ["mon 00:00-00:01"]}
order: [ben, ana, eva, zoe]
)";
    void SetUp() override {
        Ringing::SetUp();
        open_desks("live: {gender: asked}\n", four_people);
    }
    Caller wants(const char* gender, int number = 1) {
        Caller who = caller(number);
        who.gender = gender;
        return who;
    }
};

TEST_F(AskedFor, IsPutThroughToThoseAloneWhoSayThatTheyAre) {
    const Answer answer = ask(wants("woman"));
    ASSERT_EQ(answer.reply, Reply::ring);
    EXPECT_THAT(audit(), ElementsAre("call_rung ana"));
    EXPECT_THAT(kept(answer.hand_off).to_ring, IsEmpty());
    EXPECT_TRUE(one->asks_gender("fair-food"));
    EXPECT_EQ(ask(wants("", 2)).reply, Reply::ring);
    EXPECT_THAT(audit(), Contains("call_rung ben"));
}

TEST_F(AskedFor, WhereNobodyIsThereWhoIsItIsSaidSoAndNobodyRings) {
    EXPECT_EQ(ask(wants("other")).reply, Reply::none_such);
    EXPECT_THAT(audit(), IsEmpty());
    EXPECT_THAT(alarms, IsEmpty());
    open_desks("live: {}\n",
               "people:\n  eva: {phone: \"+15005550103\", hours: [\"mon 00:00-00:01\"]}\norder: [eva]\n");
    EXPECT_EQ(ask(wants("woman", 2)).reply, Reply::message) << "nobody else is there either";
    EXPECT_FALSE(one->asks_gender("fair-food"));
}

TEST_F(AskedFor, WhoIsKeptAwayByAConflictLeavesAnybodyElseToBeAskedFor) {
    cases::SitesDesk sites(*client, *vault, clock);
    for (const cases::SitesWish& wish : {cases::SitesWish(cases::AddSite{"sol-farm"}),
                                         cases::SitesWish(cases::ListEmployer{"sol-farm", "ana"})}) {
        ASSERT_TRUE(tests::run(io, sites.change("fair-food", {"uid:0", "", {"ana"}}, wish, far())));
    }
    EXPECT_EQ(ask(wants("woman")).reply, Reply::none_such);
    EXPECT_EQ(ask(wants("", 2)).reply, Reply::ring);
}

TEST_F(AskedFor, NoColleagueWhoIsNotIsAskedIntoTheTalk) {
    const std::string id = ask(wants("woman")).hand_off;
    EXPECT_EQ(hears(*one, id, 1, key_1), "room");
    EXPECT_EQ(ask(caller(2, id)).reply, Reply::talk);
    const auto hand_on = [&](const char* to) {
        HandOn wish{"fair-food", id.substr(0, 8), "ana", "ana", to, far()};
        const Result<void> done = tests::run(io, one->hand_on(std::move(wish)));
        settle();
        return done ? boost::system::error_code() : done.error();
    };
    EXPECT_EQ(hand_on("ben"), errc::not_as_asked);
    EXPECT_FALSE(hand_on("zoe")) << "whatever the hour";
}

}  // namespace
}  // namespace rightsline::handoff
