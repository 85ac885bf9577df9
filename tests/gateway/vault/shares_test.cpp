#include "gateway/vault/shares.hpp"

#include <gtest/gtest.h>

#include <random>

#include "gateway/vault/checked_text.hpp"
#include "gateway/vault/circle_secret.hpp"
#include "gateway/vault/error.hpp"
#include "gateway/vault/key_file.hpp"

namespace rightsline::vault {
namespace {

constexpr ArgonCost cheap{1, 8};

struct Person {
    explicit Person(const std::string& name)
        : made(make_member(name, TypedSecret("a passphrase for a test"), cheap).value()),
          key(MemberFile::parse(made.file)->open(TypedSecret("a passphrase for a test")).value()) {}
    NewMember made;
    MemberKey key;
};

class CircleOfMembers : public testing::Test {
 protected:
    Shares shares() const { return Shares::parse(made_.shares_file).value(); }
    std::string report(const std::string& text) const {
        return seal_to_circle(made_.circle, "p|c|story|0", text);
    }

    Person maria_{"maria"};
    Person jean_{"jean"};
    Person ana_{"ana"};
    NewCircle made_ = NewCircle::make("fair-food", 2, std::array{maria_.made.member, jean_.made.member});
};

TEST_F(CircleOfMembers, OpensItsReportsToEachOfThem) {
    EXPECT_EQ(shares().circle().name, "fair-food");
    EXPECT_EQ(shares().circle().version, 2U);
    EXPECT_EQ(shares().members(), (std::vector{maria_.made.member, jean_.made.member}));
    const std::string sealed = report("They did not pay us.");
    for (const Person* person : {&maria_, &jean_}) {
        const CirclePrivateKey circle = shares().open(person->key).value();
        EXPECT_EQ(circle.open("p|c|story|0", sealed).value(), "They did not pay us.");
    }
}

TEST_F(CircleOfMembers, StaysShutToWhoWasNotAdmitted) {
    EXPECT_EQ(shares().open(ana_.key).error(), errc::not_a_member);
    const Person namesake("maria");
    EXPECT_EQ(shares().open(namesake.key).error(), errc::not_a_member);
    EXPECT_FALSE(ana_.key.key().open("p|c|story|0", report("x")));
}

TEST_F(CircleOfMembers, HasNoPrivateKeyInPlain) {
    const CirclePrivateKey circle = shares().open(maria_.key).value();
    EXPECT_EQ(made_.shares_file.find(to_base64(circle.secret().scalar.bytes())), std::string::npos);
    EXPECT_EQ(made_.shares_file.find(to_hex(circle.secret().scalar.bytes())), std::string::npos);
}

TEST_F(CircleOfMembers, AdmitsOneMoreWithoutLosingTheOthers) {
    const std::string text = shares().admit(shares().open(jean_.key).value(), ana_.made.member).value();
    const Shares wider = Shares::parse(text).value();
    ASSERT_EQ(wider.members().size(), 3U);
    for (const Person* person : {&maria_, &jean_, &ana_}) {
        EXPECT_TRUE(wider.open(person->key));
    }
    EXPECT_EQ(wider.open(ana_.key)->open("p|c|story|0", report("old")).value(), "old");
}

TEST_F(CircleOfMembers, AdmitsNobodyTwice) {
    const CirclePrivateKey circle = shares().open(maria_.key).value();
    EXPECT_EQ(shares().admit(circle, jean_.made.member).error(), errc::key_exists);
    EXPECT_EQ(shares().admit(circle, Person("jean").made.member).error(), errc::key_exists) << "a name";
    EXPECT_EQ(shares().admit(circle, {"other", jean_.made.member.key}).error(), errc::key_exists) << "a key";
}

TEST_F(CircleOfMembers, LeavesOutWhoLeftFromTheNextVersionOn) {
    const NewCircle next = NewCircle::make("fair-food", 3, std::array{jean_.made.member});
    const Shares rotated = Shares::parse(next.shares_file).value();
    EXPECT_EQ(rotated.open(maria_.key).error(), errc::not_a_member);
    const CirclePrivateKey before = shares().open(maria_.key).value();
    const std::string later = seal_to_circle(next.circle, "p|c|story|0", "after");
    EXPECT_EQ(before.open("p|c|story|0", later).error(), errc::unknown_key);
    EXPECT_EQ(rotated.open(jean_.key)->open("p|c|story|0", later).value(), "after");
    EXPECT_EQ(before.open("p|c|story|0", report("before")).value(), "before")
        << "the old version stays open to her";
}

TEST_F(CircleOfMembers, ShowsEveryChangedBit) {
    std::mt19937 draw(9);
    const std::string& good = made_.shares_file;
    for (int i = 0; i < 10'000; ++i) {
        std::string bad = good;
        const std::size_t bit = draw() % (bad.size() * 8);
        bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << bit % 8));
        ASSERT_FALSE(Shares::parse(bad)) << "bit " << bit;
    }
    for (std::size_t length = 0; length < good.size(); ++length) {
        ASSERT_FALSE(Shares::parse(good.substr(0, length))) << length;
    }
}

/// The text with a right sum, and a mac by somebody who does not know the circle's key.
std::string forged(const std::string& lines) { return with_checks(lines, SecretBytes(32)); }

TEST_F(CircleOfMembers, ShowsAListThatAStrangerChanged) {
    const std::string& good = made_.shares_file;
    std::string lines = good.substr(0, good.find("mac: "));
    EXPECT_EQ(Shares::parse(forged(lines))->open(maria_.key).error(), errc::damaged_key_file);
    const std::string jeans = to_base64(jean_.made.member.key);
    lines.replace(lines.find(jeans), jeans.size(), to_base64(ana_.made.member.key));
    const Shares changed = Shares::parse(forged(lines)).value();
    EXPECT_EQ(changed.open(maria_.key).error(), errc::damaged_key_file)
        << "a rotation would have admitted ana";
    EXPECT_EQ(changed.open(ana_.key).error(), errc::sealed_otherwise);
}

TEST_F(CircleOfMembers, RefusesEachBitThatAStrangerFlipsAndSumsAnew) {
    const std::string summed(check_sum(made_.shares_file).value());
    std::mt19937 draw(10);
    int parsed = 0;
    for (int i = 0; i < 2'000; ++i) {
        std::string bad = summed;
        const std::size_t bit = draw() % (bad.size() * 8);
        bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << bit % 8));
        const Result<Shares> shares = Shares::parse(with_sum(bad));
        parsed += shares ? 1 : 0;
        ASSERT_FALSE(shares && shares->open(maria_.key)) << "bit " << bit;
    }
    EXPECT_GT(parsed, 500) << "else the key inside was never asked";
}

TEST_F(CircleOfMembers, IsNeverWithoutMembers) {
    EXPECT_THROW(NewCircle::make("fair-food", 1, {}), std::logic_error);
    const std::string& good = made_.shares_file;
    EXPECT_EQ(Shares::parse(forged(good.substr(0, good.find("member.1")))).error(), errc::bad_key_file);
}

TEST_F(CircleOfMembers, TakesFiftyAndNoMore) {
    std::vector<Member> many;
    for (std::size_t i = 0; i < most_members; ++i) {
        many.push_back({"m" + std::to_string(i) + std::string(60, 'x'),
                        make_member("x", TypedSecret("x"), cheap)->member.key});
    }
    many[0] = maria_.made.member;
    const NewCircle made = NewCircle::make(std::string(64, 'c'), 4'000'000'000U, many);
    EXPECT_LE(made.shares_file.size(), most_shares_bytes);
    const Shares full = Shares::parse(made.shares_file).value();
    EXPECT_EQ(full.members().size(), most_members);
    EXPECT_EQ(full.admit(full.open(maria_.key).value(), ana_.made.member).error(), errc::bad_key_file);
}

}  // namespace
}  // namespace rightsline::vault
