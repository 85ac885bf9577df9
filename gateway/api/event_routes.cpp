#include "gateway/api/event_routes.hpp"

#include <memory>
#include <optional>
#include <utility>

#include "gateway/access/error.hpp"
#include "gateway/access/login_token.hpp"
#include "gateway/api/answers.hpp"
#include "gateway/http/streaming.hpp"
#include "gateway/ops/pause.hpp"

namespace rightsline::api {
namespace {

using namespace std::chrono_literals;

constexpr auto budget = 3s;
constexpr auto step = 500ms;           // how late a page may be told, beside the desk's second
constexpr auto looked_at_every = 15s;  // the login; and a sign of life goes out
constexpr access::Right right = access::Right::see_cases;

class EventStream final : public http::Streaming {
 public:
    EventStream(EventRouteServices services, std::shared_ptr<Listener> listener)
        : services_(std::move(services)),
          listener_(std::move(listener)),
          next_look_(services_.clock.in(looked_at_every)) {}

    Awaitable<std::optional<std::string>> next() override {
        if (!begun_) {
            begun_ = true;
            co_return "retry: 5000\nid: " + listener_->at.str() + "\nevent: ready\ndata: {}\n\n";
        }
        const bool going = co_await ops::pause(step);
        if (!going || over_) {
            co_return std::nullopt;
        }
        std::string out;
        if (listener_->look_again || services_.clock.steady() >= next_look_) {
            const May may = co_await may_still();
            if (may == May::unknown) {
                co_return std::nullopt;  // the store is silent: nothing could be told
            }
            over_ = may == May::no;
            out = over_ ? "event: over\ndata: {}\n\n" : ":\n\n";
        }
        if (!over_ && !listener_->news.empty()) {
            out += event_of(std::exchange(listener_->news, News()), listener_->at);
        }
        co_return out;
    }

 private:
    enum class May : std::uint8_t { yes, no, unknown };
    Awaitable<May> may_still() {
        listener_->look_again = false;
        next_look_ = services_.clock.in(looked_at_every);
        const Deadline deadline = services_.clock.in(budget);
        Result<access::Logins::Holds> holds = co_await services_.logins.still(listener_->login, deadline);
        if (!holds) {
            const bool ended = holds.error() == access::make_error_code(access::errc::no_login);
            co_return ended ? May::no : May::unknown;
        }
        listener_->grants = std::move(holds->user.grants);
        co_return listener_->grants.may(listener_->program, right) ? May::yes : May::no;
    }

    EventRouteServices services_;
    std::shared_ptr<Listener> listener_;
    Deadline next_look_;
    bool begun_ = false;
    bool over_ = false;
};

http::Response come_again(int status, const char* words) {
    http::Response response = problem(status, words);
    response.headers.emplace_back("Retry-After", "60");
    return response;
}

class EventRoutes {
 public:
    explicit EventRoutes(EventRouteServices services) : services_(std::move(services)) {}

    Awaitable<http::Response> listen(std::string program, access::Presented presented, std::string last) {
        if (!presented.token || program.empty()) {
            co_return problem(404, "there is nothing to listen to");
        }
        const Deadline deadline = services_.clock.in(budget);
        const std::string login = presented.token->hash();
        Result<access::Logins::Holds> holds = co_await services_.logins.still(login, deadline);
        if (!holds) {
            const bool ended = holds.error() == access::make_error_code(access::errc::no_login);
            co_return ended ? problem(401, "this login is over") : store_is_silent();
        }
        switch (services_.events.room_for(login)) {
            case EventDesk::Room::full_for_login:
                co_return come_again(
                    429, "this login has as many pages open as are told at once; this one has to ask");
            case EventDesk::Room::full:
                co_return come_again(503, "as many pages are open as are told at once; this one has to ask");
            case EventDesk::Room::there:
                break;
        }
        Listener who;
        who.program = std::move(program);
        who.user = holds->user.name;
        who.login = login;
        who.grants = std::move(holds->user.grants);
        Result<std::shared_ptr<Listener>> listener =
            co_await services_.events.listen(std::move(who), std::move(last));
        if (!listener) {
            co_return store_is_silent();
        }
        http::Response response;
        response.content_type = "text/event-stream";
        response.headers.emplace_back("X-Accel-Buffering", "no");  // a proxy hands it on at once
        response.stream = std::make_shared<EventStream>(services_, std::move(*listener));
        co_return response;
    }

    std::string program_of(const http::Request& request) const {
        return api::program_of(request, services_.programs);
    }

 private:
    EventRouteServices services_;
};

}  // namespace

void add_event_routes(http::Router& router, EventRouteServices services) {
    const auto routes = std::make_shared<EventRoutes>(std::move(services));
    router.add("GET", "/api/v1/events", [routes](const http::Request& request, const http::Parameters&) {
        return routes->listen(routes->program_of(request), access::presented(request),
                              std::string(request.header("Last-Event-ID")));
    });
}

}  // namespace rightsline::api
