#include "gateway/providers/twilio_signature.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>

#include "gateway/providers/error.hpp"
#include "support.hpp"

namespace rightsline::providers {
namespace {

namespace json = boost::json;

std::string_view view(const json::value& value) { return value.as_string(); }

json::array vectors() {
    std::ifstream file(RIGHTSLINE_SOURCE_DIR "/tests/data/twilio.json");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    return json::parse(text).at("vectors").as_array();
}

http::Request request_of(const json::value& vector) {
    http::Request request;
    const std::string_view url = view(vector.at("url"));
    request.method = view(vector.at("method"));
    request.target = url.substr(url.find('/', url.find("://") + 3));
    request.body = view(vector.at("body"));
    for (const auto& [name, value] : vector.at("headers").as_object()) {
        request.headers.emplace_back(std::string(name), std::string(view(value)));
    }
    return request;
}

bool accepts(const http::Request& request, std::string_view url, std::vector<std::string> tokens) {
    SigningKeys keys(Digest::sha1);
    return verify_twilio(request, url, {"AC1", std::move(tokens), ""}, keys).has_value();
}

TEST(TwilioSignature, AgreesWithTheSdkInEveryVector) {
    int valid = 0;
    int invalid = 0;
    for (const json::value& vector : vectors()) {
        const bool accepted =
            accepts(request_of(vector), view(vector.at("url")), {std::string(view(vector.at("secret")))});
        const std::string_view expected = view(vector.at("expect"));
        if (expected != "either") {
            EXPECT_EQ(accepted, expected == "valid") << view(vector.at("id"));
        }
        valid += expected == "valid" ? 1 : 0;
        invalid += expected == "invalid" ? 1 : 0;
    }
    EXPECT_GT(valid, 15);
    EXPECT_GT(invalid, 12);
}

TEST(TwilioSignature, AcceptsAnyOfSeveralTokens) {
    const json::value vector = vectors().at(0);
    const http::Request request = request_of(vector);
    EXPECT_TRUE(accepts(request, view(vector.at("url")), {"old", "12345"}));
    EXPECT_TRUE(accepts(request, view(vector.at("url")), {"12345", "new"}));
    EXPECT_FALSE(accepts(request, view(vector.at("url")), {"old", "new"}));
    EXPECT_FALSE(accepts(request, view(vector.at("url")), {}));
}

TEST(TwilioSignature, TellsUnsignedFromWronglySigned) {
    const json::value vector = vectors().at(0);
    SigningKeys keys(Digest::sha1);
    http::Request request = request_of(vector);
    const Credentials account{"AC1", {"12345"}, ""};
    const std::string url(view(vector.at("url")));
    request.headers.emplace_back("x-twilio-signature", "hthh6Q2my6dVaLo4QT1S35J4CuA=");
    EXPECT_EQ(verify_twilio(request, url, account, keys).error(), errc::bad_signature);  // two of them
    request.headers.clear();
    EXPECT_EQ(verify_twilio(request, url, account, keys).error(), errc::not_signed);
}

TEST(TwilioSignature, ABodyThatNothingBindsIsRefused) {
    // Signed without parameters, as a GET is: a body on top of it is somebody else's.
    for (const json::value& vector : vectors()) {
        if (view(vector.at("id")) != "get-webhook") {
            continue;
        }
        http::Request request = request_of(vector);
        ASSERT_TRUE(accepts(request, view(vector.at("url")), {"12345"}));
        request.method = "POST";
        request.body = "From=%2B15005550009&Body=x";
        for (const std::string type :
             {"", "text/plain", "application/json", "application/x-www-form-urlencodedx"}) {
            request.headers.emplace_back("Content-Type", type);
            EXPECT_FALSE(accepts(request, view(vector.at("url")), {"12345"})) << type;
            request.headers.pop_back();
        }
    }
}

TEST(TwilioSignature, SortsAndDropsRepeatedPairs) {
    EXPECT_EQ(canonical_parameters({{"b", "2"}, {"a", "z"}, {"a", "y"}, {"a", "z"}, {"c", ""}}), "ayazb2c");
    EXPECT_EQ(canonical_parameters({}), "");
}

TEST(TwilioSignature, TriesAUrlWithAndWithoutItsPort) {
    using Urls = std::vector<std::string>;
    EXPECT_EQ(signed_urls("https://h.example/p?q=1"),
              (Urls{"https://h.example/p?q=1", "https://h.example:443/p?q=1"}));
    EXPECT_EQ(signed_urls("http://h.example/p"), (Urls{"http://h.example/p", "http://h.example:80/p"}));
    EXPECT_EQ(signed_urls("https://h.example:8443/p"),
              (Urls{"https://h.example:8443/p", "https://h.example/p"}));
    EXPECT_EQ(signed_urls("https://u:p@h.example/p"),
              (Urls{"https://u:p@h.example/p", "https://u:p@h.example:443/p"}));
    EXPECT_EQ(signed_urls("https://[::1]/p"), (Urls{"https://[::1]/p", "https://[::1]:443/p"}));
    EXPECT_EQ(signed_urls("https://[::1]:8443/p"), (Urls{"https://[::1]:8443/p", "https://[::1]/p"}));
    EXPECT_EQ(signed_urls("https://h.example?t=a:b@c"),
              (Urls{"https://h.example?t=a:b@c", "https://h.example:443?t=a:b@c"}));
    EXPECT_EQ(signed_urls("https://h.example/p#rc=3"),
              (Urls{"https://h.example/p", "https://h.example:443/p"}));
    EXPECT_EQ(signed_urls("no url"), Urls{});
}

}  // namespace
}  // namespace rightsline::providers
