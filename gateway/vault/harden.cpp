#include "gateway/vault/harden.hpp"

#include <sodium.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <array>

#include "gateway/vault/error.hpp"
#include "gateway/vault/secret_bytes.hpp"

namespace rightsline::vault {

Result<void> harden_process() {
    const rlimit none{0, 0};
    if (::setrlimit(RLIMIT_CORE, &none) != 0 || ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) {
        return errc::not_hardened;
    }
    return {};
}

Result<void> lock_all_memory() {
    if (::mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) != 0) {
        return errc::not_hardened;
    }
    return {};
}

Result<void> can_lock_memory() {
    ensure_sodium();
    std::array<unsigned char, 64> probe{};
    if (sodium_mlock(probe.data(), probe.size()) != 0) {
        return errc::not_hardened;
    }
    sodium_munlock(probe.data(), probe.size());
    return {};
}

}  // namespace rightsline::vault
