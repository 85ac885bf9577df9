// CaseworkApi: a house with a program that has statuses, a case in it, and the routes that a team works by.
//
// Threading: one test. Owner: the test.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <boost/json.hpp>

#include "gateway/api/api.hpp"
#include "gateway/api/casework_routes.hpp"
#include "gateway/ops/base64.hpp"
#include "tests/flows/bundles.hpp"
#include "tests/gateway/conversations/house.hpp"

namespace rightsline::api {
class CaseworkApi : public conversations::WithTurns {
 protected:
    inline static const std::string id = "0123456789abcdef0123456789abcdef";
    inline static const std::string other = "00000000000000000000000000000001";
    static constexpr const char* code = "000000005724";
    static constexpr const char* statuses = R"(  received: {say: We have your report.}
  taken: {say: Someone has your report.}
  reading: {say: Someone reads your report., name: In reading}
  waiting: {say: We have a question., waits: true}
  checked: {say: It was checked., after: [reading]}
  closed: {say: Our work is done., closes: true}
clocks: [wsr]
)";

    void SetUp() override {
        WithTurns::SetUp();
        flows::Bundle bundle = flows::tests::excerpt();
        std::string& program = bundle.files.at("flows/fair-food/program.yaml");
        const std::string line = "  received: {say: We have your report.}\n";
        program.replace(program.find(line), line.size(), statuses);
        flows::Compiled compiled = flows::compile(bundle);
        ASSERT_NE(compiled.pack, nullptr) << flows::tests::lines(compiled.complaints);
        packs->activate(compiled.pack, std::move(bundle));
        std::map<std::string, vault::CirclePublicKey> all = circles;
        all["fair-food"] = public_key;
        desk = std::make_unique<cases::CaseDesk>(
            cases::CaseDeskServices{*client,
                                    *vault,
                                    clock,
                                    *packs,
                                    std::move(all),
                                    {{"fair-food", {{"maria", "jean", "ana"}, {"ana"}}}}});
        store = std::make_unique<cases::CaseStore>(*client);
        locales::Complaints complaints;
        alerts::AlertProgram told_program{
            people::read_roster("people:\n  maria: {phone: \"+15005550191\"}\norder: [maria]\n",
                                "roster.yaml", complaints),
            way_out.line, [](ops::UtcMs) { return 0; }};
        alerts = std::make_unique<alerts::AlertDesk>(
            alerts::AlertServices{*client, *vault, clock, metrics, *packs, *replies, [] {}},
            std::map<std::string, alerts::AlertProgram>{{"fair-food", std::move(told_program)}});
        users = std::make_unique<access::UserStore>(*client, *vault, clock);
        add_routes(router, {*store,
                            *desk,
                            *client,
                            clock,
                            {"fair-food"},
                            [](const std::string&) { return ""; },
                            *users,
                            *vault});
        add_casework_routes(router, {*store, *desk, *alerts, *client, clock, {"fair-food"}, *users});
        file_case(id);
        apply({{redis::Op::set, keys.receipt(std::string("index-of-") + code), {id}}});
    }
    http::Response ask_for(const std::string& method, const std::string& target,
                           const boost::json::object& body = {}, unsigned uid = getuid(),
                           std::string peer = "") {
        http::Request request;
        request.method = method;
        request.target = target;
        request.body = method == "POST" ? boost::json::serialize(body) : "";
        request.peer_uid = uid;
        request.peer = std::move(peer);
        return tests::run(io, router.handle(request));
    }
    http::Response post(const std::string& what, const boost::json::object& body,
                        const std::string& of = id) {
        return ask_for("POST", "/api/v1/cases/" + of + "/" + what, body);
    }
    boost::json::object got(const http::Response& response) {
        EXPECT_EQ(response.status, 200) << response.body;
        return boost::json::parse(response.body).as_object();
    }
    boost::json::object shown() { return got(ask_for("GET", "/api/v1/cases/" + id)); }
    std::vector<std::string> listed(const std::string& query) {
        std::vector<std::string> ids;
        const boost::json::object list = got(ask_for("GET", "/api/v1/cases?" + query));
        for (const boost::json::value& one : list.at("cases").as_array()) {
            ids.emplace_back(one.as_object().at("id").as_string());
        }
        return ids;
    }
    std::string sealed_note(const std::string& text) {
        return ops::to_base64(cases::seal_note(public_key, "fair-food", id, {"maria", text, 5}));
    }
    /// What a worker hears who comes back with the code, by a phone of their own.
    std::string returns(const std::string& phone) {
        for (const char* words : {"MENU", "1", "2", "3"}) {
            say(text("SM" + std::to_string(++told), words, phone));
        }
        return say(text("SM" + std::to_string(++told), code, phone));
    }
    audit::Entry last_entry() {
        auto entries = audit::read_entries(ask({"XREVRANGE", keys.audit(), "+", "-", "COUNT", "1"}));
        return entries && !entries->empty() ? entries->front() : audit::Entry{};
    }
    std::string acts() { return WithServer::text({"HGET", keys.case_facts(id), "acts"}); }

    std::unique_ptr<cases::CaseDesk> desk;
    std::unique_ptr<access::UserStore> users;
    std::unique_ptr<cases::CaseStore> store;
    std::unique_ptr<alerts::AlertDesk> alerts;
    http::Router router;
};

}  // namespace rightsline::api
