// What people who log in do with a case: under their own name, as far as their role goes, and once.
#include <gtest/gtest.h>

#include "tests/gateway/api/console_house.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using access::Role;

const std::string of_case = "/api/v1/cases/" + case_id;

class ConsoleCasework : public ConsoleHouse {
 protected:
    void SetUp() override {
        ConsoleHouse::SetUp();
        add_user("maria", {{"fair-food", Role::monitor}});
        add_user("jean", {{"fair-food", Role::supervisor}});
        add_user("lucie", {{"fair-food", Role::monitor}});  // of no roster
        maria = tool_of("maria");
        jean = tool_of("jean");
        lucie = tool_of("lucie");
    }
    http::Response post(const http::Headers& who, const std::string& what, std::string body = "") {
        return ask_console("POST", of_case + "/" + what, who, std::move(body));
    }
    std::string assignee() { return text_in(ask_console("GET", of_case + "/choices", jean), "assignee"); }
    audit::Entry last() { return entries().back(); }

    http::Headers maria;
    http::Headers jean;
    http::Headers lucie;
};

TEST_F(ConsoleCasework, AReplyAndANoteStandUnderWhoeverIsLoggedIn) {
    const std::string reply = sealed_reply(add_mailbox(), "maria");
    EXPECT_EQ(post(maria, "replies", reply).status, 200);
    EXPECT_EQ(last().field("what"), "replied");
    EXPECT_EQ(last().field("who"), "maria");
    EXPECT_EQ(post(jean, "replies", reply).status, 200) << "the same id is the same reply";
    EXPECT_EQ(number({"LLEN", keys.replies(case_id)}), 1);
    json::object note = json::parse(sealed_note("lucie")).as_object();
    note["as"] = "jean";
    EXPECT_EQ(post(lucie, "notes", json::serialize(note)).status, 200);
    EXPECT_EQ(last().field("what"), "note_written");
    EXPECT_EQ(last().field("who"), "lucie") << "whatever the body says";
    const http::Response read = ask_console("GET", of_case + "/notes", jean);
    EXPECT_EQ(json_of(read).at("notes_total").as_int64(), 1);
    EXPECT_EQ(last().field("what"), "notes_read");
    EXPECT_EQ(last().field("who"), "jean");
}

TEST_F(ConsoleCasework, ANoteThatIsTappedTwiceIsOne) {
    http::Headers once = maria;
    once.emplace_back("Idempotency-Key", "n1");
    const std::string note = sealed_note("maria");
    EXPECT_EQ(post(once, "notes", note).status, 200);
    EXPECT_EQ(post(once, "notes", note).status, 200);
    EXPECT_EQ(number({"LLEN", keys.case_notes(case_id)}), 1);
}

TEST_F(ConsoleCasework, PlainWordsAreKeptNowhere) {
    add_mailbox();
    EXPECT_EQ(post(maria, "notes", R"({"sealed": "Call the clinic."})").status, 422);
    EXPECT_EQ(post(maria, "replies", R"({"id": "1", "for_circle": "Call", "for_mailbox": "us"})").status,
              422);
    EXPECT_EQ(number({"EXISTS", keys.case_notes(case_id)}), 0);
    EXPECT_EQ(number({"EXISTS", keys.replies(case_id)}), 0);
}

TEST_F(ConsoleCasework, OneTakesWhatNobodyHasAndHandsOnWhatIsTheirs) {
    EXPECT_EQ(text_in(post(lucie, "take"), "assignee"), "lucie");
    EXPECT_EQ(last().field("what"), "alert_taken") << "nobody else is woken";
    EXPECT_EQ(last().field("who"), "lucie");
    EXPECT_TRUE(json_of(post(lucie, "take")).at("before").as_bool());
    const http::Response late = post(maria, "take");
    EXPECT_EQ(late.status, 409) << late.body;
    EXPECT_EQ(post(maria, "hand-over", R"({"person": "jean"})").status, 404) << "it is not hers";
    EXPECT_EQ(post(maria, "assign", R"({"person": "maria"})").status, 404) << "a monitor hands out nothing";
    EXPECT_EQ(assignee(), "lucie");
    EXPECT_EQ(text_in(post(lucie, "hand-over", R"({"person": "maria"})"), "assignee"), "maria");
    EXPECT_EQ(post(maria, "hand-over", R"({"person": "nobody.known"})").status, 422);
    EXPECT_EQ(text_in(post(jean, "assign", R"({"person": "lucie"})"), "assignee"), "lucie");
    EXPECT_EQ(text_in(post(jean, "assign", R"({"person": ""})"), "assignee"), "");
}

TEST_F(ConsoleCasework, WhoMayHaveItIsOfferedAndNobodyElse) {
    add_user("pablo", {{"fair-food", Role::organizer}});
    add_user("lineo", {{"lesotho-gbvh", Role::monitor}});
    ASSERT_EQ(post(maria, "exclude", R"({"person": "jean"})").status, 200);
    const json::object choices = json_of(ask_console("GET", of_case + "/choices", maria));
    std::set<std::string> people;
    for (const json::value& one : choices.at("people").as_array()) {
        people.emplace(one.as_string());
    }
    EXPECT_EQ(people, (std::set<std::string>{"maria", "lucie"}));
    EXPECT_EQ(post(maria, "hand-over", R"({"person": "pablo"})").status, 422);
}

TEST_F(ConsoleCasework, WhoStepsBackFindsNothingOfItAnyMore) {
    add_mailbox();
    tests::run(io, desk->work("fair-food"));
    ASSERT_NE(ask_console("GET", "/api/v1/alerts", maria).body.find("7K4-921"), std::string::npos);
    EXPECT_EQ(post(maria, "recuse").status, 200);
    for (const char* what : {"", "/choices", "/notes", "/log", "/mailbox", "/consents"}) {
        EXPECT_EQ(ask_console("GET", of_case + what, maria).status, 404) << what;
    }
    for (const char* what : {"status", "take", "hand-over", "exclude", "notes", "replies"}) {
        EXPECT_EQ(post(maria, what, "{}").status, 404) << what;
    }
    const http::Response alerts = ask_console("GET", "/api/v1/alerts", maria);
    EXPECT_EQ(alerts.status, 200);
    EXPECT_EQ(alerts.body.find("7K4-921"), std::string::npos) << "not even its name";
    EXPECT_NE(ask_console("GET", "/api/v1/alerts", lucie).body.find("7K4-921"), std::string::npos);
    EXPECT_EQ(post(lucie, "readmit", R"({"person": "maria"})").status, 404) << "a supervisor does";
    EXPECT_EQ(post(jean, "readmit", R"({"person": "maria"})").status, 200);
    EXPECT_EQ(ask_console("GET", of_case, maria).status, 200);
}

TEST_F(ConsoleCasework, AYesThatIsTakenBackIsANoFromThenOnAndTheNumberIsErased) {
    agree(cases::Consent::employer);
    agree(cases::Consent::number);
    apply({{redis::Op::hset, keys.case_contact(case_id), {"mode", "relay", "number", "sealed"}},
           {redis::Op::hset, keys.case_facts(case_id), {"contact", "relay"}}});
    EXPECT_EQ(post(maria, "consents/withdraw", R"({"purpose": "buyer"})").status, 409) << "there was no yes";
    EXPECT_EQ(post(maria, "consents/withdraw", R"({"purpose": "all"})").status, 422);
    const http::Response done = post(maria, "consents/withdraw", R"({"purpose": "number"})");
    ASSERT_EQ(done.status, 200) << done.body;
    EXPECT_EQ(text_in(done, "contact"), "none");
    EXPECT_EQ(number({"EXISTS", keys.case_contact(case_id)}), 0);
    EXPECT_EQ(last().field("what"), "consent_withdrawn");
    EXPECT_EQ(last().field("who"), "maria");
    EXPECT_TRUE(json_of(post(maria, "consents/withdraw", R"({"purpose": "number"})")).at("before").as_bool());
    cases::ConsentBook book(*client);
    EXPECT_TRUE(tests::run(io, book.check("fair-food", case_id, cases::Consent::employer, far())))
        << "the others stay";
    EXPECT_FALSE(tests::run(io, book.check("fair-food", case_id, cases::Consent::number, far())));
    EXPECT_EQ(ask_console("POST", "/api/v1/cases/" + nobodys + "/consents/withdraw", maria,
                          R"({"purpose": "number"})")
                  .status,
              404);
}

TEST_F(ConsoleCasework, TheLogTellsWhoDidWhat) {
    ASSERT_EQ(post(lucie, "take").status, 200);
    const json::object log = json_of(ask_console("GET", of_case + "/log", jean));
    std::set<std::string> acts;
    for (const json::value& one : log.at("entries").as_array()) {
        acts.emplace(one.as_object().at("what").as_string());
    }
    EXPECT_TRUE(acts.contains("filed") && acts.contains("assigned"));
}

}  // namespace
}  // namespace rightsline::api
