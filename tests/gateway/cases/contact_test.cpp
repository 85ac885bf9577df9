#include "gateway/cases/contact.hpp"

#include <gtest/gtest.h>

#include <memory>

#include "gateway/cases/case_store.hpp"
#include "gateway/stores/error.hpp"
#include "gateway/vault/local_vault.hpp"
#include "tests/gateway/vault/key_folder.hpp"
#include "tests/redis/fixture.hpp"

namespace rightsline::cases {
namespace {

constexpr const char* number_of_theirs = "+15005550142";

class Contact : public redis::WithServer {
 protected:
    void SetUp() override {
        WithServer::SetUp();
        ASSERT_TRUE(tests::run(io, redis::load_functions(*client, far())));
        vault = vault::make_vault(folder.keys());
        book = std::make_unique<ContactBook>(*client, *vault);
        CaseFacts facts;
        facts.id = "aa";
        facts.alias = "7K4-921";
        facts.status = "received";
        facts.language = "es";
        apply(filing_writes(keys, facts));
    }
    static redis::Deadline far() { return redis::in(std::chrono::seconds(10)); }
    bool apply(std::vector<redis::Write> writes) {
        redis::Commit commit;
        commit.writes = std::move(writes);
        const auto done = tests::run(io, redis::commit(*client, commit, far()));
        EXPECT_TRUE(done);
        return done && done->outcome == redis::Committed::Outcome::committed;
    }
    std::string seal(const std::string& case_id) {
        std::vector<vault::SealRequest> requests;
        requests.push_back({vault::Purpose::number, number_context("fair-food", case_id), number_of_theirs});
        return tests::run(io, vault->seal(std::move(requests)))->front();
    }
    bool ask_for(ContactMode mode, const std::string& hours = "", const std::string& case_id = "aa") {
        const bool keeps = mode != ContactMode::none;
        return apply(contact_writes(
            keys, case_id, {mode, "+15005550006", hours, keeps ? seal(case_id) : std::string()}, false));
    }
    Result<Reach> reach(const std::string& case_id = "aa") {
        return tests::run(io, book->reach("fair-food", case_id, far()));
    }
    std::string kept_number() {
        const auto number = tests::run(io, book->number("fair-food", "aa", far()));
        return number && *number ? (*number)->reveal() : "";
    }
    std::string word() {
        CaseStore store(*client);
        return tests::run(io, store.facts("fair-food", "aa", far()))->contact;
    }

    stores::Keyspace keys{"fair-food"};
    vault::KeyFolder folder;
    std::unique_ptr<vault::Vault> vault;
    std::unique_ptr<ContactBook> book;
};

TEST_F(Contact, IsNoneUntilTheWorkerAsks) {
    ASSERT_TRUE(reach());
    EXPECT_EQ(reach()->mode, ContactMode::none);
    EXPECT_EQ(reach()->line, "");
    EXPECT_EQ(word(), "none");
    EXPECT_EQ(kept_number(), "");
    EXPECT_EQ(reach("bb").error(), stores::errc::no_such_case);
}

TEST_F(Contact, SaysHowAndWhenButNotWhere) {
    ASSERT_TRUE(ask_for(ContactMode::call, "17:00-21:00"));
    const Result<Reach> how = reach();
    ASSERT_TRUE(how);
    EXPECT_EQ(how->mode, ContactMode::call);
    EXPECT_EQ(how->line, "+15005550006");
    EXPECT_EQ(how->language, "es");
    EXPECT_EQ(how->hours, "17:00-21:00");
    EXPECT_EQ(word(), "call");
    EXPECT_EQ(kept_number(), number_of_theirs);
}

TEST_F(Contact, NeverStandsInTheStoreInClear) {
    ASSERT_TRUE(ask_for(ContactMode::relay));
    const std::string disk = redis::shared_server().append_only_bytes();
    EXPECT_EQ(disk.find("5005550142"), std::string::npos);
    EXPECT_NE(disk.find("relay"), std::string::npos);
}

TEST_F(Contact, TheNumberOfOneCaseOpensInNoOther) {
    ASSERT_TRUE(ask_for(ContactMode::relay));
    ask({"RENAME", keys.case_contact("aa"), keys.case_contact("bb")});
    EXPECT_FALSE(tests::run(io, book->number("fair-food", "bb", far())));
}

TEST_F(Contact, ANoErasesTheNumberInTheCommitThatNotesIt) {
    ASSERT_TRUE(ask_for(ContactMode::relay));
    ASSERT_TRUE(ask_for(ContactMode::none));
    EXPECT_EQ(number({"EXISTS", keys.case_contact("aa")}), 0);
    EXPECT_EQ(reach()->mode, ContactMode::none);
    EXPECT_EQ(word(), "none");
    EXPECT_EQ(kept_number(), "");
}

TEST_F(Contact, ACallThatBecomesATextForgetsItsHours) {
    ASSERT_TRUE(ask_for(ContactMode::call, "08:00-12:00"));
    ASSERT_TRUE(ask_for(ContactMode::relay));
    EXPECT_EQ(reach()->hours, "");
    EXPECT_EQ(reach()->mode, ContactMode::relay);
}

TEST_F(Contact, OfACaseThatIsGoneIsKeptNowhere) {
    EXPECT_FALSE(ask_for(ContactMode::relay, "", "bb"));
    EXPECT_EQ(number({"EXISTS", keys.case_contact("bb"), keys.case_facts("bb")}), 0);
}

TEST_F(Contact, GoesWithTheCase) {
    ASSERT_TRUE(ask_for(ContactMode::relay));
    apply(deletion_writes(keys, "aa"));
    EXPECT_EQ(number({"EXISTS", keys.case_contact("aa")}), 0);
}

TEST_F(Contact, EachChangeIsInTheAuditWithoutTheNumber) {
    const std::int64_t before = number({"XLEN", keys.audit()});
    ask_for(ContactMode::relay);
    ask_for(ContactMode::none);
    EXPECT_GE(number({"XLEN", keys.audit()}), before + 2);
    EXPECT_EQ(text({"HGET", keys.case_facts("aa"), "acts"}), "3") << "filed, and two changes";
}

}  // namespace
}  // namespace rightsline::cases
