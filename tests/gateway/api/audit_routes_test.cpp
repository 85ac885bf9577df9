// The log of a program as its auditor reads it: all of it, page by page, and nothing that anybody told.
#include <gtest/gtest.h>

#include <set>

#include "gateway/audit/sealer.hpp"
#include "tests/gateway/api/console_house.hpp"
#include "tests/gateway/audit/paper.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;

class AuditApi : public ConsoleHouse {
 protected:
    void SetUp() override {
        ConsoleHouse::SetUp();
        add_user("noor", {{"fair-food", access::Role::auditor}});
        add_user("maria", {{"fair-food", access::Role::monitor}});
        tool = tool_of("noor");
        const http::Headers monitors = tool_of("maria");
        ask_console("GET", "/api/v1/cases/" + case_id, monitors);
        ask_console("POST", "/api/v1/cases/" + case_id + "/take", monitors);
        ask_console("POST", "/api/v1/cases/" + case_id + "/notes", monitors, sealed_note("maria"));
    }
    json::object log(const std::string& query = "") {
        const http::Response got = ask_console("GET", "/api/v1/audit" + query, tool);
        EXPECT_EQ(got.status, 200) << got.body;
        return json_of(got);
    }
    void seal() {
        audit::Sealer sealer(*client, key, clock, metrics);
        const auto done = tests::run(io, sealer.close_block("fair-food", far()));
        ASSERT_TRUE(done && *done == audit::Sealer::Done::closed);
    }

    vault::AuditKey key = audit::fresh_key();
    http::Headers tool;
};

TEST_F(AuditApi, AnAuditorReadsAllOfItPageByPageAndNoCase) {
    const std::vector<audit::Entry> all = entries();
    ASSERT_GE(all.size(), 4U);
    std::vector<std::string> read;
    std::string cursor;
    do {
        const json::object page = log("?limit=2&cursor=" + cursor);
        EXPECT_LE(page.at("entries").as_array().size(), 2U);
        for (const json::value& one : page.at("entries").as_array()) {
            read.emplace_back(one.at("id").as_string());
        }
        cursor = page.at("next").as_string();
    } while (!cursor.empty());
    ASSERT_EQ(read.size(), all.size());
    for (std::size_t i = 0; i < all.size(); ++i) {
        EXPECT_EQ(read[i], all[i].id.str());
    }
    for (const std::string& path : {"/api/v1/cases", "/api/v1/alerts"}) {
        EXPECT_EQ(ask_console("GET", path, tool).status, 404) << path;
    }
    EXPECT_EQ(ask_console("GET", "/api/v1/cases/" + case_id + "/log", tool).status, 404);
}

TEST_F(AuditApi, SaysWhoDidWhatToWhichAndNothingThatAnybodyTold) {
    const json::object all = log();
    std::set<std::string> acts;
    for (const json::value& one : all.at("entries").as_array()) {
        const json::object& entry = one.as_object();
        acts.emplace(entry.at("what").as_string());
        for (const auto& [name, value] : entry) {
            EXPECT_TRUE((std::set<std::string_view>{"id", "at", "sealed", "what", "case", "who", "how", "why",
                                                    "to", "whom"})
                            .contains(std::string_view(name)))
                << name;
        }
        if (entry.at("what").as_string() == "case_read") {
            EXPECT_EQ(entry.at("who").as_string(), "maria");
            EXPECT_EQ(entry.at("case").as_string(), case_id);
        }
    }
    for (const char* act : {"case_read", "assigned", "note_written"}) {
        EXPECT_TRUE(acts.contains(act)) << act;
    }
    EXPECT_EQ(json::serialize(all).find("7K4-921"), std::string::npos);
    EXPECT_EQ(json::serialize(all).find("clinic"), std::string::npos);
}

TEST_F(AuditApi, GoesWithTheNewestBlockThatWasSigned) {
    EXPECT_TRUE(log().at("head").is_null());
    seal();
    const std::size_t covered = entries().size();
    EXPECT_EQ(ask_console("GET", "/api/v1/outbox", tool).status, 404);  // one more entry, that no block holds
    const json::object page = log();
    const json::array& all = page.at("entries").as_array();
    ASSERT_EQ(all.size(), covered + 1);
    EXPECT_TRUE(all[covered - 1].at("sealed").as_bool());
    EXPECT_FALSE(all[covered].at("sealed").as_bool());
    const json::object& head = page.at("head").as_object();
    const std::string bytes = *ops::from_base64(std::string(head.at("block").as_string()));
    const std::optional<audit::Block> block = audit::parse_block(bytes);
    ASSERT_TRUE(block);
    EXPECT_TRUE(audit::is_signed_by(bytes, *block, key.public_key()));
    EXPECT_EQ(head.at("head").as_string(), (audit::Head{1, audit::digest_of(bytes)}.str()));
    EXPECT_EQ(head.at("until").as_string(), std::string(all[covered - 1].at("id").as_string()));
    EXPECT_FALSE(page.at("head_damaged").as_bool());
}

TEST_F(AuditApi, AHeadThatIsNoneIsSaid) {
    seal();
    ask({"SET", keys.audit_head(), std::string(8, '\1') + "no block"});
    EXPECT_TRUE(log().at("head").is_null());
    EXPECT_TRUE(log().at("head_damaged").as_bool());
}

TEST_F(AuditApi, BeginsWithTheSecondThatWasAskedFor) {
    const std::int64_t last = static_cast<std::int64_t>(entries().back().id.ms / 1000);
    EXPECT_EQ(log("?since=0").at("entries").as_array().size(), entries().size());
    EXPECT_EQ(log("?since=" + std::to_string(last + 3600)).at("entries").as_array().size(), 0U);
    for (const char* wrong :
         {"since=yesterday", "since=-1", "since=99999999999999", "cursor=next", "cursor=1-x"}) {
        EXPECT_EQ(ask_console("GET", std::string("/api/v1/audit?") + wrong, tool).status, 422) << wrong;
    }
}

}  // namespace
}  // namespace rightsline::api
