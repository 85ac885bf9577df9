// The program as it is shipped, compiled, for tests of what is said outside the engine.
// Threading: one test.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "flows/loader.hpp"
#include "gateway/stores/sources.hpp"

namespace rightsline::conversations {

/// flows/fair-food without recordings.
inline flows::Bundle shipped_bundle() {
    const std::string source = RIGHTSLINE_SOURCE_DIR;
    locales::Complaints complaints;
    return stores::read_bundle({source + "/flows/fair-food", source + "/locales", {}}, complaints);
}

/// Null, and a failure, when it does not compile.
inline flows::PackPtr shipped_pack() {
    flows::PackPtr pack = flows::compile(shipped_bundle()).pack;
    EXPECT_NE(pack, nullptr);
    return pack;
}

}  // namespace rightsline::conversations
