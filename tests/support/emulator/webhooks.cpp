#include "tests/support/emulator/webhooks.hpp"

#include <utility>

#include "gateway/http/form.hpp"

namespace rightsline::emulator {
namespace {

constexpr std::chrono::seconds patience{15};  // as Twilio's

std::string body_of(const tests::Fields& fields) {
    std::vector<std::pair<std::string_view, std::string_view>> views;
    for (const auto& [name, value] : fields) {
        views.emplace_back(name, value);
    }
    return http::encode_form(views);
}

}  // namespace

Webhooks::Webhooks(boost::asio::any_io_executor executor, const Account& account, const ops::Clock& clock)
    : account_(account), clock_(clock) {
    http::PoolOptions options;
    options.allow_plain = true;
    options.most_waiting = 100'000;
    pool_ = http::make_pool(std::move(executor), *net::TlsTrust::system(), clock, options);
}

Awaitable<http::Answer> Webhooks::post(std::string url, tests::Fields fields) {
    if (pool_ == nullptr) {
        co_return http::Answer();
    }
    url.resize(std::min(url.find('#'), url.size()));
    http::Outgoing request;
    request.method = "POST";
    const bool ours = !account_.hooks.empty() && url.starts_with(account_.public_url);
    request.url = ours ? account_.hooks + url.substr(account_.public_url.size()) : url;
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"},
                       {"X-Twilio-Signature", tests::twilio_signature(account_.token, url, fields)},
                       {"I-Twilio-Idempotency-Token", tests::fresh_sid("")}};
    request.body = body_of(fields);
    http::Fate fate = co_await pool_->send(std::move(request), clock_.in(patience));
    co_return fate.answer ? std::move(*fate.answer) : http::Answer();
}

}  // namespace rightsline::emulator
