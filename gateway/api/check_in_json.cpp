#include "gateway/api/check_in_json.hpp"

#include <boost/json.hpp>
#include <string>
#include <utility>

namespace rightsline::api {

namespace json = boost::json;

void add_check_ins(json::object& to, const std::vector<cases::CheckIn>& all) {
    json::array out;
    for (const cases::CheckIn& one : all) {
        out.push_back(json::object{{"day", one.day},
                                   {"asked", one.asked},
                                   {"how", one.by_text ? "text" : "mailbox"},
                                   {"answer", one.answer},
                                   {"hour", one.hour}});
    }
    to["check_ins"] = std::move(out);
    to["check_ins_missed"] = cases::missed_in_a_row(all);
}

}  // namespace rightsline::api
