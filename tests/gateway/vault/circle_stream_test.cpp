#include <gtest/gtest.h>

#include <vector>

#include "gateway/vault/circle.hpp"
#include "gateway/vault/error.hpp"

namespace rightsline::vault {
namespace {

class CircleStream : public testing::Test {
 protected:
    CirclePair pair_ = make_circle("fair-food", 1);
    CirclePublicKey public_ = parse_public_key(pair_.public_file).value();
    CirclePrivateKey private_ = CirclePrivateKey::parse(pair_.private_file).value();

    // The opening and each pushed chunk apart, so that tests can take them to pieces.
    std::vector<std::string> seal(const std::vector<std::string>& chunks) const {
        StreamSealer sealer(public_, "p|c|story|0");
        std::vector<std::string> pieces{sealer.header()};
        for (std::size_t i = 0; i < chunks.size(); ++i) {
            pieces.push_back(sealer.push(chunks[i], i + 1 == chunks.size()));
        }
        return pieces;
    }
    Result<std::string> open(const std::vector<std::string>& pieces,
                             std::string_view context = "p|c|story|0") const {
        std::string sealed;
        for (const std::string& piece : pieces) {
            sealed += piece;
        }
        return open_stream(private_, context, sealed);
    }
};

TEST_F(CircleStream, OpensWhatWasPushed) {
    EXPECT_EQ(open(seal({""})).value(), "");
    EXPECT_EQ(open(seal({"one ", "two ", "three"})).value(), "one two three");
    EXPECT_EQ(open(seal({"all", ""})).value(), "all");
    const std::string big(64U * 1024U, 'x');
    EXPECT_EQ(open(seal({big, big, "end"})).value(), big + big + "end");
    EXPECT_EQ(open(seal({big + big + "more"})).value(), big + big + "more");
}

TEST_F(CircleStream, HidesThePlainText) {
    for (const std::string& piece : seal({"a secret story", "secret"})) {
        EXPECT_EQ(piece.find("secret"), std::string::npos);
    }
}

TEST_F(CircleStream, IsWholeOrNothing) {
    const std::vector<std::string> pieces = seal({"one", "two", "three"});
    const auto& [head, one, two, three] = std::tie(pieces[0], pieces[1], pieces[2], pieces[3]);
    const std::vector<std::vector<std::string>> broken{{},
                                                       {head},
                                                       {head, one},
                                                       {head, one, two},
                                                       {head, two, three},
                                                       {head, one, three},
                                                       {head, two, one, three},
                                                       {head, one, one, two, three},
                                                       {head, one, two, three, three},
                                                       {head, one, two, three, one}};
    for (std::size_t i = 0; i < broken.size(); ++i) {
        EXPECT_EQ(open(broken[i]).error(), errc::sealed_otherwise) << i;
    }
    std::string sealed;
    for (const std::string& piece : pieces) {
        sealed += piece;
    }
    for (std::size_t length = 0; length < sealed.size(); ++length) {
        ASSERT_EQ(open({sealed.substr(0, length)}).error(), errc::sealed_otherwise) << length;
    }
    for (std::size_t bit = 0; bit < sealed.size() * 8; ++bit) {
        std::string bad = sealed;
        bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << bit % 8));
        ASSERT_FALSE(open({bad})) << "bit " << bit;
    }
}

TEST_F(CircleStream, OpensOnlyForItsCircleAndContext) {
    const std::vector<std::string> pieces = seal({"one"});
    EXPECT_EQ(open(pieces, "p|c|story|1").error(), errc::sealed_otherwise);
    const CirclePrivateKey other = CirclePrivateKey::parse(make_circle("x", 1).private_file).value();
    EXPECT_EQ(open_stream(other, "p|c|story|0", pieces[0] + pieces[1]).error(), errc::unknown_key);
    EXPECT_EQ(private_.open("p|c|story|0", pieces[0] + pieces[1]).error(), errc::sealed_otherwise);
}

TEST_F(CircleStream, OpensPieceByPieceHoweverItIsCut) {
    const std::string big(64U * 1024U, 'x');
    const std::vector<std::string> pieces = seal({big, "and", big + "more"});
    std::string sealed;
    for (const std::string& piece : pieces) {
        sealed += piece;
    }
    for (const std::size_t step : {std::size_t{1000}, std::size_t{65536}, sealed.size()}) {
        StreamOpener opener(private_, "p|c|story|0");
        std::string plain;
        for (std::size_t at = 0; at < sealed.size(); at += step) {
            EXPECT_FALSE(opener.ended());
            plain += opener.pull(std::string_view(sealed).substr(at, step)).value();
        }
        EXPECT_TRUE(opener.ended()) << step;
        EXPECT_EQ(plain, big + "and" + big + "more");
        EXPECT_FALSE(opener.pull(sealed.substr(0, 100)) && opener.ended())
            << "something stands behind its end";
    }
}

TEST_F(CircleStream, AFailureIsFinal) {
    std::vector<std::string> pieces = seal({"one", "two"});
    StreamOpener opener(private_, "p|c|story|0");
    ASSERT_TRUE(opener.pull(pieces[0]));
    pieces[1].back() = static_cast<char>(pieces[1].back() ^ 1);
    EXPECT_FALSE(opener.pull(pieces[1]));
    EXPECT_FALSE(opener.pull(pieces[2]));
    EXPECT_FALSE(opener.ended());
}

TEST_F(CircleStream, TellsToWhomAThingIsSealedWithoutOpeningIt) {
    const std::string part = seal_to_circle(public_, "c", "words");
    const std::string recording = seal({"voice"})[0];
    EXPECT_EQ(sealed_to(part, SealedForm::part).value(), public_.id());
    EXPECT_EQ(sealed_to(recording, SealedForm::recording).value(), public_.id());
    EXPECT_FALSE(sealed_to(part, SealedForm::recording));
    EXPECT_FALSE(sealed_to(recording, SealedForm::part));
    EXPECT_FALSE(sealed_to(part.substr(0, part.size() - 1), SealedForm::part));
    EXPECT_FALSE(sealed_to("", SealedForm::part));
    EXPECT_FALSE(sealed_to(recording.substr(0, 20), SealedForm::recording));
    EXPECT_TRUE(sealed_to(seal_to_circle(public_, "c", std::string(20'000, 'x')), SealedForm::part));
}

TEST_F(CircleStream, EndsOnce) {
    StreamSealer sealer(public_, "c");
    sealer.push("all", true);
    EXPECT_THROW(sealer.push("more", true), std::logic_error);
}

}  // namespace
}  // namespace rightsline::vault
