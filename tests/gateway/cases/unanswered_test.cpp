// Which question was left: whoever has the code learns it for a day, and nobody else learns anything.
#include "gateway/cases/unanswered.hpp"

#include <gtest/gtest.h>

#include <set>

namespace rightsline::cases {
namespace {

constexpr std::int64_t now = 1'795'300'123;
constexpr std::int64_t day = 24 * 3600;

class UnansweredTest : public testing::Test {
 protected:
    UnansweredTest() {
        for (std::size_t i = 0; i < opener_.size(); ++i) {
            opener_.data()[i] = static_cast<std::uint8_t>(i + 1);
        }
        stored_ = vault::lock_mailbox(opener_, vault::fresh_mailbox());
    }
    redis::Write write(const std::string& question, std::int64_t at = now) const {
        return unanswered_write(keys_, "c1", *vault::mailbox_key(stored_), question, at);
    }
    std::string read(const std::string& sealed, std::int64_t at, const std::string& id = "c1") const {
        return read_unanswered(*vault::open_mailbox(stored_, opener_), keys_, id, sealed, at);
    }
    const stores::Keyspace keys_{"fair-food"};
    vault::SecretBytes opener_{32};
    std::string stored_;
};

TEST_F(UnansweredTest, OpensForADayToWhoeverOpensTheMailbox) {
    const std::string sealed = write("hotline.who").arguments[0];
    EXPECT_EQ(read(sealed, now), "hotline.who");
    EXPECT_EQ(read(sealed, now + day - 1), "hotline.who");
    EXPECT_EQ(read(sealed, now + day), "");
    EXPECT_EQ(read(write("").arguments[0], now), "");
}

TEST_F(UnansweredTest, IsOfOneCaseAndOneMailbox) {
    const std::string sealed = write("hotline.who").arguments[0];
    EXPECT_EQ(read(sealed, now, "c2"), "");
    EXPECT_EQ(read("", now), "");
    EXPECT_EQ(read(std::string(300, 'x'), now), "");
    std::string changed = sealed;
    changed.back() = static_cast<char>(changed.back() ^ 1);
    EXPECT_EQ(read(changed, now), "");
    stored_ = vault::lock_mailbox(opener_, vault::fresh_mailbox());
    EXPECT_EQ(read(sealed, now), "");
}

TEST_F(UnansweredTest, LooksAlikeWhateverItHolds) {
    std::set<std::size_t> sizes;
    for (const std::string& question :
         {std::string(), std::string("hotline.who"), std::string(200, 'q'), std::string(900, 'q')}) {
        const std::string sealed = write(question).arguments[0];
        sizes.insert(sealed.size());
        EXPECT_EQ(sealed.find("hotline"), std::string::npos);
    }
    EXPECT_EQ(sizes.size(), 1U);
    EXPECT_NE(write("hotline.who").arguments[0], write("hotline.who").arguments[0]);
}

TEST_F(UnansweredTest, GoesByItselfAtAFullHourBehindTheDay) {
    for (const std::int64_t at : {now, now - now % 3600, now + 1799}) {
        const redis::Write one = write("hotline.who", at);
        EXPECT_EQ(one.op, redis::Op::set_for);
        EXPECT_EQ(one.key, keys_.unanswered("c1"));
        const std::int64_t seconds = std::stoll(one.arguments[1]);
        EXPECT_EQ((at + seconds) % 3600, 0);
        EXPECT_GE(seconds, day);
        EXPECT_LE(seconds, day + 3600);
    }
}

}  // namespace
}  // namespace rightsline::cases
