// Notes of the team, which reach no worker, and the log of a case.
#include "tests/gateway/api/casework_api.hpp"

#include <gmock/gmock.h>

namespace rightsline::api {
namespace {

using testing::HasSubstr;
using testing::Not;
namespace json = boost::json;

TEST_F(CaseworkApi, NotesAreKeptAsTheyCameAndTheirReadingIsAudited) {
    const std::string circle(got(ask_for("GET", "/api/v1/circle")).at("circle").as_string());
    EXPECT_EQ(circle, vault::public_key_text(public_key));
    const http::Response none = ask_for("GET", "/api/v1/cases/" + id + "/notes");
    EXPECT_EQ(got(none).at("notes_total").as_int64(), 0);
    EXPECT_EQ(acts(), "1") << "nothing was there to be read";
    EXPECT_EQ(post("notes", {{"sealed", sealed_note("canary of the clinic")}, {"as", "maria"}}).status, 200);
    EXPECT_EQ(last_entry().field("what"), "note_written");
    EXPECT_EQ(last_entry().field("who"), "maria");
    const json::object page = got(ask_for("GET", "/api/v1/cases/" + id + "/notes"));
    EXPECT_EQ(last_entry().field("what"), "notes_read");
    ASSERT_EQ(page.at("notes").as_array().size(), 1U);
    const std::string sealed = *ops::from_base64(std::string(page.at("notes").as_array()[0].as_string()));
    EXPECT_EQ(cases::open_note(private_key(), "fair-food", id, sealed)->text, "canary of the clinic");
    EXPECT_EQ(acts(), "3");
}

TEST_F(CaseworkApi, ANoteInPlainWordsIsNotKept) {
    for (const std::string& wrong :
         {std::string("she told us"), ops::to_base64("she told us"), std::string(), std::string("???")}) {
        EXPECT_EQ(post("notes", {{"sealed", wrong}}).status, 422) << wrong;
    }
    EXPECT_EQ(ask_for("POST", "/api/v1/cases/" + id + "/notes").status, 422);
    EXPECT_EQ(number({"EXISTS", keys.case_notes(id)}), 0);
    EXPECT_EQ(acts(), "1");
}

TEST_F(CaseworkApi, NobodyNotesUnderANameThatTheRosterLacks) {
    EXPECT_EQ(post("notes", {{"sealed", sealed_note("x")}, {"as", "she said: he hit me"}}).status, 422);
    EXPECT_EQ(number({"EXISTS", keys.case_notes(id)}), 0);
    EXPECT_EQ(acts(), "1");
}

// A worker's whole way back, by a store that lets nobody touch a note.
TEST_F(CaseworkApi, AWorkerIsAnsweredByAServerThatMayNotReadANote) {
    post("notes", {{"sealed", sealed_note("canary of the clinic")}, {"as", "maria"}});
    post("status", {{"status", "waiting"}});
    ask({"ACL", "SETUSER", "default", "resetkeys", "~{fair-food}:[^k]*", "~{fair-food}:k[^n]*"});
    ASSERT_NE(ask({"LRANGE", keys.case_notes(id), "0", "-1"}).error(), nullptr);
    const std::string heard = returns("+15005550104");
    const std::string after = say(text("SM" + std::to_string(++told), "2", "+15005550104"));
    ask({"ACL", "SETUSER", "default", "allkeys"});
    EXPECT_THAT(heard, HasSubstr("We have a question."));
    EXPECT_THAT(heard + after, Not(HasSubstr("canary")));
    EXPECT_EQ(number({"LLEN", keys.case_notes(id)}), 1);
}

TEST_F(CaseworkApi, TheLogIsTheAuditOfThisCaseAndOfNoOther) {
    file_case(other);
    post("status", {{"status", "reading"}, {"as", "maria"}});
    post("status", {{"status", "closed"}}, other);
    const json::object log = got(ask_for("GET", "/api/v1/cases/" + id + "/log"));
    ASSERT_EQ(log.at("entries").as_array().size(), 2U);
    EXPECT_EQ(log.at("entries").as_array()[0].as_object().at("what").as_string(), "filed");
    const json::object& change = log.at("entries").as_array()[1].as_object();
    EXPECT_EQ(change.at("who").as_string(), "maria");
    EXPECT_EQ(change.at("to").as_string(), "reading");
    EXPECT_FALSE(change.contains("case"));
    EXPECT_EQ(log.at("next").as_string(), "");
    EXPECT_EQ(acts(), "2") << "nothing of it is content";
}

TEST_F(CaseworkApi, ALongLogComesInPagesAndIsWhole) {
    for (int i = 0; i < 12'000; i += 100) {
        std::vector<redis::Write> writes;
        for (int j = 0; j < 100; ++j) {
            writes.push_back({redis::Op::xadd, keys.audit(), {"what", "added", "case", j == 0 ? id : other}});
        }
        apply(std::move(writes));
    }
    std::size_t entries = 0;
    int pages = 0;
    std::string from;
    do {
        const json::object page = got(ask_for("GET", "/api/v1/cases/" + id + "/log?from=" + from));
        entries += page.at("entries").as_array().size();
        from = std::string(page.at("next").as_string());
    } while (!from.empty() && ++pages < 10);
    EXPECT_EQ(entries, 121U);
    EXPECT_EQ(pages, 1);
}

}  // namespace
}  // namespace rightsline::api
