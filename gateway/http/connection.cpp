#include "gateway/http/connection.hpp"

#include <array>
#include <cstdio>
#include <ctime>

#include "gateway/http/ascii.hpp"
#include "gateway/http/error.hpp"
#include "gateway/http/serialize.hpp"
#include "gateway/http/streaming.hpp"
#include "gateway/net/error.hpp"
#include "gateway/ops/log.hpp"
#include "locales/private_text.hpp"

namespace rightsline::http {
namespace {

std::string http_date(std::chrono::sys_seconds at) {
    constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::time_t seconds = at.time_since_epoch().count();
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    char text[64];
    const int length = std::snprintf(text, sizeof text, "%s, %02d %s %d %02d:%02d:%02d GMT",
                                     days[static_cast<std::size_t>(utc.tm_wday)], utc.tm_mday,
                                     months[static_cast<std::size_t>(utc.tm_mon)], utc.tm_year + 1900,
                                     utc.tm_hour, utc.tm_min, utc.tm_sec);
    return std::string(text, static_cast<std::size_t>(length));
}

constexpr ops::Label requests_name = "rightsline_http_requests_total";
constexpr ops::Label requests_help = "Requests answered, by class of status";
constexpr ops::Label refused_name = "rightsline_http_refused_total";
constexpr ops::Label refused_help = "Requests that never reached a handler";

}  // namespace

ConnectionContext::ConnectionContext(Router routes, ConnectionLimits bounds, const ops::Clock& time,
                                     ops::Metrics& metrics)
    : router(std::move(routes)),
      limits(bounds),
      clock(time),
      refused(metrics.counter(refused_name, refused_help, {{ops::Dimension::outcome, "framing"}})),
      slow(metrics.counter(refused_name, refused_help, {{ops::Dimension::outcome, "deadline"}})),
      open(metrics.gauge("rightsline_http_connections", "Connections open now")),
      good_(metrics.counter(requests_name, requests_help, {{ops::Dimension::status, "2xx_3xx"}})),
      client_errors_(metrics.counter(requests_name, requests_help, {{ops::Dimension::status, "4xx"}})),
      server_errors_(metrics.counter(requests_name, requests_help, {{ops::Dimension::status, "5xx"}})) {}

std::string_view ConnectionContext::date() {
    const auto second = std::chrono::floor<std::chrono::seconds>(clock.now());
    if (date_.empty() || second != date_of_) {
        date_of_ = second;
        date_ = http_date(second);
    }
    return date_;
}

void ConnectionContext::count(int status) {
    ops::Counter& counter = status < 400 ? good_ : status < 500 ? client_errors_ : server_errors_;
    counter.add();
}

// Deadlines belong to phases, not to reads: a client that sends a byte at a time gains nothing.
void Connection::enter(bool in_body) {
    const Phase phase = in_body ? Phase::body : reader_.idle() ? Phase::waiting : Phase::header;
    idle_ = phase == Phase::waiting;
    if (phase == phase_) {
        return;
    }
    phase_ = phase;
    until_ = context_.clock.in(phase == Phase::body ? context_.limits.body : context_.limits.header);
}

Awaitable<Result<Request>> Connection::next_request() {
    // A fresh connection must speak as soon as one that has begun a header; later ones may pause between
    // requests.
    phase_ = Phase::waiting;
    until_ = context_.clock.in(served_ == 0 ? context_.limits.header : context_.limits.idle);
    while (true) {
        const Result<Progress> progress = reader_.advance();
        if (!progress) {
            co_return progress.error();
        }
        if (*progress == Progress::complete) {
            break;
        }
        enter(reader_.in_body());
        const std::span<char> space = reader_.space();
        const Result<std::size_t> received = co_await stream_.read_some(space, until_);
        if (!received) {
            co_return received.error();
        }
        reader_.received(*received);
    }
    idle_ = false;
    co_return reader_.take();
}

Awaitable<Result<void>> Connection::answer(const Response& response, bool head_only, bool close) {
    AnswerFrame frame;
    frame.close = close;
    frame.head_only = head_only;
    frame.date = context_.date();
    out_.clear();
    serialize(response, frame, out_);
    context_.count(response.status);
    const Deadline until = context_.clock.in(context_.limits.write);
    const Result<void> written = co_await stream_.write_all(out_, until);
    locales::wipe(out_);
    co_return written;
}

Awaitable<void> Connection::pour(const Response& response) {
    Result<void> written = co_await answer(response, false, true);
    while (written && !context_.stopping && stream_.quiet()) {
        const std::optional<std::string> piece = co_await response.stream->next();
        if (!piece) {
            break;
        }
        if (!piece->empty()) {
            const Deadline until = context_.clock.in(context_.limits.write);
            written = co_await stream_.write_all(*piece, until);
        }
    }
}

// Closing with unread bytes would make the kernel drop our answer, so what still comes is read for a moment.
Awaitable<void> Connection::refuse(boost::system::error_code why) {
    context_.refused.add();
    if (const std::int64_t times = context_.refused_line.due(context_.clock.steady()); times != 0) {
        ops::log(ops::Level::info, "request_refused", {{"why", why}, {"times", times}});
    }
    const Response response = context_.limits.refusal(status_of(why));
    const Result<void> written = co_await answer(response, false, true);
    if (!written) {
        co_return;
    }
    const Deadline until = context_.clock.in(context_.limits.linger);
    std::array<char, 4096> discarded;
    for (int reads = 0; reads < 64; ++reads) {
        const Result<std::size_t> received = co_await stream_.read_some(discarded, until);
        if (!received) {
            co_return;
        }
    }
}

Awaitable<void> Connection::serve() {
    while (true) {
        Result<Request> request = co_await next_request();
        if (!request && request.error().category() == category()) {
            co_await refuse(request.error());
            break;
        }
        if (!request) {
            const bool in_the_middle = request.error() == net::errc::deadline && !reader_.idle();
            context_.slow.add(in_the_middle ? 1 : 0);
            break;
        }
        request->peer = peer_;
        request->peer_uid = stream_.peer_uid() < 0 ? 0 : static_cast<unsigned>(stream_.peer_uid());
        ++served_;
        const bool head_only = request->method == "HEAD";
        const bool asked_to_close = same_name(request->header("Connection"), "close");
        Response response = co_await context_.router.handle(*request);
        wipe(*request);
        if (response.stream != nullptr && !head_only) {
            co_await pour(response);
            break;
        }
        const bool close =
            response.close || asked_to_close || context_.stopping || served_ >= context_.limits.requests;
        const Result<void> written = co_await answer(response, head_only, close);
        locales::wipe(response.body);
        if (!written || close) {
            break;
        }
    }
    stream_.close();
}

}  // namespace rightsline::http
