// One log line as JSON. Pure; only for log.cpp and its tests.
//
// Must never: emit a line break or a byte that a reader of JSON refuses. Threading: pure function.
#pragma once

#include <chrono>
#include <string>

#include "gateway/ops/log.hpp"

namespace rightsline::ops {

/// {"at":"2026-01-31T09:30:00.125Z","level":"warn","event":"…", fields…}
std::string log_line(std::chrono::system_clock::time_point at, Level level, Label event, Fields fields);

}  // namespace rightsline::ops
