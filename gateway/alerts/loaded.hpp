// What the desk's files share: an alert as it was loaded, and the address of its call's page.
//
// Private to the room. Threading: plain values.
#pragma once

#include <optional>
#include <string>

#include "gateway/alerts/alert_desk.hpp"

namespace rightsline::alerts {

struct AlertDesk::Loaded {
    std::optional<Alert> alert;  // nothing: no desk has seen this case yet
    std::uint64_t version = 0;
};

/// What the key in a page's address is a keyed hash of.
inline std::string page_key(const std::string& program, const std::string& case_id,
                            const std::string& person) {
    return "alert|" + program + "|" + case_id + "|" + person;
}

/// The page that a call to `person` asks for: below the account's hooks. The name is the roster's, not a number.
inline std::string page_path(const std::string& program, const std::string& case_id,
                             const std::string& person, const std::string& key) {
    return "/alert?p=" + program + "&a=" + case_id + "&w=" + person + "&k=" + key;
}

}  // namespace rightsline::alerts
