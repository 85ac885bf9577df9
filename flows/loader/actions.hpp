// The parts of a block that have a grammar of their own: choices, conditions, and the actions a script may
// name.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "flows/loader/scope.hpp"

namespace rightsline::flows {

/// What a `do:` may name, and the exits it has beside ok and else.
struct ActionWords {
    std::string name;
    std::vector<std::string> exits;
};
/// Nullptr for an action that the shell does not perform.
const ActionWords* find_action(const std::string& name);
std::vector<std::string> action_names();
/// What stands under `with:`, held against the words that `action` knows.
std::map<std::string, std::string> read_arguments(FlowScope& scope, const Node& with,
                                                  const std::string& action);

/// The choices under `menu`, in order, each with its key. `key` is the menu's text key.
std::vector<Choice> read_choices(FlowScope& scope, const Node& menu, const std::string& key);
/// The items of an `if:`; `otherwise` is where none of them leads.
IfBlock read_conditions(FlowScope& scope, const Node& list, BlockIndex otherwise);

}  // namespace rightsline::flows
