#include "gateway/audit/entry.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "gateway/audit/bytes.hpp"

namespace rightsline::audit {
namespace {

struct Name {
    What what;
    std::string_view name;
    bool counted;  // its commit fails when the case is not there
};

constexpr std::array names{
    Name{What::filed, "filed", true},
    Name{What::added, "added", true},
    Name{What::raised, "raised", true},
    Name{What::contact_changed, "contact_changed", true},
    Name{What::consent_given, "consent_given", false},
    Name{What::consent_refused, "consent_refused", false},
    Name{What::consent_withdrawn, "consent_withdrawn", false},
    Name{What::returned_to, "case_returned_to", false},
    Name{What::replied, "replied", true},
    Name{What::reply_read, "reply_read", true},
    Name{What::pinged, "pinged", true},
    Name{What::ping_held, "ping_held", true},
    Name{What::deleted_by_worker, "deleted_by_worker", false},
    Name{What::read, "case_read", true},
    Name{What::recording_read, "recording_read", true},
    Name{What::recording_held, "recording_held", false},
    Name{What::recording_put_aside, "recording_put_aside", false},
    Name{What::alert_told, "alert_told", true},
    Name{What::alert_taken, "alert_taken", true},
    Name{What::alert_reached_nobody, "alert_reached_nobody", true},
    Name{What::reminded, "reminded", true},
    Name{What::status_changed, "status_changed", true},
    Name{What::assigned, "assigned", true},
    Name{What::recused, "recused", true},
    Name{What::excluded, "excluded", true},
    Name{What::readmitted, "readmitted", true},
    Name{What::site_set, "site_set", true},
    Name{What::category_set, "category_set", true},
    Name{What::note_written, "note_written", true},
    Name{What::notes_read, "notes_read", true},
    Name{What::linked, "linked", true},
    Name{What::unlinked, "unlinked", true},
    Name{What::task_set, "task_set", true},
    Name{What::task_done, "task_done", true},
    Name{What::tasks_read, "tasks_read", true},
    Name{What::handed_on, "handed_on", true},
    Name{What::check_in_asked, "check_in_asked", true},
    Name{What::check_in_answered, "check_in_answered", true},
    Name{What::check_in_unknown, "check_in_unknown", true},
    Name{What::operator_told, "operator_told", false},
    Name{What::copy_not_erased, "copy_not_erased", false},
    Name{What::user_added, "user_added", false},
    Name{What::user_disabled, "user_disabled", false},
    Name{What::user_reset, "user_reset", false},
    Name{What::roles_changed, "roles_changed", false},
    Name{What::password_changed, "password_changed", false},
    Name{What::sites_changed, "sites_changed", false},
    Name{What::logged_in, "logged_in", false},
    Name{What::login_refused, "login_refused", false},
    Name{What::login_ended, "login_ended", false},
    Name{What::access_refused, "access_refused", false},
    Name{What::restored, "restored", false},
    Name{What::held, "held", true},
    Name{What::released, "released", true},
    Name{What::recordings_shredded, "recordings_shredded", true},
    Name{What::relay_shredded, "relay_shredded", true},
    Name{What::case_shredded, "case_shredded", false},
    Name{What::month_moved, "month_moved", true},
    Name{What::month_destroyed, "month_destroyed", false},
    Name{What::sealed_anew, "sealed_anew", true},
    Name{What::referred, "referred", true},
    Name{What::passed_more, "passed_more", true},
    Name{What::referral_accepted, "referral_accepted", true},
    Name{What::referral_declined, "referral_declined", true},
    Name{What::referral_taken_back, "referral_taken_back", true},
    Name{What::referral_lapsed, "referral_lapsed", true},
    Name{What::referral_withdrawn, "referral_withdrawn", true},
    Name{What::call_rung, "call_rung", false},
    Name{What::call_not_rung, "call_not_rung", false},
    Name{What::call_taken, "call_taken", false},
    Name{What::call_ended, "call_ended", false},
    Name{What::call_untaken, "call_untaken", false},
    Name{What::sender_blocked, "sender_blocked", false},
    Name{What::sender_freed, "sender_freed", false},
    Name{What::call_back_begun, "call_back_begun", true},
    Name{What::call_back_over, "call_back_over", true},
    Name{What::call_handed_on, "call_handed_on", false},
    Name{What::call_taken_over, "call_taken_over", false},
    Name{What::call_passed_over, "call_passed_over", false},
    Name{What::prompt_recorded, "prompt_recorded", false},
    Name{What::prompt_approved, "prompt_approved", false},
    Name{What::prompt_rejected, "prompt_rejected", false},
    Name{What::prompt_invited, "prompt_invited", false},
    Name{What::prompt_uninvited, "prompt_uninvited", false},
    Name{What::people_imported, "people_imported", false},
    Name{What::people_exported, "people_exported", false},
    Name{What::person_entered, "person_entered", false},
    Name{What::person_changed, "person_changed", false},
    Name{What::person_wiped, "person_wiped", false},
    Name{What::person_told, "person_told", false},
    Name{What::audience_consent, "audience_consent", false},
    Name{What::audience_refusal, "audience_refusal", false},
    Name{What::people_read, "people_read", false},
    Name{What::segment_changed, "segment_changed", false},
    Name{What::blast_changed, "blast_changed", false},
    Name{What::blast_asked, "blast_asked", false},
    Name{What::blast_returned, "blast_returned", false},
    Name{What::blast_approved, "blast_approved", false},
    Name{What::blast_tested, "blast_tested", false},
    Name{What::blast_scheduled, "blast_scheduled", false},
    Name{What::blast_begun, "blast_begun", false},
    Name{What::blast_held, "blast_held", false},
    Name{What::blast_paused, "blast_paused", false},
    Name{What::blast_resumed, "blast_resumed", false},
    Name{What::blast_finished, "blast_finished", false},
    Name{What::blast_cancelled, "blast_cancelled", false},
    Name{What::blast_expired, "blast_expired", false},
    Name{What::course_changed, "course_changed", false},
    Name{What::course_begun, "course_begun", false},
    Name{What::course_ended, "course_ended", false},
};

consteval bool in_order() {
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (static_cast<std::size_t>(names[i].what) != i) {
            return false;
        }
    }
    return names.size() == static_cast<std::size_t>(What::course_ended) + 1;
}
static_assert(in_order());

constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();

std::optional<Entry> read_entry(const redis::Reply& reply) {
    const std::vector<redis::Reply>* both = reply.array();
    if (both == nullptr || both->size() != 2 || (*both)[0].string() == nullptr ||
        (*both)[1].array() == nullptr || (*both)[1].array()->size() % 2 != 0) {
        return std::nullopt;
    }
    const std::optional<StreamId> id = parse_stream_id(*(*both)[0].string());
    const std::vector<redis::Reply>& flat = *(*both)[1].array();
    const bool texts = std::ranges::all_of(flat, [](const redis::Reply& one) { return one.string(); });
    if (!id || !texts) {
        return std::nullopt;
    }
    Entry entry{*id, {}};
    for (std::size_t i = 0; i < flat.size(); i += 2) {
        entry.fields.emplace_back(*flat[i].string(), *flat[i + 1].string());
    }
    return entry;
}

}  // namespace

std::string_view name_of(What what) { return names.at(static_cast<std::size_t>(what)).name; }

bool is_counted(std::string_view name) {
    const auto found = std::ranges::find(names, name, &Name::name);
    return found != names.end() && found->counted;
}

std::vector<redis::Write> entry_writes(const stores::Keyspace& keys, Act act) {
    std::vector<redis::Write> writes;
    add_entry(writes, keys, std::move(act));
    return writes;
}

void add_entry(std::vector<redis::Write>& writes, const stores::Keyspace& keys, Act act) {
    const std::string_view name = name_of(act.what);
    if (is_counted(name)) {
        writes.push_back(
            {redis::Op::hincrby, keys.case_facts(act.case_id), {std::string(counted_field), "1"}});
    }
    std::vector<std::string> fields{"what", std::string(name)};
    for (auto& [key, value] : {std::pair<const char*, std::string&>("case", act.case_id),
                               std::pair<const char*, std::string&>("who", act.who),
                               std::pair<const char*, std::string&>("how", act.how),
                               std::pair<const char*, std::string&>("why", act.why),
                               std::pair<const char*, std::string&>("to", act.to),
                               std::pair<const char*, std::string&>("whom", act.whom)}) {
        if (!value.empty()) {
            fields.emplace_back(key);
            fields.push_back(std::move(value));
        }
    }
    writes.push_back({redis::Op::xadd, keys.audit(), std::move(fields)});
}

std::string StreamId::str() const {
    return *this == last_of_all ? "+" : std::to_string(ms) + "-" + std::to_string(number);
}

StreamId StreamId::next() const {
    if (number != most) {
        return {ms, number + 1};
    }
    return ms == most ? *this : StreamId{ms + 1, 0};
}

StreamId StreamId::before() const {
    if (number != 0) {
        return {ms, number - 1};
    }
    return ms == 0 ? *this : StreamId{ms - 1, most};
}

std::optional<StreamId> parse_stream_id(std::string_view text) {
    StreamId id;
    const char* const end = text.data() + text.size();
    const auto [dash, first] = std::from_chars(text.data(), end, id.ms);
    if (first != std::errc() || dash == end || *dash != '-') {
        return std::nullopt;
    }
    const auto [stop, second] = std::from_chars(dash + 1, end, id.number);
    return second == std::errc() && stop == end ? std::optional(id) : std::nullopt;
}

std::string_view Entry::field(std::string_view name) const {
    const auto found = std::ranges::find(fields, name, &std::pair<std::string, std::string>::first);
    return found == fields.end() ? std::string_view() : std::string_view(found->second);
}

std::optional<std::vector<Entry>> read_entries(const redis::Reply& reply) {
    if (reply.array() == nullptr) {
        return std::nullopt;
    }
    std::vector<Entry> entries;
    entries.reserve(reply.array()->size());
    for (const redis::Reply& one : *reply.array()) {
        std::optional<Entry> entry = read_entry(one);
        if (!entry) {
            return std::nullopt;
        }
        entries.push_back(std::move(*entry));
    }
    return entries;
}

void append_canonical(std::string& out, const Entry& entry) {
    append_number(out, entry.id.ms, 8);
    append_number(out, entry.id.number, 8);
    append_number(out, entry.fields.size(), 4);
    for (const auto& [name, value] : entry.fields) {
        append_text(out, name);
        append_text(out, value);
    }
}

}  // namespace rightsline::audit
