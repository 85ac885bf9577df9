#include "gateway/console/console_routes.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "gateway/console/security_headers.hpp"
#include "tests/gateway/console/dist.hpp"
#include "tests/support/run.hpp"

namespace rightsline::console {
namespace {

http::Response ask(const std::shared_ptr<const ConsoleFiles>& files, const std::string& target,
                   http::Headers headers = {}) {
    boost::asio::io_context io(1);
    http::Router router;
    add_console_routes(router, files);
    http::Request request;
    request.method = "GET";
    request.target = target;
    request.headers = std::move(headers);
    return tests::run(io, router.handle(request));
}

std::shared_ptr<const ConsoleFiles> built(const Dist& dist) {
    return std::make_shared<const ConsoleFiles>(*ConsoleFiles::load(dist.folder()));
}

std::string header_of(const http::Response& response, std::string_view name) {
    for (const auto& [known, value] : response.headers) {
        if (known == name) {
            return value;
        }
    }
    return "";
}

TEST(ConsoleRoutes, HandOutThePageUnderEachOfItsAddresses) {
    const Dist dist("pages");
    const auto files = built(dist);
    for (const char* target : {"/", "/cases", "/cases/00112233445566778899aabbccddeeff",
                               "/alerts?language=es", "/on-call", "/logins"}) {
        const http::Response response = ask(files, target);
        EXPECT_EQ(response.status, 200) << target;
        EXPECT_EQ(response.body, "<!doctype html>") << target;
        EXPECT_EQ(header_of(response, "Cache-Control"), "no-cache") << target;
    }
    for (const char* target : {"/nowhere", "/cases/a/b", "/api/v1/cases", "/index.html", "/assets/"}) {
        EXPECT_EQ(ask(files, target).status, 404) << target;
    }
}

TEST(ConsoleRoutes, KnowTheAddressesThatThePageMakesPagesOf) {
    std::ostringstream source;
    source << std::ifstream(RIGHTSLINE_SOURCE_DIR "/gateway/console/web/src/main.tsx").rdbuf();
    const std::string text = source.str();
    const std::regex route("path=\"([^\"]+)\"");
    std::set<std::string> theirs;
    for (auto one = std::sregex_iterator(text.begin(), text.end(), route); one != std::sregex_iterator();
         ++one) {
        theirs.insert(std::regex_replace((*one)[1].str(), std::regex(":([a-z]+)"), "{$1}"));
    }
    EXPECT_EQ(theirs, std::set<std::string>(console_pages().begin(), console_pages().end()));
}

TEST(ConsoleRoutes, HandOutPiecesForEver) {
    const Dist dist("pieces");
    const http::Response response = ask(built(dist), "/assets/index-1.js");
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.content_type, "text/javascript; charset=utf-8");
    EXPECT_EQ(header_of(response, "Cache-Control"), "public, max-age=31536000, immutable");
}

TEST(ConsoleRoutes, FindNothingOutsideTheirList) {
    const Dist dist("outside");
    dist.write("secret.js", "above");
    for (const char* target : {"/assets/nothing.js", "/assets/..%2Fsecret.js", "/assets/%2e%2e%2fsecret.js",
                               "/assets/index-1.js.gz", "/assets/..", "/assets/index-1.js%00"}) {
        EXPECT_EQ(ask(built(dist), target).status, 404) << target;
    }
}

TEST(ConsoleRoutes, CompressForWhoTakesIt) {
    const Dist dist("coding");
    const auto files = built(dist);
    struct Row {
        const char* accepted;
        const char* coding;
        const char* body;
    };
    for (const Row& row : {Row{"", "", "plain"}, Row{"gzip, deflate, br", "br", "brotlied"},
                           Row{"gzip", "gzip", "gzipped"}, Row{"GZIP;q=0.5", "gzip", "gzipped"},
                           Row{"br;q=0, gzip", "gzip", "gzipped"}, Row{"br; q=0.000,gzip;q=0", "", "plain"},
                           Row{"brotli, xgzip", "", "plain"}, Row{"identity", "", "plain"}}) {
        const http::Response response = ask(files, "/assets/index-1.js", {{"Accept-Encoding", row.accepted}});
        EXPECT_EQ(header_of(response, "Content-Encoding"), row.coding) << row.accepted;
        EXPECT_EQ(response.body, row.body) << row.accepted;
        EXPECT_EQ(header_of(response, "Vary"), "Accept-Encoding") << row.accepted;
    }
    EXPECT_EQ(ask(files, "/assets/index-1.css", {{"Accept-Encoding", "br"}}).body, "a{}");
}

TEST(ConsoleRoutes, SayNotModifiedToWhoHasIt) {
    const Dist dist("modified");
    const auto files = built(dist);
    const std::string tag = header_of(ask(files, "/"), "ETag");
    ASSERT_GT(tag.size(), 10U);
    for (const std::string& known : {tag, "W/" + tag, "\"other\" , " + tag, std::string("*")}) {
        const http::Response response = ask(files, "/alerts", {{"If-None-Match", known}});
        EXPECT_EQ(response.status, 304) << known;
        EXPECT_EQ(response.body, "") << known;
        EXPECT_EQ(header_of(response, "ETag"), tag) << known;
    }
    EXPECT_EQ(ask(files, "/", {{"If-None-Match", "\"other\""}}).status, 200);
}

TEST(ConsoleRoutes, DressEveryAnswer) {
    const Dist dist("dressed");
    const auto files = built(dist);
    const std::string tag = header_of(ask(files, "/"), "ETag");
    for (const http::Response& response :
         {ask(files, "/"), ask(files, "/assets/index-1.css"), ask(files, "/assets/nothing.js"),
          ask(files, "/", {{"If-None-Match", tag}}), ask(nullptr, "/"), ask(nullptr, "/assets/index-1.js")}) {
        for (const auto& [name, value] : security_headers) {
            EXPECT_EQ(header_of(response, name), value) << response.status;
        }
    }
}

TEST(ConsoleRoutes, AllowNothingInlineAndNobodyElse) {
    const std::string policy(security_headers[0].second);
    EXPECT_TRUE(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"));
    for (const char* loose : {"unsafe", "http", "*", "eval", "blob:;worker"}) {
        EXPECT_EQ(policy.find(loose), std::string::npos) << loose;
    }
}

TEST(ConsoleRoutes, SayInWordsThatThereIsNoConsole) {
    const http::Response response = ask(nullptr, "/");
    EXPECT_EQ(response.status, 503);
    EXPECT_NE(response.body.find("without its web console"), std::string::npos);
    EXPECT_EQ(ask(nullptr, "/assets/index-1.js").status, 404);
}

}  // namespace
}  // namespace rightsline::console
