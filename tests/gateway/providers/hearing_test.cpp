// What a call makes of a program's words in each language.
#include "gateway/providers/hearing.hpp"

#include <gtest/gtest.h>

#include "locales/audio.hpp"
#include "tests/flows/bundles.hpp"

namespace rightsline::providers {
namespace {

flows::PackPtr pack_with(const std::string& key, const std::string& words, const std::string& state,
                         bool play_drafts) {
    flows::Bundle bundle = flows::tests::shipped("lesotho-gbvh");
    std::string& program = bundle.files.at("flows/lesotho-gbvh/program.yaml");
    if (!play_drafts) {
        program.replace(program.find("play_drafts: true"), 17, "play_drafts: false");
    }
    bundle.files["locales/st/audio/lesotho-gbvh/index.yaml"] =
        "language: st\nclips:\n  " + key + ".0: {file: a.wav, hash: " + std::string(64, 'a') +
        ", text_hash: " + locales::to_hex(locales::hash_text(words)) + ", length_ms: 900, state: " + state +
        "}\n";
    return flows::compile(bundle).pack;
}

TEST(Hearing, IsARecordingAMachineOrNothing) {
    const flows::PackPtr plain = flows::compile(flows::tests::shipped("lesotho-gbvh")).pack;
    ASSERT_NE(plain, nullptr);
    const flows::LanguageIndex english = 0;
    const flows::LanguageIndex sesotho = 1;
    const flows::TextIndex more = plain->find_answer("more");
    EXPECT_EQ(hearing_of(*plain, english, more), Hearing::machine);
    EXPECT_EQ(hearing_of(*plain, sesotho, more), Hearing::nothing);
    EXPECT_EQ(hearing_of(*plain, english, flows::no_text), Hearing::nothing);
    EXPECT_TRUE(can_be_spoken(*plain, english));
    EXPECT_FALSE(can_be_spoken(*plain, sesotho));
    const std::string words = plain->text(sesotho, more).text({});
    for (const auto& [state, play_drafts, heard] :
         {std::tuple("approved", false, Hearing::recorded), std::tuple("draft", true, Hearing::recorded),
          std::tuple("draft", false, Hearing::nothing)}) {
        const flows::PackPtr pack = pack_with("program.answers.more", words, state, play_drafts);
        ASSERT_NE(pack, nullptr);
        EXPECT_EQ(hearing_of(*pack, sesotho, more), heard) << state;
    }
    EXPECT_EQ(to_word(Hearing::recorded), "recorded");
    EXPECT_EQ(to_word(Hearing::nothing), "nothing");
}

}  // namespace
}  // namespace rightsline::providers
