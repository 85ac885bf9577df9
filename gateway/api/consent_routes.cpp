#include "gateway/api/consent_routes.hpp"

#include <boost/json.hpp>
#include <iterator>
#include <memory>
#include <optional>
#include <utility>

#include "gateway/api/answers.hpp"
#include "gateway/api/casework_asked.hpp"
#include "gateway/api/ping_json.hpp"
#include "gateway/cases/case_store.hpp"
#include "gateway/cases/consent.hpp"
#include "gateway/cases/contact.hpp"
#include "gateway/cases/handed_on.hpp"
#include "gateway/ops/json_text.hpp"
#include "gateway/stores/error.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr auto budget = 3s;

/// A purpose that nobody asked about is a no, without an hour.
json::object to_json(cases::Consent purpose, const cases::Said* said) {
    const cases::Said never;
    const cases::Said& last = said == nullptr ? never : *said;
    return {{"purpose", std::string(cases::to_word(purpose))},
            {"answer", std::string(cases::to_word(last.answer))},
            {"asked", said != nullptr},
            {"hour", last.hour},
            {"how", last.how}};
}

/// What went to others already: nobody can take that back.
json::array handed_on_json(const std::string& stored) {
    json::array all;
    for (const cases::HandedOn& one : cases::read_handed_on(stored)) {
        json::object line{{"purpose", one.purpose}, {"who", one.who}, {"hour", one.hour}};
        if (!one.to.empty()) {
            line["to"] = one.to;
        }
        all.push_back(std::move(line));
    }
    return all;
}

http::Response no_case() { return problem(404, "there is no such case"); }

http::Response problem_of(const boost::system::error_code& error) {
    return error == stores::make_error_code(stores::errc::no_such_case) ? no_case() : store_is_silent();
}

class ConsentRoutes {
 public:
    explicit ConsentRoutes(ConsentRouteServices services) : services_(std::move(services)) {}

    Awaitable<http::Response> show(CaseworkAsked asked) {
        co_return co_await told(std::move(asked.program), std::move(asked.id), false);
    }

    /// The worker asked a person to take a yes back. What keeps their number is erased with it.
    Awaitable<http::Response> withdraw(CaseworkAsked asked, std::string who) {
        const std::string program = asked.program;
        const std::string id = asked.id;
        const std::optional<cases::Consent> purpose = cases::consent_of(ops::text_of(asked.body, "purpose"));
        if (!purpose) {
            co_return problem(422, "there is no such purpose");
        }
        const Deadline in_time = services_.clock.in(budget);
        cases::CaseStore store(services_.redis);
        const Result<cases::CaseFacts> facts = co_await store.facts(program, id, in_time);
        if (!facts) {
            co_return problem_of(facts.error());
        }
        cases::ConsentBook book(services_.redis);
        const Result<cases::ConsentLedger> ledger = co_await book.ledger(program, id, in_time);
        if (!ledger) {
            co_return store_is_silent();
        }
        const cases::Said* before = ledger->find(*purpose);
        if (before != nullptr && before->answer == cases::Said::Answer::withdrawn) {
            co_return co_await told(program, id, true);
        }
        if (!ledger->check(*purpose)) {
            co_return problem(409,
                              "its worker has not said yes to this, so that there is nothing to take back");
        }
        redis::Commit commit;
        commit.now_ms = services_.clock.now().time_since_epoch().count();
        commit.writes = withdrawal(stores::Keyspace(program), id, *purpose, std::move(who));
        const Result<redis::Committed> done = co_await redis::commit(services_.redis, commit, in_time);
        if (!done) {
            co_return store_is_silent();
        }
        if (done->outcome == redis::Committed::Outcome::unmet) {
            co_return no_case();
        }
        co_return co_await told(program, id, false);
    }

    const std::vector<std::string>& programs() const { return services_.programs; }

 private:
    std::vector<redis::Write> withdrawal(const stores::Keyspace& keys, const std::string& id,
                                         cases::Consent purpose, const std::string& who) const {
        const auto hour = std::chrono::floor<std::chrono::hours>(services_.clock.now().time_since_epoch());
        const cases::Said said{cases::Said::Answer::withdrawn, std::chrono::seconds(hour).count(), "team"};
        std::vector<redis::Write> writes{{redis::Op::must_exist, keys.case_facts(id), {}}};
        const auto add = [&writes](std::vector<redis::Write> more) {
            std::move(more.begin(), more.end(), std::back_inserter(writes));
        };
        if (purpose == cases::Consent::number) {
            add(cases::contact_writes(keys, id, {}, false, who));
        }
        add(cases::consent_writes(keys, id, purpose, said, who));
        return writes;
    }

    /// `before`: it was withdrawn already.
    Awaitable<http::Response> told(std::string program, std::string id, bool before) {
        const Deadline in_time = services_.clock.in(budget);
        cases::CaseStore store(services_.redis);
        const Result<cases::CaseFacts> facts = co_await store.facts(program, id, in_time);
        if (!facts) {
            co_return problem_of(facts.error());
        }
        cases::ConsentBook book(services_.redis);
        const Result<cases::ConsentLedger> ledger = co_await book.ledger(program, id, in_time);
        if (!ledger) {
            co_return store_is_silent();
        }
        json::object out{
            {"program", program}, {"id", id}, {"alias", facts->alias}, {"contact", facts->contact}};
        if (services_.pings != nullptr) {
            const Result<reach::PingReport> report = co_await services_.pings->report(program, id, in_time);
            if (!report) {
                co_return store_is_silent();
            }
            add_pings(out, *report);
        }
        json::array consents;
        for (std::size_t i = 0; i < flows::consent_words.size(); ++i) {
            const auto purpose = static_cast<cases::Consent>(i);
            consents.push_back(to_json(purpose, ledger->find(purpose)));
        }
        redis::LoadKeys wanted;
        wanted.extras.push_back(stores::Keyspace(program).handed_on(id));
        const Result<redis::Loaded> went = co_await redis::load(services_.redis, wanted, in_time);
        if (!went) {
            co_return store_is_silent();
        }
        out["handed_on"] = handed_on_json(went->extras.front().value_or(""));
        out["before"] = before;
        out["consents"] = std::move(consents);
        co_return as_json(out);
    }

    ConsentRouteServices services_;
};

}  // namespace

void add_consent_routes(http::Router& router, ConsentRouteServices services) {
    const auto routes = std::make_shared<ConsentRoutes>(std::move(services));
    /// Who may not ask gets no further.
    const auto add = [&](const char* method, const char* path, auto act) {
        router.add(method, path, [routes, act](const http::Request& request, const http::Parameters& in) {
            http::Response refusal;
            auto asked = read_casework(request, routes->programs(), std::string(in["id"]), refusal);
            return asked ? act(*routes, std::move(*asked), asker(request)) : at_once(std::move(refusal));
        });
    };
    add("GET", "/api/v1/cases/{id}/consents",
        [](ConsentRoutes& to, CaseworkAsked asked, const std::string&) { return to.show(std::move(asked)); });
    add("POST", "/api/v1/cases/{id}/consents/withdraw",
        [](ConsentRoutes& to, CaseworkAsked asked, std::string who) {
            return to.withdraw(std::move(asked), std::move(who));
        });
}

}  // namespace rightsline::api
