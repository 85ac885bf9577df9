#include "gateway/access/user.hpp"

#include <gtest/gtest.h>

namespace rightsline::access {
namespace {

User maria() {
    User user;
    user.name = "maria";
    user.grants.give("fair-food", Role::monitor);
    user.grants.give("fair-food", Role::admin);
    user.grants.give("milk", Role::operator_);
    user.password_hash = "$argon2id$";
    user.totp_secret = locales::PrivateText(std::string("\0\x01\xff", 3));
    user.key_fingerprint = "79bb 05f8 0000 1111 2222 3333 4444 5555";
    user.disabled = true;
    user.generation = 7;
    user.last_step = 41152263;
    user.made = 1;
    user.last_login = 2;
    return user;
}

TEST(User, IsReadAsItWasWritten) {
    const auto read = read_user(to_bytes(maria()));
    ASSERT_TRUE(read);
    EXPECT_EQ(to_bytes(*read), to_bytes(maria()));
    EXPECT_EQ(read->totp_secret, maria().totp_secret);
    EXPECT_EQ(read->grants, maria().grants);
    EXPECT_TRUE(read->disabled);
}

TEST(User, ARoleThatThisBuildDoesNotKnowGivesNoRight) {
    std::string bytes = to_bytes(maria());
    const auto at = bytes.find("\"operator\"");
    bytes.replace(at, 10, "\"almighty\"");
    const auto read = read_user(bytes);
    ASSERT_TRUE(read);
    EXPECT_FALSE(read->grants.may("milk", Right::own_login));
}

TEST(User, WhatHasNotItsShapeIsNone) {
    EXPECT_FALSE(read_user(""));
    EXPECT_FALSE(read_user("[]"));
    EXPECT_FALSE(read_user("{}"));
    std::string bytes = to_bytes(maria());
    EXPECT_FALSE(read_user(bytes.substr(0, bytes.size() - 1)));
    const auto at = bytes.find("\"disabled\":true");
    EXPECT_FALSE(read_user(bytes.replace(at, 15, "\"disabled\":\"no\"")));
}

TEST(User, NamesArePlain) {
    for (const char* name : {"maria", "m2", "jean-paul", "ana.b", "a1234567890123456789012345678901"}) {
        EXPECT_TRUE(is_user_name(name)) << name;
    }
    for (const char* name : {"", "m", "Maria", "2maria", "-maria", "maria b", "maría", "maria\n", "maria:x",
                             "a12345678901234567890123456789012"}) {
        EXPECT_FALSE(is_user_name(name)) << name;
    }
}

TEST(User, FingerprintsAreThoseOfMembersKeys) {
    EXPECT_TRUE(is_fingerprint("79bb 05f8 0000 1111 2222 3333 4444 5555"));
    for (const char* other :
         {"", "79bb05f8000011112222333344445555", "79BB 05f8 0000 1111 2222 3333 4444 5555",
          "79bb 05f8 0000 1111 2222 3333 4444 555", "79bb-05f8 0000 1111 2222 3333 4444 5555"}) {
        EXPECT_FALSE(is_fingerprint(other)) << other;
    }
}

}  // namespace
}  // namespace rightsline::access
