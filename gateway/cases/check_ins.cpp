#include "gateway/cases/check_ins.hpp"

#include <algorithm>

#include <boost/json.hpp>
#include <charconv>
#include <utility>

#include "gateway/audit/entry.hpp"
#include "gateway/cases/consent.hpp"
#include "gateway/cases/error.hpp"
#include "gateway/ops/json_text.hpp"
#include "redis/error.hpp"

namespace rightsline::cases {
namespace {

namespace json = boost::json;

constexpr std::string_view asked_prefix = "asked.";
constexpr std::string_view answer_prefix = "answer.";

std::string asked_field(int day) { return std::string(asked_prefix) + std::to_string(day); }
std::string answer_field(int day) { return std::string(answer_prefix) + std::to_string(day); }

template <class Number>
bool read_number(std::string_view text, Number& into) {
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), into);
    return failed == std::errc() && end == text.data() + text.size();
}

/// "text 1795297200": a word, and a time.
bool read_pair(std::string_view text, std::string& word, std::int64_t& time) {
    const std::size_t space = text.find(' ');
    if (space == std::string_view::npos || !read_number(text.substr(space + 1), time)) {
        return false;
    }
    word = text.substr(0, space);
    return true;
}

std::int64_t number_of(const json::object& in, std::string_view name) {
    const json::value* found = in.if_contains(name);
    return found != nullptr && found->is_int64() ? found->get_int64() : 0;
}

redis::Write there(const stores::Keyspace& keys, const std::string& case_id) {
    return {redis::Op::must_exist, keys.case_facts(case_id), {}};
}

}  // namespace

std::vector<CheckIn> read_check_ins(const std::map<std::string, std::string>& fields) {
    std::map<int, CheckIn> by_day;
    for (const auto& [name, value] : fields) {
        CheckIn one;
        std::string how;
        const std::string_view day =
            std::string_view(name).substr(std::min(asked_prefix.size(), name.size()));
        if (!name.starts_with(asked_prefix) || !read_number(day, one.day) ||
            !read_pair(value, how, one.asked)) {
            continue;
        }
        one.by_text = how == "text";
        const auto answer = fields.find(answer_field(one.day));
        if (answer != fields.end() && !read_pair(answer->second, one.answer, one.hour)) {
            one.answer = answer_unknown;
        }
        by_day[one.day] = std::move(one);
    }
    std::vector<CheckIn> all;
    for (auto& [day, one] : by_day) {
        all.push_back(std::move(one));
    }
    return all;
}

int missed_in_a_row(const std::vector<CheckIn>& all) {
    int missed = 0;
    for (const CheckIn& one : all) {
        missed = one.answer == answer_unknown ? missed + 1 : one.answer.empty() ? missed : 0;
    }
    return missed;
}

std::vector<redis::Write> asked_writes(const stores::Keyspace& keys, const std::string& case_id,
                                       const CheckIn& asked) {
    const std::string how = asked.by_text ? "text" : "mailbox";
    std::vector<redis::Write> writes{there(keys, case_id)};
    writes.push_back({redis::Op::must_lack, keys.case_check_ins(case_id), {asked_field(asked.day)}});
    writes.push_back({redis::Op::hset,
                      keys.case_check_ins(case_id),
                      {asked_field(asked.day), how + " " + std::to_string(asked.asked)}});
    writes.push_back({redis::Op::hset, keys.case_facts(case_id), {"check_in", std::to_string(asked.day)}});
    audit::Act act{audit::What::check_in_asked, case_id};
    act.how = how;
    audit::add_entry(writes, keys, std::move(act));
    return writes;
}

std::vector<redis::Write> unknown_writes(const stores::Keyspace& keys, const std::string& case_id, int day,
                                         std::int64_t hour) {
    const std::string key = keys.case_check_ins(case_id);
    std::vector<redis::Write> writes{there(keys, case_id)};
    writes.push_back({redis::Op::must_lack, key, {answer_field(day)}});
    writes.push_back({redis::Op::hset,
                      key,
                      {answer_field(day), std::string(answer_unknown) + " " + std::to_string(hour)}});
    audit::add_entry(writes, keys, {audit::What::check_in_unknown, case_id});
    return writes;
}

std::vector<redis::Write> answered_writes(const stores::Keyspace& keys, const std::string& case_id,
                                          const Answered& answered) {
    std::vector<redis::Write> writes{there(keys, case_id)};
    writes.push_back({redis::Op::hset,
                      keys.case_check_ins(case_id),
                      {answer_field(answered.day), answered.answer + " " + std::to_string(answered.hour)}});
    writes.push_back({redis::Op::hset, keys.case_facts(case_id), {"check_in", "0"}});
    audit::Act act{audit::What::check_in_answered, case_id, std::string(audit::worker)};
    act.how = answered.how;
    act.why = answered.answer;
    audit::add_entry(writes, keys, std::move(act));
    if (answered.answer == answer_stop) {
        const Said said{Said::Answer::withdrawn, answered.hour, answered.how};
        std::vector<redis::Write> withdrawn = consent_writes(keys, case_id, Consent::check_in, said);
        std::move(withdrawn.begin(), withdrawn.end(), std::back_inserter(writes));
    }
    return writes;
}

std::string to_bytes(const OpenCheckIn& open) {
    return json::serialize(json::object{{"case", open.case_id},
                                        {"day", open.day},
                                        {"language", open.language},
                                        {"at", open.at},
                                        {"circle", open.circle}});
}

Result<OpenCheckIn> parse_open_check_in(std::string_view bytes) {
    boost::system::error_code failed;
    const json::value value = json::parse(bytes, failed);
    const json::object* in = failed ? nullptr : value.if_object();
    if (in == nullptr || ops::text_of(*in, "case").size() != 32) {
        return errc::damaged;
    }
    return OpenCheckIn{ops::text_of(*in, "case"), static_cast<int>(number_of(*in, "day")),
                       ops::text_of(*in, "language"), number_of(*in, "at"), ops::text_of(*in, "circle")};
}

Awaitable<Result<std::vector<CheckIn>>> CheckInBook::of(std::string program, std::string case_id,
                                                        redis::Deadline deadline) {
    redis::Command command{"HGETALL", stores::Keyspace(program).case_check_ins(case_id)};
    const Result<redis::Reply> reply = co_await client_.execute(std::move(command), deadline);
    const std::vector<redis::Reply>* flat = reply ? reply->array() : nullptr;
    if (flat == nullptr) {
        co_return reply ? make_error_code(redis::errc::unexpected_reply) : reply.error();
    }
    std::map<std::string, std::string> fields;
    for (std::size_t i = 0; i + 1 < flat->size(); i += 2) {
        if ((*flat)[i].string() != nullptr && (*flat)[i + 1].string() != nullptr) {
            fields[*(*flat)[i].string()] = *(*flat)[i + 1].string();
        }
    }
    co_return read_check_ins(fields);
}

}  // namespace rightsline::cases
