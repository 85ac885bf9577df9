#include "gateway/api/api.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <fstream>
#include <map>
#include <utility>

#include "gateway/audit/entry.hpp"
#include "gateway/vault/local_vault.hpp"
#include "tests/gateway/vault/key_folder.hpp"
#include "tests/redis/fixture.hpp"
#include "tests/support/manual_clock.hpp"

namespace rightsline::api {
namespace {

const std::string case_id = "0123456789abcdef0123456789abcdef";
const std::string recording = "aaaabbbbccccddddaaaabbbbccccdddd";
const std::string nobody = "ffffffffffffffffffffffffffffffff";

class LocalApi : public redis::WithServer {
 protected:
    void SetUp() override {
        WithServer::SetUp();
        ASSERT_TRUE(tests::run(io, redis::load_functions(*client, redis::in(std::chrono::seconds(10)))));
        cases::CaseFacts facts;
        facts.id = case_id;
        facts.alias = "7K4-921";
        facts.status = "received";
        facts.language = "ht";
        facts.mode = "voice";
        facts.reason = "hang_up";
        facts.filed_hour = 3600;
        redis::Commit commit;
        commit.writes = cases::filing_writes(keys, facts);
        commit.writes.push_back({redis::Op::rpush, keys.case_parts(case_id), {"sealed bytes"}});
        commit.writes.push_back({redis::Op::sadd, keys.case_recordings(case_id), {recording}});
        ASSERT_TRUE(tests::run(io, redis::commit(*client, commit, redis::in(std::chrono::seconds(10)))));
        add_routes(router, {store,
                            desk,
                            late,
                            clock,
                            {"fair-food"},
                            [this](const std::string& id) { return folder.path() + "/" + id + ".sealed"; },
                            users,
                            *keeper});
    }
    http::Response get(const std::string& target, unsigned uid = getuid(), std::string peer = "") {
        http::Request request;
        request.method = "GET";
        request.target = target;
        request.peer_uid = uid;
        request.peer = std::move(peer);
        return tests::run(io, router.handle(request));
    }
    static boost::json::object json(const http::Response& response) {
        return boost::json::parse(response.body).as_object();
    }

    stores::Keyspace keys{"fair-food"};
    tests::TemporaryDirectory folder;
    support::ManualClock clock;
    std::unique_ptr<cases::CaseStore> made;
    http::Router router;
    redis::Client& of() { return *client; }
    struct Late final : redis::Client {  // the fixture makes its client in SetUp
        explicit Late(std::unique_ptr<redis::Client>& later) : to(later) {}
        redis::Awaitable<redis::Result<redis::Reply>> execute(redis::Command command,
                                                              redis::Deadline deadline) override {
            return to->execute(std::move(command), deadline);
        }
        bool connected() const override { return to->connected(); }
        redis::Traffic traffic() const override { return to->traffic(); }
        void close() override { to->close(); }
        std::unique_ptr<redis::Client>& to;
    } late{client};
    cases::CaseStore store{late};
    vault::KeyFolder key_folder;
    std::unique_ptr<vault::Vault> keeper = vault::make_vault(key_folder.keys());
    access::UserStore users{late, *keeper, clock};
    stores::PackShelf packs{late};  // empty: a list needs no script
    cases::CaseDesk desk{cases::CaseDeskServices{late, *keeper, clock, packs, {}, {}}};
};

TEST_F(LocalApi, ListsAndShowsWhatIsClearAndPartsAsTheyAreStored) {
    const auto list = json(get("/api/v1/cases"));
    EXPECT_EQ(list.at("program").as_string(), "fair-food");
    EXPECT_EQ(list.at("total").as_int64(), 1);
    EXPECT_TRUE(json(get("/api/v1/cases?skip=1")).at("cases").as_array().empty());
    ASSERT_EQ(list.at("cases").as_array().size(), 1U);
    EXPECT_EQ(list.at("cases").as_array()[0].as_object().at("alias").as_string(), "7K4-921");
    const auto shown = json(get("/api/v1/cases/" + case_id));
    EXPECT_EQ(shown.at("language").as_string(), "ht");
    EXPECT_EQ(shown.at("reason").as_string(), "hang_up");
    EXPECT_EQ(shown.at("contact").as_string(), "none");
    EXPECT_EQ(shown.at("parts").as_array()[0].as_string(), "c2VhbGVkIGJ5dGVz");
    EXPECT_EQ(shown.at("parts_total").as_int64(), 1);
    EXPECT_TRUE(json(get("/api/v1/cases/" + case_id + "?from=1")).at("parts").as_array().empty());
}

TEST_F(LocalApi, OnlyTheServersUserAndRootAreAnswered) {
    for (const char* target : {"/api/v1/cases", "/api/v1/cases/0123456789abcdef0123456789abcdef",
                               "/api/v1/cases/0123456789abcdef0123456789abcdef/recordings/"
                               "aaaabbbbccccddddaaaabbbbccccdddd"}) {
        const http::Response other = get(target, getuid() + 1);
        EXPECT_EQ(other.status, 403) << target;
        EXPECT_EQ(other.content_type, "application/problem+json");
        EXPECT_EQ(other.body.find("7K4"), std::string::npos);
        EXPECT_EQ(get(target, getuid(), "127.0.0.1").status, 403) << "not the local socket: " << target;
    }
    EXPECT_EQ(get("/api/v1/cases", 0).status, 200);
}

TEST_F(LocalApi, WhatIsNotThereIsAProblemDocument) {
    for (const char* target :
         {"/api/v1/cases/ffffffffffffffffffffffffffffffff", "/api/v1/cases/7K4-921", "/api/v1/cases/..",
          "/api/v1/cases?program=nobody",
          "/api/v1/cases/0123456789abcdef0123456789abcdef/recordings/ffffffffffffffffffffffffffffffff",
          "/api/v1/cases/0123456789abcdef0123456789abcdef/recordings/aaaabbbbccccddddaaaabbbbccccdddd",
          "/api/v1/cases/0123456789abcdef0123456789abcdef/recordings/..%2f..%2fetc%2fpasswd"}) {
        const http::Response missing = get(target);
        EXPECT_EQ(missing.status, 404) << target;
        if (missing.content_type == "application/problem+json") {
            EXPECT_EQ(json(missing).at("status").as_int64(), 404);
        }
    }
}

TEST_F(LocalApi, GivesASealedRecordingAsItLiesOnTheDisk) {
    std::ofstream(folder.path() + "/" + recording + ".sealed") << "sealed voice";
    const http::Response sealed = get("/api/v1/cases/" + case_id + "/recordings/" + recording);
    EXPECT_EQ(sealed.status, 200);
    EXPECT_EQ(sealed.body, "sealed voice");
}

TEST_F(LocalApi, GivesARecordingOfItsOwnCaseOnly) {
    std::ofstream(folder.path() + "/" + recording + ".sealed") << "sealed voice";
    EXPECT_EQ(get("/api/v1/cases/" + nobody + "/recordings/" + recording).status, 404);
}

TEST_F(LocalApi, SaysOfEachRecordingWhetherItIsHereOnItsWayOrPutAsideAndWhy) {
    const std::string coming(32, '1');
    const std::string too_long(32, '2');
    const std::string before(32, '3');  // an older build wrote its reason, without a word
    const std::string here_at_last(32, '4');
    redis::Commit commit;
    commit.writes = {
        {redis::Op::sadd, keys.case_recordings(case_id), {coming, too_long, before, here_at_last}},
        {redis::Op::zadd, keys.recordings(), {"5", coming, "5", too_long, "5", before, "5", here_at_last}},
        {redis::Op::hset,
         keys.recordings_aside(),
         {too_long, "too_long: it is larger than 8 MiB", before, "the provider no longer has it",
          here_at_last, "copy_left: it is safe here"}}};
    ASSERT_TRUE(tests::run(io, redis::commit(*client, commit, redis::in(std::chrono::seconds(10)))));
    std::ofstream(folder.path() + "/" + here_at_last + ".sealed") << "sealed voice";
    const auto states = [&] {
        std::map<std::string, std::string> all;
        const auto shown = json(get("/api/v1/cases/" + case_id));
        for (const boost::json::value& one : shown.at("recordings").as_array()) {
            const boost::json::object& state = one.as_object();
            all[std::string(state.at("id").as_string())] =
                std::string(state.at("state").as_string()) + " " + std::string(state.at("why").as_string());
        }
        return all;
    };
    const std::map<std::string, std::string> expected{{coming, "on_its_way "},
                                                      {too_long, "put_aside too_long"},
                                                      {before, "put_aside other"},
                                                      {here_at_last, "here "},
                                                      {recording, "lost "}};
    EXPECT_EQ(states(), expected);
    ask({"SREM", keys.case_recordings(case_id), too_long, before, coming, recording, here_at_last});
    EXPECT_TRUE(states().empty()) << "what was deleted is not told of";
}

TEST_F(LocalApi, WhoReadsContentStandsInTheAuditAndWhoLooksAtTheListDoesNot) {
    std::ofstream(folder.path() + "/" + recording + ".sealed") << "sealed voice";
    const std::int64_t before = number({"XLEN", keys.audit()});
    get("/api/v1/cases");
    get("/api/v1/cases/" + nobody);
    get("/api/v1/cases/" + case_id, getuid() + 1);
    EXPECT_EQ(number({"XLEN", keys.audit()}), before);
    get("/api/v1/cases/" + case_id, 0);
    get("/api/v1/cases/" + case_id + "/recordings/" + recording);
    const auto entries = audit::read_entries(ask({"XRANGE", keys.audit(), "-", "+"}));
    ASSERT_TRUE(entries && std::cmp_equal(entries->size(), before + 2));
    const audit::Entry& read = (*entries)[entries->size() - 2];
    EXPECT_EQ(read.field("what"), "case_read");
    EXPECT_EQ(read.field("case"), case_id);
    EXPECT_EQ(read.field("who"), "uid:0");
    EXPECT_EQ(entries->back().field("what"), "recording_read");
    EXPECT_EQ(entries->back().field("who"), "uid:" + std::to_string(getuid()));
    EXPECT_EQ(text({"HGET", keys.case_facts(case_id), "acts"}), "3");
}

TEST_F(LocalApi, WhatCannotBeWrittenIntoTheAuditIsNotRead) {
    std::ofstream(folder.path() + "/" + recording + ".sealed") << "sealed voice";
    ask({"FUNCTION", "FLUSH"});
    EXPECT_EQ(get("/api/v1/cases/" + case_id).status, 503);
    EXPECT_EQ(get("/api/v1/cases/" + case_id + "/recordings/" + recording).status, 503);
}

TEST_F(LocalApi, OddLimitsAreBoundedAndAStoreThatIsGoneSaysSo) {
    for (const char* limit : {"0", "-5", "1000000", "x", ""}) {
        EXPECT_EQ(get(std::string("/api/v1/cases?limit=") + limit).status, 200) << limit;
    }
    client->close();
    EXPECT_EQ(get("/api/v1/cases").status, 503);
}

}  // namespace
}  // namespace rightsline::api
