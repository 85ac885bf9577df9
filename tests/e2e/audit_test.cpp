// The audit of a server that runs: written, sealed, verified from outside, and tampered with.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <filesystem>

#include "tests/e2e/journeys.hpp"
#include "tests/support/command.hpp"

namespace rightsline::tests {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Audited : public testing::Test {
 protected:
    using Words = std::vector<std::string>;

    static HotlineWishes wishes(const RedisServer& store) {
        HotlineWishes wishes;
        wishes.redis = store.url();
        wishes.environment = {"RIGHTSLINE_redis__keeper_url=" + store.url()};
        return wishes;
    }
    Ran run(Words words) const {
        words.insert(words.begin(), hotline.program());
        words.insert(words.end(), {"--socket", hotline.path("state/api.sock")});
        return run_command(words);
    }
    Ran verify(Words more = {}) const {
        more.insert(more.begin(), {"audit", "verify"});
        return run(std::move(more));
    }
    std::string redis(Words words) const {
        words.insert(words.begin(), {"redis-cli", "-s", store.socket()});
        return run_command(words).out;
    }
    /// What `audit verify --json` says of the only program, when nothing waits any more.
    boost::json::object sealed() const {
        boost::json::object said;
        EXPECT_TRUE(eventually([&] {
            const Ran asked = verify({"--json"});
            if (asked.out.empty()) {
                return false;  // told to ask again: it is shed first when the machine is slow
            }
            said = boost::json::parse(asked.out).at("programs").at(0).as_object();
            return said.at("blocks").to_number<int>() > 0 && said.at("waiting").to_number<int>() == 0;
        }));
        return said;
    }

    RedisServer store;
    Hotline hotline{wishes(store)};
};

TEST_F(Audited, IsWholeAndItsHeadIsRecognizedLater) {
    report_by_text(hotline.phone("+13055550170"), "me deben dos semanas");
    const boost::json::object said = sealed();
    EXPECT_TRUE(said.at("whole").as_bool());
    const std::string head(said.at("head").as_string());
    const Ran plain = verify();
    EXPECT_EQ(plain.code, 0) << plain.err;
    EXPECT_THAT(plain.out, HasSubstr("fair-food: head " + head));
    fs::copy_file(hotline.path("keys/audit.1.pub"), hotline.path("kept.pub"));
    hotline.show(std::string(hotline.cases().at(0).at("alias").as_string()));
    EXPECT_THAT(redis({"XRANGE", "{fair-food}:au", "-", "+"}), HasSubstr("case_read"));
    sealed();
    const Ran later = verify({"--key", hotline.path("kept.pub"), "--head", head});
    EXPECT_EQ(later.code, 0) << later.out << later.err;
    EXPECT_EQ(run({"fsck"}).code, 0);
}

TEST_F(Audited, WhoTookAnEntryOutIsFoundByVerifyAndByFsck) {
    report_by_text(hotline.phone("+13055550171"), "no nos dan agua");
    sealed();
    const std::string range = redis({"XRANGE", "{fair-food}:au", "-", "+", "COUNT", "1"});
    redis({"XDEL", "{fair-food}:au", range.substr(0, range.find('\n'))});
    const Ran found = verify();
    EXPECT_EQ(found.code, 1);
    EXPECT_THAT(found.out, HasSubstr("entries_missing: block 1, entries "));
    EXPECT_THAT(found.err, HasSubstr("NOT whole"));
    const Ran checked = run({"fsck"});
    EXPECT_EQ(checked.code, 1);
    EXPECT_THAT(checked.out, HasSubstr("audit_broken fair-food"));
    EXPECT_THAT(checked.out, HasSubstr("case_not_in_audit"));
}

TEST_F(Audited, AnEndThatWasCutOffIsFoundByWhoRemembersTheHead) {
    report_by_text(hotline.phone("+13055550172"), "no nos dan agua");
    const std::string head(sealed().at("head").as_string());
    hotline.server().kill();
    redis({"DEL", "{fair-food}:au", "{fair-food}:ab", "{fair-food}:ah"});
    hotline.server().start();
    const Ran blind = verify();
    EXPECT_EQ(blind.code, 0) << "nothing is nothing: " << blind.out;
    const Ran found = verify({"--head", head});
    EXPECT_EQ(found.code, 1);
    EXPECT_THAT(found.out, HasSubstr("cut_short"));
}

TEST_F(Audited, KeysFromBeforeThereWasOneServeAndTheNextOneSealsWhatWasWritten) {
    hotline.server().kill();
    fs::remove(hotline.path("keys/audit.1.key"));
    fs::remove(hotline.path("keys/audit.1.pub"));
    EXPECT_THAT(run_command({hotline.program(), "check", hotline.path("rightsline.yaml")}).out,
                HasSubstr("no-audit-key"));
    hotline.server().start();
    report_by_text(hotline.phone("+13055550173"), "no nos dan agua");
    EXPECT_THAT(hotline.server().log(), HasSubstr("audit_key_missing"));
    EXPECT_EQ(verify().code, 78);
    EXPECT_EQ(run_command({hotline.program(), "key", "add-audit", "--keys-dir", hotline.path("keys")}).code,
              0);
    hotline.server().kill();
    hotline.server().start();
    EXPECT_TRUE(sealed().at("whole").as_bool());
    EXPECT_EQ(run({"fsck"}).code, 0);
}

TEST_F(Audited, WhatCannotBeReadIsSaidInWords) {
    EXPECT_EQ(verify({"--head", "yesterday"}).code, 65);
    const Ran no_key = verify({"--key", hotline.path("keys/pepper.key")});
    EXPECT_EQ(no_key.code, 65);
    EXPECT_THAT(no_key.err, HasSubstr("audit.1.pub"));
    EXPECT_EQ(verify({"--program", "nobody"}).code, 65);
    fs::remove(hotline.path("keys/audit.1.pub"));
    const Ran none = verify();
    EXPECT_EQ(none.code, 78);
    EXPECT_THAT(none.err, HasSubstr("rightsline key add-audit"));
}

}  // namespace
}  // namespace rightsline::tests
