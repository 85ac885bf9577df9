#include "gateway/vault/harden.hpp"

#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace rightsline::vault {
namespace {

TEST(HardenProcess, LeavesNoCoreAndNoTracer) {
    const pid_t child = ::fork();  // the test's own process stays as it is
    ASSERT_GE(child, 0);
    if (child == 0) {
        rlimit core{1, 1};
        const bool done = harden_process().has_value() && ::prctl(PR_GET_DUMPABLE, 0, 0, 0, 0) == 0 &&
                          ::getrlimit(RLIMIT_CORE, &core) == 0 && core.rlim_cur == 0 && core.rlim_max == 0;
        ::_exit(done ? 0 : 1);
    }
    int status = -1;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace rightsline::vault
