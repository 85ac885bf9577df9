// ReferralApi: a program with two other organisations, a case with one part, and the routes by which it goes to one of them.
//
// Threading: one test. Owner: the test.
#pragma once

#include <gmock/gmock.h>

#include <fstream>
#include <set>

#include "gateway/api/consent_routes.hpp"
#include "gateway/api/referral_routes.hpp"
#include "gateway/cases/epoch_lock.hpp"
#include "gateway/cases/error.hpp"
#include "tests/gateway/api/casework_api.hpp"

namespace rightsline::api {

class ReferralApi : public CaseworkApi {
 protected:
    static constexpr const char* theirs = "?program=fair-food/investigators";
    static constexpr const char* secret = "The foreman keeps our passports.";

    void SetUp() override {
        CaseworkApi::SetUp();
        flows::Bundle bundle = flows::tests::excerpt();
        std::string& program = bundle.files.at("flows/fair-food/program.yaml");
        const std::string line = "  received: {say: We have your report.}\n";
        program.replace(
            program.find(line), line.size(),
            "  received: {say: We have your report.}\n"
            "  referred: {say: We passed your report on.}\n"
            "organisations:\n"
            "  investigators: {name: Investigators, circle: inspectors, consent: investigator, status: "
            "referred, answer_within: 3d}\n"
            "  brand: {circle: brand, consent: buyer}\n");
        flows::Compiled compiled = flows::compile(bundle);
        ASSERT_NE(compiled.pack, nullptr) << flows::tests::lines(compiled.complaints);
        packs->activate(compiled.pack, std::move(bundle));
        referrals = std::make_unique<cases::ReferralDesk>(
            cases::ReferralServices{*client,
                                    *vault,
                                    clock,
                                    *packs,
                                    *desk,
                                    [this](const std::string& name) -> Result<vault::CirclePublicKey> {
                                        if (name != "inspectors") {
                                            return cases::errc::no_circle;
                                        }
                                        return others.public_key();
                                    },
                                    [this](const std::string& of) { return blobs.path() + "/" + of; },
                                    {},
                                    [this](std::string, std::string) { return telling(); },
                                    [](const std::string&, const std::string& to) {
                                        return to == "investigators" ? std::size_t{2} : std::size_t{0};
                                    }});
        unlocking = std::make_unique<cases::CaseStore>(*client, *vault);
        add_referral_routes(
            router,
            {*referrals, *desk, *unlocking, *users, clock, {"fair-food"}, [this](const std::string& of) {
                 return blobs.path() + "/" + of;
             }});
        add_consent_routes(router, {*client, clock, {"fair-food"}});
        add_user("thabo", "fair-food/investigators");
        tell(secret);
    }
    /// Stands for what tells them of an offer.
    Awaitable<Result<std::vector<redis::Write>>> telling() {
        co_return std::vector<redis::Write>{{redis::Op::incrby, "{fair-food}:test:offers", {"1"}}};
    }
    std::int64_t times_told() {
        return number({"EXISTS", "{fair-food}:test:offers"}) == 0
                   ? 0
                   : std::stoll(WithServer::text({"GET", "{fair-food}:test:offers"}));
    }
    /// A copy of a recording, brought for them before its offer.
    http::Response bring(const std::string& copy, const vault::CirclePublicKey& circle,
                         const std::string& sound = "a voice") {
        vault::StreamSealer sealer(circle, cases::recording_context("fair-food", copy));
        http::Request request;
        request.method = "POST";
        request.target = "/api/v1/cases/" + id + "/referrals/recordings/" + copy + "?to=investigators";
        request.peer_uid = getuid();
        request.headers.emplace_back("Content-Type", "application/octet-stream");
        request.body = sealer.header();
        request.body += sealer.push(sound, true);
        return tests::run(io, router.handle(request));
    }
    void add_user(const std::string& name, const std::string& side) {
        access::User user;
        user.name = name;
        user.grants.give(side, access::Role::monitor);
        user.password_hash = "none";
        ASSERT_TRUE(tests::run(io, users->add(std::move(user), "uid:0", far())));
    }
    /// One more part of the case, as its worker told it.
    void tell(const std::string& words) {
        const flows::Part part{"story", locales::PrivateText(words), "", flows::Seconds{0}};
        std::string sealed = cases::seal_part(public_key, "fair-food", id, part, 7);
        const Result<std::string> locked =
            tests::run(io, cases::lock_one(*vault, cases::part_context("fair-food", id), std::move(sealed)));
        ASSERT_TRUE(locked);
        apply({{redis::Op::rpush, keys.case_parts(id), {*locked}}});
    }
    std::string copy_of(const std::string& words, const vault::CirclePublicKey& circle) const {
        const flows::Part part{"story", locales::PrivateText(words), "", flows::Seconds{0}};
        return ops::to_base64(cases::seal_part(circle, "fair-food", id, part, 7));
    }
    std::string copy_of(const std::string& words) const { return copy_of(words, others.public_key()); }
    boost::json::object offer_of(const std::string& copy) const {
        return {{"to", "investigators"},
                {"reason", "investigate"},
                {"as", "maria"},
                {"parts", boost::json::array{boost::json::value(copy)}},
                {"seen", 1}};
    }
    http::Response offer() { return post("referrals", offer_of(copy_of(secret))); }
    http::Response answer(const std::string& what, boost::json::object body = {}) {
        body["as"] = "thabo";
        return ask_for("POST", "/api/v1/cases/" + id + "/referrals/" + what + theirs, body);
    }
    http::Response read() { return ask_for("GET", "/api/v1/cases/" + id + "/referred" + theirs); }
    boost::json::array waiting() {
        return got(ask_for("GET", std::string("/api/v1/referrals") + theirs)).at("referrals").as_array();
    }
    void say(cases::Consent purpose, cases::Said::Answer answer) {
        apply(cases::consent_writes(keys, id, purpose, {answer, 3600, "sms"}));
    }
    void say_yes() { say(cases::Consent::investigator, cases::Said::Answer::yes); }
    void take_back_the_yes() { say(cases::Consent::investigator, cases::Said::Answer::withdrawn); }
    void look() { tests::run(io, referrals->work("fair-food")); }
    std::string state() {
        const boost::json::object stands = got(ask_for("GET", "/api/v1/cases/" + id + "/referrals"));
        const boost::json::value& it = stands.at("organisations").as_array()[0].at("referral");
        return it.is_null() ? "" : std::string(it.at("state").as_string());
    }
    std::int64_t copies() { return number({"HLEN", keys.case_copies(id)}); }
    std::vector<std::string> went() {
        std::vector<std::string> to;
        const boost::json::object said = got(ask_for("GET", "/api/v1/cases/" + id + "/consents"));
        for (const boost::json::value& one : said.at("handed_on").as_array()) {
            to.emplace_back(one.at("to").as_string());
        }
        return to;
    }

    vault::CirclePair pair = vault::make_circle("inspectors", 1);
    vault::CirclePrivateKey others = vault::CirclePrivateKey::parse(pair.private_file).value();
    std::unique_ptr<cases::CaseStore> unlocking;
    std::unique_ptr<cases::ReferralDesk> referrals;
};

}  // namespace rightsline::api
