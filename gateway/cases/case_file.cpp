#include "gateway/cases/case_file.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <charconv>

#include "flows/pack.hpp"
#include "gateway/audit/entry.hpp"
#include "gateway/ops/json_text.hpp"
#include "gateway/stores/error.hpp"

namespace rightsline::cases {
namespace {

namespace json = boost::json;

std::string field(const std::map<std::string, std::string>& fields, const char* name) {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string() : found->second;
}

std::int64_t number_of(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value != nullptr && value->is_int64() ? value->get_int64() : 0;
}

bool read_number(const std::string& text, std::int64_t& hour) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), hour);
    return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

std::string_view to_word(flows::Urgency urgency) {
    switch (urgency) {
        case flows::Urgency::p1:
            return "P1";
        case flows::Urgency::p2:
            return "P2";
        case flows::Urgency::p3:
            break;
    }
    return "P3";
}

std::string_view to_word(flows::Mode mode) {
    switch (mode) {
        case flows::Mode::voice:
            return "voice";
        case flows::Mode::ussd:
            return "ussd";
        case flows::Mode::sms:
            break;
    }
    return "sms";
}

std::int64_t list_score(flows::Urgency urgency, std::int64_t hour) {
    constexpr std::int64_t later_than_all = 100'000'000'000;  // seconds: the year 5138
    return (3 - static_cast<std::int64_t>(urgency)) * later_than_all + hour;
}

std::string part_context(std::string_view program, std::string_view case_id) {
    return std::string(program) + "|" + std::string(case_id) + "|part";
}

std::string recording_context(std::string_view program, std::string_view recording_id) {
    return std::string(program) + "|" + std::string(recording_id) + "|recording";
}

std::string seal_part(const vault::CirclePublicKey& circle, std::string_view program,
                      std::string_view case_id, const flows::Part& part, std::int64_t at) {
    json::object object;
    object["name"] = part.name;
    object["text"] = part.text.reveal();
    object["recording"] = part.recording;
    object["seconds"] = part.length.count();
    object["at"] = at;
    std::string plain = json::serialize(object);
    std::string sealed = vault::seal_to_circle(circle, part_context(program, case_id), plain);
    locales::wipe(plain);
    object["text"].as_string().assign(object["text"].as_string().size(), '\0');
    return sealed;
}

Result<OpenedPart> open_part(const vault::CirclePrivateKey& key, std::string_view program,
                             std::string_view case_id, std::string_view sealed) {
    Result<std::string> plain = key.open(part_context(program, case_id), sealed);
    if (!plain) {
        return plain.error();
    }
    boost::system::error_code failed;
    const json::value value = json::parse(*plain, failed);
    if (failed || !value.is_object()) {
        return stores::errc::damaged;
    }
    const json::object& object = value.get_object();
    return OpenedPart{ops::text_of(object, "name"), ops::text_of(object, "text"),
                      ops::text_of(object, "recording"), number_of(object, "seconds"),
                      number_of(object, "at")};
}

std::string raised_member(std::string_view case_id, flows::Urgency urgency) {
    return std::string(case_id) + ":" + std::to_string(static_cast<int>(urgency));
}

std::string released_member(std::string_view case_id) { return std::string(case_id) + ":left"; }

std::string news_member(std::string_view case_id) { return std::string(case_id) + ":news"; }

redis::Write clocks_looked_at(const stores::Keyspace& keys, const std::string& case_id, std::int64_t at) {
    return {redis::Op::zadd, keys.clocks(), {std::to_string(at * 1000), case_id}};
}

namespace {

constexpr const char* untold_field = "untold";

/// Somebody who types five texts is told of once, at the end of the two minutes in which they began.
std::string told_of_at(std::int64_t at) {
    constexpr std::int64_t together = 120;  // seconds
    return std::to_string((at / together + 1) * together * 1000);
}

/// Due at once, in the order of the hours: seconds where the desk reads milliseconds lie in a year long past, also when the
/// clock of whoever files it is days ahead.
redis::Write raised(const stores::Keyspace& keys, const std::string& case_id, flows::Urgency urgency,
                    std::int64_t hour) {
    return {redis::Op::zadd, keys.alerts(), {std::to_string(hour), raised_member(case_id, urgency)}};
}

}  // namespace

std::vector<redis::Write> filing_writes(const stores::Keyspace& keys, const CaseFacts& facts) {
    const std::string hour = std::to_string(facts.filed_hour);
    std::vector<redis::Write> writes;
    writes.push_back({redis::Op::hset,
                      keys.case_facts(facts.id),
                      {"alias", facts.alias, "status", facts.status, "urgency",
                       std::string(to_word(facts.urgency)), "family", facts.family, "language",
                       facts.language, "mode", facts.mode, "reason", facts.reason, "hour", hour}});
    writes.push_back({redis::Op::zadd,
                      keys.cases(),
                      {std::to_string(list_score(facts.urgency, facts.filed_hour)), facts.id}});
    if (!facts.circle.empty()) {
        writes.push_back({redis::Op::hset, keys.case_facts(facts.id), {"circle", facts.circle}});
    }
    if (facts.untold) {
        writes.push_back({redis::Op::hset, keys.case_facts(facts.id), {untold_field, "1"}});
    }
    const bool entered = !facts.entered_by.empty();
    if (entered) {
        writes.push_back({redis::Op::hset, keys.case_facts(facts.id), {"entered_by", facts.entered_by}});
    }
    audit::add_entry(
        writes, keys,
        {audit::What::filed, facts.id, entered ? facts.entered_by : std::string(audit::worker),
         entered ? std::string(mode_entered) : std::string(), facts.call_hour == 0 ? "" : "call"});
    writes.push_back(clocks_looked_at(keys, facts.id, facts.filed_hour));
    writes.push_back(
        {redis::Op::zadd, keys.to_check_in(), {std::to_string(facts.filed_hour * 1000), facts.id}});
    writes.push_back(raised(keys, facts.id, facts.urgency, facts.filed_hour));
    return writes;
}

redis::Write number_told(const stores::Keyspace& keys, const std::string& case_id) {
    return {redis::Op::hdel, keys.case_facts(case_id), {untold_field}};
}

std::vector<redis::Write> raising_writes(const stores::Keyspace& keys, const std::string& case_id,
                                         flows::Urgency urgency, std::int64_t hour, std::string_view who) {
    const std::string word(to_word(urgency));
    std::vector<redis::Write> writes;
    writes.push_back({redis::Op::must_exist, keys.case_facts(case_id), {}});
    writes.push_back(
        {redis::Op::hset, keys.case_facts(case_id), {"urgency", word, "raised", std::to_string(hour)}});
    writes.push_back({redis::Op::zadd, keys.cases(), {std::to_string(list_score(urgency, hour)), case_id}});
    audit::add_entry(writes, keys, {audit::What::raised, case_id, std::string(who)});
    writes.push_back(clocks_looked_at(keys, case_id, hour));
    writes.push_back(raised(keys, case_id, urgency, hour));
    return writes;
}

std::string status_for_worker(const CaseFacts& facts) {
    if (facts.status != flows::status_received) {
        return facts.status;
    }
    if (facts.taken_hour != 0) {
        return std::string(flows::status_taken);
    }
    return facts.urgency == flows::Urgency::p3 ? facts.status : std::string(flows::status_unanswered);
}

std::vector<redis::Write> language_writes(const stores::Keyspace& keys, const std::string& case_id,
                                          const std::string& language) {
    std::vector<redis::Write> writes;
    writes.push_back({redis::Op::must_exist, keys.case_facts(case_id), {}});
    writes.push_back({redis::Op::hset, keys.case_facts(case_id), {"language", language}});
    return writes;
}

std::vector<redis::Write> deletion_writes(const stores::Keyspace& keys, std::string_view case_id) {
    return deletion_writes(
        keys, audit::Act{audit::What::deleted_by_worker, std::string(case_id), std::string(audit::worker)});
}

std::vector<redis::Write> deletion_writes(const stores::Keyspace& keys, audit::Act act) {
    const std::string case_id = act.case_id;
    std::vector<redis::Write> writes;
    writes.push_back({redis::Op::del, keys.case_parts(case_id), {}});
    writes.push_back({redis::Op::del, keys.case_facts(case_id), {}});
    writes.push_back({redis::Op::del, keys.case_recordings(case_id), {}});
    for (const std::string& key :
         {keys.case_contact(case_id), keys.case_consents(case_id), keys.casework(case_id),
          keys.case_notes(case_id), keys.case_tasks(case_id), keys.task_words(case_id),
          keys.case_told(case_id), keys.mailbox(case_id), keys.replies(case_id), keys.replies_read(case_id),
          keys.handed_on(case_id), keys.outreach(case_id), keys.case_links(case_id),
          keys.case_check_ins(case_id), keys.case_copies(case_id), keys.unanswered(case_id)}) {
        writes.push_back({redis::Op::del, key, {}});
    }
    writes.push_back({redis::Op::zrem, keys.cases(), {case_id}});
    writes.push_back({redis::Op::zrem, keys.to_reach(), {case_id}});
    writes.push_back({redis::Op::zrem, keys.to_check_in(), {case_id}});
    writes.push_back({redis::Op::zrem, keys.referrals(), {case_id}});
    writes.push_back({redis::Op::del, keys.alert(case_id), {}});
    std::vector<std::string> members{case_id, released_member(case_id), news_member(case_id)};
    for (const flows::Urgency urgency : {flows::Urgency::p1, flows::Urgency::p2, flows::Urgency::p3}) {
        members.push_back(raised_member(case_id, urgency));
    }
    writes.push_back({redis::Op::zrem, keys.alerts(), std::move(members)});
    writes.push_back({redis::Op::zrem, keys.clocks(), {case_id}});
    audit::add_entry(writes, keys, std::move(act));
    return writes;
}

std::vector<redis::Write> adding_writes(const stores::Keyspace& keys, const std::string& case_id,
                                        std::int64_t at) {
    std::vector<redis::Write> writes;
    writes.push_back({redis::Op::must_exist, keys.case_facts(case_id), {}});
    writes.push_back({redis::Op::append, keys.case_told(case_id), {std::to_string(at) + ","}});
    audit::add_entry(writes, keys, {audit::What::added, case_id, std::string(audit::worker)});
    writes.push_back({redis::Op::zadd, keys.alerts(), {told_of_at(at), news_member(case_id)}});
    writes.push_back(clocks_looked_at(keys, case_id, at));
    return writes;
}

std::vector<std::int64_t> read_told(std::string_view stored) {
    std::vector<std::int64_t> all;
    while (!stored.empty()) {
        const std::string_view one = stored.substr(0, stored.find(','));
        std::int64_t at = 0;
        if (read_number(std::string(one), at)) {
            all.push_back(at);
        }
        stored.remove_prefix(std::min(one.size() + 1, stored.size()));
    }
    return all;
}

Result<CaseFacts> read_facts(std::string id, const std::map<std::string, std::string>& fields) {
    CaseFacts facts;
    facts.id = std::move(id);
    facts.alias = field(fields, "alias");
    facts.status = field(fields, "status");
    facts.family = field(fields, "family");
    facts.circle = field(fields, "circle");
    facts.language = field(fields, "language");
    facts.mode = field(fields, "mode");
    facts.reason = field(fields, "reason");
    facts.held = field(fields, "hold") == "1";
    facts.untold = field(fields, untold_field) == "1";
    facts.acts = field(fields, std::string(audit::counted_field).c_str());
    facts.entered_by = field(fields, "entered_by");
    facts.contact = fields.contains("contact") ? field(fields, "contact") : facts.contact;
    const std::string urgency = field(fields, "urgency");
    if (urgency.size() != 2 || urgency[0] != 'P' || urgency[1] < '1' || urgency[1] > '3') {
        return stores::errc::damaged;
    }
    facts.urgency = static_cast<flows::Urgency>(urgency[1] - '0');
    const auto readable = [&fields](const char* name, std::int64_t& hour) {
        return !fields.contains(name) || read_number(field(fields, name), hour);
    };
    if (!read_number(field(fields, "hour"), facts.filed_hour) || !readable("taken", facts.taken_hour) ||
        !readable("raised", facts.raised_hour) || !readable("answered", facts.answered_hour) ||
        !readable("wrote", facts.wrote_hour) || !readable("call_hour", facts.call_hour)) {
        return stores::errc::damaged;
    }
    for (auto& [name, count] : {std::pair<const char*, std::int64_t&>("replies", facts.replies),
                                std::pair<const char*, std::int64_t&>("replies_read", facts.replies_read),
                                std::pair<const char*, std::int64_t&>("returns", facts.returns),
                                std::pair<const char*, std::int64_t&>("pinged_hour", facts.pinged_hour),
                                std::pair<const char*, std::int64_t&>("check_in", facts.check_in)}) {
        if (fields.contains(name) && !read_number(field(fields, name), count)) {
            return stores::errc::damaged;
        }
    }
    return facts;
}

}  // namespace rightsline::cases
