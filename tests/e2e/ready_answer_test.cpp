// Whoever reported by call in a language that no machine speaks comes back by call, and hears what the team picked for them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "tests/e2e/journeys.hpp"

namespace rightsline::tests {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;

struct Voice {
    const char* program;
    const char* language;
    const char* key;         // that picks it in a call
    const char* of_english;  // … and English by text
    bool permission;         // the report asks whether it may be passed on
    int questions;           // that are skipped by pound
};

class ReadyAnswer : public testing::TestWithParam<Voice> {
 protected:
    const Voice& it() const { return GetParam(); }

    TwilioCall dialled(const char* number, std::initializer_list<const char*> keys) const {
        TwilioCall call = hotline.call(number);
        call.dial();
        call.press(it().key);
        for (const char* key : keys) {
            call.press(key);
        }
        return call;
    }
    /// A whole report by call; its code.
    std::string report() {
        TwilioCall call = dialled("+13055550171", {"2", "2", "1"});
        const std::string sid = fresh_sid("RE");
        call.record(sid, hotline.provider().keep(sid, little_wav(9, 400)), 4);
        call.press("1");
        while (!heard(call, "hotline.saved.say.0")) {
            call.redirect();  // "one moment", until the recording is held
        }
        if (it().permission) {
            call.press("2");
        }
        for (int i = 0; i < it().questions; ++i) {
            call.record("", "", 0);
        }
        EXPECT_EQ(hotline.heard(call.now()).front(), "contact_mode.reach.menu.0");
        call.press("1");
        const std::string code = code_in(hotline.heard(call.now()));
        call.hang_up();
        return code;
    }
    bool heard(const TwilioCall& call, const std::string& prompt) const {
        const std::vector<std::string> all = hotline.heard(call.now());
        return std::ranges::find(all, prompt) != all.end();
    }
    /// The recording of that answer in this language is played, and no other's.
    bool plays(const std::string& body, const std::string& answer) const {
        for (const auto& [hash, clip] : hotline.tones()) {
            if (clip.name == "program.answers." + answer + ".0" &&
                (body.find(hash) != std::string::npos) != (clip.language == it().language)) {
                return false;
            }
        }
        return true;
    }
    std::string alias() const {
        return std::string(hotline.cases().at(0).as_object().at("alias").as_string());
    }

    Hotline hotline{{.audio = true, .program = GetParam().program}};
};

TEST_P(ReadyAnswer, IsHeardInALanguageThatNoMachineSpeaksAndTheRestIsToldOf) {
    const std::string code = report();
    ASSERT_EQ(code.size(), 12U);
    ASSERT_EQ(hotline.reply(alias(), "We wrote this by hand.").code, 0);
    const Ran sent = hotline.answer(alias(), "safe");
    ASSERT_EQ(sent.code, 0) << sent.err;
    EXPECT_THAT(sent.err, HasSubstr(hotline.words("program.answers.safe", it().language)));
    EXPECT_THAT(sent.err, HasSubstr("a call says it by its recording"));

    TwilioCall call = dialled("+13055550172", {"2", "3"});
    open_by_call(hotline, call, code);
    EXPECT_TRUE(heard(call, "messages.new.menu.0"));
    const std::string body = call.press("1").body;
    EXPECT_TRUE(heard(call, "program.answers.safe.0"));
    EXPECT_TRUE(plays(body, "safe"));
    EXPECT_FALSE(heard(call, "messages.unspoken.say.0"));
    EXPECT_TRUE(heard(call, "messages.more.menu.0")) << "what no voice can say is told of";
    call.press("1");
    EXPECT_TRUE(heard(call, "messages.unspoken.say.0"));
    call.hang_up();
    EXPECT_EQ(hotline.cases().at(0).as_object().at("replies_read").as_int64(), 1);

    const TwilioPhone other = hotline.phone("+13055550173");
    other.texts({"hi", it().of_english, "2", "3"});
    EXPECT_THAT(open_by_text(hotline, other, code), HasSubstr("New messages from our team: 1"));
    EXPECT_THAT(other.texts({"1"}), HasSubstr("We wrote this by hand."));
    EXPECT_THAT(other.texts({"1"}), HasSubstr(hotline.words("program.answers.safe", "en")))
        << "shown in the language of this conversation";
    EXPECT_EQ(hotline.cases().at(0).as_object().at("replies_read").as_int64(), 2);

    const boost::json::array thread = hotline.show(alias()).at("thread").as_array();
    ASSERT_EQ(thread.size(), 2U);
    EXPECT_EQ(thread[0].as_object().at("answer").as_string(), "");
    EXPECT_EQ(thread[1].as_object().at("answer").as_string(), "safe");
    EXPECT_EQ(std::string(thread[1].as_object().at("text").as_string()),
              hotline.words("program.answers.safe", it().language));
}

INSTANTIATE_TEST_SUITE_P(Spoken, ReadyAnswer,
                         testing::Values(Voice{"lesotho-gbvh", "st", "1", "2", true, 2},
                                         Voice{"fair-food", "ht", "3", "1", false, 3}),
                         [](const auto& one) { return std::string(one.param.language); });

TEST(ReadyAnswers, AreListedAndAWrongKeySendsNothing) {
    const Hotline hotline;
    report_by_text(hotline.phone("+13055550174"), "lo primero");
    const std::string alias(hotline.cases().at(0).as_object().at("alias").as_string());
    const Ran wrong = hotline.answer(alias, "mroe");
    EXPECT_EQ(wrong.code, 65);
    EXPECT_THAT(wrong.err, HasSubstr("--answers lists them"));
    EXPECT_EQ(hotline.cases().at(0).as_object().at("replies").as_int64(), 0);
    const auto reply = [&](std::vector<std::string> words) {
        std::vector<std::string> command{hotline.program(), "case", "reply", alias};
        command.insert(command.end(), words.begin(), words.end());
        command.insert(command.end(), {"--socket", hotline.path("state/api.sock")});
        return run_command(command);
    };
    const Ran listed = reply({"--answers"});
    EXPECT_EQ(listed.code, 0) << listed.err;
    EXPECT_THAT(listed.out, HasSubstr("more: " + hotline.words("program.answers.more", "en")));
    EXPECT_THAT(listed.out, HasSubstr("es: " + hotline.words("program.answers.more", "es")));
    EXPECT_THAT(listed.out, HasSubstr("in es a call says it by a machine's voice"));
    EXPECT_EQ(reply({}).code, 2);
    EXPECT_EQ(reply({"Words.", "--answer", "more"}).code, 2);
    EXPECT_EQ(hotline.cases().at(0).as_object().at("replies").as_int64(), 0);
}

}  // namespace
}  // namespace rightsline::tests
