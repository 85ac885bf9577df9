#include "gateway/api/reply_routes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/json.hpp>

#include "gateway/ops/base64.hpp"
#include "tests/gateway/conversations/house.hpp"
#include "tests/gateway/conversations/shipped_pack.hpp"

namespace rightsline::api {
namespace {

using testing::HasSubstr;

const std::string case_id = "0123456789abcdef0123456789abcdef";

class ReplyRoute : public conversations::WithTurns {
 protected:
    void SetUp() override {
        WithTurns::SetUp();
        file_case(case_id);
        apply({{redis::Op::set, keys.mailbox(case_id), {mailbox}}});
        store = std::make_unique<cases::CaseStore>(*client);
        desk = std::make_unique<cases::CaseDesk>(
            cases::CaseDeskServices{*client,
                                    *vault,
                                    clock,
                                    *packs,
                                    {{"fair-food", public_key}},
                                    {{"fair-food", {{"maria", "jean"}, {}}}}});
        users = std::make_unique<access::UserStore>(*client, *vault, clock);
        add_reply_routes(router, {*store,
                                  *client,
                                  clock,
                                  {"fair-food"},
                                  [this](const std::string& of) { return packs->active(of); },
                                  *desk,
                                  *users});
    }
    http::Response ask_api(const char* method, const std::string& target, std::string body = "",
                           unsigned uid = getuid()) {
        http::Request request;
        request.method = method;
        request.target = target;
        request.body = std::move(body);
        request.peer_uid = uid;
        return tests::run(io, router.handle(request));
    }
    http::Response post(const cases::Reply& reply, const std::string& id = case_id,
                        const std::string& as = "") {
        return ask_api(
            "POST", "/api/v1/cases/" + id + "/replies",
            boost::json::serialize(boost::json::object{{"id", reply.id},
                                                       {"as", as},
                                                       {"for_circle", ops::to_base64(reply.for_circle)},
                                                       {"for_mailbox", ops::to_base64(reply.for_mailbox)}}));
    }
    cases::Reply sealed(const std::string& words) const {
        return cases::seal_reply(public_key, vault::mailbox_key(mailbox).value(), "fair-food", case_id,
                                 {words, "uid:1000", 1});
    }
    std::string waiting() { return text({"HGET", keys.case_facts(case_id), "replies"}); }

    static std::string new_mailbox() {
        const vault::SecretBytes opener(32);
        return vault::lock_mailbox(opener, vault::fresh_mailbox());
    }
    std::string mailbox = new_mailbox();
    std::unique_ptr<cases::CaseStore> store;
    std::unique_ptr<cases::CaseDesk> desk;
    std::unique_ptr<access::UserStore> users;
    http::Router router;
};

TEST_F(ReplyRoute, GivesWhatAReplyIsSealedToAndWhatMustNotStandInIt) {
    const auto to =
        boost::json::parse(ask_api("GET", "/api/v1/cases/" + case_id + "/mailbox").body).as_object();
    const vault::MailboxPublicKey key = vault::mailbox_key(mailbox).value();
    EXPECT_EQ(to.at("mailbox").as_string(),
              ops::to_base64({reinterpret_cast<const char*>(key.data()), key.size()}));
    EXPECT_EQ(vault::parse_public_key(to.at("circle").as_string())->key, public_key.key);
    EXPECT_EQ(to.at("dangerous_words").as_array().at(0).as_string(), "union");
    EXPECT_EQ(to.at("alias").as_string(), "7K4-921");
}

TEST_F(ReplyRoute, SaysWhetherItsWorkerWasToldTheNumberThatOpensIt) {
    const auto told = [this] {
        return boost::json::parse(ask_api("GET", "/api/v1/cases/" + case_id + "/mailbox").body)
            .at("number_told")
            .as_bool();
    };
    EXPECT_TRUE(told()) << "one from before this was kept";
    ask({"HSET", keys.case_facts(case_id), "untold", "1"});
    EXPECT_FALSE(told());
    apply({cases::number_told(keys, case_id)});
    EXPECT_TRUE(told());
}

TEST_F(ReplyRoute, OffersTheProgramsAnswersAsTheWorkerGetsThemAndSaysHowACallSaysThem) {
    start(conversations::shipped_bundle());
    ask({"HSET", keys.case_facts(case_id), "language", "ht"});
    const auto offered = [this] {
        return boost::json::parse(ask_api("GET", "/api/v1/cases/" + case_id + "/mailbox").body)
            .at("answers")
            .as_array();
    };
    const flows::PackPtr pack = packs->active("fair-food");
    ASSERT_EQ(offered().size(), pack->answers.size());
    const boost::json::object first = offered().at(0).as_object();
    EXPECT_EQ(first.at("key").as_string(), pack->answers[0].key);
    EXPECT_EQ(first.at("name").as_string(), pack->text(0, pack->answers[0].say).text({}));
    EXPECT_EQ(first.at("words").as_string(), pack->text(2, pack->answers[0].say).text({}));
    EXPECT_EQ(first.at("heard").as_string(), "nothing") << "no recording, and no machine speaks it";
    ask({"HSET", keys.case_facts(case_id), "language", "es"});
    EXPECT_EQ(offered().at(0).at("heard").as_string(), "machine");
}

TEST_F(ReplyRoute, TakesAReadyAnswerAsAnyReplyAndCannotTellThatItIsOne) {
    const cases::Reply written = sealed("We read it. Which day was it?");
    const cases::Reply picked =
        cases::seal_reply(public_key, vault::mailbox_key(mailbox).value(), "fair-food", case_id,
                          {"Please tell us more.", "uid:1000", 1, "more"});
    EXPECT_EQ(post(picked).status, 200);
    EXPECT_EQ(picked.for_circle.size(), written.for_circle.size());
    EXPECT_EQ(picked.for_mailbox.size(), written.for_mailbox.size());
    for (const std::string& key : keys_like("*")) {
        EXPECT_EQ(key.find("more"), std::string::npos) << key;
    }
}

TEST_F(ReplyRoute, KeepsAReplyOnceWithItsEntry) {
    const cases::Reply reply = sealed("We read it.");
    EXPECT_EQ(post(reply).status, 200);
    EXPECT_EQ(post(reply).status, 200);
    EXPECT_EQ(waiting(), "1");
    EXPECT_EQ(number({"LLEN", keys.replies(case_id)}), 1);
    const auto kept = tests::run(io, store->replies("fair-food", case_id, far()));
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->front().reply.for_circle, reply.for_circle);
    EXPECT_EQ(kept->front().read_hour, 0);
    const redis::Reply entries = ask({"XREVRANGE", keys.audit(), "+", "-", "COUNT", "1"});
    const auto& fields = *entries.array()->at(0).array()->at(1).array();
    EXPECT_EQ(*fields.at(1).string(), "replied");
    EXPECT_EQ(*fields.at(5).string(), "uid:" + std::to_string(getuid()));
}

TEST_F(ReplyRoute, WhoeverWritesIsOfTheRosterOrAUserAndNotKeptOut) {
    access::User lucie;
    lucie.name = "lucie";
    lucie.grants.give("fair-food", access::Role::monitor);
    ASSERT_TRUE(tests::run(io, users->add(std::move(lucie), "uid:0", far())));
    for (const char* name : {"maria", "lucie"}) {
        ASSERT_EQ(post(sealed("We read it."), case_id, name).status, 200) << name;
        const redis::Reply entries = ask({"XREVRANGE", keys.audit(), "+", "-", "COUNT", "1"});
        EXPECT_EQ(*entries.array()->at(0).array()->at(1).array()->at(5).string(), name);
    }
    const http::Response stranger = post(sealed("We read it."), case_id, "mallory");
    EXPECT_EQ(stranger.status, 422);
    EXPECT_NE(stranger.body.find("there are maria, jean, lucie"), std::string::npos) << stranger.body;
    ASSERT_TRUE(
        tests::run(io, desk->change("fair-food", case_id, {"uid:0", ""}, cases::Exclude{"jean"}, far())));
    EXPECT_EQ(post(sealed("We read it."), case_id, "jean").status, 409);
    EXPECT_EQ(waiting(), "2");
}

TEST_F(ReplyRoute, RefusesWhatIsNotSealedToBothKeys) {
    cases::Reply plain = sealed("x");
    plain.for_mailbox = "We read it.";
    cases::Reply crossed = sealed("x");
    std::swap(crossed.for_circle, crossed.for_mailbox);
    cases::Reply other = sealed("x");
    other.for_mailbox = vault::seal_to_mailbox(vault::mailbox_key(new_mailbox()).value(), "c", "x");
    cases::Reply long_one = sealed(std::string(9000, 'a'));
    cases::Reply nameless = sealed("x");
    nameless.id = "1";
    for (const cases::Reply& bad : {plain, crossed, other, long_one, nameless}) {
        EXPECT_EQ(post(bad).status, 422);
    }
    for (const char* body : {"", "[]", "{", "{\"id\": 1}"}) {
        EXPECT_EQ(ask_api("POST", "/api/v1/cases/" + case_id + "/replies", body).status, 422);
    }
    EXPECT_EQ(number({"EXISTS", keys.replies(case_id)}), 0);
}

TEST_F(ReplyRoute, SaysThatACaseHasNoMailbox) {
    ask({"DEL", keys.mailbox(case_id)});
    const http::Response none = ask_api("GET", "/api/v1/cases/" + case_id + "/mailbox");
    EXPECT_EQ(none.status, 409);
    EXPECT_THAT(none.body, HasSubstr("has no mailbox"));
    EXPECT_EQ(post(sealed("x")).status, 409);
}

TEST_F(ReplyRoute, AnswersNobodyElseAndOfNoOtherCase) {
    const std::string target = "/api/v1/cases/" + case_id + "/mailbox";
    EXPECT_EQ(ask_api("GET", target, "", getuid() + 1).status, 403);
    EXPECT_EQ(ask_api("POST", "/api/v1/cases/" + case_id + "/replies", "{}", getuid() + 1).status, 403);
    EXPECT_EQ(post(sealed("x"), std::string(32, 'f')).status, 404);
    EXPECT_EQ(post(sealed("x"), "7K4-921").status, 404);
}

}  // namespace
}  // namespace rightsline::api
