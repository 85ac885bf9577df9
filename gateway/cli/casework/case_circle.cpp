#include "gateway/cli/casework/case_circle.hpp"

#include <algorithm>
#include <iostream>

#include "gateway/ops/json_text.hpp"
#include "gateway/vault/circle.hpp"

namespace rightsline::cli {

using ops::text_of;

Result<boost::json::object> ask_circle(LocalApi& api, const std::string& program,
                                       const std::string& case_id) {
    return api.get("/api/v1/cases/" + case_id + "/circle" + of_program(program));
}

std::string key_beside(const std::string& folder, const boost::json::object& answer) {
    const Result<vault::CirclePublicKey> circle = vault::parse_public_key(text_of(answer, "circle"));
    return folder + "/" + (circle ? circle->name : text_of(answer, "program")) + ".circle.key";
}

std::string circle_of(const boost::json::object& shown) {
    const std::string name = text_of(shown, "circle");
    return name.empty() ? text_of(shown, "program") : name;
}

bool has_key_of(const PrivateKeys& keys, const std::string& circle) {
    const bool has = std::ranges::any_of(
        keys.keys, [&](const vault::CirclePrivateKey& key) { return key.public_key().name == circle; });
    if (!has) {
        std::cerr
            << "This report is sealed to the circle " << circle
            << ", and none of your keys is of it: its members open it. Nothing is wrong with the report.\n"
            << "Are you one of them? Name that circle's shares as well: --shares " << circle << ".N.shares\n";
    }
    return has;
}

}  // namespace rightsline::cli
