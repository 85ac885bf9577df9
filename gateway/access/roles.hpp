// Roles and rights: who may do what. The one table is in roles.cpp; everything that asks, and the test, read it.
//
// Denied is what the table does not allow: a person without a role in a program may do nothing there, whatever they may
// do elsewhere. A role says what somebody may fetch, never that they can open it: that takes a key of the circle.
// Must never: be decided a second time anywhere else. Pure. Threading: values.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace rightsline::access {

enum class Role : std::uint8_t {
    intake,      // takes calls and walk-ins; sees what waits, opens nothing that is stored
    monitor,     // reads and follows reports
    supervisor,  // the same, and hands them out
    organizer,   // education; no case
    auditor,     // reads who did what, and who has access; no case
    admin,       // people and settings of a program; no case
    operator_,   // the machine; no case
};
inline constexpr std::array all_roles{Role::intake,  Role::monitor, Role::supervisor, Role::organizer,
                                      Role::auditor, Role::admin,   Role::operator_};

enum class Right : std::uint8_t {
    own_login,       // see and end one's own logins
    see_cases,       // the list: clear facts
    read_case,       // its sealed parts
    hear_recording,  // its sealed recordings
    work_case,       // reply, note, status, take it, hand on what one has, step back, keep somebody out
    hand_out,        // give any case to anybody who may have it, and let back in who was kept out
    see_alerts,      // who was told, who has it
    take_alert,      // say that one has it: nobody else is woken
    see_roster,      // who would be woken now
    see_outbox,      // what waits to leave
    see_users,       // who has access, and to what
    read_audit,      // who did what and when, of every case; nothing that was told
    export_case,     // take a case out, opened, for those whom its worker agreed to
    hold_case,       // keep a case whatever its age, and end that
    enter_report,    // enter what a worker tells them, on the phone or face to face
    manage_users,    // let people in to one's program, and shut them out
    manage_sites,    // which sites there are, who stands on an employer's list, who looks after which
    record_prompts,  // record what calls play, listen to what others recorded, approve it
};
inline constexpr std::array all_rights{Right::own_login,      Right::see_cases,    Right::read_case,
                                       Right::hear_recording, Right::work_case,    Right::hand_out,
                                       Right::see_alerts,     Right::take_alert,   Right::see_roster,
                                       Right::see_outbox,     Right::see_users,    Right::read_audit,
                                       Right::export_case,    Right::hold_case,    Right::enter_report,
                                       Right::manage_users,   Right::manage_sites, Right::record_prompts};

bool may(Role role, Right right);

std::string_view name_of(Role role);    // "monitor", "operator"
std::string_view name_of(Right right);  // "read_case"
std::optional<Role> parse_role(std::string_view name);

/// What one person may, program by program.
class Grants {
 public:
    using ByProgram = std::map<std::string, std::set<Role>, std::less<>>;

    void give(std::string program, Role role) { roles_[std::move(program)].insert(role); }
    bool may(std::string_view program, Right right) const;
    /// Those in which they may.
    std::vector<std::string> programs_with(Right right) const;
    const ByProgram& by_program() const { return roles_; }
    bool empty() const { return roles_.empty(); }
    friend bool operator==(const Grants&, const Grants&) = default;

 private:
    ByProgram roles_;
};

/// "fair-food:monitor". Nothing when it is none.
std::optional<std::pair<std::string, Role>> parse_grant(std::string_view text);

}  // namespace rightsline::access
