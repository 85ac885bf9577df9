// How a worker may be reached: what the turn keeps of it, and what of their number stands anywhere.
#include <gmock/gmock.h>

#include "gateway/cases/contact.hpp"
#include "tests/flows/bundles.hpp"
#include "tests/gateway/conversations/house.hpp"

namespace rightsline::conversations {
namespace {

constexpr const char* case_id = "0123456789abcdef0123456789abcdef";
constexpr const char* theirs = "+15005550001";

class ContactDeed : public WithTurns {
 protected:
    DeedContext about() const {
        DeedContext context;
        context.program = "fair-food";
        context.case_id = case_id;
        context.budget = far();
        context.worker = vault::PhoneNumber::parse(theirs).value();
        context.line = "+15005550006";
        context.texts = true;
        return context;
    }
    std::string note(std::map<std::string, std::string> with, DeedContext context) {
        flows::DoRequest request;
        request.action = "contact";
        request.with = std::move(with);
        Deed deed = await(deeds->perform(request, std::move(context), held));
        apply(deed.writes);
        return deed.result.exit;
    }
    std::string note_texts_too(DeedContext context) {
        flows::DoRequest request;
        request.action = "contact.texts";
        Deed deed = await(deeds->perform(request, std::move(context), held));
        apply(deed.writes);
        return deed.result.exit;
    }
    cases::Reach reach() {
        cases::ContactBook book(*client, *vault);
        return tests::run(io, book.reach("fair-food", case_id, far())).value();
    }
    std::int64_t kept() { return number({"EXISTS", keys.case_contact(case_id)}); }

    std::optional<ReadyCode> held;
};

TEST_F(ContactDeed, KeepsTheSealedNumberOfWhoAsksForIt) {
    file_case(case_id);
    EXPECT_EQ(note({{"mode", "call"}, {"hours", "08:00-12:00"}}, about()), "ok");
    EXPECT_EQ(reach().mode, cases::ContactMode::call);
    EXPECT_EQ(reach().hours, "08:00-12:00");
    EXPECT_EQ(reach().line, "+15005550006");
    EXPECT_EQ(note({{"mode", "none"}}, about()), "ok");
    EXPECT_EQ(kept(), 0);
}

TEST_F(ContactDeed, APhoneThatSaidStopIsPromisedNoTextAndACaseWhoseWorkerSaysItLaterShowsIt) {
    file_case(case_id);
    std::vector<vault::IdRequest> requests;
    requests.push_back({vault::IdKind::phone, theirs});
    const std::string phone = tests::run(io, vault->id(std::move(requests)))->front().hex();
    apply({{redis::Op::sadd, keys.stopped(), {phone}}});
    EXPECT_EQ(note({{"mode", "relay"}}, about()), "stopped");
    EXPECT_EQ(kept(), 0);
    EXPECT_EQ(note({{"mode", "call"}, {"hours", "08:00-12:00"}}, about()), "ok");  // STOP is of texts
    EXPECT_EQ(note_texts_too(about()), "stopped");
    EXPECT_FALSE(reach().texts);
    apply({{redis::Op::srem, keys.stopped(), {phone}}});
    EXPECT_EQ(note({{"mode", "relay"}}, about()), "ok");
    EXPECT_FALSE(reach().stopped);
    apply({{redis::Op::sadd, keys.stopped(), {phone}}});
    EXPECT_TRUE(reach().stopped);
}

TEST_F(ContactDeed, WhoAskedForACallMayHaveTextsTooAndOnlyFromALineAndAPhoneThatCan) {
    file_case(case_id);
    EXPECT_EQ(note_texts_too(about()), "else") << "nothing is kept that a text could go to";
    EXPECT_EQ(kept(), 0);
    EXPECT_EQ(note({{"mode", "call"}, {"hours", "08:00-12:00"}}, about()), "ok");
    EXPECT_FALSE(reach().texts);
    DeedContext voice = about();
    voice.texts = false;
    EXPECT_EQ(note_texts_too(std::move(voice)), "no_text");
    DeedContext withheld = about();
    withheld.worker.reset();
    EXPECT_EQ(note_texts_too(std::move(withheld)), "else");
    EXPECT_FALSE(reach().texts);
    EXPECT_EQ(note_texts_too(about()), "ok");
    EXPECT_TRUE(reach().texts);
    EXPECT_EQ(reach().mode, cases::ContactMode::call);
    EXPECT_EQ(reach().hours, "08:00-12:00");
    EXPECT_EQ(note({{"mode", "relay"}}, about()), "ok");
    EXPECT_EQ(note_texts_too(about()), "else") << "there is no call that it could stand beside";
    EXPECT_EQ(note({{"mode", "none"}}, about()), "ok");
    EXPECT_EQ(kept(), 0);
}

TEST_F(ContactDeed, WithoutANumberThereIsNothingToKeep) {
    file_case(case_id);
    for (const char* mode : {"relay", "call"}) {
        DeedContext withheld = about();
        withheld.worker.reset();
        EXPECT_EQ(note({{"mode", mode}}, std::move(withheld)), "no_number");
    }
    DeedContext withheld = about();
    withheld.worker.reset();
    EXPECT_EQ(note({{"mode", "none"}}, std::move(withheld)), "ok") << "a no needs no number";
    EXPECT_EQ(kept(), 0);
}

TEST_F(ContactDeed, ALineWithoutTextsPromisesNoneButMayCall) {
    file_case(case_id);
    DeedContext voice = about();
    voice.texts = false;
    EXPECT_EQ(note({{"mode", "relay"}}, voice), "no_text");
    EXPECT_EQ(kept(), 0);
    EXPECT_EQ(note({{"mode", "call"}, {"hours", "08:00-12:00"}}, voice), "ok");
    EXPECT_EQ(kept(), 1);
}

/// The excerpt, in which the code is followed by the question.
flows::Bundle asking() {
    flows::Bundle bundle = flows::tests::excerpt();
    std::string& hotline = bundle.files.at("flows/fair-food/hotline.flow.yaml");
    const std::string before = "    ok: safe_to_text\n";
    hotline.replace(hotline.find(before), before.size(), "    ok: reach\n");
    const std::string at = "  not_saved: {say:";
    hotline.insert(hotline.find(at), R"(  reach:
    menu: May we text you?
    modes: [sms, voice]
    choices:
      none: {say: "No, nothing", go: none}
      relay: {say: "Yes, text me", go: relay}
    next: safe_to_text
  none: {do: contact, with: {mode: none}, ok: safe_to_text, else: safe_to_text}
  relay: {do: contact, with: {mode: relay}, ok: texts, no_number: safe_to_text, no_text: safe_to_text, else: safe_to_text}
  texts: {say: We text you., next: safe_to_text}
)");
    return bundle;
}

class ContactTurn : public WithTurns {
 protected:
    void SetUp() override {
        WithTurns::SetUp();
        start(asking());
    }
    LineContext line() const override {
        LineContext one = WithTurns::line();
        one.texts = true;
        return one;
    }
    static constexpr const char* theirs = "+15005550177";
    std::string say(const std::string& words) {
        return WithTurns::say(text("SM" + std::to_string(++told), words, theirs));
    }
    /// A report by text until it is asked how its worker may be reached.
    std::string to_the_question() {
        std::string last;
        for (const char* words : {"hi", "1", "2", "2", "1", "they keep our passports", "1", "1", "0", "1"}) {
            last = say(words);
        }
        return last;
    }
    std::string the_case() {
        const std::string key = keys_like("{fair-food}:k:*").at(0);
        return key.substr(key.rfind(':') + 1);
    }
};

TEST_F(ContactTurn, KeepsTheNumberWithTheCommitThatSaysSoAndNowhereInClear) {
    EXPECT_THAT(to_the_question(), testing::HasSubstr("hotline.reach.menu"));
    EXPECT_EQ(count_of("{fair-food}:kh:*"), 0U);
    EXPECT_THAT(say("2"), testing::HasSubstr("hotline.texts.say"));
    cases::ContactBook book(*client, *vault);
    EXPECT_EQ(tests::run(io, book.reach("fair-food", the_case(), far()))->mode, cases::ContactMode::relay);
    const auto number = tests::run(io, book.number("fair-food", the_case(), far()));
    ASSERT_TRUE(number && *number);
    EXPECT_EQ((*number)->reveal(), theirs);
    EXPECT_EQ(redis::shared_server().append_only_bytes().find("5005550177"), std::string::npos);
}

TEST_F(ContactTurn, ANoKeepsNothing) {
    to_the_question();
    say("1");
    EXPECT_EQ(count_of("{fair-food}:kh:*"), 0U);
    EXPECT_EQ(WithServer::text({"HGET", keys.case_facts(the_case()), "contact"}), "none");
}

TEST_F(ContactTurn, OfACaseThatWasDeletedMeanwhileIsKeptNowhere) {
    to_the_question();
    apply(cases::deletion_writes(keys, the_case()));
    const std::string answer = say("2");
    EXPECT_THAT(answer, testing::HasSubstr("common.report_gone"));
    EXPECT_EQ(count_of("{fair-food}:kh:*"), 0U);
    EXPECT_EQ(count_of("{fair-food}:k:*"), 0U);
}

}  // namespace
}  // namespace rightsline::conversations
