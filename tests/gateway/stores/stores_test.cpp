#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "gateway/stores/error.hpp"
#include "gateway/stores/key_check.hpp"
#include "gateway/stores/keyspace.hpp"
#include "gateway/stores/pack_shelf.hpp"
#include "gateway/stores/sources.hpp"
#include "gateway/vault/local_vault.hpp"
#include "redis/transaction.hpp"
#include "tests/flows/bundles.hpp"
#include "tests/gateway/vault/key_folder.hpp"
#include "tests/redis/fixture.hpp"

namespace rightsline::stores {
namespace {

TEST(Keyspace, EveryKeyCarriesTheProgramsHashTagAndNoTwoAreTheSame) {
    const Keyspace keys("fair-food");
    const std::vector<std::string> all{keys.conversation("a"),
                                       keys.guard("a"),
                                       keys.secret_answer("a"),
                                       keys.guards(),
                                       keys.timers(),
                                       keys.case_facts("a"),
                                       keys.case_parts("a"),
                                       keys.cases(),
                                       keys.sites(),
                                       keys.alias("a"),
                                       keys.receipt("a"),
                                       keys.case_recordings("a"),
                                       keys.case_contact("a"),
                                       keys.case_consents("a"),
                                       keys.casework("a"),
                                       keys.case_notes("a"),
                                       keys.case_told("a"),
                                       keys.case_tasks("a"),
                                       keys.task_words("a"),
                                       keys.handed_on("a"),
                                       keys.mailbox("a"),
                                       keys.unanswered("a"),
                                       keys.wrong_codes("a", 1),
                                       keys.program_wrong_codes(1),
                                       keys.withheld_wrong_codes(1),
                                       keys.recordings(),
                                       keys.recording_job("a"),
                                       keys.pending_recordings("a"),
                                       keys.pack("a"),
                                       keys.active_pack(),
                                       keys.key_check(),
                                       keys.counts(),
                                       keys.audit()};
    for (const std::string& key : all) {
        EXPECT_TRUE(key.starts_with("{fair-food}:")) << key;
    }
    EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), all.size());
}

class KeyCheck : public redis::WithServer {
 protected:
    void SetUp() override {
        WithServer::SetUp();
        ASSERT_TRUE(tests::run(io, redis::load_functions(*client, far())));
    }
    static redis::Deadline far() { return redis::in(std::chrono::seconds(10)); }
    Result<void> check(vault::Vault& vault) {
        return tests::run(io, check_keys(*client, vault, "fair-food", far()));
    }
};

TEST_F(KeyCheck, TheKeysOfTheFirstStartAreTakenAgainAndOthersAreRefused) {
    const vault::KeyFolder folder;
    const vault::KeyFolder strangers;
    const auto first = vault::make_vault(folder.keys());
    const auto again = vault::make_vault(folder.keys());
    const auto other = vault::make_vault(strangers.keys());
    EXPECT_TRUE(check(*first));
    EXPECT_TRUE(check(*again));
    EXPECT_EQ(check(*other).error(), errc::other_keys);
    EXPECT_TRUE(check(*again));  // the refusal has changed nothing
}

TEST_F(KeyCheck, AValueThatSomebodyDamagedIsRefused) {
    const vault::KeyFolder folder;
    const auto vault = vault::make_vault(folder.keys());
    ASSERT_TRUE(check(*vault));
    ask({"SET", Keyspace("fair-food").key_check(), "else"});
    EXPECT_EQ(check(*vault).error(), errc::other_keys);
}

class Shelf : public redis::WithServer {
 protected:
    void SetUp() override {
        WithServer::SetUp();
        ASSERT_TRUE(tests::run(io, redis::load_functions(*client, far())));
        bundle = flows::tests::excerpt();
        compiled = flows::compile(bundle);
        ASSERT_NE(compiled.pack, nullptr);
    }
    static redis::Deadline far() { return redis::in(std::chrono::seconds(10)); }
    flows::Bundle bundle;
    flows::Compiled compiled;
};

TEST_F(Shelf, APackIsFoundByItsHashInAnotherProcess) {
    PackShelf writer(*client);
    writer.activate(compiled.pack, bundle);
    EXPECT_EQ(writer.active("fair-food"), compiled.pack);
    ASSERT_TRUE(tests::run(io, writer.persist(far())));
    PackShelf reader(*client);
    EXPECT_EQ(reader.active("fair-food"), nullptr);
    EXPECT_EQ(reader.cached(compiled.pack->hash), nullptr);
    const auto found = tests::run(io, reader.find("fair-food", compiled.pack->hash, far()));
    ASSERT_TRUE(found);
    EXPECT_EQ((*found)->hash, compiled.pack->hash);
    EXPECT_NE(reader.cached(compiled.pack->hash), nullptr);
    const auto active = tests::run(io, reader.stored_active("fair-food", far()));
    ASSERT_TRUE(active);
    EXPECT_EQ((*active)->hash, compiled.pack->hash);
}

TEST_F(Shelf, PersistsOnceAndFindsInMemoryWithoutARoundTrip) {
    PackShelf shelf(*client);
    shelf.activate(compiled.pack, bundle);
    ASSERT_TRUE(tests::run(io, shelf.persist(far())));
    const auto before = client->traffic().commands;
    ASSERT_TRUE(tests::run(io, shelf.persist(far())));
    ASSERT_TRUE(tests::run(io, shelf.find("fair-food", compiled.pack->hash, far())));
    EXPECT_EQ(client->traffic().commands, before);
}

TEST_F(Shelf, WhatTheStoreDoesNotHoldOrCannotBeReadIsSaidSo) {
    PackShelf shelf(*client);
    EXPECT_EQ(tests::run(io, shelf.find("fair-food", {}, far())).error(), errc::no_such_pack);
    EXPECT_EQ(tests::run(io, shelf.stored_active("fair-food", far())).error(), errc::no_such_pack);
    ask({"SET", Keyspace("fair-food").active_pack(), "00"});
    ask({"SET", Keyspace("fair-food").pack("00"), "not a bundle"});
    EXPECT_FALSE(tests::run(io, shelf.stored_active("fair-food", far())));
}

class Folder : public testing::Test {
 protected:
    void write(const std::string& path, const std::string& text) {
        const std::filesystem::path whole = std::filesystem::path(folder.path()) / path;
        std::filesystem::create_directories(whole.parent_path());
        std::ofstream(whole) << text;
    }
    tests::TemporaryDirectory folder;
};

TEST_F(Folder, ProgramsAreFoundWhereAProgramYamlLies) {
    write("flows/b/program.yaml", "program: b\n");
    write("flows/a/program.yaml", "program: a\n");
    write("flows/notes/readme.txt", "x");
    const std::vector<std::string> found = program_directories(folder.path() + "/flows");
    ASSERT_EQ(found.size(), 2U);
    EXPECT_TRUE(found[0].ends_with("/flows/a")) << found[0];
    EXPECT_EQ(program_directories(found[0]), std::vector<std::string>{found[0]});
    EXPECT_TRUE(program_directories(folder.path() + "/nowhere").empty());
    EXPECT_TRUE(locales_beside(found[0]).ends_with("/locales"));
}

TEST_F(Folder, ABundleHoldsTheProgramAndItsWordsAndNoTests) {
    write("flows/a/program.yaml", "program: a\n");
    write("flows/a/hotline.flow.yaml", "flow: hotline\n");
    write("flows/a/hotline.test.yaml", "test: x\n");
    write("locales/en/common.yaml", "a: b\n");
    write("locales/en/other.yaml", "a: b\n");
    locales::Complaints complaints;
    const flows::Bundle bundle =
        read_bundle({folder.path() + "/flows/a", folder.path() + "/locales", {}}, complaints);
    EXPECT_EQ(bundle.program, "a");
    EXPECT_TRUE(bundle.files.contains("flows/a/hotline.flow.yaml"));
    EXPECT_TRUE(bundle.files.contains("locales/en/common.yaml"));
    EXPECT_FALSE(bundle.files.contains("flows/a/hotline.test.yaml"));
    EXPECT_EQ(scripted_tests(folder.path() + "/flows/a").size(), 1U);
}

TEST_F(Folder, TheAudioIndexesOfAllFoldersStandSideBySide) {
    write("flows/a/program.yaml", "program: a\n");
    write("locales/en/audio/a/index.yaml", "recorded\n");
    write("drafts/en/audio/a/index.yaml", "draft\n");
    locales::Complaints complaints;
    const flows::Bundle bundle = read_bundle(
        {folder.path() + "/flows/a", folder.path() + "/locales", {folder.path() + "/drafts"}}, complaints);
    EXPECT_EQ(bundle.files.at("locales/en/audio/a/index.yaml"), "recorded\n");
    EXPECT_EQ(bundle.files.at("locales/en/audio/a/index.1.yaml"), "draft\n");
}

}  // namespace
}  // namespace rightsline::stores
