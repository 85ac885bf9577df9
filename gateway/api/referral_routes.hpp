// referral_routes: a report is offered to another organisation of its program, accepted or not, and read by them.
//
// Of those whose line it is (program=P):
//   GET  /api/v1/cases/{id}/referrals             the program's other organisations, their circles, how it stands with each
//   POST /api/v1/cases/{id}/referrals             {"to", "reason", "parts": [base64], "recordings": [ids], "seen": 3}: an offer
//   POST /api/v1/cases/{id}/referrals/more        the same and {"after": 2}: what its worker told since
//   POST /api/v1/cases/{id}/referrals/take-back   {"to"}
//   POST /api/v1/cases/{id}/referrals/recordings/{which}?to=O   the bytes of a copy of a recording, before its offer
// Of the others (program=P/O):
//   POST /api/v1/cases/{id}/referrals/accept, /decline {"reason"}
//   GET  /api/v1/cases/{id}/referred?from=N       the copies, once accepted; …/recordings/{which}
// Of both: GET /api/v1/referrals, what waits and what was accepted; of an offer that waits the others see no more than that.
//
// Parts come sealed to the others' circle; the server can open none. Threading: the loop's.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "gateway/access/user_store.hpp"
#include "gateway/cases/referral_desk.hpp"
#include "gateway/http/router.hpp"

namespace rightsline::api {

struct ReferralRouteServices {
    cases::ReferralDesk& referrals;
    cases::CaseDesk& desk;
    cases::CaseStore& cases;
    access::UserStore& users;  // those of the other organisation may answer for it
    ops::Clock& clock;
    std::vector<std::string> programs;
    std::function<std::string(const std::string& recording)> blob_path;
};

/// What `services` refers to must outlive the router.
void add_referral_routes(http::Router& router, ReferralRouteServices services);

}  // namespace rightsline::api
