#include "gateway/cases/notes.hpp"

#include <gtest/gtest.h>

#include "gateway/cases/case_file.hpp"
#include "gateway/cases/error.hpp"
#include "tests/gateway/cases/bound.hpp"

namespace rightsline::cases {
namespace {

class Notes : public testing::Test {
 protected:
    vault::CirclePair pair = vault::make_circle("fair-food", 1);
    vault::CirclePrivateKey key = vault::CirclePrivateKey::parse(pair.private_file).value();
    vault::CirclePublicKey circle = key.public_key();
    std::string sealed(const std::string& text, const std::string& case_id = "c1") const {
        return seal_note(circle, "fair-food", case_id, {"maria", text, 77});
    }
};

TEST_F(Notes, OpenWithTheCirclesKeyInTheirCaseAndNowhereElse) {
    const std::string note = sealed("the clinic \"says\" two ribs\n");
    EXPECT_EQ(note.find("clinic"), std::string::npos);
    const Result<Note> opened = open_note(key, "fair-food", "c1", note);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->by, "maria");
    EXPECT_EQ(opened->text, "the clinic \"says\" two ribs\n");
    EXPECT_EQ(opened->at, 77);
    expect_open_in_its_place_alone(
        [&](const char* program, const char* id) { return open_note(key, program, id, note); });
}

TEST_F(Notes, AreNoPartsAndPartsAreNoNotes) {
    EXPECT_FALSE(open_part(key, "fair-food", "c1", sealed("ours")));
    const flows::Part part{"story", locales::PrivateText("theirs"), "", flows::Seconds{0}};
    EXPECT_FALSE(open_note(key, "fair-food", "c1", seal_part(circle, "fair-food", "c1", part, 0)));
}

TEST_F(Notes, OfOneSizeClassLookAlike) {
    EXPECT_EQ(sealed("no").size(), sealed("she goes to the clinic on Monday").size());
    EXPECT_LT(sealed("no").size(), sealed(std::string(300, 'a')).size());
    EXPECT_EQ(sealed(std::string(300, 'a')).size(), sealed(std::string(800, 'a')).size());
    EXPECT_EQ(sealed(std::string(1200, 'a')).size(), sealed(std::string(3900, 'a')).size());
}

TEST_F(Notes, TheLongestFitsWhateverIsInIt) {
    EXPECT_TRUE(check_note(circle, sealed(std::string(longest_note, '"'))));
}

TEST_F(Notes, AreKeptOnlySealedToTheCircleOfNow) {
    EXPECT_TRUE(check_note(circle, sealed("x")));
    const vault::CirclePrivateKey other =
        vault::CirclePrivateKey::parse(vault::make_circle("fair-food", 2).private_file).value();
    for (const std::string& wrong :
         {std::string(), std::string("in plain words"), sealed("x").substr(1), sealed("x") + "x",
          seal_note(other.public_key(), "fair-food", "c1", {"maria", "x", 0}),
          sealed(std::string(longest_sealed_note, 'a'))}) {
        EXPECT_EQ(check_note(circle, wrong).error(), errc::bad_note) << wrong.size();
    }
}

TEST_F(Notes, StandUnderAKeyOfTheirOwnWithTheirEntry) {
    const stores::Keyspace keys("fair-food");
    const std::vector<redis::Write> writes = note_writes(keys, "c1", "sealed", "maria");
    ASSERT_EQ(writes.size(), 4U);
    EXPECT_EQ(writes[0].op, redis::Op::must_exist);
    EXPECT_EQ(writes[1].key, keys.case_notes("c1"));
    EXPECT_NE(keys.case_notes("c1"), keys.case_parts("c1"));
    EXPECT_EQ(writes[3].key, keys.audit());
}

}  // namespace
}  // namespace rightsline::cases
