// What time does to a case: retention, a hold, and the end of a month's key, with a real store.
#include "gateway/api/retention_routes.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>

#include "gateway/cases/contact.hpp"
#include "gateway/cases/epoch_lock.hpp"
#include "gateway/vault/epoch.hpp"
#include "gateway/vault/local_vault.hpp"
#include "tests/gateway/api/casework_api.hpp"

namespace rightsline::api {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::IsEmpty;
namespace json = boost::json;

const std::string recording = "aaaabbbbccccddddaaaabbbbccccdddd";

class RetentionApi : public CaseworkApi {
 protected:
    void SetUp() override {
        CaseworkApi::SetUp();
        flows::Bundle bundle = flows::tests::excerpt();
        std::string& program = bundle.files.at("flows/fair-food/program.yaml");
        const std::string line = "  received: {say: We have your report.}\n";
        program.replace(program.find(line), line.size(), statuses);
        const std::size_t at = program.find("retention:");
        if (at != std::string::npos) {
            program.erase(at, program.find('\n', at) + 1 - at);
        }
        program += "\nretention: {recordings: 30d, relay: 90d, content: 365d}\n";
        flows::Compiled compiled = flows::compile(bundle);
        ASSERT_NE(compiled.pack, nullptr) << flows::tests::lines(compiled.complaints);
        packs->activate(compiled.pack, std::move(bundle));
        // The calendar of these tests stands in 2024.
        std::filesystem::remove_all(folder.path() + "/epochs");
        ASSERT_TRUE(vault::add_epoch_keys(folder.path(), first_month, 24));
        keeper = vault::make_vault(folder.keys(), [this] { return month; });
        case_desk = std::make_unique<cases::CaseDesk>(cases::CaseDeskServices{
            *client, *keeper, clock, *packs, {{"fair-food", public_key}}, {{"fair-food", {{"maria"}, {}}}}});
        retention = std::make_unique<cases::RetentionDesk>(
            cases::RetentionServices{*client, *case_desk, clock, *packs, [this] { ++shredded; }});
        months = std::make_unique<cases::MonthDesk>(cases::MonthServices{
            *client, *keeper, clock,
            [this](const std::string& of) { return blobs.path() + "/" + of + ".sealed"; }});
        add_retention_routes(routes, {*retention, *months, *keeper, *client, clock, {"fair-food"}, [this] {
                                          return clocks_agree;
                                      }});
        fill();
    }
    /// Everything that a case can keep.
    void fill() {
        const vault::CirclePublicKey& to = public_key;
        flows::Part part;
        part.name = "story";
        part.text = locales::PrivateText("canary-story");
        put(redis::Op::rpush, keys.case_parts(id), cases::part_context("fair-food", id),
            cases::seal_part(to, "fair-food", id, part, 1));
        put(redis::Op::rpush, keys.case_notes(id), cases::note_context("fair-food", id),
            cases::seal_note(to, "fair-food", id, {"maria", "canary-note", 5}));
        const std::string box = vault::lock_mailbox(opener, vault::fresh_mailbox());
        const cases::Reply reply = cases::seal_reply(to, vault::mailbox_key(box).value(), "fair-food", id,
                                                     {"canary-reply", "uid:1", 1});
        put(redis::Op::set, keys.mailbox(id), cases::mailbox_context("fair-food", id), box);
        cases::CaseStore locking(*client, *keeper);
        cases::CaseFacts facts;
        facts.id = id;
        apply(cases::replying_writes(
            keys, facts, tests::run(io, locking.locked("fair-food", id, reply)).value(), "uid:1", 7200));
        std::vector<vault::SealRequest> requests;
        requests.push_back({vault::Purpose::number, cases::number_context("fair-food", id), "+15005550142"});
        std::string number = tests::run(io, keeper->seal(std::move(requests)))->front();
        number = tests::run(
                     io, cases::lock_one(*keeper, cases::number_context("fair-food", id), std::move(number)))
                     .value();
        apply(
            cases::contact_writes(keys, id, {cases::ContactMode::relay, "+15005550006", "", number}, false));
        apply({{redis::Op::sadd, keys.case_recordings(id), {recording}}});
        const std::string context = cases::recording_context("fair-food", recording);
        vault::StreamSealer sealer(to, context);
        std::string file = tests::run(io, cases::lock_one(*keeper, context, sealer.header())).value();
        file += sealer.push("canary-voice", true);
        std::ofstream(blob(), std::ios::binary) << file;
    }
    void put(redis::Op op, const std::string& key, std::string context, std::string sealed) {
        apply({{op,
                key,
                {tests::run(io, cases::lock_one(*keeper, std::move(context), std::move(sealed))).value()}}});
    }
    std::string blob() const { return blobs.path() + "/" + recording + ".sealed"; }
    std::string file() const {
        std::ifstream in(blob(), std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    http::Response ask_routes(const std::string& method, const std::string& target,
                              const json::object& body = {}, unsigned uid = getuid()) {
        http::Request request;
        request.method = method;
        request.target = target;
        request.body = method == "POST" ? json::serialize(body) : "";
        request.peer_uid = uid;
        return tests::run(io, routes.handle(request));
    }
    json::object retained(bool now = false) {
        return got(now ? ask_routes("POST", "/api/v1/retention/run")
                       : ask_routes("GET", "/api/v1/retention"));
    }
    json::object destroy(const std::string& which, const json::object& body = {}) {
        return got(ask_routes("POST", "/api/v1/months/" + which + "/destroy", body));
    }
    void close_case() { post("status", {{"status", "closed"}, {"as", "maria"}}); }
    bool there() { return number({"EXISTS", keys.case_facts(id)}) == 1; }
    /// What the circle's holder, the worker and the server's own keys open of it, all together.
    std::vector<std::string> opened() {
        std::vector<std::string> words;
        const vault::CirclePrivateKey key = private_key();
        cases::CaseStore reading(*client, *keeper);
        const auto parts = tests::run(io, reading.parts("fair-food", id, 0, far()));
        for (const std::string& one : parts->parts) {
            const auto part = cases::open_part(key, "fair-food", id, one);
            words.insert(words.end(), part ? 1 : 0, part ? part->text : "");
        }
        const auto notes = tests::run(io, case_desk->notes("fair-food", id, 0, far()));
        for (const std::string& one : notes->parts) {
            const auto note = cases::open_note(key, "fair-food", id, one);
            words.insert(words.end(), note ? 1 : 0, note ? note->text : "");
        }
        const auto box = tests::run(io, reading.mailbox("fair-food", id, far()));
        const auto private_half = vault::open_mailbox(*box, opener);
        const auto replies = tests::run(io, reading.replies("fair-food", id, far()));
        for (const cases::StoredReply& one : *replies) {
            const auto circles = cases::open_reply(key, "fair-food", id, one.reply.id, one.reply.for_circle);
            words.insert(words.end(), circles ? 1 : 0, circles ? circles->text : "");
            if (private_half) {
                const auto workers = private_half->open(cases::reply_context("fair-food", id, one.reply.id),
                                                        one.reply.for_mailbox);
                words.insert(words.end(), workers ? 1 : 0, workers ? *workers : "");
            }
        }
        cases::ContactBook book(*client, *keeper);
        const auto number = tests::run(io, book.number("fair-food", id, far()));
        words.insert(words.end(), number && *number ? 1 : 0, number && *number ? (*number)->reveal() : "");
        const std::string context = cases::recording_context("fair-food", recording);
        const auto sound = tests::run(io, cases::unlock_recording(*keeper, context, file()));
        const auto voice = vault::open_stream(key, context, *sound);
        words.insert(words.end(), voice ? 1 : 0, voice ? *voice : "");
        return words;
    }
    /// Each key with what it holds. A hash is told field by field: Redis keeps them in an order that a look may change.
    std::map<std::string, std::vector<std::string>> everything() {
        std::map<std::string, std::vector<std::string>> all;
        for (const std::string& key : keys_like("*")) {
            if (WithServer::text({"TYPE", key}) != "hash") {
                all[key] = {WithServer::text({"DUMP", key})};
                continue;
            }
            const redis::Reply fields = ask({"HKEYS", key});
            for (const redis::Reply& one : *fields.array()) {
                all[key].push_back(*one.string() + "=" + WithServer::text({"HGET", key, *one.string()}));
            }
            std::ranges::sort(all[key]);
        }
        return all;
    }

    static constexpr vault::Month first_month = std::chrono::year(2024) / 1;
    const std::vector<std::string> canaries{"canary-story", "canary-note",  "canary-reply",
                                            "canary-reply", "+15005550142", "canary-voice"};
    vault::Month month = first_month + std::chrono::months(2);  // 2024-03
    bool clocks_agree = true;
    int shredded = 0;
    std::unique_ptr<vault::Vault> keeper;
    vault::SecretBytes opener{32};
    std::unique_ptr<cases::CaseDesk> case_desk;
    std::unique_ptr<cases::RetentionDesk> retention;
    std::unique_ptr<cases::MonthDesk> months;
    http::Router routes;
};

TEST_F(RetentionApi, DeletesPieceByPieceAndThenAllOfIt) {
    EXPECT_EQ(opened(), canaries);
    close_case();
    EXPECT_EQ(retained(true).at("done").as_int64(), 0) << "closed today";
    clock.advance(31 * 24h);
    EXPECT_EQ(retained(true).at("done").as_int64(), 1);
    EXPECT_EQ(last_entry().field("what"), "recordings_shredded");
    EXPECT_EQ(number({"ZCARD", keys.withdrawn_recordings()}), 1);
    clock.advance(60 * 24h);
    EXPECT_EQ(retained(true).at("done").as_int64(), 1);
    EXPECT_EQ(last_entry().field("what"), "relay_shredded");
    EXPECT_EQ(last_entry().field("why"), "replies=1 numbers=1");
    EXPECT_EQ(number({"EXISTS", keys.case_contact(id), keys.mailbox(id), keys.replies(id)}), 0);
    EXPECT_TRUE(there());
    clock.advance(300 * 24h);
    EXPECT_EQ(retained(true).at("done").as_int64(), 1);
    EXPECT_EQ(last_entry().field("what"), "case_shredded");
    EXPECT_EQ(
        number({"EXISTS", keys.case_facts(id), keys.case_parts(id), keys.case_notes(id), keys.casework(id)}),
        0);
    EXPECT_EQ(number({"ZCARD", keys.cases()}), 0);
    EXPECT_EQ(shredded, 3);
}

TEST_F(RetentionApi, ALookChangesNothing) {
    close_case();
    clock.advance(400 * 24h);
    const auto before = everything();
    const json::object found = retained();
    ASSERT_EQ(found.at("cases").as_array().size(), 1U);
    const json::object& one = found.at("cases").as_array()[0].as_object();
    EXPECT_EQ(one.at("alias").as_string(), "7K4-921");
    EXPECT_TRUE(one.at("content").as_bool());
    EXPECT_FALSE(one.at("done").as_bool());
    EXPECT_TRUE(everything() == before);
}

TEST_F(RetentionApi, AHoldKeepsItAndIsAudited) {
    close_case();
    clock.advance(400 * 24h);
    EXPECT_TRUE(got(ask_for("POST", "/api/v1/cases/" + id + "/hold")).at("held").as_bool());
    EXPECT_EQ(last_entry().field("what"), "held");
    EXPECT_TRUE(got(ask_for("POST", "/api/v1/cases/" + id + "/hold")).at("before").as_bool());
    EXPECT_EQ(retained(true).at("done").as_int64(), 0);
    EXPECT_EQ(retained().at("held").as_int64(), 1);
    EXPECT_EQ(opened(), canaries);
    EXPECT_FALSE(got(ask_for("POST", "/api/v1/cases/" + id + "/release")).at("held").as_bool());
    EXPECT_EQ(retained(true).at("done").as_int64(), 1);
    EXPECT_EQ(ask_for("POST", "/api/v1/cases/" + id + "/hold").status, 404);
}

TEST_F(RetentionApi, WhatTimeWillDeleteIsToldBeforeItDoesAndIsWhatItDoes) {
    const std::string time = "/api/v1/cases/" + id + "/time";
    const json::object open = got(ask_for("GET", time));
    EXPECT_TRUE(open.at("closed").is_null());
    EXPECT_EQ(open.at("content").as_object().at("kept_seconds").as_int64(), 365 * 86'400);
    EXPECT_TRUE(open.at("content").as_object().at("over").is_null()) << "an open case is kept";
    close_case();
    const json::object closed = got(ask_for("GET", time));
    const std::int64_t since = closed.at("closed").as_int64();
    for (const auto& [what, days] :
         {std::pair("recordings", 30), std::pair("relay", 90), std::pair("content", 365)}) {
        EXPECT_EQ(closed.at(what).as_object().at("over").as_int64(), since + days * 86'400) << what;
    }
    const auto now = [this] {
        return std::chrono::floor<std::chrono::seconds>(clock.now()).time_since_epoch().count();
    };
    clock.advance(std::chrono::seconds(since + 365 * 86'400 - 1 - now()));
    retained(true);
    EXPECT_TRUE(there()) << "a second before";
    got(ask_for("POST", "/api/v1/cases/" + id + "/hold"));
    const json::object held = got(ask_for("GET", time));
    EXPECT_TRUE(held.at("held").as_bool());
    EXPECT_TRUE(held.at("content").as_object().at("over").is_null());
    got(ask_for("POST", "/api/v1/cases/" + id + "/release"));
    clock.advance(1s);
    retained(true);
    EXPECT_FALSE(there());
    EXPECT_EQ(ask_for("GET", time).status, 404);
}

TEST_F(RetentionApi, OnlyTheServersUserAsksAndNothingGoesWhileTheClocksDisagree) {
    close_case();
    clock.advance(400 * 24h);
    for (const auto& [method, target] :
         {std::pair("GET", "/api/v1/retention"), std::pair("POST", "/api/v1/retention/run"),
          std::pair("GET", "/api/v1/months"), std::pair("POST", "/api/v1/months/2024-01/destroy")}) {
        EXPECT_EQ(ask_routes(method, target, {}, getuid() + 1).status, 403) << target;
    }
    clocks_agree = false;
    EXPECT_EQ(ask_routes("POST", "/api/v1/retention/run").status, 503);
    EXPECT_TRUE(there());
}

TEST_F(RetentionApi, TheDaysRunIsOneRunWhateverWasMissedAndWhoeverAsks) {
    close_case();
    clock.advance(400 * 24h);
    cases::RetentionDesk other(
        cases::RetentionServices{*client, *case_desk, clock, *packs, [this] { ++shredded; }});
    tests::run(io, retention->work("fair-food"));
    tests::run(io, other.work("fair-food"));
    EXPECT_EQ(shredded, 1);
    EXPECT_FALSE(there());
    const json::object found = retained();
    EXPECT_EQ(found.at("last_done").as_int64(), 1);
    const std::int64_t now = clock.now().time_since_epoch().count() / 1000;
    EXPECT_EQ(found.at("next_run").as_int64(), now + 86'400);
}

TEST_F(RetentionApi, NoMoreThanItsMeasureGoesInOneDay) {
    close_case();
    for (int i = 0; i < 25; ++i) {
        std::string other(32, 'b');
        other[0] = static_cast<char>('0' + i % 10);
        other[1] = static_cast<char>('0' + i / 10);
        file_case(other);
        post("status", {{"status", "closed"}, {"as", "maria"}}, other);
    }
    clock.advance(400 * 24h);
    tests::run(io, retention->work("fair-food"));
    EXPECT_EQ(number({"ZCARD", keys.cases()}), 6);
    EXPECT_EQ(retained().at("last_waiting").as_int64(), 6);
    EXPECT_EQ(retained(true).at("done").as_int64(), 6) << "by an operator's word";
}

TEST_F(RetentionApi, AMonthThatIsNeededIsNotDestroyed) {
    const auto before = everything();
    const json::object refused = destroy("2024-03", {{"dry_run", true}});
    EXPECT_EQ(refused.at("cases").as_int64(), 1);
    EXPECT_FALSE(refused.at("destroyed").as_bool());
    EXPECT_TRUE(everything() == before) << "a dry run changes nothing";
    EXPECT_FALSE(destroy("2024-03", {{"backups_gone", true}}).at("destroyed").as_bool());
    EXPECT_EQ(opened(), canaries);
    EXPECT_EQ(ask_routes("POST", "/api/v1/months/2019-01/destroy").status, 404);
    EXPECT_EQ(ask_routes("POST", "/api/v1/months/march/destroy").status, 422);
    EXPECT_EQ(ask_routes("POST", "/api/v1/months/2024-10/destroy").status, 409) << "it is October";
    const http::Response ahead = ask_routes("POST", "/api/v1/months/2024-12/destroy");
    EXPECT_EQ(ahead.status, 409);
    EXPECT_NE(ahead.body.find("has not begun"), std::string::npos) << ahead.body;
}

TEST_F(RetentionApi, WhatIsKeptMovesAndWhatWasInTheMonthOpensNowhere) {
    std::vector<std::string> dump;
    for (const std::string& key : {keys.case_parts(id), keys.case_notes(id), keys.replies(id)}) {
        dump.push_back(*ask({"LINDEX", key, "0"}).string());
    }
    const std::string old_file = file();
    month = first_month + std::chrono::months(9);
    const json::object moved = destroy("2024-03", {{"move", true}});
    EXPECT_EQ(moved.at("moved").as_int64(), 1);
    EXPECT_EQ(moved.at("cases").as_int64(), 0);
    EXPECT_FALSE(moved.at("destroyed").as_bool()) << "backups of yesterday need it";
    EXPECT_EQ(last_entry().field("what"), "month_moved");
    clock.advance(31 * 24h);
    EXPECT_TRUE(destroy("2024-03").at("destroyed").as_bool());
    EXPECT_EQ(opened(), canaries) << "what is kept stands under a later month";
    ask({"DEL", keys.case_parts(id), keys.case_notes(id), keys.replies(id)});
    ask({"RPUSH", keys.case_parts(id), dump[0]});
    ask({"RPUSH", keys.case_notes(id), dump[1]});
    ask({"RPUSH", keys.replies(id), dump[2]});
    ask({"DEL", keys.case_contact(id)});
    std::ofstream(blob(), std::ios::binary) << old_file;
    EXPECT_THAT(opened(), IsEmpty()) << "an old copy, with every key that is left";
    EXPECT_EQ(ask_routes("POST", "/api/v1/months/2024-03/destroy").status, 409) << "once is enough";
}

TEST_F(RetentionApi, WhatIsToBeDoneMovesToo) {
    std::string words = cases::seal_task(public_key, "fair-food", id, "canary-task");
    const std::string context = cases::task_context("fair-food", id);
    std::string locked = tests::run(io, cases::lock_one(*keeper, context, std::move(words))).value();
    apply(cases::task_writes(keys, id, {"a1", "", "maria", "", 1, 2}, std::move(locked)));
    month = first_month + std::chrono::months(9);
    destroy("2024-03", {{"move", true}});
    clock.advance(31 * 24h);
    EXPECT_TRUE(destroy("2024-03").at("destroyed").as_bool());
    const auto tasks = tests::run(io, case_desk->tasks("fair-food", id, far()));
    ASSERT_EQ(tasks->size(), 1U);
    EXPECT_EQ(cases::open_task(private_key(), "fair-food", id, tasks->front().sealed).value(), "canary-task");
}

TEST_F(RetentionApi, ANumberThatIsErasedWhileItMovesStaysErased) {
    month = first_month + std::chrono::months(9);
    apply(cases::contact_writes(keys, id, {cases::ContactMode::none, "", "", "", true}, false));
    EXPECT_EQ(destroy("2024-03", {{"move", true}}).at("moved").as_int64(), 1);
    EXPECT_EQ(number({"EXISTS", keys.case_contact(id)}), 0);
}

TEST_F(RetentionApi, ARecordingThatIsNotHereKeepsAMonth) {
    month = first_month + std::chrono::months(9);
    std::filesystem::remove(blob());
    const json::object refused = destroy("2024-03", {{"move", true}, {"backups_gone", true}});
    EXPECT_EQ(refused.at("elsewhere").as_int64(), 1);
    EXPECT_FALSE(refused.at("destroyed").as_bool());
}

}  // namespace
}  // namespace rightsline::api
