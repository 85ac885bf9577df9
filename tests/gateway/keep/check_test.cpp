// What fsck says of a store after real conversations, and of every kind of damage that is done to it.
#include "gateway/keep/check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <functional>

#include "gateway/audit/sealer.hpp"
#include "gateway/callbacks/call_back.hpp"
#include "gateway/cases/casework.hpp"
#include "gateway/cases/contact.hpp"
#include "gateway/cases/notes.hpp"
#include "gateway/cases/reply.hpp"
#include "gateway/handoff/hand_off.hpp"
#include "gateway/outbox/line_out.hpp"
#include "gateway/vault/mailbox.hpp"
#include "tests/gateway/conversations/caller.hpp"

namespace rightsline::keep {
namespace {

using conversations::Caller;
using testing::Contains;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr const char* our_line = "+15005550006";
constexpr const char* nobody = "ffffffffffffffffffffffffffffffff";

class Checking : public Caller {
 public:
    using Caller::ask;
    using Caller::blobs;
    using Caller::keys;

    void SetUp() override {
        Caller::SetUp();
        ASSERT_TRUE(vault::add_circle(folder.path(), circle.public_file));
        live();
    }
    /// A call that was filed and its recording brought home, a draft, a finished lesson, a STOP, and a message that waits.
    void live() {
        to_the_story();
        speak("RE1");
        outside.replies = {{200, conversations::sound("canary voice")}, {204}};
        work();
        hang_up();
        for (const char* words : {"hola", "2", "2", "2", "1", "me deben dos semanas"}) {
            text_from("+15005550002", words);
        }
        text_from("+15005550003", "STOP");
        text_from("+15005550004", "hi");
        apply(redis::enqueue(outbox::queue_of(keys, our_line), 1, "message-1", "sealed", 0).value());
        case_id = after_colon(keys_like("{fair-food}:k:*").at(0));
        alias = WithServer::text({"HGET", keys.case_facts(case_id), "alias"});
        recording = WithServer::text({"SRANDMEMBER", keys.case_recordings(case_id)});
        for (const std::string& parts : keys_like("{fair-food}:kp:*")) {
            draft = after_colon(parts) == case_id ? draft : after_colon(parts);
        }
    }
    void text_from(const char* number, const std::string& words) {
        say(text("SM" + std::to_string(++texts), words, number));
    }
    static std::string after_colon(const std::string& key) { return key.substr(key.rfind(':') + 1); }
    std::string blob(const std::string& id) const { return blobs.path() + "/" + id + ".sealed"; }
    /// The conversation that holds the draft: the only one whose timer comes before it expires.
    std::string telling() { return *ask({"ZRANGE", keys.timers(), "0", "0"}).array()->at(0).string(); }

    Checked check() {
        const vault::Keys all = vault::Keys::load(folder.path()).value();
        CheckedStore store{*client, *vault, all, {"fair-food"}, {{"fair-food", our_line}}, blobs.path()};
        const Result<Checked> checked = tests::run(io, check_store(std::move(store), [](const Checked&) {}));
        EXPECT_TRUE(checked) << checked.error().message();
        return checked ? *checked : Checked{};
    }
    std::vector<std::string> found() {
        std::vector<std::string> all;
        for (const Finding& one : check().findings) {
            all.push_back(std::string(name_of(one.damage)) + " " + one.object);
        }
        return all;
    }

    /// As the desk of the cases does it.
    void give_status(const std::string& status) {
        cases::Casework work;
        work.changes.push_back({status, 3600});
        give_work(work, status);
    }
    void give_work(const cases::Casework& work, const std::string& status) {
        std::vector<vault::SealRequest> requests;
        requests.push_back({vault::Purpose::casework, keys.casework(case_id), cases::to_bytes(work)});
        redis::Commit commit;
        commit.document_key = keys.casework(case_id);
        commit.document = tests::run(io, vault->seal(std::move(requests))).value().front();
        commit.writes.push_back({redis::Op::hset, keys.case_facts(case_id), {"status", status}});
        audit::add_entry(commit.writes, keys, {audit::What::status_changed, case_id, "maria"});
        EXPECT_TRUE(tests::run(io, redis::commit(*client, commit, far())));
    }

    std::string locked_for(std::string context, std::string sealed);

    std::string case_id;
    std::string alias;
    std::string recording;
    std::string draft;
    int texts = 0;
};

TEST_F(Checking, AStoreAfterConversationsIsClean) {
    EXPECT_THAT(found(), IsEmpty());
    const Checked checked = check();
    EXPECT_EQ(checked.cases, 1);
    EXPECT_EQ(checked.drafts, 1);
    EXPECT_EQ(checked.conversations, 3);
    EXPECT_EQ(checked.recordings, 1);
    EXPECT_GT(checked.messages, 0);
    EXPECT_GT(checked.audit, 0);
}

TEST_F(Checking, WhatTheTeamMadeOfACaseIsClean) {
    give_status("reading");
    apply(cases::note_writes(keys, case_id,
                             cases::seal_note(public_key, "fair-food", case_id, {"maria", "x", 1}), "maria"));
    apply(cases::adding_writes(keys, case_id, 3600));
    EXPECT_THAT(found(), IsEmpty());
}

TEST_F(Checking, WhatItsWorkerDeletedIsNoLoss) {
    const std::string id = case_id;
    std::vector<redis::Write> writes = cases::deletion_writes(keys, id);
    for (redis::Write& one : desk->withdraw("fair-food", {recording})) {
        writes.push_back(std::move(one));
    }
    apply(std::move(writes));
    work();
    EXPECT_THAT(found(), IsEmpty());
}

TEST_F(Checking, AnEffectWhoseEntryWasWrittenApartAndLostIsFound) {
    std::vector<redis::Write> writes = cases::adding_writes(keys, case_id, 3600);
    const auto is_entry = [](const redis::Write& one) { return one.op == redis::Op::xadd; };
    ASSERT_EQ(std::erase_if(writes, is_entry), 1U);
    apply(std::move(writes));
    EXPECT_THAT(found(), UnorderedElementsAre("acts_not_in_audit " + case_id));
    apply({{redis::Op::xadd, keys.audit(), {"what", "added", "case", case_id, "who", "worker"}}});
    EXPECT_THAT(found(), IsEmpty()) << "in time it is there all the same, and nobody can tell";
}

TEST_F(Checking, ACaseFromBeforeActsWereCountedIsHeldAgainstItsFilingOnly) {
    ask({"DEL", keys.audit()});
    ask({"XADD", keys.audit(), "*", "what", "filed", "case", case_id, "why", "asked"});
    ask({"XADD", keys.audit(), "*", "what", "alert_told", "case", case_id, "who", "maria"});
    ask({"HDEL", keys.case_facts(case_id), "acts"});
    apply(cases::adding_writes(keys, case_id, 3600));
    EXPECT_THAT(found(), IsEmpty());
}

TEST_F(Checking, TheChainOfTheAuditIsVerified) {
    const vault::Keys all = vault::Keys::load(folder.path()).value();
    ops::SystemClock now;
    audit::Sealer sealer(*client, *all.audit_signer(), now, metrics);
    tests::run(io, sealer.work("fair-food"));
    EXPECT_GT(number({"LLEN", keys.audit_blocks()}), 0);
    EXPECT_THAT(found(), IsEmpty());
    const redis::Reply first = ask({"XRANGE", keys.audit(), "-", "+", "COUNT", "1"});
    ask({"XDEL", keys.audit(), *first.array()->at(0).array()->at(0).string()});
    EXPECT_THAT(found(), Contains("audit_broken fair-food"));
}

/// Users, logins and the ends of months have an audit of their own.
TEST_F(Checking, TheChainOfTheServersOwnAuditIsVerified) {
    const stores::Keyspace server(stores::server_wide);
    const vault::Keys all = vault::Keys::load(folder.path()).value();
    ops::SystemClock now;
    audit::Sealer sealer(*client, *all.audit_signer(), now, metrics);
    for (const char* month : {"2024-03", "2024-04"}) {
        audit::Act act{audit::What::month_destroyed, "", "uid:1000"};
        act.why = month;
        apply(audit::entry_writes(server, act));
    }
    tests::run(io, sealer.work(std::string(stores::server_wide)));
    EXPECT_THAT(found(), IsEmpty());
    const redis::Reply first = ask({"XRANGE", server.audit(), "-", "+", "COUNT", "1"});
    ask({"XDEL", server.audit(), *first.array()->at(0).array()->at(0).string()});
    EXPECT_THAT(found(), Contains("audit_broken :server"));
}

TEST_F(Checking, SaysWhatToDoAndNothingThatWasTold) {
    ask({"ZREM", keys.cases(), case_id});
    ask({"DEL", telling()});
    for (const Finding& one : check().findings) {
        EXPECT_GT(what_of(one.damage).size(), 10U);
        EXPECT_GT(mend_of(one.damage).size(), 10U);
        EXPECT_EQ(one.object.find("5005550"), std::string::npos);
    }
}

TEST_F(Checking, AStoreThatIsNotThereIsAnErrorAndNoCleanBill) {
    client->close();
    const vault::Keys all = vault::Keys::load(folder.path()).value();
    CheckedStore store{*client, *vault, all, {"fair-food"}, {}, blobs.path()};
    EXPECT_FALSE(tests::run(io, check_store(std::move(store), [](const Checked&) {})));
}

TEST_F(Checking, LooksAtAllPartsOfALongCase) {
    const redis::Reply part = ask({"LINDEX", keys.case_parts(case_id), "0"});
    for (int i = 0; i < 200; ++i) {
        ask({"RPUSH", keys.case_parts(case_id), *part.string()});
    }
    EXPECT_THAT(found(), IsEmpty());
    ask({"LSET", keys.case_parts(case_id), "150", "junk"});
    EXPECT_THAT(found(), UnorderedElementsAre("part_unreadable " + alias));
}

TEST_F(Checking, HoldsWhatTheProviderToldOfAgainstItsList) {
    ask({"SET", keys.recording_news(nobody), "x"});
    EXPECT_THAT(found(), UnorderedElementsAre(std::string("recording_not_queued ") + nobody));
    ask({"ZADD", keys.untaken_recordings(), "1", nobody});
    EXPECT_THAT(found(), IsEmpty());
    ask({"DEL", keys.recording_news(nobody)});
    EXPECT_THAT(found(), UnorderedElementsAre(std::string("recording_job_missing ") + nobody));
}

TEST_F(Checking, WhatIsKeptOfACaseThatIsGoneIsFoundWhateverItIs) {
    ask({"RPUSH", keys.case_notes(nobody), "junk"});
    EXPECT_THAT(found(), Contains(std::string("casework_of_nothing ") + nobody));
    ask({"DEL", keys.case_notes(nobody)});
    EXPECT_THAT(found(), IsEmpty());
    ask({"HSET", keys.task_words(nobody), "a1", "junk"});
    EXPECT_THAT(found(), UnorderedElementsAre(std::string("casework_of_nothing ") + nobody));
    ask({"DEL", keys.task_words(nobody)});
    ask({"SET", keys.case_told(nobody), "1,"});
    EXPECT_THAT(found(), UnorderedElementsAre(std::string("casework_of_nothing ") + nobody));
    ask({"DEL", keys.case_told(nobody)});
    ask({"SET", keys.unanswered(nobody), "junk"});
    EXPECT_THAT(found(), UnorderedElementsAre(std::string("casework_of_nothing ") + nobody));
}

TEST_F(Checking, ACallerWhoIsBeingPutThroughIsCleanAsLongAsAllOfItIsThere) {
    handoff::HandOff one;
    one.rings.push_back({handoff::Ring::Stage::calling, "maria", "", {}});
    redis::Commit commit;
    commit.document_key = keys.hand_off(nobody);
    std::vector<vault::SealRequest> requests;
    requests.push_back({vault::Purpose::conversation, commit.document_key, handoff::to_bytes(one)});
    commit.document = tests::run(io, vault->seal(std::move(requests))).value().front();
    commit.writes.push_back({redis::Op::zadd, keys.hand_offs(), {"1", nobody}});
    commit.writes.push_back({redis::Op::hset, keys.may_ring(nobody), {"1", "1"}});
    ASSERT_TRUE(tests::run(io, redis::commit(*client, commit, far())));
    EXPECT_THAT(found(), IsEmpty());
    ask({"ZREM", keys.hand_offs(), nobody});
    EXPECT_THAT(found(), UnorderedElementsAre(std::string("hand_off_not_looked_at ") + nobody));
    ask({"ZADD", keys.hand_offs(), "1", nobody});
    ask({"SETRANGE", keys.hand_off(nobody), "20", "damaged"});
    EXPECT_THAT(found(), UnorderedElementsAre(std::string("hand_off_unreadable ") + nobody));
    ask({"DEL", keys.hand_off(nobody)});
    EXPECT_THAT(found(), UnorderedElementsAre(std::string("hand_off_of_nothing ") + nobody));
    ask({"ZREM", keys.hand_offs(), nobody});
    EXPECT_THAT(found(), UnorderedElementsAre(std::string("hand_off_of_nothing ") + nobody));
    ask({"DEL", keys.may_ring(nobody)});
    EXPECT_THAT(found(), IsEmpty());
}

TEST_F(Checking, ACallToAWorkerIsCleanAsLongAsAllOfItIsThere) {
    callbacks::CallBack one;
    one.case_id = nobody;
    redis::Commit commit;
    commit.document_key = keys.call_back(nobody);
    std::vector<vault::SealRequest> requests;
    requests.push_back({vault::Purpose::conversation, commit.document_key, callbacks::to_bytes(one)});
    commit.document = tests::run(io, vault->seal(std::move(requests))).value().front();
    commit.writes.push_back({redis::Op::zadd, keys.call_backs(), {"1", nobody}});
    ASSERT_TRUE(tests::run(io, redis::commit(*client, commit, far())));
    EXPECT_THAT(found(), IsEmpty());
    ask({"ZREM", keys.call_backs(), nobody});
    EXPECT_THAT(found(), UnorderedElementsAre(std::string("call_back_not_looked_at ") + nobody));
    ask({"ZADD", keys.call_backs(), "1", nobody});
    ask({"SETRANGE", keys.call_back(nobody), "20", "damaged"});
    EXPECT_THAT(found(), UnorderedElementsAre(std::string("call_back_unreadable ") + nobody));
    ask({"DEL", keys.call_back(nobody)});
    EXPECT_THAT(found(), UnorderedElementsAre(std::string("call_back_of_nothing ") + nobody));
    ask({"ZREM", keys.call_backs(), nobody});
    EXPECT_THAT(found(), IsEmpty());
}

/// Under the key of this month, which is here.
std::string Checking::locked_for(std::string context, std::string sealed) {
    std::vector<vault::SealRequest> requests;
    requests.push_back({vault::Purpose::epoch, std::move(context), std::move(sealed)});
    return tests::run(io, vault->seal(std::move(requests))).value().front();
}

/// Both open with keys that are here: `month_gone` would say that somebody destroyed them on purpose.
TEST_F(Checking, WhatWasMovedFromAnotherCaseIsNotSaidToBeOfADestroyedMonth) {
    const std::string mailbox = vault::lock_mailbox(vault::SecretBytes(32), vault::fresh_mailbox());
    ask({"SET", keys.mailbox(case_id), locked_for(cases::mailbox_context("fair-food", case_id), mailbox)});
    EXPECT_THAT(found(), IsEmpty());
    ask({"SET", keys.mailbox(case_id), locked_for(cases::mailbox_context("fair-food", nobody), mailbox)});
    EXPECT_THAT(found(), UnorderedElementsAre("locked_otherwise " + case_id));
    ask({"DEL", keys.mailbox(case_id)});
    const auto note = [&](const char* of) {
        return cases::seal_note(public_key, "fair-food", of, {"maria", "x", 1});
    };
    ask({"RPUSH", keys.case_notes(case_id),
         locked_for(cases::note_context("fair-food", nobody), note(nobody))});
    EXPECT_THAT(found(), UnorderedElementsAre("locked_otherwise " + case_id));
    ask({"DEL", keys.case_notes(case_id)});
    std::filesystem::copy_file(blob(recording), blob(nobody));
    EXPECT_THAT(found(), UnorderedElementsAre(std::string("blob_without_recording ") + nobody,
                                              std::string("locked_otherwise ") + nobody));
}

TEST_F(Checking, ANumberThatIsAnotherCasesIsFound) {
    ask({"HSET", keys.case_facts(case_id), "contact", "relay"});
    const std::string number(64, '\1');
    ask({"HSET", keys.case_contact(case_id), "mode", "relay", "number",
         locked_for(cases::number_context("fair-food", case_id), number)});
    EXPECT_THAT(found(), IsEmpty());
    ask({"HSET", keys.case_contact(case_id), "number",
         locked_for(cases::number_context("fair-food", nobody), number)});
    EXPECT_THAT(found(), UnorderedElementsAre("locked_otherwise " + case_id));
}

TEST_F(Checking, AStatusThatNobodyGaveIsFoundBeforeTheTeamMadeAnythingOfTheCaseAndAfter) {
    ask({"HSET", keys.case_facts(case_id), "status", "closed"});
    EXPECT_THAT(found(), UnorderedElementsAre("status_differs " + case_id));
    ask({"HSET", keys.case_facts(case_id), "status", "received"});
    EXPECT_THAT(found(), IsEmpty());
    cases::Casework work;
    work.assignee = "maria";
    give_work(work, "received");
    EXPECT_THAT(found(), IsEmpty());
    ask({"HSET", keys.case_facts(case_id), "status", "closed"});
    EXPECT_THAT(found(), UnorderedElementsAre("status_differs " + case_id));
}

struct Harm {
    const char* name;
    std::function<void(Checking&)> done;
    std::function<std::string(Checking&)> object;
};
void PrintTo(const Harm& harm, std::ostream* out) { *out << harm.name; }

class Damaged : public Checking, public testing::WithParamInterface<Harm> {};

TEST_P(Damaged, IsFoundByItsName) {
    const std::string object = GetParam().object(*this);
    GetParam().done(*this);
    EXPECT_THAT(found(), Contains(std::string(GetParam().name) + " " + object));
}

std::string the_case(Checking& in) { return in.alias; }
std::string its_id(Checking& in) { return in.case_id; }
std::string its_recording(Checking& in) { return in.recording; }
std::string conversation(Checking& in) { return Checking::after_colon(in.telling()); }
std::string no_one(Checking&) { return nobody; }

void spoil_first_part(Checking& in) {
    for (int i = 0; in.ask({"LINDEX", in.keys.case_parts(in.case_id), std::to_string(i)}).string() != nullptr;
         ++i) {
        std::string part = *in.ask({"LINDEX", in.keys.case_parts(in.case_id), std::to_string(i)}).string();
        part[5] = static_cast<char>(part[5] ^ 1);  // of the key's id
        in.ask({"LSET", in.keys.case_parts(in.case_id), std::to_string(i), part});
    }
}

void spoil_first_lock(Checking& in) {
    std::string part = *in.ask({"LINDEX", in.keys.case_parts(in.case_id), "0"}).string();
    part[12] = static_cast<char>(part[12] ^ 1);  // of the id of its month's key
    in.ask({"LSET", in.keys.case_parts(in.case_id), "0", part});
}

INSTANTIATE_TEST_SUITE_P(
    Store, Damaged,
    testing::Values(
        Harm{"case_damaged",
             [](Checking& in) { in.ask({"HSET", in.keys.case_facts(in.case_id), "urgency", "P9"}); }, its_id},
        Harm{"case_without_parts", [](Checking& in) { in.ask({"DEL", in.keys.case_parts(in.case_id)}); },
             the_case},
        Harm{"case_sealed_to_nobody", spoil_first_part, the_case},
        Harm{"part_unreadable",
             [](Checking& in) { in.ask({"RPUSH", in.keys.case_parts(in.case_id), "junk"}); }, the_case},
        Harm{"month_gone", spoil_first_lock, the_case},
        Harm{"locked_otherwise",
             [](Checking& in) {
                 in.ask({"LSET", in.keys.case_parts(in.case_id), "0",
                         *in.ask({"LINDEX", in.keys.case_parts(in.draft), "0"}).string()});
             },
             the_case},
        Harm{"case_not_listed", [](Checking& in) { in.ask({"ZREM", in.keys.cases(), in.case_id}); },
             the_case},
        Harm{"case_listed_wrongly",
             [](Checking& in) { in.ask({"ZADD", in.keys.cases(), "200000360000", in.case_id}); }, the_case},
        Harm{"listed_without_case", [](Checking& in) { in.ask({"ZADD", in.keys.cases(), "1", nobody}); },
             no_one},
        Harm{"alias_not_taken", [](Checking& in) { in.ask({"DEL", in.keys.alias(in.alias)}); }, the_case},
        Harm{"number_missing",
             [](Checking& in) { in.ask({"HSET", in.keys.case_facts(in.case_id), "contact", "relay"}); },
             its_id},
        Harm{"number_unwanted",
             [](Checking& in) {
                 in.ask({"HSET", in.keys.case_contact(in.case_id), "mode", "call", "number", "sealed"});
             },
             its_id},
        Harm{"consents_of_nothing",
             [](Checking& in) { in.ask({"HSET", in.keys.case_consents(nobody), "survey", "yes 0 sms"}); },
             no_one},
        Harm{"case_not_in_audit", [](Checking& in) { in.ask({"DEL", in.keys.audit()}); }, its_id},
        Harm{
            "case_filed_twice",
            [](Checking& in) { in.ask({"XADD", in.keys.audit(), "*", "what", "filed", "case", in.case_id}); },
            its_id},
        Harm{"case_deleted_and_there",
             [](Checking& in) {
                 in.ask({"XADD", in.keys.audit(), "*", "what", "deleted_by_worker", "case", in.case_id});
             },
             its_id},
        Harm{
            "acts_not_in_audit",
            [](Checking& in) { in.ask({"XADD", in.keys.audit(), "*", "what", "added", "case", in.case_id}); },
            its_id},
        Harm{"audit_broken", [](Checking& in) { in.ask({"RPUSH", in.keys.audit_blocks(), "junk"}); },
             [](Checking&) { return std::string("fair-food"); }},
        Harm{"case_vanished", [](Checking& in) { in.ask({"DEL", in.keys.case_facts(in.case_id)}); }, its_id},
        Harm{"alert_without_case", [](Checking& in) { in.ask({"ZADD", in.keys.alerts(), "1", nobody}); },
             no_one},
        Harm{"alert_unreadable",
             [](Checking& in) { in.ask({"SET", in.keys.alert(in.case_id), "12345678junk"}); }, its_id},
        Harm{"casework_unreadable",
             [](Checking& in) { in.ask({"SET", in.keys.casework(in.case_id), "12345678junk"}); }, its_id},
        Harm{"casework_of_nothing",
             [](Checking& in) { in.ask({"SET", in.keys.casework(nobody), "12345678junk"}); }, no_one},
        Harm{"sites_unreadable", [](Checking& in) { in.ask({"SET", in.keys.sites(), "12345678junk"}); },
             [](Checking&) { return std::string("fair-food"); }},
        Harm{"status_differs",
             [](Checking& in) {
                 in.give_status("reading");
                 in.ask({"HSET", in.keys.case_facts(in.case_id), "status", "closed"});
             },
             its_id},
        Harm{"note_unreadable",
             [](Checking& in) { in.ask({"RPUSH", in.keys.case_notes(in.case_id), "junk"}); }, its_id},
        Harm{"draft_without_conversation", [](Checking& in) { in.ask({"DEL", in.telling()}); },
             [](Checking& in) { return in.draft; }},
        Harm{"conversation_unreadable", [](Checking& in) { in.ask({"SET", in.telling(), "12345678junk"}); },
             conversation},
        Harm{"conversation_without_pack",
             [](Checking& in) {
                 in.ask({"DEL", in.keys.pack(*in.ask({"GET", in.keys.active_pack()}).string())});
             },
             conversation},
        Harm{"conversation_without_timer",
             [](Checking& in) { in.ask({"ZREM", in.keys.timers(), in.telling()}); }, conversation},
        Harm{"timer_without_conversation",
             [](Checking& in) { in.ask({"ZADD", in.keys.timers(), "1", in.keys.conversation(nobody)}); },
             no_one},
        Harm{"active_pack_missing", [](Checking& in) { in.ask({"DEL", in.keys.active_pack()}); },
             [](Checking&) { return std::string("fair-food"); }},
        Harm{"recording_missing", [](Checking& in) { std::filesystem::remove(in.blob(in.recording)); },
             its_recording},
        Harm{"recording_not_queued",
             [](Checking& in) { in.ask({"SET", in.keys.recording_job(nobody), "x"}); }, no_one},
        Harm{"recording_job_missing",
             [](Checking& in) { in.ask({"ZADD", in.keys.recordings(), "1", nobody}); }, no_one},
        Harm{"recordings_of_nothing",
             [](Checking& in) { in.ask({"SADD", in.keys.case_recordings(nobody), nobody}); }, no_one},
        Harm{"blob_without_recording",
             [](Checking& in) { std::filesystem::copy_file(in.blob(in.recording), in.blob(nobody)); },
             no_one},
        Harm{"blob_unreadable", [](Checking& in) { std::ofstream(in.blob(in.recording)) << "junk"; },
             its_recording},
        Harm{"guard_not_indexed", [](Checking& in) { in.ask({"SET", in.keys.guard(nobody), "x"}); }, no_one},
        Harm{"mailbox_of_nothing", [](Checking& in) { in.ask({"SET", in.keys.mailbox(nobody), "x"}); },
             no_one},
        Harm{"mailbox_unreadable", [](Checking& in) { in.ask({"SET", in.keys.mailbox(in.case_id), "x"}); },
             its_id},
        Harm{"reply_unreadable", [](Checking& in) { in.ask({"RPUSH", in.keys.replies(in.case_id), "x"}); },
             its_id},
        Harm{"replies_miscounted", [](Checking& in) { in.ask({"LPUSH", in.keys.replies(in.case_id), "x"}); },
             its_id},
        Harm{"outbox", [](Checking& in) { in.ask({"HDEL", in.keys.outbox("j", our_line), "message-1"}); },
             [](Checking&) { return std::string("message-1"); }},
        Harm{"wrong_kind", [](Checking& in) { in.ask({"SET", in.keys.case_recordings(nobody), "x"}); },
             no_one}),
    [](const testing::TestParamInfo<Harm>& of) { return std::string(of.param.name); });

}  // namespace
}  // namespace rightsline::keep
