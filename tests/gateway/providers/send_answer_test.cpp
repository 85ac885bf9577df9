#include "gateway/providers/send_answer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/providers/twilio_errors.hpp"
#include "gateway/providers/twilio_send.hpp"
#include "send_support.hpp"

namespace rightsline::providers {
namespace {

using namespace std::chrono_literals;
using testing::Not;

const std::unique_ptr<Sender> twilio = make_twilio_sender();
constexpr flows::Instant now{std::chrono::sys_days(std::chrono::year(2026) / 11 / 22) + 8h};

std::string kind_of(const SendResult& result) {
    constexpr std::array kinds{"accepted", "retry", "rejected", "stopped", "unknown"};
    return kinds.at(result.index());
}

SendResult read(int status, std::string body, http::Headers headers = {}) {
    return twilio->read_send(answer(status, std::move(body), std::move(headers)), now);
}

std::string error_body(std::uint32_t code) {
    return R"({"code": )" + std::to_string(code) + R"(, "message": "about +13055550191", "status": 400})";
}

std::string good(const std::string& more = "") {
    return R"({"sid": ")" + sm + R"(", "status": "queued", "error_code": null)" + more + "}";
}

TEST(SendAnswer, ANameIsWhatMakesItAccepted) {
    const SendResult result = read(201, good());
    ASSERT_EQ(kind_of(result), "accepted");
    EXPECT_EQ(std::get<Accepted>(result).id, sm);
    EXPECT_EQ(std::get<Accepted>(result).status, "queued");
    EXPECT_EQ(reason_of(result), nullptr);
    EXPECT_EQ(kind_of(read(200, R"({"sid": ")" + ca + R"("})")), "accepted") << "an update of a call";
}

TEST(SendAnswer, EveryAnswerEndsInOneResultWithAReason) {
    struct Case {
        int status;
        std::string body;
        std::string kind;
    };
    const std::string deep = std::string(5000, '[');
    for (const Case& one : std::vector<Case>{
             {201, "", "unknown"},
             {201, "<html>", "unknown"},
             {201, "{}", "unknown"},
             {201, "[]", "unknown"},
             {201, deep, "unknown"},
             {201, R"({"sid": "SM1"})", "unknown"},
             {201, R"({"sid": 7})", "unknown"},
             {200, error_body(21610), "unknown"},
             {201, good(R"(, "error_code": 21610)"), "unknown"},
             {201, good(R"(, "code": "30001")"), "unknown"},
             {201, good(R"(, "x": ")" + std::string(70'000, 'x') + "\""), "unknown"},
             {204, "", "unknown"},
             {201, R"({"sid": ")" + sm + R"(", "status": "failed", "error_code": 21610})", "rejected"},
             {201, R"({"sid": ")" + sm + R"(", "status": "failed", "error_code": 30002})", "stopped"},
             {201, R"({"sid": ")" + sm + R"(", "status": "canceled"})", "rejected"},
             {400, error_body(21610), "rejected"},
             {400, error_body(99999), "rejected"},
             {400, "", "rejected"},
             {400, R"({"code": "21610"})", "rejected"},
             {422, std::string(1'000'000, 'x'), "rejected"},
             {400, error_body(30001), "retry"},
             {400, error_body(20003), "stopped"},
             {401, error_body(20003), "stopped"},
             {401, "", "stopped"},
             {403, "<html>", "stopped"},
             {403, error_body(21408), "rejected"},
             {404, error_body(20404), "stopped"},
             {404, "", "stopped"},
             {405, "", "stopped"},
             {301, "", "stopped"},
             {307, "", "stopped"},
             {408, "", "unknown"},
             {429, "", "retry"},
             {429, good(), "retry"},
             {500, "", "unknown"},
             {500, good(), "unknown"},
             {500, error_body(21610), "unknown"},
             {502, "", "unknown"},
             {503, "", "unknown"},
             {503, error_body(20503), "unknown"},
             {504, "", "unknown"},
             {0, "", "unknown"},
             {100, "", "unknown"},
             {600, "", "unknown"},
             {999, good(), "unknown"},
         }) {
        const SendResult result = read(one.status, one.body);
        EXPECT_EQ(kind_of(result), one.kind) << one.status << " " << one.body.substr(0, 80);
        const Reason* const reason = reason_of(result);
        ASSERT_NE(reason, nullptr) << one.status;
        EXPECT_THAT(std::string(reason->what), Not(testing::IsEmpty())) << one.status;
        EXPECT_THAT(std::string(reason->mend), Not(testing::IsEmpty())) << one.status;
        EXPECT_EQ(reason->account, kind_of(result) == "stopped") << one.status;
    }
}

TEST(SendAnswer, ARateLimitIsNoAttemptAndSaysWhenToComeBack) {
    struct Case {
        std::string header;
        std::optional<std::chrono::seconds> after;
    };
    for (const Case& one : std::vector<Case>{{"7", 7s},
                                             {"0", 0s},
                                             {"300", 300s},
                                             {"301", 300s},
                                             {"999999999", 300s},
                                             {"99999999999999999999", std::nullopt},
                                             {"-1", std::nullopt},
                                             {"1.5", std::nullopt},
                                             {"soon", std::nullopt},
                                             {"", std::nullopt},
                                             {"Sun, 22 Nov 2026 08:00:20 GMT", 20s},
                                             {"Sun, 22 Nov 2026 07:00:20 GMT", 0s},
                                             {"Sun, 22 Nov 2099 08:00:20 GMT", 300s}}) {
        for (const std::string& body : {std::string(), error_body(20429), error_body(21610)}) {
            const SendResult result = read(429, body, {{"retry-after", one.header}});
            ASSERT_EQ(kind_of(result), "retry") << one.header;
            EXPECT_FALSE(std::get<Retry>(result).counts);
            EXPECT_EQ(std::get<Retry>(result).after, one.after) << one.header;
            EXPECT_EQ(std::get<Retry>(result).reason.code, 20429U);
        }
    }
    const SendResult queue = read(400, error_body(30001), {{"Retry-After", "5"}});
    EXPECT_TRUE(std::get<Retry>(queue).counts);
    EXPECT_EQ(std::get<Retry>(queue).after, 5s);
}

TEST(SendAnswer, OnlyA503ThatSaysWhenIsBeforeAccepting) {
    const SendResult told = read(503, "", {{"Retry-After", "30"}});
    ASSERT_EQ(kind_of(told), "retry");
    EXPECT_EQ(std::get<Retry>(told).after, 30s);
    EXPECT_TRUE(std::get<Retry>(told).counts);
    EXPECT_EQ(kind_of(read(503, "", {{"Retry-After", "soon"}})), "unknown");
    EXPECT_EQ(kind_of(read(500, "", {{"Retry-After", "30"}})), "unknown");
    EXPECT_EQ(kind_of(read(502, "", {{"Retry-After", "30"}})), "unknown");
}

TEST(SendAnswer, WithoutAnAnswerItDependsOnWhetherAByteLeftUs) {
    EXPECT_EQ(kind_of(unanswered(true)), "unknown");
    EXPECT_EQ(kind_of(unanswered(false)), "retry");
    EXPECT_TRUE(std::get<Retry>(unanswered(false)).counts);
}

TEST(SendAnswer, ACallThatIsOverIsNoFaultOfTheAccount) {
    const auto update = [](int status, std::string body) {
        return kind_of(twilio->read_update(answer(status, std::move(body)), now));
    };
    EXPECT_EQ(update(404, error_body(20404)), "rejected");
    EXPECT_EQ(update(404, ""), "stopped") << "that is nobody's API";
    EXPECT_EQ(update(400, error_body(21220)), "rejected");
    EXPECT_EQ(update(401, ""), "stopped");
    EXPECT_EQ(update(200, R"({"sid": ")" + ca + R"(", "status": "in-progress"})"), "accepted");
    EXPECT_EQ(update(500, ""), "unknown");
}

TEST(SendAnswer, ErasedIsOnlyWhatTheProviderSaysIsGone) {
    struct Case {
        int status;
        std::string body;
        Erasure state;
    };
    for (const Case& one : std::vector<Case>{
             {204, "", Erasure::done},
             {404, error_body(20404), Erasure::done},
             {404, "", Erasure::refused},
             {404, "<html>", Erasure::refused},
             {410, "", Erasure::refused},
             {200, R"({"sid": "SM1", "body": ""})", Erasure::done},
             {200, R"({"sid": "SM1", "body": null})", Erasure::done},
             {200, R"({"sid": "SM1", "body": "hola"})", Erasure::later},
             {200, R"({"sid": "SM1"})", Erasure::later},
             {200, R"({"body": 7})", Erasure::later},
             {200, "", Erasure::later},
             {202, "<html>", Erasure::later},
             {301, "", Erasure::later},
             {400, error_body(20009), Erasure::later},
             {409, "", Erasure::later},
             {429, "", Erasure::later},
             {500, "", Erasure::later},
             {503, "", Erasure::later},
             {0, "", Erasure::later},
             {400, "", Erasure::refused},
             {401, "", Erasure::refused},
             {403, "", Erasure::refused},
         }) {
        const Erased erased = twilio->read_erased(answer(one.status, one.body));
        EXPECT_EQ(erased.state, one.state) << one.status << one.body;
        EXPECT_EQ(erased.reason.what.empty(), erased.state == Erasure::done) << one.status << one.body;
    }
}

}  // namespace
}  // namespace rightsline::providers
