#include "gateway/access/roles.hpp"

#include <algorithm>

namespace rightsline::access {
namespace {

enum class Cell : std::uint8_t { unknown, no, yes };  // what is left out is unknown, and does not compile

constexpr Cell yes = Cell::yes;
constexpr Cell no = Cell::no;

struct Row {
    Right right;
    std::string_view name;
    std::array<Cell, all_roles.size()> may;
};

// Who takes an alert stops the ladder, so they must be able to read what it is about. Who keeps the machine or the people
// reads no case.
// clang-format off
constexpr std::array<Row, all_rights.size()> matrix{{
    //                                         intake monitor supervisor organizer auditor admin operator
    {Right::own_login,      "own_login",      {yes,   yes,    yes,       yes,      yes,    yes,  yes}},
    {Right::see_cases,      "see_cases",      {yes,   yes,    yes,       no,       no,     no,   no}},
    {Right::read_case,      "read_case",      {no,    yes,    yes,       no,       no,     no,   no}},
    {Right::hear_recording, "hear_recording", {no,    yes,    yes,       no,       no,     no,   no}},
    {Right::work_case,      "work_case",      {no,    yes,    yes,       no,       no,     no,   no}},
    {Right::hand_out,       "hand_out",       {no,    no,     yes,       no,       no,     no,   no}},
    {Right::see_alerts,     "see_alerts",     {yes,   yes,    yes,       no,       no,     no,   no}},
    {Right::take_alert,     "take_alert",     {no,    yes,    yes,       no,       no,     no,   no}},
    {Right::see_roster,     "see_roster",     {yes,   yes,    yes,       no,       no,     yes,  yes}},
    {Right::see_outbox,     "see_outbox",     {no,    no,     no,        no,       no,     no,   yes}},
    {Right::see_users,      "see_users",      {no,    no,     no,        no,       yes,    yes,  no}},
    {Right::read_audit,     "read_audit",     {no,    no,     no,        no,       yes,    no,   no}},
    {Right::export_case,    "export_case",    {no,    no,     yes,       no,       no,     no,   no}},
    {Right::hold_case,      "hold_case",      {no,    no,     yes,       no,       no,     no,   no}},
    {Right::enter_report,   "enter_report",   {yes,   yes,    yes,       no,       no,     no,   no}},
    {Right::manage_users,   "manage_users",   {no,    no,     no,        no,       no,     yes,  no}},
    {Right::manage_sites,   "manage_sites",   {no,    no,     no,        no,       no,     yes,  no}},
    {Right::record_prompts, "record_prompts", {no,    no,     no,        yes,      no,     yes,  no}},
}};
// clang-format on

constexpr std::array<std::string_view, all_roles.size()> role_names{
    "intake", "monitor", "supervisor", "organizer", "auditor", "admin", "operator"};

consteval bool whole() {
    for (std::size_t i = 0; i < matrix.size(); ++i) {
        if (static_cast<std::size_t>(matrix[i].right) != i || all_rights[i] != matrix[i].right ||
            std::ranges::find(matrix[i].may, Cell::unknown) != matrix[i].may.end()) {
            return false;
        }
    }
    for (std::size_t i = 0; i < all_roles.size(); ++i) {
        if (static_cast<std::size_t>(all_roles[i]) != i) {
            return false;
        }
    }
    return true;
}
static_assert(whole(),
              "a right without a row, a row out of its order, or a cell that says neither yes nor no");

}  // namespace

bool may(Role role, Right right) {
    const auto row = static_cast<std::size_t>(right);
    const auto column = static_cast<std::size_t>(role);
    return row < matrix.size() && column < all_roles.size() && matrix[row].may[column] == yes;
}

std::string_view name_of(Role role) { return role_names.at(static_cast<std::size_t>(role)); }
std::string_view name_of(Right right) { return matrix.at(static_cast<std::size_t>(right)).name; }

std::optional<Role> parse_role(std::string_view name) {
    const auto found = std::ranges::find(role_names, name);
    return found == role_names.end()
               ? std::nullopt
               : std::optional(all_roles[static_cast<std::size_t>(std::distance(role_names.begin(), found))]);
}

bool Grants::may(std::string_view program, Right right) const {
    const auto here = roles_.find(program);
    return here != roles_.end() &&
           std::ranges::any_of(here->second, [right](Role role) { return access::may(role, right); });
}

std::vector<std::string> Grants::programs_with(Right right) const {
    std::vector<std::string> programs;
    for (const auto& [program, roles] : roles_) {
        if (may(program, right)) {
            programs.push_back(program);
        }
    }
    return programs;
}

std::optional<std::pair<std::string, Role>> parse_grant(std::string_view text) {
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0) {
        return std::nullopt;
    }
    const std::optional<Role> role = parse_role(text.substr(colon + 1));
    return role ? std::optional(std::pair(std::string(text.substr(0, colon)), *role)) : std::nullopt;
}

}  // namespace rightsline::access
