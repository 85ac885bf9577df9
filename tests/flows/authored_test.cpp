#include "locales/authored.hpp"

#include <gtest/gtest.h>

namespace rightsline::locales {
namespace {

Node read(std::string_view text, Complaints& complaints) { return read_yaml(text, "a.yaml", complaints); }

TEST(Authored, ScalarsStayWhatWasTyped) {
    Complaints complaints;
    const Node root =
        read("a: yes\nb: no\nc: 08\nd: ~\ne: null\nf:\ng: \"yes\"\nh: 'x'\nnull: 3\n", complaints);
    EXPECT_TRUE(complaints.empty());
    EXPECT_EQ(root["a"].text(), "yes");
    EXPECT_EQ(root["b"].text(), "no");
    EXPECT_EQ(root["c"].text(), "08");
    EXPECT_EQ(root["d"].text(), "~");
    EXPECT_EQ(root["e"].text(), "null");
    EXPECT_EQ(root["f"].text(), "");
    EXPECT_EQ(root["f"].kind(), Node::Kind::scalar);
    EXPECT_FALSE(root["a"].quoted());
    EXPECT_TRUE(root["g"].quoted());
    EXPECT_TRUE(root["h"].quoted());
    EXPECT_EQ(root["null"].text(), "3");
}

TEST(Authored, MapsKeepTheirOrderAndEveryNodeItsLine) {
    Complaints complaints;
    const Node root = read("# head\nz: 1\na:\n  - x\n  - y: 2\nm: {k: v}\n", complaints);
    ASSERT_EQ(root.entries().size(), 3U);
    EXPECT_EQ(root.entries()[0].first, "z");
    EXPECT_EQ(root.entries()[1].first, "a");
    EXPECT_EQ(root["z"].line(), 2);
    EXPECT_EQ(root["a"].line(), 3);
    EXPECT_EQ(root["a"].items()[1].line(), 5);
    EXPECT_EQ(root["m"]["k"].line(), 6);
    EXPECT_EQ(root.file(), "a.yaml");
}

TEST(Authored, AMissingNodeStillKnowsItsPlace) {
    Complaints complaints;
    const Node root = read("a: 1\nb: {c: 2}\n", complaints);
    const Node& missing = root["b"]["d"]["e"];
    EXPECT_TRUE(missing.missing());
    EXPECT_EQ(missing.line(), 2);
    EXPECT_EQ(missing.complain("r", "w", "m").file, "a.yaml");
}

struct Bad {
    const char* label;
    std::string text;
    const char* rule;
    int line;
};
class AuthoredRefuses : public testing::TestWithParam<Bad> {};

TEST_P(AuthoredRefuses, WithFileLineAndMend) {
    Complaints complaints;
    read(GetParam().text, complaints);
    ASSERT_EQ(complaints.size(), 1U);
    EXPECT_EQ(complaints[0].rule, GetParam().rule);
    EXPECT_EQ(complaints[0].line, GetParam().line);
    EXPECT_EQ(complaints[0].file, "a.yaml");
    EXPECT_FALSE(complaints[0].mend.empty());
    EXPECT_EQ(complaints[0].level, Complaint::Level::error);
}

std::string nested(int levels) {
    return "a: " + std::string(static_cast<std::size_t>(levels), '[') +
           std::string(static_cast<std::size_t>(levels), ']');
}

std::string many_values() {
    std::string text;
    for (int i = 0; i < 20001; ++i) {
        text += "- x\n";
    }
    return text;
}

INSTANTIATE_TEST_SUITE_P(
    Table, AuthoredRefuses,
    testing::Values(
        Bad{"RepeatedKey", "a: 1\nb: 2\na: 3\n", "repeated-key", 3},
        Bad{"RepeatedKeyInside", "m: {a: 1,\n    a: 2}\n", "repeated-key", 2},
        Bad{"Anchor", "a: &x 1\n", "no-anchor", 1}, Bad{"UnknownAlias", "a: 1\nb: *x\n", "bad-yaml", 2},
        Bad{"Tag", "a: !!str x\n", "no-tag", 1}, Bad{"TagOnMap", "a: !thing {b: 1}\n", "no-tag", 1},
        Bad{"TwoDocuments", "a: 1\n---\nb: 2\n", "two-documents", 2},
        Bad{"ColonInText", "a: 1\nb: This: that\n", "bad-yaml", 2},
        Bad{"OpenQuote", "a: \"x\n", "bad-yaml", 1}, Bad{"OpenSingle", "b: 1\na: 'x''\n", "bad-yaml", 2},
        Bad{"OpenList", "a: [1, 2\n", "bad-yaml", 2}, Bad{"KeyIsList", "[a, b]: c\n", "bad-key", 1},
        Bad{"TooDeep", nested(40), "too-deep", 1},
        Bad{"TooLarge", std::string((1U << 20U) + 1, 'a'), "too-large", 1},
        Bad{"TooMany", many_values(), "too-many-values", 20001},
        Bad{"NotUtf8", "a: 1\nb: \xc3(\n", "not-utf8", 2}, Bad{"Overlong", "a: \xc0\xaf\n", "not-utf8", 1},
        Bad{"Surrogate", "a: \xed\xa0\x80\n", "not-utf8", 1},
        Bad{"EndOfTransmission", "a: 1\n\x04 b: 2\n", "control-character", 2}),
    [](const auto& one) { return one.param.label; });

TEST(Authored, AnAliasIsRefusedThoughItsAnchorExists) {
    Complaints complaints;
    read("a: &x 1\nb: *x\n", complaints);
    ASSERT_EQ(complaints.size(), 2U);
    EXPECT_EQ(complaints[1].rule, "no-alias");
    EXPECT_EQ(complaints[1].line, 2);
}

TEST(Authored, ThirtyTwoLevelsAreFine) {
    Complaints complaints;
    read(nested(31), complaints);
    EXPECT_TRUE(complaints.empty());
}

TEST(Authored, AnEmptyFileIsAMissingNode) {
    Complaints complaints;
    EXPECT_TRUE(read("", complaints).missing());
    EXPECT_TRUE(read("# only words\n", complaints).missing());
    EXPECT_TRUE(complaints.empty());
}

TEST(Authored, AByteOrderMarkIsNoPartOfTheFirstKey) {
    Complaints complaints;
    EXPECT_EQ(read("\xef\xbb\xbf"
                   "a: 1\n",
                   complaints)["a"]
                  .text(),
              "1");
}

TEST(Authored, UnknownKeysGetADidYouMean) {
    Complaints complaints;
    const Node root = read("chocies: 1\nmenu: 2\nwholly_other: 3\n", complaints);
    refuse_unknown_keys(root, {"menu", "choices"}, complaints);
    ASSERT_EQ(complaints.size(), 2U);
    EXPECT_EQ(to_line(complaints[0]),
              "a.yaml:1: unknown-key: 'chocies' is not known here. did you mean 'choices'?");
    EXPECT_EQ(complaints[1].line, 3);
    EXPECT_EQ(complaints[1].mend, "known are: menu, choices");
}

TEST(Authored, NearestIsAtMostTwoEditsAway) {
    const std::vector<std::string> known{"next", "menu", "choices"};
    EXPECT_EQ(nearest("nxet", known), "next");
    EXPECT_EQ(nearest("choice", known), "choices");
    EXPECT_EQ(nearest("chose", known), std::nullopt);
    EXPECT_EQ(nearest("go", {"no", "to"}), "no");
    EXPECT_EQ(nearest("xy", {"no"}), std::nullopt);
}

}  // namespace
}  // namespace rightsline::locales
