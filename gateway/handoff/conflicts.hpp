// Conflicts: whom a caller must not be put through to, by what is kept of their report and of the program's sites.
//
// The same as of a report (cases/casework.hpp): who stands on the employer's list of its site, who stepped back from it or was
// kept out of it. Of who came back to no report the site is not known, and then nobody who stands on any employer's list is
// rung, not even last: a message is sealed and can be given to somebody else, a voice that the wrong person has heard cannot
// be taken back.
// Must never: ring somebody because it could not be read. Threading: the loop's.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/cases/casework.hpp"
#include "gateway/ops/awaitable.hpp"
#include "gateway/stores/keyspace.hpp"
#include "gateway/vault/vault.hpp"
#include "redis/transaction.hpp"

namespace rightsline::handoff {

struct Conflicts {
    cases::Casework work;                   // keeps_out() says whom
    std::vector<redis::Write> unchanged{};  // conditions of a commit: nothing of it has changed
};

/// Where it stands. `case_id`: "" = the caller told and came back to none.
std::vector<std::string> conflict_keys(const stores::Keyspace& keys, const std::string& case_id);
/// `stored`: what stands under each of `keys`. Errors: the vault's, cases::errc::damaged, redis::errc::unexpected_reply.
Awaitable<Result<Conflicts>> open_conflicts(vault::Vault& vault, std::vector<std::string> keys,
                                            std::vector<std::optional<std::string>> stored);

}  // namespace rightsline::handoff
