// test_point: a named place where a test may have this process, or its store, die at once.
//
// Compiled in only with the CMake option RIGHTSLINE_TEST_POINTS (never in a release): then the environment
// variable RL_TEST_POINT, read once, says what happens where: "before_commit:7" raises SIGKILL when the place
// is passed for the seventh time, "before_commit:7:store" kills the child processes (the embedded Redis) and
// goes on, "before_commit:7:pause" stops them, "before_commit:7:halt" stops this process until somebody lets it
// go on, and "before_commit:7:hang" blocks this thread for ever; several are parted by commas. An outside store's
// process is named by the file RL_TEST_STORE. test_setting() reads others: RL_END_SECONDS (how long it may take to
// end), RL_DISK_PERCENT (how full the disks are). RL_SEEDED_BUG names a bug that is put in on purpose, so that the
// checker of tests/chaos can be tested. Without the option all of it is nothing. Threading: any.
#pragma once

#include <string_view>

namespace rightsline::ops {

#ifdef RIGHTSLINE_TEST_POINTS
void test_point(std::string_view name);
/// The name of the bug to have; "" = none.
std::string_view seeded_bug();
/// What a test has set for this process; "" = nothing.
std::string_view test_setting(const char* name);
#else
inline void test_point(std::string_view) {}
inline std::string_view test_setting(const char*) { return {}; }
#endif

}  // namespace rightsline::ops
