// What stands under `with:` of an action that takes arguments.
#include <algorithm>
#include <array>

#include "flows/consent_words.hpp"
#include "flows/loader/actions.hpp"

namespace rightsline::flows {
namespace {

using Words = std::vector<std::string>;

/// One word that an action cannot do without, and what it may be.
struct Argument {
    std::string_view action;
    const char* name;
    Words words;
};

/// "sharing" is whatever goes to others, and can only be taken back as one.
Words purposes() {
    Words all(consent_words.begin(), consent_words.end());
    all.emplace_back("sharing");
    return all;
}

const std::vector<Argument>& arguments() {
    static const std::vector<Argument> known{
        {"contact", "mode", Words(contact_words.begin(), contact_words.end())},
        {"consent", "answer", {"yes", "no", "withdraw"}},
        {"consent", "purpose", purposes()},
        {"checkin.answer", "answer", {"fine", "changed", "stop"}}};
    return known;
}

void check_word(Build& build, const Node& with, const Argument& argument) {
    const std::string given = read_text(with[argument.name], build.complaints);
    if (std::find(argument.words.begin(), argument.words.end(), given) == argument.words.end()) {
        build.complain(with, "bad-value",
                       "'" + given + "' is no " + argument.name + " of " + std::string(argument.action),
                       suggest(given, argument.words));
    }
}

/// A call that nobody said a safe time for would come at any; a text keeps to the program's quiet hours by itself.
void check_hours(Build& build, const Node& with) {
    const std::string mode = with["mode"].text();
    const bool given = with.has("hours");
    const bool readable = given && is_hours(read_text(with["hours"], build.complaints));
    if ((mode == "call" && !given) || (mode == "none" && given) || (given && !readable)) {
        build.complain(with, "bad-value",
                       "a call has hours in which it is safe, a text may have some, and nothing else has any",
                       "write hours: \"08:00-12:00\" with mode: call or relay");
    }
}

/// One yes is to one purpose; all that is shared is taken back with one word.
void check_consent(Build& build, const Node& with) {
    if ((with["purpose"].text() == "sharing") != (with["answer"].text() == "withdraw")) {
        build.complain(with, "bad-value", "a worker agrees to one purpose, and stops all sharing at once",
                       "write {purpose: sharing, answer: withdraw}, or one purpose with yes or no");
    }
}

}  // namespace

std::map<std::string, std::string> read_arguments(FlowScope& scope, const Node& with,
                                                  const std::string& action) {
    Build& build = scope.build();
    std::map<std::string, std::string> given;
    for (const auto& [name, value] : with.entries()) {
        given[name] = read_text(value, build.complaints);
    }
    for (const Argument& argument : arguments()) {
        if (argument.action == action) {
            check_word(build, with, argument);
        }
    }
    if (action == "contact") {
        check_hours(build, with);
    } else if (action == "consent") {
        check_consent(build, with);
    }
    return given;
}

}  // namespace rightsline::flows
