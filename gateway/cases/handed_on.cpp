#include "gateway/cases/handed_on.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "gateway/audit/entry.hpp"
#include "gateway/ops/json_text.hpp"

namespace rightsline::cases {

namespace json = boost::json;

redis::Write handed_on_line(const stores::Keyspace& keys, const std::string& case_id, const HandedOn& one) {
    json::object line{{"purpose", one.purpose}, {"who", one.who}, {"hour", one.hour}};
    if (!one.to.empty()) {
        line["to"] = one.to;
    }
    return {redis::Op::append, keys.handed_on(case_id), {json::serialize(line) + "\n"}};
}

std::vector<redis::Write> handing_on_writes(const stores::Keyspace& keys, const std::string& case_id,
                                            const HandedOn& one) {
    std::vector<redis::Write> writes;
    writes.push_back({redis::Op::must_exist, keys.case_facts(case_id), {}});
    writes.push_back(handed_on_line(keys, case_id, one));
    audit::Act act{audit::What::handed_on, case_id, one.who};
    act.why = one.purpose;
    audit::add_entry(writes, keys, std::move(act));
    return writes;
}

std::vector<HandedOn> read_handed_on(std::string_view stored) {
    std::vector<HandedOn> all;
    while (!stored.empty()) {
        const std::string_view line = stored.substr(0, stored.find('\n'));
        boost::system::error_code failed;
        const json::value value = json::parse(line, failed);
        const json::object* read = failed ? nullptr : value.if_object();
        const json::value* hour = read == nullptr ? nullptr : read->if_contains("hour");
        if (hour != nullptr && hour->is_int64()) {
            all.push_back({ops::text_of(*read, "purpose"), ops::text_of(*read, "who"), hour->get_int64(),
                           ops::text_of(*read, "to")});
        }
        stored.remove_prefix(std::min(line.size() + 1, stored.size()));
    }
    return all;
}

}  // namespace rightsline::cases
