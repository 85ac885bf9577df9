// Reports of one program that are sealed to different circles: who has one key opens what is sealed to it, and nothing else.
#include <gtest/gtest.h>

#include "gateway/cases/case_store.hpp"
#include "gateway/cases/epoch_lock.hpp"
#include "tests/flows/bundles.hpp"
#include "tests/gateway/conversations/house.hpp"

namespace rightsline::conversations {
namespace {

class TwoCircles : public WithTurns {
 protected:
    void SetUp() override {
        WithTurns::SetUp();
        others = vault::make_circle("assault", 3);
        circles["assault"] = assault().public_key();
        start(script());
    }
    static flows::Bundle script() {
        flows::Bundle bundle = flows::tests::excerpt();
        std::string& program = bundle.files.at("flows/fair-food/program.yaml");
        const std::string force = "{say: Violence or threats, urgency: P1}";
        program.replace(program.find(force), force.size(),
                        "{say: Violence or threats, urgency: P1, circle: assault}");
        program.insert(program.find("families:\n"), "circles: [assault]\n");
        return bundle;
    }
    vault::CirclePrivateKey assault() const {
        return vault::CirclePrivateKey::parse(others.private_file).value();
    }
    /// A report about what has that number in the menu; its id, or "".
    std::string report(const std::string& about, std::size_t kept = 1) {
        for (const std::string& words :
             {std::string("hi"), std::string("1"), std::string("2"), std::string("2"), about,
              std::string("canary of the packing shed"), std::string("1"), std::string("1"), std::string("0"),
              std::string("1"),
              std::string("1")}) {  // filed once its worker has said how they may be reached
            say(words);
        }
        const std::string prefix = "{fair-food}:kp:";
        const std::vector<std::string> found = keys_like(prefix + "*");
        EXPECT_EQ(found.size(), kept);
        return found.empty() ? "" : found.front().substr(prefix.size());
    }
    std::string sealed_part(const std::string& id, const char* at = "0") {
        std::string stored = WithServer::text({"LINDEX", keys.case_parts(id), at});
        return tests::run(io, cases::unlock_one(*vault, cases::part_context("fair-food", id), stored))
            .value();
    }
    bool opens(const vault::CirclePrivateKey& key, const std::string& id, const char* at = "0") {
        return cases::open_part(key, "fair-food", id, sealed_part(id, at)).has_value();
    }
    std::string circle_of(const std::string& id) {
        cases::CaseStore store(*client);
        const Result<cases::CaseFacts> facts = tests::run(io, store.facts("fair-food", id, far()));
        return facts ? facts->circle : "it was not filed";
    }

    vault::CirclePair others;
};

TEST_F(TwoCircles, WhoHasThePayReportsKeyOpensNoAssault) {
    const std::string id = report("3");
    EXPECT_TRUE(opens(assault(), id));
    EXPECT_FALSE(opens(private_key(), id));
    EXPECT_EQ(circle_of(id), "assault");
}

TEST_F(TwoCircles, AndTheOtherWayRound) {
    const std::string id = report("1");
    EXPECT_TRUE(opens(private_key(), id));
    EXPECT_FALSE(opens(assault(), id));
    EXPECT_EQ(circle_of(id), "");
}

/// It goes to no larger circle instead, and nobody hears that it is saved.
TEST_F(TwoCircles, WithoutItsKeyNothingIsKeptOfAnAssault) {
    circles.erase("assault");
    start(script());
    EXPECT_EQ(report("3", 0), "");
    EXPECT_EQ(keys_like("{fair-food}:k:*").size(), 0U);
}

}  // namespace
}  // namespace rightsline::conversations
