#include "gateway/api/referral_routes.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <memory>
#include <optional>
#include <utility>

#include "gateway/api/answers.hpp"
#include "gateway/api/case_json.hpp"
#include "gateway/api/casework_asked.hpp"
#include "gateway/api/colleagues.hpp"
#include "gateway/api/query.hpp"
#include "gateway/api/referral_json.hpp"
#include "gateway/cases/consent.hpp"
#include "gateway/ops/base64.hpp"
#include "gateway/ops/json_text.hpp"
#include "gateway/ops/read_file.hpp"
#include "gateway/stores/error.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using cases::ReferralEvent;
using ops::text_of;
using namespace std::chrono_literals;

constexpr auto budget = 5s;

class ReferralRoutes {
 public:
    explicit ReferralRoutes(ReferralRouteServices services) : services_(std::move(services)) {}

    /// What waits, and what was accepted.
    Awaitable<http::Response> list(CaseworkAsked asked) {
        const Deadline in_time = services_.clock.in(budget);
        const flows::PackPtr pack = services_.referrals.pack(asked.program);
        const Result<std::vector<cases::Referred>> all =
            co_await services_.referrals.live(asked.program, in_time);
        if (!all || !pack) {
            co_return store_is_silent();
        }
        json::array out;
        for (const cases::Referred& one : *all) {
            if (!is_there_for(asked, one.standing)) {
                continue;
            }
            for (const cases::Referral& to : one.standing.work.referrals) {
                const bool theirs = asked.organisation.empty() || asked.organisation == to.to;
                if (cases::is_live(to.state) && theirs) {
                    out.push_back(listed_json(one, to, asked.organisation.empty(), pack->title));
                }
            }
        }
        co_return as_json(json::object{{"program", asked.program}, {"referrals", std::move(out)}});
    }

    Awaitable<http::Response> show(CaseworkAsked asked) {
        const Deadline in_time = services_.clock.in(budget);
        const Result<cases::CaseFacts> facts =
            co_await services_.cases.facts(asked.program, asked.id, in_time);
        if (!facts) {
            co_return casework_problem(facts.error(), services_.desk, asked);
        }
        const std::vector<cases::CaseFacts> it{*facts};
        const Result<std::vector<cases::Standing>> standing =
            co_await services_.desk.standing(asked.program, it, in_time);
        const Result<cases::PartPage> parts =
            co_await services_.cases.parts(asked.program, asked.id, 0, in_time);
        if (!standing || !parts) {
            co_return store_is_silent();
        }
        json::array organisations;
        for (const flows::Organisation& one : services_.desk.organisations(asked.program)) {
            const Result<vault::CirclePublicKey> circle = services_.referrals.circle(one);
            const Reached reached{circle ? vault::public_key_text(*circle) : "",
                                  services_.referrals.told(asked.program, one)};
            organisations.push_back(to_json(one, reached, standing->front().work, parts->total));
        }
        co_return as_json(json::object{{"program", asked.program},
                                       {"id", asked.id},
                                       {"alias", facts->alias},
                                       {"parts_total", parts->total},
                                       {"organisations", std::move(organisations)}});
    }

    Awaitable<http::Response> pass(CaseworkAsked asked, ReferralEvent event) {
        std::optional<cases::Passed> passed = passed_in(asked.body);
        if (!passed) {
            co_return problem(422,
                              "this is no report that is passed on: to, reason, parts, recordings, seen");
        }
        const Deadline in_time = services_.clock.in(budget);
        const std::string to = passed->to;
        const Result<cases::Outcome> done = co_await services_.referrals.pass_on(
            asked.program, asked.id, asked.actor, event, std::move(*passed), in_time);
        co_return answer(asked, to, done);
    }

    /// By the others: `to` is who they are, whatever they send.
    Awaitable<http::Response> reply(CaseworkAsked asked, ReferralEvent event) {
        const bool by_them = event != ReferralEvent::take_back;
        const std::string to = by_them ? asked.organisation : text_of(asked.body, "to");
        const Deadline in_time = services_.clock.in(budget);
        if (by_them) {
            const Result<std::vector<std::string>> theirs =
                co_await colleagues(services_.users, asked.program + "/" + to, in_time);
            if (!theirs) {
                co_return store_is_silent();
            }
            asked.actor.users.insert(asked.actor.users.end(), theirs->begin(), theirs->end());
        }
        const Result<cases::Outcome> done = co_await services_.referrals.answer(
            asked.program, asked.id, asked.actor, to, event, text_of(asked.body, "reason"), in_time);
        co_return answer(asked, to, done);
    }

    Awaitable<http::Response> bring_recording(CaseworkAsked asked, std::string to, std::string which,
                                              std::string bytes) {
        if (!is_hex_id(which)) {
            co_return problem(422, "a recording has an id of 32 hex digits");
        }
        const Deadline in_time = services_.clock.in(budget);
        const Result<void> kept = co_await services_.referrals.bring_recording(
            asked.program, asked.id, std::move(to), which, std::move(bytes), in_time);
        if (!kept) {
            co_return casework_problem(kept.error(), services_.desk, asked);
        }
        co_return as_json(json::object{{"id", which}});
    }

    Awaitable<http::Response> read(CaseworkAsked asked, int from) {
        const Deadline in_time = services_.clock.in(budget);
        const Result<cases::Referral> theirs = co_await open_for(asked, audit::What::read, in_time);
        const Result<cases::CaseFacts> facts =
            co_await services_.cases.facts(asked.program, asked.id, in_time);
        if (!theirs || !facts) {
            co_return refused(theirs ? facts.error() : theirs.error());
        }
        const Result<cases::PartPage> page =
            co_await services_.referrals.copies(asked.program, asked.id, *theirs, from, in_time);
        if (!page) {
            co_return store_is_silent();
        }
        json::array sealed;
        for (const std::string& part : page->parts) {
            sealed.push_back(json::string(ops::to_base64(part)));
        }
        const flows::PackPtr pack = services_.referrals.pack(asked.program);
        json::object out = offered_json(*facts, *theirs, pack ? pack->title : asked.program);
        out["program"] = asked.program;
        out["status"] = facts->status;
        out["family"] = facts->family;
        out["language"] = facts->language;
        out["mode"] = facts->mode;
        out["filed_hour"] = facts->filed_hour;
        out["parts"] = std::move(sealed);
        out["parts_total"] = page->total;
        co_return as_json(out);
    }

    Awaitable<http::Response> hear(CaseworkAsked asked, std::string which) {
        const Deadline in_time = services_.clock.in(budget);
        const Result<cases::Referral> theirs = co_await open_for(asked, audit::What::recording_read, in_time);
        if (!theirs) {
            co_return refused(theirs.error());
        }
        const bool is_theirs = std::ranges::find(theirs->recordings, which) != theirs->recordings.end();
        std::optional<std::string> stored = ops::read_file(is_theirs ? services_.blob_path(which) : "");
        if (!stored) {
            co_return problem(404, "there is no such recording, or it is not here");
        }
        Result<std::string> sealed =
            co_await services_.cases.recording(asked.program, which, std::move(*stored));
        if (!sealed) {
            co_return store_is_silent();
        }
        http::Response response;
        response.content_type = "application/octet-stream";
        response.body = std::move(*sealed);
        co_return response;
    }

    const std::vector<std::string>& programs() const { return services_.programs; }

 private:
    Awaitable<Result<cases::Referral>> open_for(CaseworkAsked asked, audit::What what, Deadline deadline) {
        audit::Act act;
        act.what = what;
        act.who = asked.actor.who;
        act.how = asked.organisation;
        return services_.referrals.open_for(std::move(asked.program), std::move(asked.id),
                                            std::move(asked.organisation), std::move(act), deadline);
    }

    static http::Response refused(const boost::system::error_code& error) {
        return error == stores::make_error_code(stores::errc::no_such_case)
                   ? problem(404, "there is no such case, or it is not with you")
                   : store_is_silent();
    }

    http::Response answer(const CaseworkAsked& asked, const std::string& to,
                          const Result<cases::Outcome>& done) const {
        if (!done && done.error().category() == cases::consent_category()) {
            return problem(409, done.error().message());
        }
        if (!done) {
            return casework_problem(done.error(), services_.desk, asked);
        }
        return as_json(answered_json(asked, to, *done));
    }

    ReferralRouteServices services_;
};

using Act = std::function<Awaitable<http::Response>(ReferralRoutes&, CaseworkAsked, const http::Request&,
                                                    const http::Parameters&)>;
enum class Of { line, others, both };

/// Who may not ask, or is of the other side, gets no further.
void add(http::Router& router, const std::shared_ptr<ReferralRoutes>& routes, Of of, const char* method,
         const char* path, Act act) {
    router.add(method, path,
               [routes, of, act = std::move(act)](const http::Request& request, const http::Parameters& in) {
                   http::Response refusal;
                   auto asked = read_side(request, routes->programs(), std::string(in["id"]), refusal);
                   if (asked && of != Of::both && asked->organisation.empty() != (of == Of::line)) {
                       refusal = of == Of::line
                                     ? problem(404, "this is for those whose line it is: program=PROGRAM")
                                     : problem(404, "name your organisation: program=PROGRAM/ORGANISATION");
                       asked.reset();
                   }
                   return asked ? act(*routes, std::move(*asked), request, in) : at_once(std::move(refusal));
               });
}

void add_pass(http::Router& router, const std::shared_ptr<ReferralRoutes>& routes, const char* path,
              ReferralEvent event) {
    add(router, routes, Of::line, "POST", path,
        [event](ReferralRoutes& to, CaseworkAsked asked, const http::Request&, const http::Parameters&) {
            return to.pass(std::move(asked), event);
        });
}

void add_reply(http::Router& router, const std::shared_ptr<ReferralRoutes>& routes, const char* path,
               ReferralEvent event) {
    const Of of = event == ReferralEvent::take_back ? Of::line : Of::others;
    add(router, routes, of, "POST", path,
        [event](ReferralRoutes& to, CaseworkAsked asked, const http::Request&, const http::Parameters&) {
            return to.reply(std::move(asked), event);
        });
}

void add_reading(http::Router& router, const std::shared_ptr<ReferralRoutes>& routes) {
    add(router, routes, Of::both, "GET", "/api/v1/referrals",
        [](ReferralRoutes& to, CaseworkAsked asked, const http::Request&, const http::Parameters&) {
            return to.list(std::move(asked));
        });
    add(router, routes, Of::line, "GET", "/api/v1/cases/{id}/referrals",
        [](ReferralRoutes& to, CaseworkAsked asked, const http::Request&, const http::Parameters&) {
            return to.show(std::move(asked));
        });
    add(router, routes, Of::others, "GET", "/api/v1/cases/{id}/referred",
        [](ReferralRoutes& to, CaseworkAsked asked, const http::Request& request, const http::Parameters&) {
            return to.read(std::move(asked), number_of(request, "from", 0, 0, most_left_out));
        });
    add(router, routes, Of::others, "GET", "/api/v1/cases/{id}/referred/recordings/{which}",
        [](ReferralRoutes& to, CaseworkAsked asked, const http::Request&, const http::Parameters& in) {
            return to.hear(std::move(asked), std::string(in["which"]));
        });
}

}  // namespace

void add_referral_routes(http::Router& router, ReferralRouteServices services) {
    const auto routes = std::make_shared<ReferralRoutes>(std::move(services));
    add_reading(router, routes);
    add_pass(router, routes, "/api/v1/cases/{id}/referrals", ReferralEvent::offer);
    add_pass(router, routes, "/api/v1/cases/{id}/referrals/more", ReferralEvent::pass_more);
    add_reply(router, routes, "/api/v1/cases/{id}/referrals/accept", ReferralEvent::accept);
    add_reply(router, routes, "/api/v1/cases/{id}/referrals/decline", ReferralEvent::decline);
    add_reply(router, routes, "/api/v1/cases/{id}/referrals/take-back", ReferralEvent::take_back);
    add(router, routes, Of::line, "POST", "/api/v1/cases/{id}/referrals/recordings/{which}",
        [](ReferralRoutes& to, CaseworkAsked asked, const http::Request& request,
           const http::Parameters& in) {
            return to.bring_recording(std::move(asked), value_of(request, "to"), std::string(in["which"]),
                                      request.body);
        });
}

}  // namespace rightsline::api
