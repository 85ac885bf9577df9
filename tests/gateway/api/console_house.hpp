// What the tests of the console share: a store with a case, an alert desk, users, and the router as the listener has it.
//
// Threading: one test. Owner: the test.
#pragma once

#include <boost/json.hpp>
#include <fstream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gateway/access/password.hpp"
#include "gateway/access/totp.hpp"
#include "gateway/api/alert_routes.hpp"
#include "gateway/api/api.hpp"
#include "gateway/api/call_back_routes.hpp"
#include "gateway/api/call_routes.hpp"
#include "gateway/api/casework_routes.hpp"
#include "gateway/api/consent_routes.hpp"
#include "gateway/api/console.hpp"
#include "gateway/api/event_routes.hpp"
#include "gateway/api/intake_routes.hpp"
#include "gateway/api/login_routes.hpp"
#include "gateway/api/outbox_routes.hpp"
#include "gateway/api/prompt_routes.hpp"
#include "gateway/api/referral_routes.hpp"
#include "gateway/api/reply_routes.hpp"
#include "gateway/api/sites_routes.hpp"
#include "gateway/api/user_routes.hpp"
#include "gateway/cases/case_store.hpp"
#include "gateway/cases/consent.hpp"
#include "gateway/cases/release.hpp"
#include "gateway/cases/reply.hpp"
#include "gateway/ops/base64.hpp"
#include "gateway/vault/mailbox.hpp"
#include "tests/gateway/conversations/house.hpp"
#include "tests/gateway/http/nobody_outside.hpp"

namespace rightsline::api {

inline const std::string case_id = "0123456789abcdef0123456789abcdef";
inline const std::string recording = "aaaabbbbccccddddaaaabbbbccccdddd";
inline const std::string spare_case = "dddddddddddddddddddddddddddddddd";  // to step back from
inline const std::string nobodys = "ffffffffffffffffffffffffffffffff";
inline constexpr const char* password = "correct horse battery";

/// The calendar of a house; its steady time is the real one, and goes further where a test says so.
class MovedClock final : public ops::Clock {
 public:
    explicit MovedClock(const ops::Clock& calendar) : calendar_(calendar) {}
    ops::UtcMs now() const override { return calendar_.now(); }
    Deadline steady() const override { return std::chrono::steady_clock::now() + further_; }
    void advance(std::chrono::milliseconds by) { further_ += by; }

 private:
    const ops::Clock& calendar_;
    std::chrono::milliseconds further_{0};
};

class ConsoleHouse : public conversations::WithTurns {
 protected:
    void SetUp() override {
        WithTurns::SetUp();
        build_alerts();
        case_store = std::make_unique<cases::CaseStore>(*client);
        users = std::make_unique<access::UserStore>(*client, *vault, clock);
        login_store = std::make_unique<access::LoginStore>(*client, *vault, clock);
        logins = std::make_unique<access::Logins>(
            access::LoginServices{*users, *login_store, *client, workers, clock, metrics, *vault});
        case_desk = std::make_unique<cases::CaseDesk>(
            cases::CaseDeskServices{*client,
                                    *vault,
                                    clock,
                                    *packs,
                                    {{"fair-food", public_key}},
                                    {{"fair-food", {{"maria", "jean"}, {}}}}});
        events = std::make_unique<EventDesk>(*client, *case_desk, clock, metrics);
        intake = std::make_unique<cases::IntakeDesk>(cases::IntakeServices{
            *client, *vault, clock, *packs, *case_desk,
            [](Deadline) -> Awaitable<Result<cases::FreshCode>> {
                co_return cases::FreshCode{
                    locales::PrivateText("000000005724"), "index",
                    vault::lock_mailbox(vault::SecretBytes(32), vault::fresh_mailbox())};
            },
            [](std::string, Deadline) -> Awaitable<Result<std::string>> { co_return "2B7-444"; }});
        console = console_router(routes(), {*logins, *case_desk, *client, *vault, clock, metrics, programs});
        file(case_id);
        apply({{redis::Op::rpush, keys.case_parts(case_id), {"sealed bytes"}},
               {redis::Op::sadd, keys.case_recordings(case_id), {recording}}});
        std::ofstream(blobs.path() + "/" + recording) << "sealed voice";
        tests::run(io, desk->work("fair-food"));
    }

    void build_alerts() {
        outbox::LineOut out;
        out.program = "fair-food";
        out.line = "+15005550006";
        out.queue = outbox::queue_of(keys, out.line);
        outbox = std::make_unique<outbox::Outbox>(*client, *vault, clock,
                                                  std::map<std::string, outbox::LineOut>{{out.line, out}});
        copies = std::make_unique<outbox::Copies>(
            outbox::CopyServices{*client, clock, metrics, outside_pool, [](Awaitable<void>) {}},
            std::map<std::string, outbox::CopyAccount>{});
        locales::Complaints complaints;
        alerts::AlertProgram program{
            people::read_roster("people:\n  ana: {phone: \"+15005550103\"}\norder: [ana]\nlive: {}\n",
                                "roster.yaml", complaints),
            out.line, [](ops::UtcMs) { return 0; }};
        desk = std::make_unique<alerts::AlertDesk>(
            alerts::AlertServices{*client, *vault, clock, metrics, *packs, *outbox, [] {}},
            std::map<std::string, alerts::AlertProgram>{{"fair-food", std::move(program)}});
    }

    http::Router routes() {
        http::Router inner;
        add_routes(inner,
                   {*case_store, *case_desk, *client, clock, programs,
                    [this](const std::string& id) { return blobs.path() + "/" + id; }, *users, *vault});
        add_casework_routes(inner, {*case_store, *case_desk, *desk, *client, clock, programs, *users});
        add_reply_routes(inner,
                         {*case_store, *client, clock, programs,
                          [this](const std::string& of) { return packs->active(of); }, *case_desk, *users});
        add_sites_routes(inner, {*case_store, *case_desk, *users, *client, *vault, clock, programs});
        add_consent_routes(inner, {*client, clock, programs});
        const auto blob_path = [this](const std::string& id) { return blobs.path() + "/" + id; };
        referrals = std::make_unique<cases::ReferralDesk>(
            cases::ReferralServices{*client, *vault, clock, *packs, *case_desk,
                                    [this](const std::string& name) -> Result<vault::CirclePublicKey> {
                                        vault::CirclePublicKey circle = public_key;
                                        circle.name = name;
                                        return circle;
                                    },
                                    blob_path});
        add_referral_routes(inner, {*referrals, *case_desk, *case_store, *users, clock, programs, blob_path});
        add_alert_routes(inner, {*desk, *client, clock, programs, *users, *case_desk});
        add_call_routes(inner, {*client, *vault, clock, programs,
                                [this](handoff::HandOn wish) -> Awaitable<Result<void>> {
                                    handed_on.push_back(std::move(wish));
                                    co_return call_refused ? Result<void>(call_refused) : Result<void>();
                                }});
        add_call_back_routes(inner, {[this](callbacks::Wish wish) -> Awaitable<Result<void>> {
                                         wishes.push_back(std::move(wish));
                                         co_return call_refused ? Result<void>(call_refused) : Result<void>();
                                     },
                                     *case_desk, *users, clock, programs});
        add_outbox_routes(inner, {*outbox, *copies, *client, clock, programs});
        add_intake_routes(inner, {*intake, *case_desk, clock, programs, *users, *client});
        add_user_routes(
            inner, {*users, *logins, clock, programs,
                    [this](std::string program, std::string person, std::string by, Deadline deadline) {
                        return cases::release_cases(*case_store, *case_desk, std::move(program),
                                                    std::move(person), {std::move(by), "", {}}, deadline);
                    },
                    [this](std::string program, Deadline deadline) {
                        return case_desk->sites(std::move(program), deadline);
                    }});
        add_login_routes(inner, {*logins, *login_store, clock});
        add_prompt_routes(inner, {recorded_voices(), clock, programs});
        add_event_routes(inner, {*events, *logins, moved, programs});
        return inner;
    }

    prompts::PromptDesk& recorded_voices() {
        prompts::PromptFolders folders;
        folders.takes = voices.path() + "/takes";
        folders.script.recordings = voices.path() + "/audio";
        folders.script.roots = {
            voices.path() + "/flows/fair-food", voices.path() + "/locales", {folders.script.recordings}};
        voice = std::make_unique<prompts::PromptDesk>(
            prompts::PromptServices{*packs, *client, workers, clock, [this] { ++renewed; }},
            std::map<std::string, prompts::PromptFolders>{{"fair-food", std::move(folders)}});
        return *voice;
    }

    void file(const std::string& id, flows::Urgency urgency = flows::Urgency::p1) {
        cases::CaseFacts facts;
        facts.id = id;
        facts.alias = "7K4-921";
        facts.status = "received";
        facts.urgency = urgency;
        facts.language = "en";
        facts.mode = "sms";
        facts.reason = "asked";
        facts.filed_hour =
            std::chrono::floor<std::chrono::hours>(clock.now().time_since_epoch()).count() * 3600;
        apply(cases::filing_writes(keys, facts));
    }

    /// A mailbox, as a case has one whose worker was given a code.
    std::string add_mailbox(const std::string& id = case_id) {
        const vault::SecretBytes opener(32);
        std::string mailbox = vault::lock_mailbox(opener, vault::fresh_mailbox());
        apply({{redis::Op::set, keys.mailbox(id), {mailbox}}});
        return mailbox;
    }
    std::string sealed_note(const std::string& by) {
        const std::string sealed =
            cases::seal_note(public_key, "fair-food", case_id, {by, "Call the clinic.", 5});
        return boost::json::serialize(boost::json::object{{"sealed", ops::to_base64(sealed)}});
    }
    std::string sealed_reply(const std::string& mailbox, const std::string& by) {
        const cases::Reply reply = cases::seal_reply(public_key, vault::mailbox_key(mailbox).value(),
                                                     "fair-food", case_id, {"We read it.", by, 5});
        return boost::json::serialize(
            boost::json::object{{"id", reply.id},
                                {"for_circle", ops::to_base64(reply.for_circle)},
                                {"for_mailbox", ops::to_base64(reply.for_mailbox)}});
    }
    void agree(cases::Consent purpose, const std::string& id = case_id) {
        std::vector<redis::Write> writes =
            cases::consent_writes(keys, id, purpose, {cases::Said::Answer::yes, 3600, "sms"});
        writes.insert(writes.begin(), {redis::Op::must_exist, keys.case_facts(id), {}});
        apply(std::move(writes));
    }

    /// Argon2id once for all of them.
    static const std::string& hash() {
        static const std::string made = *access::hash_password(locales::PrivateText(password));
        return made;
    }
    static std::string secret_of(const std::string& name) {
        return (name + "--------------------").substr(0, access::totp_secret_bytes);
    }
    void add_user(const std::string& name, const std::vector<std::pair<std::string, access::Role>>& roles) {
        access::User user;
        user.name = name;
        for (const auto& [program, role] : roles) {
            user.grants.give(program, role);
        }
        user.password_hash = hash();
        user.totp_secret = locales::PrivateText(secret_of(name));
        ASSERT_TRUE(tests::run(io, users->add(std::move(user), "uid:0", far())));
    }
    std::string code_of(const std::string& secret) const {
        const auto now = std::chrono::floor<std::chrono::seconds>(clock.now()).time_since_epoch().count();
        return access::totp_code(secret, now / access::totp_period);
    }
    static std::string credentials(const std::string& name, const std::string& typed, const std::string& code,
                                   const std::string& as) {
        return boost::json::serialize(
            boost::json::object{{"name", name}, {"password", typed}, {"code", code}, {"as", as}});
    }

    http::Response ask_console(const std::string& method, const std::string& target,
                               http::Headers headers = {}, std::string body = "") {
        http::Request request;
        request.method = method;
        request.target = target;
        request.headers = std::move(headers);
        request.body = std::move(body);
        request.peer = peer;
        return tests::run(io, console.handle(request));
    }
    http::Response log_in(const std::string& name, const std::string& as = "bearer") {
        clock.advance(std::chrono::seconds(access::totp_period));  // a code is good once
        return ask_console("POST", "/api/v1/login", {{"Content-Type", "application/json"}},
                           credentials(name, password, code_of(secret_of(name)), as));
    }
    /// The headers of somebody's tool.
    http::Headers tool_of(const std::string& name) {
        const http::Response in = log_in(name);
        EXPECT_EQ(in.status, 200) << in.body;
        return {{"Authorization", "Bearer " + text_in(in, "token")}};
    }
    /// Those of their browser, with the guard against foreign pages last.
    http::Headers browser_of(const std::string& name) {
        const http::Response in = log_in(name, "cookie");
        EXPECT_EQ(in.status, 200) << in.body;
        const std::string cookie = header(in, "Set-Cookie");
        return {{"Cookie", cookie.substr(0, cookie.find(';'))}, {"X-CSRF-Token", text_in(in, "csrf_token")}};
    }

    static boost::json::object json_of(const http::Response& response) {
        return boost::json::parse(response.body).as_object();
    }
    static std::string text_in(const http::Response& response, const char* field) {
        return std::string(json_of(response).at(field).as_string());
    }
    static std::string header(const http::Response& response, std::string_view name) {
        for (const auto& [key, value] : response.headers) {
            if (key == name) {
                return value;
            }
        }
        return "";
    }
    std::vector<audit::Entry> entries(std::string_view program = "fair-food") {
        return *audit::read_entries(ask({"XRANGE", stores::Keyspace(program).audit(), "-", "+"}));
    }

    std::string peer = "198.51.100.7";
    std::vector<std::string> programs{"fair-food", "lesotho-gbvh"};
    tests::NobodyOutside outside_pool;
    tests::TemporaryDirectory voices;
    ops::Workers workers{io.get_executor(), {}};
    std::unique_ptr<cases::CaseStore> case_store;
    std::unique_ptr<cases::CaseDesk> case_desk;  // the client comes with SetUp
    std::unique_ptr<cases::ReferralDesk> referrals;
    std::unique_ptr<outbox::Outbox> outbox;
    std::unique_ptr<outbox::Copies> copies;
    std::unique_ptr<alerts::AlertDesk> desk;
    std::unique_ptr<access::UserStore> users;
    std::unique_ptr<access::LoginStore> login_store;
    std::unique_ptr<access::Logins> logins;
    std::unique_ptr<EventDesk> events;
    MovedClock moved{clock};
    std::vector<callbacks::Wish> wishes;  // to call a worker
    std::vector<handoff::HandOn> handed_on;
    boost::system::error_code call_refused{};
    std::unique_ptr<cases::IntakeDesk> intake;
    std::unique_ptr<prompts::PromptDesk> voice;
    int renewed = 0;
    http::Router console;
};

}  // namespace rightsline::api
