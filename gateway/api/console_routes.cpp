// The table of the console's API: every address, the right that it takes, and how openapi.json tells of it.
#include "gateway/api/console.hpp"

namespace rightsline::api {

const std::vector<ConsoleRoute>& console_routes() {
    using Door = ConsoleRoute::Door;
    using access::Right;
    static const std::vector<ConsoleRoute> routes{
        {"POST", "/api/v1/login", Door::open, Right::own_login, "logIn",
         "Log in with name, password and the six digits of your authenticator", "Login", "Credentials"},
        {"POST", "/api/v1/logout", Door::own, Right::own_login, "logOut", "End the login that asks", ""},
        {"GET", "/api/v1/session", Door::own, Right::own_login, "whoAmI",
         "Who asks, with their roles and what X-CSRF-Token must say", "Session"},
        {"GET", "/api/v1/sessions", Door::own, Right::own_login, "listSessions", "All your logins",
         "Sessions"},
        {"DELETE", "/api/v1/sessions/{id}", Door::own, Right::own_login, "endSession",
         "End one of your logins", "", "", true},
        {"GET", "/api/v1/openapi.json", Door::own, Right::own_login, "describe", "This description",
         "OpenApi"},
        {"GET",
         "/api/v1/cases",
         Door::program,
         Right::see_cases,
         "listCases",
         "Clear facts of the cases, the most urgent first, of these the newest",
         "Cases",
         "",
         false,
         {{"limit", "How many, at most 1000"}, {"cursor", "`next` of the page before"}}},
        {"GET",
         "/api/v1/cases/{id}",
         Door::program,
         Right::read_case,
         "readCase",
         "One case with its sealed parts; the reading stands in the audit before they leave",
         "Case",
         "",
         false,
         {{"from", "How many parts to leave out: they only ever grow in number"}}},
        {"GET", "/api/v1/cases/{id}/recordings/{which}", Door::program, Right::hear_recording,
         "readRecording", "A sealed recording; the reading stands in the audit before it leaves", "bytes"},
        {"GET", "/api/v1/alerts", Door::program, Right::see_alerts, "listAlerts",
         "Reports that are being told and nobody has taken, the most urgent first", "Alerts"},
        {"GET", "/api/v1/alerts/{id}", Door::program, Right::see_alerts, "readAlert",
         "Who was told of a case, by what, and who has it", "Alert"},
        {"POST", "/api/v1/alerts/{id}/take", Door::program, Right::take_alert, "takeAlert",
         "You have it: nobody else is told any more", "Alert", "", true},
        {"GET",
         "/api/v1/roster/now",
         Door::program,
         Right::see_roster,
         "whoIsTold",
         "Who would be told of a report, after how long, by what",
         "Roster",
         "",
         false,
         {{"urgency", "P1, P2 or P3"}, {"at", "2026-11-22T03:00, by the clock of the program's place"}}},
        {"GET", "/api/v1/outbox", Door::program, Right::see_outbox, "readOutbox",
         "What waits to leave, line by line", "Outbox"},
        {"GET", "/api/v1/users", Door::program, Right::see_users, "listUsers",
         "Who has a role in the program", "Users"},
    };
    return routes;
}

}  // namespace rightsline::api
