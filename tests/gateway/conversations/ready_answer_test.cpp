// A ready answer, and the worker who comes back for it by call or by text: through the turn, with a real store.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/cases/reply.hpp"
#include "gateway/conversations/relay.hpp"
#include "gateway/vault/mailbox.hpp"
#include "locales/audio.hpp"
#include "tests/gateway/conversations/caller.hpp"
#include "tests/gateway/conversations/shipped_pack.hpp"

namespace rightsline::conversations {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string sound(64, 'a');  // of the one recording that there is: "more", in Haitian Creole
const std::string case_id = "0123456789abcdef0123456789abcdef";

class ReadyAnswered : public Caller {
 protected:
    static constexpr const char* code = "000000005724";
    static constexpr const char* haitian = "3";

    void SetUp() override {
        Caller::SetUp();
        start(shipped_bundle());
        pack = shipped_pack();
        start(recorded());
        file_case(case_id);
        mailbox = vault::lock_mailbox(*keys_of(code).opener, vault::fresh_mailbox());
        apply({{redis::Op::set, keys.receipt(std::string("index-of-") + code), {case_id}},
               {redis::Op::set, keys.mailbox(case_id), {mailbox}},
               {redis::Op::hset, keys.case_facts(case_id), {"language", "ht"}}});
    }
    std::string said(const char* key, const char* language) const {
        const auto index = pack->find_language(*locales::LanguageTag::parse(language));
        return pack->text(*index, pack->find_answer(key)).text({});
    }
    /// The shipped program with one answer recorded in the language that no machine speaks, and the menu's line of it.
    flows::Bundle recorded() const {
        flows::Bundle bundle = shipped_bundle();
        const auto clip = [](const std::string& key, const std::string& words, const std::string& hash) {
            return "  " + key + ": {file: a.wav, hash: " + hash +
                   ", text_hash: " + locales::to_hex(locales::hash_text(words)) +
                   ", length_ms: 900, state: approved}\n";
        };
        bundle.files["locales/ht/audio/fair-food/index.yaml"] =
            "language: ht\nclips:\n" + clip("program.answers.more.0", said("more", "ht"), sound) +
            clip("hotline.language.ht.0", "Kreyòl", std::string(64, 'b'));
        bundle.files["locales/ht/audio/common/index.yaml"] =
            "language: ht\nclips:\n" + clip("common.option.1", ": peze ", std::string(64, 'c'));
        return bundle;
    }
    void write(cases::OpenedReply words) {
        const cases::Reply reply =
            cases::seal_reply(public_key, vault::mailbox_key(mailbox).value(), "fair-food", case_id, words);
        cases::CaseFacts facts;
        facts.id = case_id;
        apply(cases::replying_writes(keys, facts, reply, "uid:1000", 7200));
    }
    void answer(const char* key) { write({said(key, "ht"), "uid:1000", 1, key}); }
    void words(const char* text) { write({text, "uid:1000", 1}); }
    /// By call, in that language; what comes after "yes, now".
    std::string call_for_them(const char* language) {
        dial();
        std::string last;
        for (const char* key : {language, "2", "3", code, "", "1"}) {
            last = press(key);
        }
        return last;
    }
    std::string text_for_them(const char* language) {
        for (const char* one : {"hi", language, "2", "3", code}) {
            say(one);
        }
        return say("1");
    }
    std::string read() { return WithServer::text({"HGET", keys.case_facts(case_id), "replies_read"}); }

    flows::PackPtr pack;  // the words
    std::string mailbox;
};

TEST_F(ReadyAnswered, IsHeardByItsRecordingInALanguageThatNoMachineSpeaks) {
    answer("more");
    const std::string heard = call_for_them(haitian);
    EXPECT_THAT(heard, HasSubstr(sound));
    EXPECT_THAT(heard, HasSubstr("messages.last.say"));
    EXPECT_THAT(heard, Not(HasSubstr("messages.unspoken.say")));
    EXPECT_EQ(read(), "1");
    EXPECT_THAT(press("*"), HasSubstr(sound)) << "star says it again";
}

TEST_F(ReadyAnswered, IsHeardInTheLanguageOfTheCallWhicheverThatIs) {
    answer("more");
    const std::string heard = call_for_them("2");
    EXPECT_THAT(heard, HasSubstr(said("more", "es")));
    EXPECT_THAT(heard, Not(HasSubstr(sound)));
}

TEST_F(ReadyAnswered, IsShownInTheLanguageOfTheConversation) {
    answer("safe");
    EXPECT_THAT(text_for_them("2"), HasSubstr(said("safe", "es")));
    EXPECT_EQ(read(), "1");
}

TEST_F(ReadyAnswered, WithoutARecordingIsToldOfAndNotSilence) {
    answer("safe");
    EXPECT_THAT(call_for_them(haitian), HasSubstr("messages.unspoken.say"));
    EXPECT_EQ(number({"HEXISTS", keys.case_facts(case_id), "replies_read"}), 0);
}

TEST_F(ReadyAnswered, AmongWrittenWordsIsHeardAndTheRestIsToldOfAndStaysUnread) {
    words("Ki jou sa te rive?");
    answer("more");
    words("Ki moun?");
    const std::string heard = call_for_them(haitian);
    EXPECT_THAT(heard, HasSubstr(sound));
    EXPECT_THAT(heard, HasSubstr("messages.more.menu"));
    EXPECT_THAT(heard, Not(HasSubstr("Ki ")));
    EXPECT_THAT(press("1"), HasSubstr("messages.unspoken.say"));
    EXPECT_EQ(read(), "1");
    EXPECT_THAT(text_for_them("1"), HasSubstr("Ki jou sa te rive?")) << "the first that waits";
    EXPECT_THAT(say("1"), HasSubstr(said("more", "en")));
    EXPECT_THAT(say("1"), HasSubstr("Ki moun?"));
    EXPECT_EQ(read(), "3");
    EXPECT_EQ(number({"HLEN", keys.replies_read(case_id)}), 3);
}

TEST_F(ReadyAnswered, ThatWasReadIsHeardAgainAndWhatWasReadByTextIsToldOfOnlyThen) {
    words("Ki jou sa te rive?");
    text_for_them("1");
    answer("more");
    EXPECT_THAT(call_for_them(haitian), HasSubstr("messages.last.say"))
        << "nothing that waits is left unsaid";
    EXPECT_EQ(read(), "2");
    press("3");                          // go on
    press("1");                          // is there news?
    const std::string all = press("2");  // the earlier ones again
    EXPECT_THAT(all, HasSubstr(sound));
    EXPECT_THAT(all, HasSubstr("messages.more.menu"));
    EXPECT_THAT(press("1"), HasSubstr("messages.unspoken.say"));
}

TEST_F(ReadyAnswered, ThatTheProgramHasDroppedIsItsStoredWords) {
    ask({"HSET", keys.case_facts(case_id), "language", "es"});
    write({"Por favor, danos otros detalles.", "uid:1000", 1, "dropped"});
    EXPECT_THAT(call_for_them("2"), HasSubstr("Por favor, danos otros detalles."));
    EXPECT_EQ(read(), "1");
}

TEST(ReadingPlace, KeepsWhetherAllAreRead) {
    for (const ReadingPlace& place : {ReadingPlace{}, ReadingPlace{1, 0}, ReadingPlace{12, 3, true}}) {
        EXPECT_EQ(parse_place(to_text(place)), place);
    }
    EXPECT_EQ(parse_place("x+"), ReadingPlace());
}

}  // namespace
}  // namespace rightsline::conversations
