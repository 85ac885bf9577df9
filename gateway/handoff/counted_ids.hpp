// What a caller, and the block of numbers that theirs is one of, are counted by: keyed ids, unlike those of their texts.
//
// One place spells them: what is counted, blocked and limited must be of the same id. Pure. Threading: values.
#pragma once

#include <string>

#include "gateway/vault/vault.hpp"

namespace rightsline::handoff {

/// A caller's number can be faked far more easily than a text's: what it is counted by says nothing of their texts.
inline vault::IdRequest caller_request(const std::string& e164) {
    return {vault::IdKind::limit, "call|" + e164};
}

/// The thousand numbers that it is one of.
inline vault::IdRequest block_request(const std::string& e164) {
    constexpr std::size_t digits = 3;
    return {vault::IdKind::limit, "block|" + e164.substr(0, e164.size() - std::min(digits, e164.size()))};
}

}  // namespace rightsline::handoff
