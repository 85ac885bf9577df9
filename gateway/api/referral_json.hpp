// referral_json: how a referral is told: whole to those who offer it, and of one that waits next to nothing to the others.
//
// Private to the room. Pure. Threading: plain values.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>

#include "gateway/api/casework_asked.hpp"
#include "gateway/cases/referral_desk.hpp"

namespace rightsline::api {

/// `parts`: that there are now.
boost::json::object to_json(const cases::Referral& one, std::int64_t parts);
/// For them: that it is there, how urgent, by whom and why; nothing of it.
boost::json::object offered_json(const cases::CaseFacts& facts, const cases::Referral& one,
                                 const std::string& from);
/// The same in a list; `home`: for those who offer it.
boost::json::object listed_json(const cases::Referred& of, const cases::Referral& one, bool home,
                                const std::string& from);
/// What this server knows of an organisation beside its name.
struct Reached {
    std::string circle;    // its public key file; "" = the server has none
    std::size_t told = 0;  // how many there hear by e-mail that something is offered
};
boost::json::object to_json(const flows::Organisation& one, const Reached& reached,
                            const cases::Casework& work, std::int64_t parts);
/// Whether it is listed for who asks: on the line's side as the case itself is; the others have no sites here.
bool is_there_for(const CaseworkAsked& asked, const cases::Standing& its);
/// What was done. The others learn where a case stands once it is theirs too, and not by declining it.
boost::json::object answered_json(const CaseworkAsked& asked, const std::string& to,
                                  const cases::Outcome& done);
/// What a POST brings. Nothing: it is none.
std::optional<cases::Passed> passed_in(const boost::json::object& body);

}  // namespace rightsline::api
