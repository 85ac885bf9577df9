// Two builds on one server: each calls its own functions, and neither removes the other's by mistake.
#include "redis/libraries.hpp"

#include "redis/functions.hpp"
#include "tests/redis/fixture.hpp"

namespace rightsline::redis {
namespace {

using namespace std::chrono_literals;

constexpr const char* other = "rl_0123456789ab";

class Libraries : public WithServer {
 protected:
    void SetUp() override {
        WithServer::SetUp();
        ask({"FUNCTION", "FLUSH"});
        ASSERT_TRUE(tests::run(io, load_functions(*client, in(5s))));
    }
    void TearDown() override {
        ask({"FUNCTION", "FLUSH"});
        WithServer::TearDown();
    }
    /// Our source as another build would have it: under another hash.
    void load_other() {
        std::string source = functions::source;
        const std::string ours(library_name());
        for (std::size_t at = source.find(ours); at != std::string::npos; at = source.find(ours)) {
            source.replace(at, ours.size(), other);
        }
        ASSERT_EQ(text({"FUNCTION", "LOAD", source}), other);
    }
    std::vector<std::string> others() { return *tests::run(io, other_libraries(*client, in(5s))); }
    bool forget(const std::string& name) {
        return tests::run(io, forget_library(*client, name, in(5s))).has_value();
    }
    Committed commit_as(const char* library, std::uint64_t version, const std::string& document) {
        Commit one;
        one.document_key = "{p}:c:1";
        one.expected_version = version;
        one.document = document;
        if (library == library_name()) {
            return *tests::run(io, commit(*client, one, in(5s)));
        }
        // What the other build sends: the same call under its own name.
        std::string expected(version == 0 ? 0 : 8, '\0');
        std::string next(8, '\0');
        next[7] = static_cast<char>(version + 1);
        if (version != 0) {
            expected[7] = static_cast<char>(version);
        }
        const Reply reply = ask({"FCALL", std::string(other) + "_commit", "1", one.document_key, "4", "0", "",
                                 expected, next + document});
        Committed done;
        done.outcome =
            reply.integer() != nullptr ? Committed::Outcome::committed : Committed::Outcome::conflict;
        return done;
    }
};

TEST_F(Libraries, AnotherBuildsFunctionsAreListedAndOursAreNot) {
    EXPECT_TRUE(others().empty());
    load_other();
    ask({"FUNCTION", "LOAD",
         "#!lua name=rl_strange\nredis.register_function('rl_x', function() return 1 end)"});
    EXPECT_EQ(others(), std::vector<std::string>{other});
    ASSERT_TRUE(tests::run(io, load_functions(*client, in(5s)))) << "ours again";
    EXPECT_EQ(others(), std::vector<std::string>{other}) << "loading ours left theirs alone";
}

TEST_F(Libraries, TwoBuildsServeOneConversationAndTheSlowerOneIsToldSo) {
    load_other();
    const char* ours = library_name().data();
    EXPECT_EQ(commit_as(ours, 0, "one").outcome, Committed::Outcome::committed);
    EXPECT_EQ(commit_as(other, 1, "two").outcome, Committed::Outcome::committed);
    EXPECT_EQ(commit_as(ours, 1, "late").outcome, Committed::Outcome::conflict);
    EXPECT_EQ(commit_as(other, 1, "late").outcome, Committed::Outcome::conflict);
    const Result<Loaded> now = tests::run(io, load(*client, {"", "{p}:c:1", {}}, in(5s)));
    ASSERT_TRUE(now);
    EXPECT_EQ(now->version, 2U);
    EXPECT_EQ(now->document, "two");
}

TEST_F(Libraries, OnlyAnotherBuildsCanBeForgotten) {
    load_other();
    EXPECT_FALSE(forget(std::string(library_name())));
    EXPECT_FALSE(forget("somebody_elses"));
    EXPECT_FALSE(forget("rl_strange"));
    EXPECT_TRUE(forget(other));
    EXPECT_TRUE(forget(other)) << "gone is gone";
    EXPECT_TRUE(others().empty());
    EXPECT_EQ(commit_as(library_name().data(), 0, "x").outcome, Committed::Outcome::committed);
}

}  // namespace
}  // namespace rightsline::redis
