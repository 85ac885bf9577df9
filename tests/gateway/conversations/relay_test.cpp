// What the team wrote, and the worker who comes back for it: through the turn, with a real store and the shipped script.
#include "gateway/conversations/relay.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/cases/epoch_lock.hpp"
#include "gateway/cases/reply.hpp"
#include "gateway/conversations/envelope.hpp"
#include "gateway/vault/mailbox.hpp"
#include "tests/gateway/conversations/caller.hpp"
#include "tests/gateway/conversations/shipped_pack.hpp"

namespace rightsline::conversations {
namespace {

using testing::HasSubstr;
using testing::Not;

class Relayed : public Caller {
 protected:
    static constexpr const char* code = "000000005724";
    static constexpr const char* case_id = "0123456789abcdef0123456789abcdef";

    void SetUp() override {
        Caller::SetUp();
        start(shipped_bundle());
        file_case(case_id);
        mailbox = vault::lock_mailbox(*keys_of(code).opener, vault::fresh_mailbox());
        apply({{redis::Op::set, keys.receipt(std::string("index-of-") + code), {case_id}},
               {redis::Op::set, keys.mailbox(case_id), {mailbox}}});
    }
    void write(const std::string& words) {
        const cases::Reply reply = cases::seal_reply(public_key, vault::mailbox_key(mailbox).value(),
                                                     "fair-food", case_id, {words, "uid:1000", 1});
        cases::CaseFacts facts;
        facts.id = case_id;
        apply(cases::replying_writes(keys, facts, reply, "uid:1000", 7200));
    }
    std::string text_from(const char* phone, const std::string& words) {
        return say(text("SM" + std::to_string(++told), words, phone));
    }
    /// By text, in English; what comes after the code.
    std::string arrive(const char* phone = "+15005550001") {
        for (const char* words : {"hi", "1", "2", "3"}) {
            text_from(phone, words);
        }
        return text_from(phone, code);
    }
    std::string fact_of(const char* name) {
        return WithServer::text({"HGET", keys.case_facts(case_id), name});
    }
    /// Every value in the store, opened with whatever the server's own keys open.
    std::vector<std::string> all_values() {
        std::vector<std::string> all;
        for (const std::string& key : keys_like("*")) {
            const std::string type = WithServer::text({"TYPE", key});
            const redis::Reply got = type == "string" ? ask({"GET", key})
                                     : type == "list" ? ask({"LRANGE", key, "0", "-1"})
                                     : type == "hash" ? ask({"HGETALL", key})
                                     : type == "zset" ? ask({"ZRANGE", key, "0", "-1"})
                                                      : redis::Reply();
            std::vector<std::string> values;
            if (got.string() != nullptr) {
                values.push_back(*got.string());
            } else if (got.array() != nullptr) {
                for (const redis::Reply& one : *got.array()) {
                    values.push_back(one.string() == nullptr ? "" : *one.string());
                }
            }
            for (const std::string& value : values) {
                all.push_back(value);
                for (const std::size_t cut : {0U, 8U}) {  // a document stands behind its version
                    all.push_back(opened(key, value.substr(std::min<std::size_t>(cut, value.size()))));
                }
            }
        }
        return all;
    }
    std::string opened(const std::string& key, const std::string& sealed) {
        for (const auto purpose : {vault::Purpose::conversation, vault::Purpose::answer}) {
            std::vector<vault::SealRequest> requests;
            requests.push_back({purpose, key, sealed});
            const auto plain = tests::run(io, vault->open(std::move(requests)));
            if (plain) {
                return plain->front();
            }
        }
        return {};
    }

    std::string mailbox;
};

TEST_F(Relayed, WaitForTheCodeAndAreReadInPiecesInTheirOrder) {
    write("The first one.");
    write(std::string(200, 'a') + " " + std::string(200, 'b') + ".");
    const std::string told = arrive();
    EXPECT_THAT(told, HasSubstr("messages.new.sms"));
    EXPECT_THAT(told, HasSubstr("team: 2"));
    EXPECT_THAT(told, Not(HasSubstr("The first one")));
    EXPECT_THAT(say("1"), HasSubstr("The first one."));
    EXPECT_EQ(fact_of("replies_read"), "1");
    EXPECT_THAT(say("1"), HasSubstr(std::string(200, 'a')));
    EXPECT_EQ(fact_of("replies_read"), "1") << "there is more of it";
    const std::string last = say("1");
    EXPECT_THAT(last, HasSubstr(std::string(200, 'b')));
    EXPECT_THAT(last, HasSubstr("messages.what_now.menu"));
    EXPECT_EQ(fact_of("replies_read"), "2");
    EXPECT_EQ(number({"HLEN", keys.replies_read(case_id)}), 2);
    EXPECT_THAT(arrive("+15005550009"), HasSubstr("messages.old.menu"));
    EXPECT_THAT(text_from("+15005550009", "2"), HasSubstr("The first one."));
    EXPECT_EQ(fact_of("replies"), "2");
}

TEST_F(Relayed, NobodyWithTheStoreAndTheServersKeysReadsThem) {
    write("canary in the mailbox");
    say("hi");
    for (const std::string& value : all_values()) {
        ASSERT_THAT(value, Not(HasSubstr("canary in the mailbox")));
        ASSERT_FALSE(value.size() == 32 && vault::open_mailbox(mailbox, *keys_of(value).opener));
    }
    arrive();
    say("1");
    const std::string opener(code, 12);
    const std::string conversation = keys_like("{fair-food}:c:*").front();
    const std::string kept = opened(conversation, WithServer::text({"GET", conversation}).substr(8));
    ASSERT_FALSE(kept.empty());
    EXPECT_THAT(kept, Not(HasSubstr("canary")));
    EXPECT_THAT(kept, Not(HasSubstr(opener)));
    // What was just said is kept for a repeat as a receipt code is: apart, for ten minutes.
    const std::vector<std::string> apart = keys_like("{fair-food}:es:*");
    ASSERT_EQ(apart.size(), 1U);
    EXPECT_LE(number({"TTL", apart.front()}), 600);
    EXPECT_THAT(opened("{fair-food}:e:" + apart.front().substr(apart.front().rfind(':') + 1),
                       WithServer::text({"GET", apart.front()})),
                HasSubstr("canary in the mailbox"));
    ask({"DEL", apart.front()});
    for (const std::string& value : all_values()) {
        ASSERT_THAT(value, Not(HasSubstr("canary")));
    }
}

TEST_F(Relayed, AreReadOnceHoweverOftenTheEventComes) {
    write("The only one.");
    arrive();
    const providers::Inbound yes = text("SM-yes", "1");
    const std::string first = say(yes);
    EXPECT_THAT(first, HasSubstr("The only one."));
    EXPECT_EQ(say(yes), first);
    EXPECT_EQ(WithServer::text({"HGET", keys.case_facts(case_id), "replies_read"}), "1");
}

TEST_F(Relayed, NeedTheCodeOnceMoreAfterARestart) {
    write("The only one.");
    arrive();
    start(shipped_bundle());
    const std::string asked = say("1");
    EXPECT_THAT(asked, HasSubstr("messages.code_again.say"));
    EXPECT_THAT(asked, HasSubstr("return_with_code.enter.sms"));
    EXPECT_THAT(say(code), HasSubstr("messages.new.sms"));
    EXPECT_THAT(say("1"), HasSubstr("The only one."));
}

TEST_F(Relayed, AreAnsweredIntoTheCase) {
    write("Which day was it?");
    arrive();
    say("1");
    EXPECT_THAT(say("1"), HasSubstr("messages.answer.sms"));
    say("It was on the Monday after the rain");
    EXPECT_THAT(say("1"), HasSubstr("messages.answered.say"));
    std::string stored = WithServer::text({"LINDEX", keys.case_parts(case_id), "-1"});
    EXPECT_FALSE(cases::open_part(private_key(), "fair-food", case_id, stored)) << "locked under its month";
    const std::string sealed =
        tests::run(io,
                   cases::unlock_one(*vault, cases::part_context("fair-food", case_id), std::move(stored)))
            .value();
    const cases::OpenedPart part = cases::open_part(private_key(), "fair-food", case_id, sealed).value();
    EXPECT_EQ(part.name, "answer");
    EXPECT_EQ(part.text, "It was on the Monday after the rain");
    EXPECT_EQ(cases(), 1U);
}

TEST_F(Relayed, GoWithTheirCase) {
    write("The only one.");
    arrive();
    for (const char* words : {"2", "3", "2"}) {
        say(words);
    }
    EXPECT_EQ(number({"EXISTS", keys.case_facts(case_id), keys.mailbox(case_id), keys.replies(case_id)}), 0);
    EXPECT_EQ(number({"EXISTS", keys.replies_read(case_id)}), 0);
}

TEST_F(Relayed, OfACaseWithoutAMailboxAreNone) {
    ask({"DEL", keys.mailbox(case_id)});
    const std::string told = arrive();
    EXPECT_THAT(told, HasSubstr("return_with_code.choose.menu"));
    EXPECT_THAT(told, Not(HasSubstr("messages.")));
}

TEST_F(Relayed, AreSpokenWhereAVoiceMay) {
    write("Which day was it?");
    dial();
    for (const char* key : {"1", "2", "3", code}) {
        press(key);
    }
    const std::string told = press("");
    EXPECT_THAT(told, HasSubstr("messages.new.menu"));
    const std::string spoken = press("1");
    EXPECT_THAT(spoken, HasSubstr("Which day was it?"));
    EXPECT_THAT(spoken, HasSubstr("messages.what_now.menu"));
    EXPECT_THAT(press("*"), HasSubstr("Which day was it?"));
}

TEST_F(Relayed, InALanguageThatNoVoiceSpeaksAreSaidToWait) {
    ask({"HSET", keys.case_facts(case_id), "language", "ht"});
    write("Ki jou sa te rive?");
    dial();
    std::string last;
    for (const char* key : {"1", "2", "3", code, "", "1"}) {
        last = press(key);
    }
    EXPECT_THAT(last, HasSubstr("messages.unspoken.say"));
    EXPECT_THAT(last, Not(HasSubstr("Ki jou")));
    EXPECT_EQ(number({"HEXISTS", keys.case_facts(case_id), "replies_read"}), 0);
}

}  // namespace
}  // namespace rightsline::conversations
