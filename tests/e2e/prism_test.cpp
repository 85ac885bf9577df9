// Prism with Twilio's own OpenAPI as the judge of what we send: every request that we build, over our own client.
//
// One test: Prism takes eight seconds to start, and each test is a process of its own.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>

#include "gateway/http/client.hpp"
#include "gateway/http/form.hpp"
#include "gateway/providers/twilio_api.hpp"
#include "gateway/providers/twilio_send.hpp"
#include "tests/support/command.hpp"
#include "tests/support/free_port.hpp"
#include "tests/support/plain_http.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/run.hpp"
#include "tests/support/server_process.hpp"

namespace rightsline::tests {
namespace {

namespace json = boost::json;
using namespace providers;

const std::string sm = "SM0123456789abcdef0123456789abcdef";
const std::string ca = "CA0123456789abcdef0123456789abcdef";
constexpr const char* receipts = "https://h.example/hooks/main/status?m=01ab#rc=3&rp=all";

std::string slurp(const std::string& path) {
    std::ifstream in(path);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

class Prism : public testing::Test {
 protected:
    void SetUp() override {
        const char* const node = std::getenv("ORACLE_NODE");
        const char* const modules = std::getenv("ORACLE_MODULES");
        if (node == nullptr || modules == nullptr) {
            GTEST_SKIP() << "Prism is not installed (./deploy/install fetches it with a network)";
        }
        port_ = free_port();
        account_ = {
            "AC0123456789abcdef0123456789abcdef", {"token"}, "http://127.0.0.1:" + std::to_string(port_)};
        pid_ = start_command({node, std::string(modules) + "/@stoplight/prism-cli/dist/index.js", "mock",
                              "-h", "127.0.0.1", "-p", std::to_string(port_), "--errors", "--multiprocess",
                              "false", RIGHTSLINE_SOURCE_DIR "/tests/data/twilio-openapi.json"},
                             folder_.path() + "/prism.log", {});
        ASSERT_TRUE(eventually([this] { return listens(); }, std::chrono::seconds(60)))
            << "Prism did not start";
    }

    void TearDown() override {
        if (pid_ > 0) {
            ::kill(pid_, SIGKILL);
            await_end(pid_, std::chrono::seconds(5));
        }
    }

    bool listens() const {
        try {
            return http_get(port_, "/").status != 0;
        } catch (const std::runtime_error&) {
            return false;
        }
    }

    http::Answer fetch(const http::Outgoing& request) {
        http::ClientOptions options;
        options.allow_plain = true;
        const auto client = http::make_client(io_.get_executor(), *net::TlsTrust::system(), options);
        Result<http::Answer> answer =
            run(io_, client->fetch(request, std::chrono::steady_clock::now() + std::chrono::seconds(15)));
        EXPECT_TRUE(answer) << answer.error().message();
        return answer ? *answer : http::Answer();
    }

    http::Answer post(const Result<http::Outgoing>& request) {
        EXPECT_TRUE(request) << request.error().message();
        expect_known_fields(*request);
        return fetch(*request);
    }

    /// Whether the specification has a field of each name in the form that goes to `resource`.
    bool known(const std::string& resource, const std::vector<std::string>& fields) const {
        boost::system::error_code absent;
        const json::value* const form = specification_.find_pointer(
            "/paths/~12010-04-01~1Accounts~1{AccountSid}~1" + resource +
                "/post/requestBody/content/application~1x-www-form-urlencoded/schema/properties",
            absent);
        return form != nullptr && std::ranges::all_of(fields, [form](const std::string& field) {
                   return form->is_object() && form->get_object().contains(field);
               });
    }

    // Prism lets unknown fields pass; a misspelt one would be lost in silence.
    void expect_known_fields(const http::Outgoing& request) const {
        const std::string root = account_.api_base + "/2010-04-01/Accounts/" + account_.account_sid + "/";
        std::string resource = request.url.substr(root.size());
        if (const std::size_t slash = resource.find('/'); slash != std::string::npos) {
            resource = resource.substr(0, slash) + "~1{Sid}.json";
        }
        std::vector<std::string> names;
        const http::Form form = http::Form::decode(request.body).value();
        for (const auto& [name, value] : form.pairs()) {
            names.emplace_back(name);
        }
        EXPECT_TRUE(names.empty() || known(resource, names)) << request.body;
    }

    void expect(int status, const Result<http::Outgoing>& request, const std::string& what) {
        const http::Answer answer = post(request);
        EXPECT_EQ(answer.status, status) << what << ": " << answer.body;
    }

    void texts();
    void calls();
    void copies();
    void mistakes();

    boost::asio::io_context io_{1};
    TemporaryDirectory folder_;
    std::uint16_t port_ = 0;
    int pid_ = 0;
    Credentials account_;
    std::unique_ptr<Sender> twilio_ = make_twilio_sender();
    json::value specification_ = json::parse(slurp(RIGHTSLINE_SOURCE_DIR "/tests/data/twilio-openapi.json"));
};

Outbound text(std::string body) {
    return {"+15005550006", vault::PhoneNumber::parse("+13055550191").value(),
            TextOut{locales::PrivateText(std::move(body))}, receipts};
}

Outbound call(std::variant<Script, Page> what) {
    return {"+15005550006", vault::PhoneNumber::parse("+13055550191").value(), CallOut{std::move(what)},
            receipts};
}

Script spoken() {
    flows::Gather gather;
    gather.prompts.push_back(
        {"a", locales::LanguageTag::parse("es").value(), "", {flows::Clip{"", "¿Sí & no?"}}});
    providers::ReturnUrls urls;
    urls.step = "https://h.example/step?t=1&k=ab";
    urls.media = "https://h.example/media/";
    return {{gather, flows::Hangup{}}, std::move(urls)};
}

void Prism::texts() {
    for (const std::string body :
         {"hola", "1+1=2 & 100% ¿ñ? 😀\nsecond line", " ", "%20", "a=b&To=+1", "\x07"}) {
        const http::Answer answer = post(twilio_->build_send(text(body), account_));
        EXPECT_EQ(answer.status, 201) << answer.body;
        EXPECT_TRUE(std::holds_alternative<Accepted>(twilio_->read_send(answer, {}))) << answer.body;
    }
    expect(201, twilio_->build_send(text(std::string(1600, 'x')), account_), "the longest text");
    Outbound service = text("hola");
    service.line = "MG0123456789abcdef0123456789abcdef";
    expect(201, twilio_->build_send(service, account_), "from a Messaging Service");
    Outbound bare = text("hola");
    bare.status_url.clear();
    std::get<TextOut>(bare.what).validity = std::chrono::seconds(0);
    expect(201, twilio_->build_send(bare, account_), "without receipts");
}

void Prism::calls() {
    const std::variant<Script, Page> page = Page{"https://h.example/alert?a=1"};
    for (const std::variant<Script, Page>& what : {std::variant<Script, Page>(spoken()), page}) {
        const http::Answer answer = post(twilio_->build_send(call(what), account_));
        EXPECT_EQ(answer.status, 201) << answer.body;
        EXPECT_TRUE(std::holds_alternative<Accepted>(twilio_->read_send(answer, {}))) << answer.body;
        expect(200, twilio_->update_call(ca, what, account_), "a call goes on elsewhere");
    }
    expect(200, twilio_->hang_up(ca, account_), "a call ends");
}

void Prism::copies() {
    const http::Answer list = post(twilio_->list_sent(text("hola"), account_));
    EXPECT_EQ(list.status, 200) << list.body;
    EXPECT_TRUE(twilio_->read_list(list, text("hola"), {})) << list.body;
    expect(200, twilio_->redact_message(sm, account_), "a text is emptied");
    expect(204, twilio_->delete_message(sm, account_), "a text is deleted");
    expect(204, twilio_->delete_call(ca, account_), "a call is deleted");
    expect(204, twilio_request("DELETE", "Recordings/RE0123456789abcdef0123456789abcdef.json", account_),
           "a recording is deleted");
}

// A judge that lets everything pass is none.
void Prism::mistakes() {
    const auto broken = [this](int status, const std::function<void(http::Outgoing&)>& change) {
        http::Outgoing request = twilio_->build_send(text("hola"), account_).value();
        change(request);
        const http::Answer answer = fetch(request);
        EXPECT_EQ(answer.status, status) << request.body << ": " << answer.body;
    };
    const auto without = [](http::Outgoing& request, const std::string& field) {
        const std::size_t at = request.body.find(field);
        request.body.erase(at, request.body.find('&', at) + 1 - at);
    };
    broken(422, [&](http::Outgoing& request) { without(request, "To="); });
    broken(422, [&](http::Outgoing& request) { without(request, "From="); });
    broken(422, [&](http::Outgoing& request) { without(request, "Body="); });
    broken(422,
           [](http::Outgoing& request) { request.body.replace(3, 3, "+"); });  // an unescaped plus is a space
    EXPECT_FALSE(known("Messages.json", {"Shout"}));                           // which Prism overlooks
    broken(422, [](http::Outgoing& request) { request.body += "&Body=" + std::string(1601, 'x'); });
    broken(401, [](http::Outgoing& request) { request.headers.erase(request.headers.begin()); });
    broken(415, [](http::Outgoing& request) { request.headers.back().second = "text/plain"; });
    broken(404, [](http::Outgoing& request) { request.url += "x"; });
}

TEST_F(Prism, TakesEveryRequestThatWeBuildAndRefusesBrokenOnes) {
    texts();
    calls();
    copies();
    mistakes();
}

}  // namespace
}  // namespace rightsline::tests
