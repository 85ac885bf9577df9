// What the browser is held to is what the server's own screening finds.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/gateway/cases/screening_vectors.hpp"

namespace rightsline::cases {
namespace {

TEST(ScreeningVectors, AreWhatIsFound) {
    std::ostringstream text;
    text << std::ifstream(RIGHTSLINE_SOURCE_DIR "/tests/data/screening-vectors.json").rdbuf();
    const boost::json::value given = boost::json::parse(text.str());
    const boost::json::array& all = given.at("screened").as_array();
    ASSERT_GE(all.size(), 35U);
    for (const boost::json::value& one : all) {
        const std::string words(one.at("text").as_string());
        EXPECT_EQ(screened_vector(words), one) << words;
    }
}

}  // namespace
}  // namespace rightsline::cases
