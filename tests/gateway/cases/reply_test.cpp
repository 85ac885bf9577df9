#include "gateway/cases/reply.hpp"

#include <gtest/gtest.h>

#include "gateway/stores/error.hpp"
#include "gateway/vault/error.hpp"

namespace rightsline::cases {
namespace {

class AReply : public testing::Test {
 protected:
    static vault::SecretBytes opener() {
        vault::SecretBytes one(32);
        one.data()[0] = 7;
        return one;
    }
    const vault::CirclePair pair = vault::make_circle("fair-food", 1);
    const vault::CirclePublicKey circle = vault::parse_public_key(pair.public_file).value();
    const vault::CirclePrivateKey key = vault::CirclePrivateKey::parse(pair.private_file).value();
    const std::string mailbox = vault::lock_mailbox(opener(), vault::fresh_mailbox());
    const OpenedReply words{"We read it. Which day was it? ñ", "uid:1000", 1795300000};
    const Reply reply = seal_reply(circle, vault::mailbox_key(mailbox).value(), "fair-food", "c1", words);
};

TEST_F(AReply, OpensForTheCircleAndForTheCodeAlone) {
    const OpenedReply opened = open_reply(key, "fair-food", "c1", reply.id, reply.for_circle).value();
    EXPECT_EQ(opened.text, words.text);
    EXPECT_EQ(opened.by, "uid:1000");
    EXPECT_EQ(opened.at, 1795300000);
    const vault::CirclePrivateKey own = vault::open_mailbox(mailbox, opener()).value();
    EXPECT_EQ(own.open(reply_context("fair-food", "c1", reply.id), reply.for_mailbox).value(), words.text);
    EXPECT_EQ(key.open(reply_context("fair-food", "c1", reply.id), reply.for_mailbox).error(),
              vault::errc::unknown_key);
}

TEST_F(AReply, IsBoundToItsCaseAndItsPlace) {
    EXPECT_FALSE(open_reply(key, "fair-food", "c2", reply.id, reply.for_circle));
    EXPECT_FALSE(open_reply(key, "lesotho-gbvh", "c1", reply.id, reply.for_circle));
    EXPECT_FALSE(open_reply(key, "fair-food", "c1", std::string(32, 'a'), reply.for_circle));
}

TEST_F(AReply, ComesBackFromItsBytes) {
    const Reply back = parse_reply(to_bytes(reply)).value();
    EXPECT_EQ(back.id, reply.id);
    EXPECT_EQ(back.for_circle, reply.for_circle);
    EXPECT_EQ(back.for_mailbox, reply.for_mailbox);
    const std::string bytes = to_bytes(reply);
    for (const std::string& bad :
         {std::string(), std::string("x"), bytes.substr(0, 60), "\2" + bytes.substr(1)}) {
        EXPECT_EQ(parse_reply(bad).error(), stores::errc::damaged);
    }
}

TEST_F(AReply, OfOneSizeClassLooksLikeAnyOther) {
    const vault::MailboxPublicKey to = vault::mailbox_key(mailbox).value();
    const Reply brief = seal_reply(circle, to, "fair-food", "c1", {"No.", "uid:1000", 1});
    EXPECT_EQ(to_bytes(brief).size(), to_bytes(reply).size());
    EXPECT_NE(brief.id, reply.id);
}

TEST_F(AReply, ThatIsAReadyAnswerNamesItInBothCopiesAndLooksLikeAnyOther) {
    const vault::MailboxPublicKey to = vault::mailbox_key(mailbox).value();
    const OpenedReply picked{"Tanpri di nou plis.", "uid:1000", 1795300000, "more"};
    const Reply answer = seal_reply(circle, to, "fair-food", "c1", picked);
    const OpenedReply opened = open_reply(key, "fair-food", "c1", answer.id, answer.for_circle).value();
    EXPECT_EQ(opened.answer, "more");
    EXPECT_EQ(opened.text, picked.text);
    const vault::CirclePrivateKey own = vault::open_mailbox(mailbox, opener()).value();
    const std::string bytes =
        own.open(reply_context("fair-food", "c1", answer.id), answer.for_mailbox).value();
    EXPECT_EQ(parse_reply_words(bytes), (ReplyWords{picked.text, "more"}));
    EXPECT_EQ(answer.for_circle.size(), reply.for_circle.size());
    EXPECT_EQ(answer.for_mailbox.size(), reply.for_mailbox.size());
}

TEST(ReplyWordsForm, WrittenWordsAreThemselvesAndNoFormIsLost) {
    EXPECT_EQ(parse_reply_words("Which day was it?"), (ReplyWords{"Which day was it?", ""}));
    EXPECT_EQ(to_bytes(ReplyWords{"Which day was it?", ""}), "Which day was it?");
    EXPECT_EQ(parse_reply_words(""), ReplyWords());
    EXPECT_EQ(parse_reply_words("\1more"), (ReplyWords{"\1more", ""})) << "not closed: it is words";
    EXPECT_EQ(parse_reply_words("\1\1words"), (ReplyWords{"words", ""}));
}

TEST(ReplyWrites, WhatWasReadIsCountedAndNotOnlyNamedByItsPlace) {
    const stores::Keyspace keys("fair-food");
    const auto writes = reading_writes(keys, "c1", 3, 1, 7200);
    EXPECT_EQ(writes[1].arguments, (std::vector<std::string>{"3", "7200"}));
    EXPECT_EQ(writes[2].arguments, (std::vector<std::string>{"replies_read", "1"}));
}

TEST(ReplyWrites, NeedTheCaseAndItsMailboxAndAreInTheAudit) {
    const stores::Keyspace keys("fair-food");
    CaseFacts facts;
    facts.id = "c1";
    auto writes = replying_writes(keys, facts, {std::string(32, 'a'), "one", "other"}, "uid:1000", 7201);
    ASSERT_EQ(writes.size(), 9U);
    EXPECT_EQ(writes[0].op, redis::Op::must_exist);
    EXPECT_EQ(writes[0].key, keys.case_facts("c1"));
    EXPECT_EQ(writes[1].key, keys.mailbox("c1"));
    EXPECT_EQ(writes[8].arguments,
              (std::vector<std::string>{"what", "replied", "case", "c1", "who", "uid:1000"}));
    // The first one answers; each is the last word that its worker got.
    EXPECT_EQ(writes[4].arguments, (std::vector<std::string>{"wrote", "7200", "answered", "7200"}));
    EXPECT_EQ(writes[5].key, keys.clocks());
    facts.answered_hour = 7200;
    writes = replying_writes(keys, facts, {std::string(32, 'a'), "one", "other"}, "uid:1000", 10'900);
    EXPECT_EQ(writes[4].arguments, (std::vector<std::string>{"wrote", "10800"}));
}

}  // namespace
}  // namespace rightsline::cases
