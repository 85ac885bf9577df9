// What somebody of the team enters for a worker: sealed as a report is, with a code of the worker's own, told once.
#include "gateway/api/intake_routes.hpp"

#include <gmock/gmock.h>

#include <ctime>

#include "gateway/cases/epoch_lock.hpp"
#include "gateway/vault/epoch.hpp"
#include "tests/gateway/api/casework_api.hpp"

namespace rightsline::api {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
namespace json = boost::json;

class IntakeApi : public CaseworkApi {
 protected:
    inline static const std::string fresh = "ffffffffffffffffffffffffffffffff";

    void SetUp() override {
        CaseworkApi::SetUp();
        intake = std::make_unique<cases::IntakeDesk>(cases::IntakeServices{
            *client, *vault, clock, *packs, *desk,
            [this](Deadline deadline) -> Awaitable<Result<cases::FreshCode>> {
                Result<conversations::ReadyCode> ready = co_await stock->take_code(deadline);
                if (!ready) {
                    co_return ready.error();
                }
                co_return cases::FreshCode{locales::PrivateText(ready->code.reveal()), ready->index,
                                           ready->mailbox};
            },
            [this](std::string program, Deadline deadline) {
                return stock->take_alias(std::move(program), deadline);
            }});
        add_intake_routes(router, {*intake, *desk, clock, {"fair-food"}, *users, *client});
    }
    std::string sealed(const std::string& text, const std::string& of = fresh) {
        const flows::Part part{"story", locales::PrivateText(text), "", flows::Seconds{0}};
        return ops::to_base64(cases::seal_part(public_key, "fair-food", of, part, 5));
    }
    json::object entry() {
        return {{"id", fresh},
                {"language", "en"},
                {"family", "force"},
                {"parts", json::array{json::value(sealed("canary of the foreman"))}},
                {"as", "maria"}};
    }
    /// Somebody has taken a caller, as the desk of hand-offs writes it.
    void takes(const std::string& who, const std::string& call, const char* what = "call_taken") {
        ask({"XADD", keys.audit(), "*", "what", what, "who", who, "how", call, "why", "12"});
    }
    json::object entry_of(const std::string& call, const std::string& as = "maria",
                          const std::string& id = fresh) {
        json::object body = entry();
        body["id"] = id;
        body["parts"] = json::array{json::value(sealed("canary of the foreman", id))};
        body["call"] = call;
        body["as"] = as;
        return body;
    }
    http::Response enter(const json::object& body) { return ask_for("POST", "/api/v1/cases", body); }
    /// What a worker hears who comes back with that code, from a phone that we never saw.
    std::string returns_with(const std::string& typed) {
        for (const char* words : {"MENU", "1", "2", "3"}) {
            say(text("SM" + std::to_string(++told), words, "+15005550177"));
        }
        return say(text("SM" + std::to_string(++told), typed, "+15005550177"));
    }

    inline static const std::string second = "eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee";
    std::unique_ptr<cases::IntakeDesk> intake;
};

TEST_F(IntakeApi, AsksTheProgramsOwnQuestions) {
    const json::object form = got(ask_for("GET", "/api/v1/intake?language=es"));
    EXPECT_EQ(form.at("language").as_string(), "es");
    EXPECT_FALSE(form.at("families").as_array().empty());
    ASSERT_GE(form.at("questions").as_array().size(), 2U);
    const json::object& first = form.at("questions").as_array().front().as_object();
    EXPECT_EQ(first.at("name").as_string(), "story");
    EXPECT_TRUE(first.at("needed").as_bool());
    EXPECT_EQ(ask_for("GET", "/api/v1/intake?language=xx").status, 422);
}

TEST_F(IntakeApi, TellsAWrongNameBeforeAnythingIsAsked) {
    EXPECT_EQ(ask_for("GET", "/api/v1/intake?language=en&as=maria").status, 200);
    access::User lucie;
    lucie.name = "lucie";
    lucie.grants.give("fair-food", access::Role::monitor);
    ASSERT_TRUE(tests::run(io, users->add(std::move(lucie), "uid:0", far())));
    EXPECT_EQ(ask_for("GET", "/api/v1/intake?language=en&as=lucie").status, 200);
    const http::Response refused = ask_for("GET", "/api/v1/intake?language=en&as=nosuch");
    EXPECT_NE(refused.status, 200);
    EXPECT_NE(refused.body.find("nobody on the roster or among its users has this name"), std::string::npos)
        << refused.body;
}

TEST_F(IntakeApi, BecomesACaseOfTheWorkersOwnThatSaysWhoEnteredIt) {
    const json::object answer = got(enter(entry()));
    const json::object whole = got(ask_for("GET", "/api/v1/cases/" + fresh));
    EXPECT_EQ(whole.at("alias"), answer.at("alias"));
    EXPECT_EQ(whole.at("entered_by").as_string(), "maria");
    EXPECT_EQ(whole.at("mode").as_string(), "operator");
    EXPECT_EQ(whole.at("contact").as_string(), "none");
    EXPECT_EQ(whole.at("urgency").as_string(), "P1");  // of its family
    std::string stored = WithServer::text({"LINDEX", keys.case_parts(fresh), "0"});
    EXPECT_TRUE(vault::lock_of(stored)) << "it opens no more when the key of its month is gone";
    const std::string context = cases::part_context("fair-food", fresh);
    const auto sealed_part = tests::run(io, cases::unlock_one(*vault, context, std::move(stored)));
    const auto part = cases::open_part(private_key(), "fair-food", fresh, sealed_part.value());
    ASSERT_TRUE(part) << part.error().message();
    EXPECT_EQ(part->text, "canary of the foreman");
    EXPECT_TRUE(vault::lock_of(WithServer::text({"GET", keys.mailbox(fresh)})));
    EXPECT_EQ(number({"ZCARD", keys.alerts()}), 2) << "its alert, beside the other case's";
}

TEST_F(IntakeApi, ItsWorkerComesBackWithTheCodeAndNobodyElseGetsIt) {
    const http::Response first = enter(entry());
    const std::string code(got(first).at("code").as_string());
    EXPECT_EQ(code.size(), 12U);
    const http::Response second = enter(entry());
    EXPECT_EQ(second.status, 409) << second.body;
    EXPECT_THAT(second.body, Not(HasSubstr(code)));
    const http::Response whole = ask_for("GET", "/api/v1/cases/" + fresh);
    EXPECT_THAT(whole.body, Not(HasSubstr(code)));
    EXPECT_THAT(returns_with(code), HasSubstr("We have your report."));
}

TEST_F(IntakeApi, TheAuditSaysWhoEnteredItAndNothingElse) {
    got(enter(entry()));
    const auto all = audit::read_entries(ask({"XRANGE", keys.audit(), "-", "+"}));
    const auto filed =
        std::ranges::find_if(*all, [](const audit::Entry& one) { return one.field("case") == fresh; });
    ASSERT_NE(filed, all->end());
    EXPECT_EQ(filed->field("what"), "filed");
    EXPECT_EQ(filed->field("who"), "maria");
    EXPECT_EQ(filed->field("how"), "operator");
}

TEST_F(IntakeApi, WhoTookACallEntersItsReportAndTheCaseSaysSo) {
    takes("maria", "3fa9c2d1");
    const json::object answer = got(enter(entry_of("3fa9c2d1")));
    EXPECT_EQ(std::string(answer.at("code").as_string()).size(), 12U);
    const json::object whole = got(ask_for("GET", "/api/v1/cases/" + fresh));
    EXPECT_EQ(whole.at("entered_by").as_string(), "maria");
    const std::int64_t hour = whole.at("call_hour").as_int64();
    EXPECT_EQ(hour % 3600, 0) << "no more than the hour";
    EXPECT_LT(std::time(nullptr) - hour, 2 * 3600);
    const auto all = audit::read_entries(ask({"XRANGE", keys.audit(), "-", "+"}));
    const auto filed =
        std::ranges::find_if(*all, [](const audit::Entry& one) { return one.field("case") == fresh; });
    ASSERT_NE(filed, all->end());
    EXPECT_EQ(filed->field("why"), "call");
    for (const auto& [name, value] : filed->fields) {
        EXPECT_THAT(value, Not(HasSubstr("3fa9c2d1")))
            << "which call it was is kept for two days, and not here";
    }
    EXPECT_GT(number({"TTL", keys.report_of_call("3fa9c2d1")}), 24 * 3600);
    EXPECT_LE(number({"TTL", keys.report_of_call("3fa9c2d1")}), 48 * 3600);
}

TEST_F(IntakeApi, ACallHasOneReportAndWhoComesSecondIsToldWhich) {
    takes("maria", "3fa9c2d1");
    takes("jean", "3fa9c2d1", "call_taken_over");
    const std::string alias(got(enter(entry_of("3fa9c2d1"))).at("alias").as_string());
    for (const char* who : {"maria", "jean"}) {
        const http::Response refused = enter(entry_of("3fa9c2d1", who, second));
        EXPECT_EQ(refused.status, 409);
        EXPECT_THAT(refused.body, HasSubstr(alias));
    }
    EXPECT_EQ(number({"EXISTS", keys.case_facts(second), keys.case_parts(second), keys.mailbox(second)}), 0);
    const http::Response again = enter(entry_of("3fa9c2d1"));
    EXPECT_THAT(again.body, HasSubstr("this report is there already")) << "the very same one is asked again";
    ask({"DEL", keys.case_facts(fresh)});
    const http::Response deleted = enter(entry_of("3fa9c2d1", "maria", second));
    EXPECT_EQ(deleted.status, 409) << "its worker deleted it: nobody enters it anew";
    EXPECT_THAT(deleted.body, HasSubstr("deleted since"));
}

TEST_F(IntakeApi, OfACallThatTheyDidNotTakeNobodyEntersAReport) {
    takes("jean", "3fa9c2d1");
    const http::Response others = enter(entry_of("3fa9c2d1"));
    EXPECT_EQ(others.status, 409);
    EXPECT_THAT(others.body, HasSubstr("taken by jean"));
    const http::Response none = enter(entry_of("00000000"));
    EXPECT_EQ(none.status, 422);
    EXPECT_THAT(none.body, HasSubstr("nobody took a call of this name"));
    EXPECT_THAT(enter(entry_of("3fa9c2d1", "")).body, HasSubstr("say who that is"));
    EXPECT_EQ(number({"EXISTS", keys.case_facts(fresh), keys.report_of_call("3fa9c2d1")}), 0);
}

TEST_F(IntakeApi, TheFormTellsTheCallsThatWhoeverAsksTookAndWhatWasEnteredOfThem) {
    takes("maria", "3fa9c2d1");
    takes("jean", "11111111");
    takes("maria", "22222222", "call_taken_over");
    takes("maria", "33333333", "call_rung");
    takes("maria", "3fa9c2d1", "call_ended");
    const std::string alias(got(enter(entry_of("3fa9c2d1"))).at("alias").as_string());
    const json::array calls =
        got(ask_for("GET", "/api/v1/intake?language=en&as=maria")).at("calls").as_array();
    ASSERT_EQ(calls.size(), 2U) << "the newest first";
    EXPECT_EQ(json::serialize(got(ask_for("GET", "/api/v1/intake?language=en&as=maria")).at("colleagues")),
              R"(["jean","ana"])");
    EXPECT_EQ(calls[0].at("call").as_string(), "22222222");
    EXPECT_TRUE(calls[0].at("report").is_null());
    EXPECT_FALSE(calls[0].at("over").as_bool());
    EXPECT_TRUE(calls[1].at("over").as_bool());
    EXPECT_EQ(calls[1].at("call").as_string(), "3fa9c2d1");
    EXPECT_EQ(calls[1].at("report").as_string(), alias);
    EXPECT_TRUE(got(ask_for("GET", "/api/v1/intake?language=en")).at("calls").as_array().empty());
    const auto real = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
    clock.advance(real.time_since_epoch() - clock.now().time_since_epoch() + std::chrono::hours(25));
    EXPECT_TRUE(got(ask_for("GET", "/api/v1/intake?language=en&as=maria")).at("calls").as_array().empty())
        << "those of the last day";
    EXPECT_EQ(enter(entry_of("22222222", "maria", second)).status, 422);
    ask({"DEL", keys.audit()});
    ask({"SET", keys.audit(), "which cannot be read"});
    EXPECT_TRUE(got(ask_for("GET", "/api/v1/intake?language=en&as=maria")).at("calls").as_array().empty())
        << "what is told is written down all the same";
}

TEST_F(IntakeApi, WhoIsInDangerWakesEverybodyWhateverItIsAbout) {
    json::object body = entry();
    body["family"] = "wages";
    body["danger"] = true;
    EXPECT_EQ(got(enter(body)).at("urgency").as_string(), "P1");
}

TEST_F(IntakeApi, WhatCannotBeAReportIsRefusedAndLeavesNothing) {
    const auto with = [&](const char* name, json::value value) {
        json::object body = entry();
        body[name] = std::move(value);
        return enter(body).status;
    };
    EXPECT_EQ(with("id", "7K4-921"), 422);
    EXPECT_EQ(with("language", "xx"), 422);
    EXPECT_EQ(with("family", "weather"), 422);
    EXPECT_EQ(with("as", "she said: he hit me"), 422);
    EXPECT_EQ(with("parts", json::array{}), 422);
    EXPECT_EQ(with("parts", json::array{json::value("he hit me")}), 422);
    EXPECT_EQ(with("parts", json::array{json::value(ops::to_base64("he hit me"))}), 422);
    EXPECT_EQ(with("parts", json::array(cases::most_entered_parts + 1, json::value(sealed("x")))), 422);
    EXPECT_EQ(number({"EXISTS", keys.case_facts(fresh), keys.case_parts(fresh), keys.mailbox(fresh)}), 0);
}

TEST(IntakeForm, OfEachShippedProgramAsksWhatHappened) {
    for (const char* program : {"fair-food", "lesotho-gbvh", "milk-with-dignity"}) {
        const flows::Compiled compiled = flows::compile(flows::tests::shipped(program));
        ASSERT_NE(compiled.pack, nullptr) << program;
        for (std::size_t i = 0; i < compiled.pack->languages.size(); ++i) {
            if (compiled.pack->message_only[i]) {
                continue;
            }
            const auto form = cases::intake_form(*compiled.pack, compiled.pack->languages[i].str());
            ASSERT_TRUE(form) << program;
            EXPECT_FALSE(form->families.empty()) << program;
            ASSERT_FALSE(form->questions.empty()) << program;
            EXPECT_EQ(std::ranges::count_if(form->questions, &cases::IntakeQuestion::needed), 1) << program;
            for (const cases::IntakeQuestion& one : form->questions) {
                EXPECT_NE(one.words, "") << program << " " << one.name;
                const std::size_t end = one.words.find_first_of(".?!");
                EXPECT_TRUE(end == std::string::npos || end + 1 == one.words.size())
                    << program << ": what is read out is the question alone: " << one.words;
            }
        }
    }
}

}  // namespace
}  // namespace rightsline::api
