// harden_process: what a process does before it reads its first key.
//
// No core dump ever (RLIMIT_CORE 0), no tracing by the same user (PR_SET_DUMPABLE 0). Keys themselves stand
// in locked memory (SecretBytes); can_lock_memory() says at start whether the machine's limits allow it.
#pragma once

#include "locales/result.hpp"

namespace rightsline::vault {

/// Errors: errc::not_hardened.
Result<void> harden_process();

/// Everything this process has and will have stays out of swap: for one that is nothing but a vault.
/// Errors: errc::not_hardened (RLIMIT_MEMLOCK is too low).
Result<void> lock_all_memory();

/// Whether a page of this process can be locked against swap. Errors: errc::not_hardened (RLIMIT_MEMLOCK is
/// too low): worth a warning, not a refusal, where the machine has no swap.
Result<void> can_lock_memory();

}  // namespace rightsline::vault
