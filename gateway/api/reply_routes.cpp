#include "gateway/api/reply_routes.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <memory>
#include <optional>
#include <utility>

#include "gateway/api/answers.hpp"
#include "gateway/api/casework_asked.hpp"
#include "gateway/api/colleagues.hpp"
#include "gateway/ops/base64.hpp"
#include "gateway/ops/json_text.hpp"
#include "gateway/providers/hearing.hpp"
#include "gateway/stores/error.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr auto budget = 3s;
constexpr std::size_t most_sealed =
    2 + 8 + 48 + 4096;  // the largest padding that a reply of six SMS parts needs

http::Response no_case() { return problem(404, "there is no such case"); }

http::Response problem_of(const boost::system::error_code& error) {
    return error == stores::make_error_code(stores::errc::no_such_case) ? no_case() : store_is_silent();
}

http::Response no_mailbox() {
    return problem(
        409,
        "this case has no mailbox: its worker was never given a number to come back with, or it was filed "
        "before there were mailboxes. Nothing can be left for them");
}

/// One sealed copy, when it is sealed to that key and as long as we seal.
std::optional<std::string> sealed_copy(const json::object& in, const char* name,
                                       const std::array<std::uint8_t, 8>& key) {
    std::optional<std::string> sealed = ops::from_base64(ops::text_of(in, name));
    if (!sealed || sealed->size() > most_sealed) {
        return std::nullopt;
    }
    const auto to = vault::sealed_to(*sealed, vault::SealedForm::part);
    return to && *to == key ? std::move(sealed) : std::nullopt;
}

/// What may be sent as it stands: to read for whoever picks (`name`), and as the worker of a report in `language` gets it.
json::array ready_answers(const flows::Pack* pack, const std::string& language) {
    json::array all;
    const Result<locales::LanguageTag> tag = locales::LanguageTag::parse(language);
    const flows::LanguageIndex spoken = pack != nullptr && tag
                                            ? pack->find_language(*tag).value_or(flows::LanguageIndex{0})
                                            : flows::LanguageIndex{0};
    for (const flows::ReadyAnswer& one :
         pack != nullptr ? pack->answers : std::vector<flows::ReadyAnswer>()) {
        all.push_back(
            json::object{{"key", one.key},
                         {"name", pack->text(0, one.say).text({})},
                         {"words", pack->text(spoken, one.say).text({})},
                         {"heard", providers::to_word(providers::hearing_of(*pack, spoken, one.say))}});
    }
    return all;
}

class ReplyRoutes : public std::enable_shared_from_this<ReplyRoutes> {
 public:
    explicit ReplyRoutes(ReplyRouteServices services) : services_(std::move(services)) {}

    Awaitable<http::Response> mailbox(const http::Request& request, std::string id) {
        const Result<Asked> asked = co_await find(request, std::move(id));
        if (!asked || asked->refusal) {
            co_return asked ? *asked->refusal : problem_of(asked.error());
        }
        const flows::PackPtr pack = services_.pack(asked->program);
        json::array words;
        for (const std::string& word : pack ? pack->dangerous_words : std::vector<std::string>()) {
            words.push_back(json::string(word));
        }
        const std::string key(asked->mailbox.begin(), asked->mailbox.end());
        co_return as_json(json::object{{"id", asked->id},
                                       {"program", asked->program},
                                       {"alias", asked->facts.alias},
                                       {"language", asked->facts.language},
                                       {"replies", asked->facts.replies},
                                       {"replies_read", asked->facts.replies_read},
                                       {"number_told", !asked->facts.untold},
                                       {"mailbox", ops::to_base64(key)},
                                       {"circle", vault::public_key_text(asked->circle)},
                                       {"dangerous_words", std::move(words)},
                                       {"answers", ready_answers(pack.get(), asked->facts.language)}});
    }

    Awaitable<http::Response> add(const http::Request& request, std::string id) {
        const Result<Asked> asked = co_await find(request, std::move(id));
        if (!asked || asked->refusal) {
            co_return asked ? *asked->refusal : problem_of(asked.error());
        }
        const std::optional<cases::Reply> reply = reply_in(request, *asked);
        if (!reply) {
            co_return problem(
                422, "a reply is an id and two sealed copies: to the circle's key and to the mailbox's");
        }
        const Deadline in_time = services_.clock.in(budget);
        http::Response refusal;
        std::optional<CaseworkAsked> writer = read_casework(request, services_.programs, asked->id, refusal);
        if (!writer) {
            co_return refusal;
        }
        const Result<void> met = co_await meet_colleagues(services_.users, services_.desk, *writer, in_time);
        if (!met) {
            co_return store_is_silent();
        }
        const Result<cases::Casework> may =
            co_await services_.desk.may_act(asked->program, asked->id, writer->actor, in_time);
        if (!may) {
            co_return casework_problem(may.error(), services_.desk, *writer);
        }
        if (asked->facts.replies >= cases::most_replies) {
            co_return problem(409, "this case has as many replies as one can hold");
        }
        const Result<cases::Reply> locked =
            co_await services_.cases.locked(asked->program, asked->id, *reply);
        if (!locked) {
            co_return problem_of(locked.error());
        }
        const stores::Keyspace keys(asked->program);
        redis::Commit commit;
        commit.now_ms = services_.clock.now().time_since_epoch().count();
        commit.once_key = keys.guard("reply:" + reply->id);
        commit.once_index = keys.guards();
        commit.answer = asked->id;
        commit.writes =
            cases::replying_writes(keys, asked->facts, *locked, writer->actor.who, commit.now_ms / 1000);
        const Result<redis::Committed> done =
            co_await redis::commit(services_.redis, commit, services_.clock.in(budget));
        if (!done) {
            co_return store_is_silent();
        }
        const bool gone = done->outcome == redis::Committed::Outcome::unmet;
        co_return gone ? no_case() : as_json(json::object{{"id", reply->id}});
    }

 private:
    /// Whom a request is about, or why it is turned away.
    struct Asked {
        std::optional<http::Response> refusal{};
        std::string program{};
        std::string id{};
        cases::CaseFacts facts{};
        vault::MailboxPublicKey mailbox{};
        vault::CirclePublicKey circle{};  // the case's
    };

    Awaitable<Result<Asked>> find(const http::Request& request, std::string id) {
        if (!allowed(request)) {
            co_return Asked{not_allowed()};
        }
        std::string program = program_of(request, services_.programs);
        if (program.empty() || !is_hex_id(id)) {
            co_return Asked{program.empty() ? no_program(services_.programs) : no_case()};
        }
        const Deadline deadline = services_.clock.in(budget);
        Result<cases::CaseFacts> facts = co_await services_.cases.facts(program, id, deadline);
        if (!facts) {
            co_return facts.error();
        }
        const Result<std::string> stored = co_await services_.cases.mailbox(program, id, deadline);
        if (!stored) {
            co_return stored.error();
        }
        const Result<vault::MailboxPublicKey> key = vault::mailbox_key(*stored);
        if (!key) {
            co_return Asked{no_mailbox()};
        }
        const Result<vault::CirclePublicKey> circle = services_.desk.circle_of(program, *facts);
        if (!circle) {
            co_return Asked{problem(409, circle.error().message())};
        }
        co_return Asked{std::nullopt, std::move(program), std::move(id), std::move(*facts), *key, *circle};
    }

    std::optional<cases::Reply> reply_in(const http::Request& request, const Asked& asked) const {
        boost::system::error_code failed;
        const json::value body = json::parse(request.body, failed);
        if (failed || !body.is_object()) {
            return std::nullopt;
        }
        const json::object& in = body.get_object();
        cases::Reply reply;
        reply.id = ops::text_of(in, "id");
        const auto for_circle = sealed_copy(in, "for_circle", asked.circle.id());
        const auto for_mailbox = sealed_copy(in, "for_mailbox", vault::mailbox_id(asked.mailbox));
        if (!is_hex_id(reply.id) || !for_circle || !for_mailbox) {
            return std::nullopt;
        }
        reply.for_circle = *for_circle;
        reply.for_mailbox = *for_mailbox;
        return reply;
    }

    ReplyRouteServices services_;
};

}  // namespace

void add_reply_routes(http::Router& router, ReplyRouteServices services) {
    const auto routes = std::make_shared<ReplyRoutes>(std::move(services));
    router.add("GET", "/api/v1/cases/{id}/mailbox",
               [routes](const http::Request& request, const http::Parameters& parameters) {
                   return routes->mailbox(request, std::string(parameters["id"]));
               });
    router.add("POST", "/api/v1/cases/{id}/replies",
               [routes](const http::Request& request, const http::Parameters& parameters) {
                   return routes->add(request, std::string(parameters["id"]));
               });
}

}  // namespace rightsline::api
