#include "gateway/api/news.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <utility>

namespace rightsline::api {
namespace {

namespace json = boost::json;
using audit::What;

/// Told of, they would have every page fetch what it has just fetched.
constexpr std::array looking{What::read,           What::recording_read, What::notes_read,
                             What::tasks_read,     What::access_refused, What::operator_told,
                             What::copy_not_erased};
constexpr std::array of_alerts{
    What::alert_told, What::alert_taken, What::alert_reached_nobody, What::status_changed,    What::assigned,
    What::recused,    What::excluded,    What::readmitted,           What::deleted_by_worker, What::site_set};
constexpr std::array of_sight{What::assigned, What::alert_taken, What::recused};
constexpr std::array of_users{What::user_disabled, What::user_reset, What::roles_changed,
                              What::password_changed, What::login_ended};

template <class All>
bool is_one_of(const All& all, std::string_view name) {
    return std::ranges::any_of(all, [&](What one) { return audit::name_of(one) == name; });
}

}  // namespace

void News::add_case(const std::string& id) {
    if (cases.size() < most_cases_told) {
        cases.insert(id);
    } else if (!cases.contains(id)) {
        reload = true;
    }
}

Touches touches_of(const audit::Entry& entry) {
    const std::string_view what = entry.field("what");
    if (entry.field("case").empty() || is_one_of(looking, what)) {
        return {};
    }
    return {true, is_one_of(of_alerts, what)};
}

bool takes_out_of_sight(const audit::Entry& entry) { return is_one_of(of_sight, entry.field("what")); }

bool moves_away(const audit::Entry& entry) { return entry.field("what") == audit::name_of(What::site_set); }

std::string user_of(const audit::Entry& entry) {
    if (!is_one_of(of_users, entry.field("what"))) {
        return "";
    }
    const std::string_view whom = entry.field("whom");
    return std::string(whom.empty() ? entry.field("who") : whom);
}

std::string whose_login(const audit::Entry& entry) {
    return entry.field("what") == audit::name_of(What::logged_in) ? std::string(entry.field("who")) : "";
}

std::string whose_talk(const audit::Entry& entry) {
    const bool over = entry.field("what") == audit::name_of(What::call_ended) && entry.field("to").empty() &&
                      entry.field("why") != "0";
    return over ? std::string(entry.field("who")) : "";
}

std::string event_of(const News& news, const audit::StreamId& at) {
    const std::string id = "id: " + at.str() + "\n";
    if (news.reload) {
        return id + "event: reload\ndata: {}\n\n";
    }
    json::array cases;
    for (const std::string& one : news.cases) {
        cases.emplace_back(one);
    }
    const json::object data{{"cases", std::move(cases)},
                            {"list", news.list},
                            {"alerts", news.alerts},
                            {"login", news.login},
                            {"call", news.call}};
    return id + "event: changed\ndata: " + json::serialize(data) + "\n\n";
}

}  // namespace rightsline::api
