#include "gateway/console/console_files.hpp"

#include <gtest/gtest.h>

#include "tests/gateway/console/dist.hpp"

namespace rightsline::console {
namespace {

TEST(ConsoleFiles, ReadThePageAndItsPieces) {
    const Dist dist("read");
    const auto files = ConsoleFiles::load(dist.folder());
    ASSERT_TRUE(files);
    EXPECT_EQ(files->page().plain, "<!doctype html>");
    EXPECT_EQ(files->page().content_type, "text/html; charset=utf-8");
    const ConsoleFile* script = files->asset("index-1.js");
    ASSERT_NE(script, nullptr);
    EXPECT_EQ(script->content_type, "text/javascript; charset=utf-8");
    EXPECT_EQ(script->plain, "plain");
    EXPECT_EQ(script->gzip, "gzipped");
    EXPECT_EQ(script->brotli, "brotlied");
    ASSERT_NE(files->asset("index-1.css"), nullptr);
    EXPECT_EQ(files->asset("index-1.css")->gzip, "");
}

TEST(ConsoleFiles, HoldWhatTheyReadAndNothingElse) {
    const Dist dist("only");
    dist.write("assets/notes.txt", "of somebody");
    dist.write("secret.js", "above");
    dist.link("assets/link.js", dist.folder() + "/secret.js");
    const auto files = ConsoleFiles::load(dist.folder());
    ASSERT_TRUE(files);
    for (const char* name :
         {"notes.txt", "link.js", "../secret.js", "../index.html", "", "index-1.js.gz", "index-1"}) {
        EXPECT_EQ(files->asset(name), nullptr) << name;
    }
}

TEST(ConsoleFiles, TagsFollowTheBytes) {
    const Dist dist("tags");
    const std::string before = ConsoleFiles::load(dist.folder())->page().tag;
    EXPECT_EQ(ConsoleFiles::load(dist.folder())->page().tag, before);
    dist.write("index.html", "<!doctype html> ");
    EXPECT_NE(ConsoleFiles::load(dist.folder())->page().tag, before);
}

TEST(ConsoleFiles, AreNotThereWithoutAPage) {
    const Dist dist("without");
    dist.write("index.html", "");
    EXPECT_FALSE(ConsoleFiles::load(dist.folder()));
    dist.write("index.html", std::string(ConsoleFiles::most_bytes + 1, 'x'));
    EXPECT_FALSE(ConsoleFiles::load(dist.folder()));
    EXPECT_FALSE(ConsoleFiles::load(dist.folder() + "/nowhere"));
}

TEST(ConsoleFiles, AreFoundWhereTheyAreNamedAndNowhereElse) {
    const Dist dist("named");
    EXPECT_TRUE(ConsoleFiles::find(dist.folder()));
    EXPECT_FALSE(ConsoleFiles::find(dist.folder() + "/nowhere"));
}

TEST(ConsoleFiles, StandBesideTheProgramThatThisTreeBuilt) {
    const auto places = ConsoleFiles::usual_places("/src/rightsline/build/dev/rightsline");
    EXPECT_EQ(places[0], "/src/rightsline/build/web/dist");
    EXPECT_EQ(places[1], "/usr/share/rightsline/console");
}

TEST(ConsoleFiles, AreBoundedInNumber) {
    const Dist dist("many");
    for (std::size_t i = 0; i < ConsoleFiles::most_files + 5; ++i) {
        dist.write("assets/a" + std::to_string(1000 + i) + ".js", "x");
    }
    const auto files = ConsoleFiles::load(dist.folder());
    ASSERT_TRUE(files);
    EXPECT_NE(files->asset("a1000.js"), nullptr);
    EXPECT_EQ(files->asset("a1200.js"), nullptr);
}

}  // namespace
}  // namespace rightsline::console
