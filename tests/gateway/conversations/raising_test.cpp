// A worker who says more after their report was filed may raise it. What it has by then their conversation does not know:
// the team may have sorted it into a danger meanwhile, and that is not put back.
#include <gtest/gtest.h>

#include "gateway/cases/case_file.hpp"
#include "tests/gateway/conversations/house.hpp"

namespace rightsline::conversations {
namespace {

class Raising : public WithTurns {
 protected:
    /// A report about pay, filed, in a conversation that goes on.
    void file_report() {
        static const std::pair<const char*, const char*> ways[] = {{"language.menu\"", "1"},
                                                                   {"danger_now.menu\"", "2"},
                                                                   {"main.menu\"", "2"},
                                                                   {"what_happened.menu\"", "1"},
                                                                   {"where.prompt\"", "skip"}};
        std::string answer = say("MENU");
        bool story = false;
        for (int i = 0; i < 16 && count_of("{fair-food}:kx") == 0; ++i) {
            const bool asks_story = answer.find("hotline.story.sms\"") != std::string::npos;
            const char* words = asks_story && !story ? "They cut our hours." : "1";
            for (const auto& [key, way] : ways) {
                words = answer.find(key) != std::string::npos ? way : words;
            }
            story = story || asks_story;
            answer = say(words);
        }
        const std::vector<std::string> parts = keys_like("{fair-food}:kp:*");
        ASSERT_EQ(parts.size(), 1U) << answer;
        id = parts.front().substr(std::string("{fair-food}:kp:").size());
        ASSERT_EQ(urgency(), "P3");
    }
    /// The number was not asked for yet, so what is told now belongs to the same report.
    void tell_of_an_injury() {
        for (const char* words : {"MENU", "2", "2", "One of us fell from the truck."}) {
            say(words);
        }
        ASSERT_EQ(keys_like("{fair-food}:kp:*").size(), 1U) << "it became a report of its own";
    }
    std::string urgency() { return WithServer::text({"HGET", keys.case_facts(id), "urgency"}); }
    std::string raised_at() { return WithServer::text({"HGET", keys.case_facts(id), "raised"}); }
    std::string id;
};

TEST_F(Raising, WhatATellerSaysLaterRaisesTheCase) {
    file_report();
    tell_of_an_injury();
    EXPECT_EQ(urgency(), "P2");
}

TEST_F(Raising, WhatTheTeamRaisedHigherMeanwhileStays) {
    file_report();
    apply(cases::raising_writes(keys, id, flows::Urgency::p1, 3600, "maria"));
    tell_of_an_injury();
    EXPECT_EQ(urgency(), "P1");
    EXPECT_EQ(raised_at(), "3600") << "its clock does not begin anew";
    EXPECT_EQ(WithServer::text({"ZSCORE", keys.cases(), id}),
              std::to_string(cases::list_score(flows::Urgency::p1, 3600)));
}

}  // namespace
}  // namespace rightsline::conversations
