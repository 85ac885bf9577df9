#include "gateway/api/case_json.hpp"

#include <algorithm>

#include "gateway/api/answers.hpp"

namespace rightsline::api {

namespace json = boost::json;

json::object to_json(const cases::CaseFacts& facts) {
    return json::object{{"id", facts.id},
                        {"alias", facts.alias},
                        {"status", facts.status},
                        {"urgency", std::string(cases::to_word(facts.urgency))},
                        {"family", facts.family},
                        {"circle", facts.circle},
                        {"language", facts.language},
                        {"mode", facts.mode},
                        {"reason", facts.reason},
                        {"entered_by", facts.entered_by},
                        {"call_hour", facts.call_hour},
                        {"held", facts.held},
                        {"number_told", !facts.untold},
                        {"contact", facts.contact},
                        {"filed_hour", facts.filed_hour},
                        {"replies", facts.replies},
                        {"replies_read", facts.replies_read},
                        {"pinged_hour", facts.pinged_hour}};
}

json::object to_json(const cases::Task& task) {
    return json::object{{"id", task.id},      {"kind", task.kind},      {"by", task.by},
                        {"person", task.who}, {"set", task.made},       {"due", task.due},
                        {"done", task.done},  {"done_by", task.done_by}};
}

void add_standing(json::object& to, const cases::Standing& standing, std::int64_t now) {
    const auto open = [](const cases::Task& one) { return one.is_open(); };
    const auto late = [now](const cases::Task& one) { return one.is_late(now); };
    to["tasks_open"] = std::ranges::count_if(standing.tasks, open);
    to["tasks_late"] = std::ranges::count_if(standing.tasks, late);
    json::array clocks;
    for (const cases::DueClock& one : standing.clocks) {
        clocks.push_back(json::object{{"name", std::string(one.name)},
                                      {"due", one.due},
                                      {"state", std::string(cases::to_word(one.state))}});
    }
    to["readable"] = standing.readable;
    to["assignee"] = standing.work.assignee;
    to["site"] = standing.work.site;
    to["category"] = standing.work.category;
    to["category_name"] = standing.category_name;
    to["clocks"] = std::move(clocks);
    to["linked"] = standing.linked;
    to["told_more"] = nullptr;
    if (!standing.told.empty()) {
        to["told_more"] = standing.told.back() / 3600 * 3600;  // the phone company knows the second
    }
}

void add_kept_out(json::object& to, const cases::Casework& work) {
    to["recused"] = json::array(work.recused.begin(), work.recused.end());
    to["excluded"] = json::array(work.excluded.begin(), work.excluded.end());
}

Reader reader_of(const http::Request& request) {
    return {request.actor, request.actor.empty() || request.sees_all};
}

}  // namespace rightsline::api
