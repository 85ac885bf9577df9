#include "gateway/alerts/alert.hpp"

#include <array>
#include <boost/json.hpp>

#include "gateway/alerts/error.hpp"
#include "gateway/ops/fresh_bytes.hpp"
#include "gateway/ops/json_text.hpp"
#include "gateway/vault/key_file.hpp"

namespace rightsline::alerts {
namespace {

namespace json = boost::json;

std::int64_t number_of(const json::object& in, std::string_view name) {
    const json::value* found = in.if_contains(name);
    return found != nullptr && found->is_int64() ? found->get_int64() : 0;
}

std::int64_t ms(ops::UtcMs at) { return at.time_since_epoch().count(); }
ops::UtcMs time_of(const json::object& in, std::string_view name) {
    return ops::UtcMs(std::chrono::milliseconds(number_of(in, name)));
}

json::array bytes_of(const std::vector<Told>& told) {
    json::array all;
    for (const Told& one : told) {
        all.push_back(json::object{
            {"person", one.person}, {"medium", one.medium}, {"message", one.message}, {"at", ms(one.at)}});
    }
    return all;
}

std::vector<Told> told_of(const json::object& in) {
    std::vector<Told> all;
    const json::value* list = in.if_contains("told");
    if (list == nullptr || !list->is_array()) {
        return all;
    }
    for (const json::value& one : list->get_array()) {
        if (const json::object* told = one.if_object()) {
            all.push_back({ops::text_of(*told, "person"), ops::text_of(*told, "medium"),
                           ops::text_of(*told, "message"), time_of(*told, "at")});
        }
    }
    return all;
}

/// One that a build of before wrote has none.
std::vector<std::string> marks_of(const json::object& in) {
    std::vector<std::string> all;
    const json::value* list = in.if_contains("reminded");
    if (list != nullptr && list->is_array()) {
        for (const json::value& one : list->get_array()) {
            if (one.is_string()) {
                all.emplace_back(one.get_string());
            }
        }
    }
    return all;
}

}  // namespace

std::string fresh_outside_name() {
    std::array<std::uint8_t, 10> bytes{};
    ops::draw_fresh_bytes(bytes);
    return vault::to_hex(bytes);
}

std::string message_id(const Alert& alert, char kind, std::uint32_t number) {
    return kind + (alert.outside.empty() ? alert.case_id : alert.outside) + "-" + std::to_string(number);
}

void keep_told(Alert& alert, Told told) {
    alert.told.push_back(std::move(told));
    if (alert.told.size() > most_told) {
        alert.told.erase(alert.told.begin());
    }
}

std::string to_bytes(const Alert& alert) {
    json::object out;
    out["case"] = alert.case_id;
    out["outside"] = alert.outside;
    out["alias"] = alert.alias;
    out["urgency"] = static_cast<int>(alert.urgency);
    out["raised"] = ms(alert.raised);
    out["rung"] = alert.rung;
    out["messages"] = alert.messages;
    out["notices"] = alert.notices;
    out["reminders"] = alert.reminders;
    out["reminded"] = json::array(alert.reminded.begin(), alert.reminded.end());
    out["before"] = alert.before;
    out["stepped"] = ms(alert.stepped);
    out["told"] = bytes_of(alert.told);
    out["line"] = alert.line;
    out["taken_by"] = alert.taken_by;
    out["taken_how"] = alert.taken_how;
    out["taken_at"] = ms(alert.taken_at);
    return json::serialize(out);
}

Result<Alert> parse_alert(std::string_view bytes) {
    boost::system::error_code failed;
    const json::value value = json::parse(bytes, failed);
    const json::object* in = failed ? nullptr : value.if_object();
    const std::int64_t urgency = in == nullptr ? 0 : number_of(*in, "urgency");
    if (urgency < 1 || urgency > 3) {
        return errc::damaged;
    }
    Alert alert;
    alert.case_id = ops::text_of(*in, "case");
    alert.outside = ops::text_of(*in, "outside");
    alert.alias = ops::text_of(*in, "alias");
    alert.urgency = static_cast<flows::Urgency>(urgency);
    alert.raised = time_of(*in, "raised");
    alert.rung = static_cast<std::size_t>(std::max<std::int64_t>(0, number_of(*in, "rung")));
    alert.messages = static_cast<std::uint32_t>(number_of(*in, "messages"));
    alert.notices = static_cast<std::uint32_t>(number_of(*in, "notices"));
    alert.reminders = static_cast<std::uint32_t>(number_of(*in, "reminders"));
    alert.reminded = marks_of(*in);
    alert.before = static_cast<std::uint32_t>(number_of(*in, "before"));
    alert.stepped = time_of(*in, "stepped");
    alert.told = told_of(*in);
    alert.line = ops::text_of(*in, "line");
    alert.taken_by = ops::text_of(*in, "taken_by");
    alert.taken_how = ops::text_of(*in, "taken_how");
    alert.taken_at = time_of(*in, "taken_at");
    return alert;
}

bool rise(Alert& alert, flows::Urgency urgency, ops::UtcMs now) {
    if (urgency >= alert.urgency) {
        return false;
    }
    alert.urgency = urgency;
    alert.raised = now;
    reopen(alert);
    return true;
}

void reopen(Alert& alert) {
    alert.rung = 0;
    alert.stepped = {};
    alert.taken_by.clear();
    alert.taken_how.clear();
    alert.taken_at = {};
}

std::string case_of_member(std::string_view member) {
    return std::string(member.substr(0, member.find(':')));
}

}  // namespace rightsline::alerts
