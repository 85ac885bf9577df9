// CallPage: the address that says what a call of ours does next: which call it is, sealed.
//
// So nobody makes such an address, and whoever carries the calls does not read of what or to whom one is. An address is only
// good for the purpose that it was made for. Must never: name a case, a person or a number in the open.
// Threading: the loop's; the values are plain.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/ops/awaitable.hpp"
#include "gateway/vault/vault.hpp"
#include "locales/result.hpp"

namespace rightsline::alerts {

struct CallPage {
    std::string program;
    std::string token;  // hex
};

/// What stands behind the path of an address: "?p=…&t=…".
std::string query_of(const CallPage& page);
/// Nothing when the query of an address is no page's.
std::optional<CallPage> parse_page(std::string_view query);

/// `purpose`: of the address, the same when it is opened. `names`: what the call is about. Errors: the vault's.
Awaitable<Result<CallPage>> seal_page(vault::Vault& vault, std::string purpose, std::string program,
                                      std::string names);
/// Nothing: it is none that we gave for that purpose.
Awaitable<std::optional<std::string>> open_page(vault::Vault& vault, std::string purpose,
                                                const CallPage& page);

}  // namespace rightsline::alerts
