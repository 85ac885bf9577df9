// What changes while somebody looks is told to whom it is there for, and to nobody else; and ends with their login.
#include <gtest/gtest.h>

#include "gateway/http/streaming.hpp"
#include "tests/gateway/api/console_house.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using access::Role;
using std::chrono::minutes;
using std::chrono::seconds;

class ConsoleEvents : public ConsoleHouse {
 protected:
    void SetUp() override {
        ConsoleHouse::SetUp();
        add_user("maria", {{"fair-food", Role::monitor}});
        add_user("jean", {{"fair-food", Role::monitor}});
    }
    http::Response listen(const http::Headers& who, const std::string& last = "") {
        http::Headers headers = who;
        if (!last.empty()) {
            headers.emplace_back("Last-Event-ID", last);
        }
        return ask_console("GET", "/api/v1/events?program=fair-food", headers);
    }
    /// What comes after the greeting, when the desk looked once; "(over)": nothing comes any more.
    std::string next(const http::Response& response, bool look = true) {
        if (look) {
            tests::run(io, events->look());
        }
        return tests::run(io, response.stream->next()).value_or("(over)");
    }
    static std::string id_in(const std::string& event) {
        const std::size_t at = event.find("id: ") + 4;
        return event.substr(at, event.find('\n', at) - at);
    }
    static json::object data_in(const std::string& event) {
        const std::size_t at = event.find("data: ");
        return at == std::string::npos
                   ? json::object()
                   : json::parse(event.substr(at + 6, event.find('\n', at) - at - 6)).as_object();
    }
    http::Response act(const http::Headers& who, const std::string& what, const std::string& body = "") {
        return ask_console("POST", "/api/v1/cases/" + case_id + what, who, body);
    }
    void note_act(audit::What what, const std::string& who, const std::string& id = case_id) {
        audit::Act done;
        done.what = what;
        done.case_id = id;
        done.who = who;
        apply(audit::entry_writes(keys, std::move(done)));
    }
};

TEST_F(ConsoleEvents, TellThatSomethingChangedAndNeverWhat) {
    const http::Response stream = listen(tool_of("maria"));
    ASSERT_EQ(stream.status, 200) << stream.body;
    EXPECT_EQ(stream.content_type, "text/event-stream");
    EXPECT_EQ(header(stream, "Cache-Control"), "no-store");
    EXPECT_NE(next(stream, false).find("event: ready"), std::string::npos);
    EXPECT_EQ(next(stream), "");
    ASSERT_EQ(act(tool_of("jean"), "/take").status, 200);
    const std::string told = next(stream);
    EXPECT_NE(told.find("event: changed"), std::string::npos) << told;
    EXPECT_EQ(json::serialize(data_in(told)),
              R"({"cases":[")" + case_id + R"("],"list":true,"alerts":true,"login":false,"call":""})");
    EXPECT_EQ(told.find("status"), std::string::npos);
    EXPECT_EQ(told.find("jean"), std::string::npos);
    EXPECT_EQ(next(stream), "") << "once";
}

TEST_F(ConsoleEvents, TellNobodyOfWhatTheyDidThemselvesNorThatSomebodyLooked) {
    const http::Headers maria = tool_of("maria");
    const http::Response stream = listen(maria);
    next(stream, false);
    ASSERT_EQ(ask_console("GET", "/api/v1/cases/" + case_id, tool_of("jean")).status, 200);
    EXPECT_EQ(next(stream), "");
    note_act(audit::What::tasks_read, "jean");
    EXPECT_EQ(next(stream), "");
    ASSERT_EQ(act(maria, "/take").status, 200);
    const json::object told = data_in(next(stream));
    EXPECT_TRUE(told.at("cases").as_array().empty());
    EXPECT_TRUE(told.at("list").as_bool()) << "another tab of theirs shows the list";
}

TEST_F(ConsoleEvents, TellWhoTookACallThatItIsOverAndNobodyElse) {
    const http::Response maria = listen(tool_of("maria"));
    const http::Response jean = listen(tool_of("jean"));
    next(maria, false);
    next(jean, false);
    const auto ends = [this](const char* who, const char* why, const char* to) {
        audit::Act done{audit::What::call_ended};
        done.who = who;
        done.how = "3fa9c2d1";
        done.why = why;
        done.to = to;
        apply(audit::entry_writes(keys, std::move(done)));
    };
    ends("maria", "240", "");
    EXPECT_EQ(json::serialize(data_in(next(maria))),
              R"({"cases":[],"list":false,"alerts":false,"login":false,"call":"3fa9c2d1"})");
    EXPECT_EQ(next(jean), "");
    EXPECT_EQ(next(maria), "") << "once";
    ends("maria", "60", "jean");
    EXPECT_EQ(next(maria), "") << "the talk goes on, with a colleague";
    ends("maria", "0", "");
    EXPECT_EQ(next(maria), "") << "no word was spoken";
}

TEST_F(ConsoleEvents, SayNothingOfACaseThatKeepsSomebodyOut) {
    const http::Headers maria = tool_of("maria");
    const http::Response stream = listen(maria);
    next(stream, false);
    ASSERT_EQ(act(tool_of("jean"), "/exclude", R"({"person": "maria"})").status, 200);
    EXPECT_EQ(next(stream), "");
    note_act(audit::What::added, "worker");
    EXPECT_EQ(next(stream), "");
    const http::Response again = listen(maria, "1-0");
    next(again, false);
    EXPECT_EQ(next(again).find(case_id), std::string::npos);
}

TEST_F(ConsoleEvents, NameNoCaseOfASiteThatSomebodyDoesNotLookAfter) {
    add_user("rosa", {{"fair-food", Role::admin}});
    const http::Headers rosa = tool_of("rosa");
    const http::Headers jean = tool_of("jean");
    const http::Headers maria = tool_of("maria");
    const std::string of_sol = "00000000000000000000000000000002";
    file(of_sol, flows::Urgency::p3);
    const auto post = [&](const http::Headers& who, const std::string& target, const std::string& body) {
        const http::Response done = ask_console("POST", "/api/v1/" + target, who, body);
        ASSERT_EQ(done.status, 200) << target << done.body;
    };
    for (const char* site : {"sol-farm", "rio-farm"}) {
        post(rosa, "sites", json::serialize(json::object{{"site", site}}));
    }
    post(rosa, "sites/near", R"({"person": "jean", "sites": ["rio-farm"]})");
    const http::Response stream = listen(jean);
    next(stream, false);
    next(stream);
    post(maria, "cases/" + of_sol + "/site", R"({"site": "sol-farm"})");
    const std::string moved_away = next(stream);
    EXPECT_EQ(moved_away.find(of_sol), std::string::npos) << moved_away;
    EXPECT_TRUE(data_in(moved_away).at("list").as_bool()) << "it stood there until now";
    post(maria, "cases/" + of_sol + "/take", "{}");
    post(maria, "cases/" + of_sol + "/status", R"({"status": "received"})");
    EXPECT_EQ(next(stream).find(of_sol), std::string::npos);
    const http::Response again = listen(jean, "1-0");
    next(again, false);
    EXPECT_EQ(next(again).find(of_sol), std::string::npos) << "nor to who comes back";
}

TEST_F(ConsoleEvents, GoOnBehindTheLastOneThatWasTold) {
    const http::Headers maria = tool_of("maria");
    const std::string last = id_in(next(listen(maria), false));
    note_act(audit::What::added, "worker");
    const http::Response stream = listen(maria, last);
    next(stream, false);
    EXPECT_NE(next(stream, false).find(case_id), std::string::npos) << "before the desk looked again";
}

TEST_F(ConsoleEvents, SayReloadWhereTheyCannotMakeUpForWhatWasMissed) {
    const http::Headers maria = tool_of("maria");
    for (const char* last : {"99999999999999-0", "what"}) {
        const http::Response stream = listen(maria, last);
        next(stream, false);
        EXPECT_NE(next(stream, false).find("event: reload"), std::string::npos) << last;
    }
    for (int i = 0; i < 210; ++i) {
        note_act(audit::What::added, "worker");
    }
    const http::Response stream = listen(maria, "1-0");
    next(stream, false);
    EXPECT_NE(next(stream, false).find("event: reload"), std::string::npos);
}

TEST_F(ConsoleEvents, EndWithTheLoginAtOnce) {
    const http::Headers maria = tool_of("maria");
    const http::Response stream = listen(maria);
    next(stream, false);
    ASSERT_EQ(ask_console("POST", "/api/v1/logout", maria).status, 204);
    EXPECT_EQ(next(stream), "event: over\ndata: {}\n\n");
    EXPECT_EQ(next(stream), "(over)");
}

TEST_F(ConsoleEvents, EndWithTheRightAtOnce) {
    add_user("rosa", {{"fair-food", Role::admin}});
    const http::Response stream = listen(tool_of("maria"));
    const http::Headers rosa = tool_of("rosa");
    next(stream, false);
    ASSERT_EQ(
        ask_console("POST", "/api/v1/users/maria/roles", rosa, R"({"roles": ["fair-food:auditor"]})").status,
        200);
    EXPECT_EQ(next(stream), "event: over\ndata: {}\n\n");
}

TEST_F(ConsoleEvents, TellWhoListensThatSomebodyLoggedInWithTheirName) {
    const http::Response stream = listen(tool_of("maria"));
    next(stream, false);
    EXPECT_EQ(next(stream), "") << "not of the login that listens";
    tool_of("jean");
    EXPECT_EQ(next(stream).find("\"login\":true"), std::string::npos);
    tool_of("maria");
    EXPECT_NE(next(stream).find("\"login\":true"), std::string::npos);
}

TEST_F(ConsoleEvents, KeepNobodyLoggedIn) {
    const http::Response stream = listen(tool_of("maria"));
    next(stream, false);
    for (int i = 0; i < 20; ++i) {
        clock.advance(minutes(1));
        moved.advance(minutes(1));
        EXPECT_EQ(next(stream), ":\n\n") << i;
    }
    clock.advance(minutes(1));
    moved.advance(minutes(1));
    EXPECT_EQ(next(stream), "event: over\ndata: {}\n\n");
}

TEST_F(ConsoleEvents, AreBoundedForALogin) {
    const http::Headers maria = tool_of("maria");
    std::vector<http::Response> open;
    for (std::size_t i = 0; i < most_listeners_of_login; ++i) {
        open.push_back(listen(maria));
        EXPECT_EQ(open.back().status, 200);
    }
    const http::Response refused = listen(maria);
    EXPECT_EQ(refused.status, 429);
    EXPECT_EQ(header(refused, "Retry-After"), "60");
    EXPECT_EQ(listen(tool_of("jean")).status, 200);
    open.pop_back();
    EXPECT_EQ(listen(maria).status, 200);
}

TEST(News, OfTooManyCasesAreAReload) {
    News news;
    for (std::size_t i = 0; i <= most_cases_told; ++i) {
        news.add_case(std::to_string(i));
    }
    EXPECT_EQ(news.cases.size(), most_cases_told);
    EXPECT_EQ(event_of(news, {5, 0}), "id: 5-0\nevent: reload\ndata: {}\n\n");
}

}  // namespace
}  // namespace rightsline::api
