#include "gateway/cli/keep/keeping.hpp"

#include "gateway/ops/json_text.hpp"

namespace rightsline::cli {

namespace json = boost::json;
using ops::text_of;

Result<Keeping> ask_keeping(LocalApi& api) {
    const Result<json::object> told = api.get("/api/v1/keeping");
    if (!told) {
        return told.error();
    }
    const json::object& keeper = told->at("keeper").as_object();
    Keeping keeping;
    keeping.keeper.unix_path = text_of(keeper, "unix_path");
    keeping.keeper.host = text_of(keeper, "host");
    keeping.keeper.port = keeper.at("port").to_number<std::uint16_t>();
    keeping.keeper.user = text_of(keeper, "user");
    keeping.keeper.password = text_of(keeper, "password");
    keeping.keeper.database = keeper.at("database").to_number<int>();
    keeping.store = text_of(*told, "store");
    keeping.state_dir = text_of(*told, "state_dir");
    keeping.keys_dir = text_of(*told, "keys_dir");
    keeping.vault_socket = text_of(*told, "vault_socket");
    for (const json::value& program : told->at("programs").as_array()) {
        keeping.programs.emplace_back(program.as_string());
    }
    for (const json::value& line : told->at("lines").as_array()) {
        keeping.lines.emplace_back(text_of(line.as_object(), "program"), text_of(line.as_object(), "line"));
    }
    return keeping;
}

}  // namespace rightsline::cli
