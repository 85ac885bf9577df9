#include "gateway/conversations/code_stock.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/gateway/conversations/house.hpp"

namespace rightsline::conversations {
namespace {

class Stock : public WithTurns {
 protected:
    Awaitable<std::string> next_code() {
        const Result<ReadyCode> code = co_await stock->take_code(far());
        co_return code ? code->code.reveal() : "";
    }
    Awaitable<std::string> next_alias() {
        const Result<std::string> alias = co_await stock->take_alias("fair-food", far());
        co_return alias ? *alias : "";
    }
};

TEST_F(Stock, FillsUpToItsBoundAndGivesEachCodeOnce) {
    tests::run(io, stock->refill({"fair-food"}));
    tests::run(io, stock->refill({"fair-food"}));
    EXPECT_EQ(stock->codes(), 2U);
    EXPECT_EQ(count_of("{fair-food}:ka:*"), 2U);
    std::set<std::string> given;
    for (int i = 0; i < 4; ++i) {  // two from the stock, two made while one waits
        given.insert(await(next_code()));
    }
    EXPECT_EQ(given.size(), 4U);
    EXPECT_EQ(derived, 4);
}

TEST_F(Stock, AliasesAreReservedAndLookAsStaffSayThem) {
    std::set<std::string> given;
    for (int i = 0; i < 20; ++i) {
        const std::string alias = await(next_alias());
        EXPECT_THAT(alias, testing::MatchesRegex("[0-9][A-HJ-NP-Z][0-9]-[0-9][0-9][0-9]"));
        EXPECT_EQ(number({"EXISTS", keys.alias(alias)}), 1);
        given.insert(alias);
    }
    EXPECT_EQ(given.size(), 20U);
}

}  // namespace
}  // namespace rightsline::conversations
