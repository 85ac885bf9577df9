#include "gateway/api/referral_json.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "gateway/api/answers.hpp"
#include "gateway/ops/base64.hpp"
#include "gateway/ops/json_text.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;
using ops::text_of;

const json::array* list_in(const json::object& body, std::string_view name) {
    const json::value* found = body.if_contains(name);
    return found == nullptr ? nullptr : found->if_array();
}

std::int64_t count_in(const json::object& body, std::string_view name) {
    const json::value* found = body.if_contains(name);
    return found != nullptr && found->is_int64() ? found->get_int64() : 0;
}

}  // namespace

json::object to_json(const cases::Referral& one, std::int64_t parts) {
    return {{"to", one.to},
            {"state", std::string(cases::to_word(one.state))},
            {"purpose", one.purpose},
            {"reason", one.reason},
            {"why", one.why},
            {"by", one.by},
            {"at", one.at},
            {"until", one.until},
            {"copies", one.copies},
            {"recordings", one.recordings.size()},
            {"seen", one.seen},
            {"not_passed", cases::is_live(one.state) ? std::max<std::int64_t>(0, parts - one.seen) : 0}};
}

json::object offered_json(const cases::CaseFacts& facts, const cases::Referral& one,
                          const std::string& from) {
    return {{"id", facts.id},
            {"alias", facts.alias},
            {"urgency", "P" + std::to_string(static_cast<int>(facts.urgency))},
            {"state", std::string(cases::to_word(one.state))},
            {"reason", one.reason},
            {"from", from},
            {"by", one.by},
            {"at", one.at},
            {"until", one.until}};
}

json::object listed_json(const cases::Referred& of, const cases::Referral& one, bool home,
                         const std::string& from) {
    json::object out = offered_json(of.facts, one, from);
    if (home) {
        out["to"] = one.to;
        out["not_passed"] = std::max<std::int64_t>(0, of.parts - one.seen);
    }
    return out;
}

json::object to_json(const flows::Organisation& one, const Reached& reached, const cases::Casework& work,
                     std::int64_t parts) {
    const cases::Referral* referral = work.referral(one.key);
    return {{"key", one.key},
            {"name", one.name},
            {"consent", one.consent},
            {"circle_name", one.circle},
            {"circle", reached.circle},
            {"told", reached.told},
            {"referral", referral == nullptr ? json::value(nullptr) : to_json(*referral, parts)}};
}

std::optional<cases::Passed> passed_in(const json::object& body) {
    const json::array* parts = list_in(body, "parts");
    const json::array* recordings = list_in(body, "recordings");
    cases::Passed passed{text_of(body, "to"),    text_of(body, "reason"), {}, {},
                         count_in(body, "seen"), count_in(body, "after")};
    if (parts == nullptr || passed.seen < 0 || passed.after < 0) {
        return std::nullopt;
    }
    for (const json::value& one : *parts) {
        passed.parts.push_back(one.is_string() ? ops::from_base64(one.get_string()).value_or("") : "");
    }
    for (const json::value& one : recordings == nullptr ? json::array() : *recordings) {
        if (!one.is_string() || !is_hex_id(std::string_view(one.get_string()))) {
            return std::nullopt;
        }
        passed.recordings.emplace_back(one.get_string());
    }
    return passed;
}

bool is_there_for(const CaseworkAsked& asked, const cases::Standing& its) {
    const std::string& name = asked.actor.name;
    const bool line = asked.organisation.empty() && !name.empty();
    return line ? its.is_there_for(name, asked.actor.sees_all) : !its.work.keeps_out(name);
}

json::object answered_json(const CaseworkAsked& asked, const std::string& to, const cases::Outcome& done) {
    const cases::Referral* referral = done.work.referral(to);
    const bool theirs = referral != nullptr && referral->state == cases::ReferralState::accepted;
    const bool told = asked.organisation.empty() || theirs;
    return {{"program", asked.program},
            {"id", asked.id},
            {"alias", done.facts.alias},
            {"status", told ? done.facts.status : std::string()},
            {"words", told ? done.words : std::string()},
            {"before", !done.changed},
            {"to", to},
            {"state", referral == nullptr ? "" : std::string(cases::to_word(referral->state))}};
}

}  // namespace rightsline::api
