#include "flows/loader/actions.hpp"

#include <algorithm>
#include <set>

namespace rightsline::flows {

namespace {

const std::vector<ActionWords>& actions() {
    static const std::vector<ActionWords> known{{"report.file", {"pending", "nothing"}},
                                                {"report.open", {"wrong", "limited", "too_many", "busy"}},
                                                {"report.delete", {}},
                                                {"report.number", {}},
                                                {"contact", {"no_number", "no_text", "stopped"}},
                                                {"contact.texts", {"no_text", "stopped"}},
                                                {"consent", {}},
                                                {"checkin.check", {}},
                                                {"checkin.answer", {}},
                                                {"questions.check", {}},
                                                {"questions.ask", {}},
                                                {"relay.check", {"read"}},
                                                {"relay.read", {"more", "over", "code", "unspoken"}},
                                                {"handoff", {"nobody"}},
                                                {"handoff.check", {}},
                                                {"count", {}},
                                                {"opt_out", {}}};
    return known;
}

void add_words(Choice& choice, LanguageIndex language, const std::vector<std::string>& words) {
    std::vector<std::string>& place = choice.words[language];
    for (const std::string& word : words) {
        std::string folded = locales::fold(word);
        if (!folded.empty() && std::find(place.begin(), place.end(), folded) == place.end()) {
            place.push_back(std::move(folded));
        }
    }
}

std::vector<Choice> family_choices(const Build& build) {
    std::vector<Choice> choices;
    for (const Family& family : build.pack->families) {
        Choice choice;
        choice.name = family.key;
        choice.say = family.say;
        choice.urgency = family.urgency;
        choice.key = std::to_string(choices.size() + 1);
        choices.push_back(std::move(choice));
    }
    return choices;
}

Choice read_choice(FlowScope& scope, const std::string& name, const Node& node, const std::string& key) {
    Build& build = scope.build();
    Choice choice;
    choice.name = name;
    if (!is_name(name)) {
        build.complain(node, "bad-name", "'" + name + "' cannot name a choice",
                       "use lower-case letters, digits, _ and -");
    }
    if (node.kind() != Node::Kind::map) {
        choice.say = build.add_text(key + "." + name, node);
        return choice;
    }
    locales::refuse_unknown_keys(node, {"say", "words", "key", "go", "urgency", "fixed"}, build.complaints);
    choice.fixed = read_flag(node["fixed"], false, build.complaints);
    choice.say = build.add_text(key + "." + name, node["say"], choice.fixed);
    if (choice.say == no_text) {
        build.complain(node, "no-words", "choice '" + name + "' has no words", "add say: with its words");
    }
    choice.key = read_text(node["key"], build.complaints);
    choice.urgency = read_urgency(node["urgency"], build.complaints);
    choice.go = scope.target(node["go"]);
    add_words(choice, 0, read_list(node["words"], build.complaints));
    return choice;
}

void check_keys(FlowScope& scope, const Node& choices, const std::vector<Choice>& list) {
    std::set<std::string> seen;
    for (const Choice& choice : list) {
        const Node& node = choices[choice.name];
        const bool digits = choice.key.size() == 1 || choice.key.size() == 2;
        if (!digits || choice.key.find_first_not_of("0123456789*#") != std::string::npos) {
            scope.build().complain(node, "bad-key", "'" + choice.key + "' cannot be keyed in", "use a digit");
        } else if (!seen.insert(choice.key).second) {
            scope.build().complain(node, "key-twice", "key " + choice.key + " picks two choices",
                                   "give choice '" + choice.name + "' a key of its own");
        }
    }
}

/// One `when:` into a condition; false when it names nothing that can be tested.
class ConditionReader {
 public:
    ConditionReader(FlowScope& scope, const Node& when) : scope_(scope), build_(scope.build()), when_(when) {}

    std::optional<Condition> read() {
        locales::refuse_unknown_keys(when_,
                                     {"result", "is", "one_of", "at_least", "known", "mode", "language",
                                      "hours", "told", "number", "urgency"},
                                     build_.complaints);
        if (when_.has("result")) {
            return read_result();
        }
        if (when_.has("mode")) {
            return read_values(Condition::Test::mode, "mode");
        }
        if (when_.has("language")) {
            return read_values(Condition::Test::language, "language");
        }
        if (when_.has("hours")) {
            return read_hours();
        }
        if (when_.has("told")) {
            Condition condition;
            condition.test = Condition::Test::told;
            condition.at_least = read_flag(when_["told"], true, build_.complaints) ? 1 : 0;
            return condition;
        }
        if (when_.has("number")) {
            return read_number();
        }
        if (when_.has("urgency")) {
            Condition condition;
            condition.test = Condition::Test::urgency;
            const auto least = read_urgency(when_["urgency"], build_.complaints).value_or(Urgency::p1);
            condition.at_least = static_cast<std::int64_t>(least);
            return condition;
        }
        build_.complain(when_, "no-condition", "nothing is tested here",
                        "test result, told, number, urgency, mode, language or hours");
        return std::nullopt;
    }

 private:
    Condition read_values(Condition::Test test, const char* key) {
        Condition condition;
        condition.test = test;
        condition.values = read_list(when_[key], build_.complaints);
        for (const std::string& value : condition.values) {
            if (test == Condition::Test::language) {
                scope_.require_language(when_[key], value);
            }
        }
        if (test == Condition::Test::mode) {
            read_modes(when_[key], build_.complaints);
        }
        return condition;
    }

    std::optional<Condition> read_number() {
        if (when_["number"].text() != "waits") {
            build_.complain(when_["number"], "bad-value", "a number to come back with can only wait here",
                            "write number: waits");
        }
        Condition condition;
        condition.test = Condition::Test::number_waits;
        return condition;
    }

    std::optional<Condition> read_hours() {
        const std::string hours = read_text(when_["hours"], build_.complaints);
        if (!is_hours(hours)) {
            build_.complain(when_["hours"], "bad-value", "'" + hours + "' is not a time of day",
                            "write \"08:00-20:00\"");
            return std::nullopt;
        }
        Condition condition;
        condition.test = Condition::Test::local_hours;
        condition.values = {hours.substr(0, 5), hours.substr(6)};
        return condition;
    }

    std::optional<Condition> read_result() {
        Condition condition;
        condition.block = scope_.target(when_["result"]);
        condition.result = when_["result"].text();
        if (when_.has("is")) {
            condition.test = Condition::Test::result_is;
            condition.values = {read_text(when_["is"], build_.complaints)};
        } else if (when_.has("one_of")) {
            condition.test = Condition::Test::result_one_of;
            condition.values = read_list(when_["one_of"], build_.complaints);
        } else if (when_.has("at_least")) {
            condition.test = Condition::Test::result_at_least;
            condition.at_least = read_whole(when_["at_least"], build_.complaints).value_or(0);
        } else if (when_.has("known")) {
            condition.test = Condition::Test::result_known;
            condition.at_least = read_flag(when_["known"], true, build_.complaints) ? 1 : 0;
        } else {
            build_.complain(when_, "no-condition", "nothing is said about the result",
                            "add is, one_of, at_least or known");
            return std::nullopt;
        }
        return condition;
    }

    FlowScope& scope_;
    Build& build_;
    const Node& when_;
};

}  // namespace

const ActionWords* find_action(const std::string& name) {
    const auto& known = actions();
    const auto found =
        std::find_if(known.begin(), known.end(), [&](const ActionWords& a) { return a.name == name; });
    return found == known.end() ? nullptr : &*found;
}

std::vector<std::string> action_names() {
    std::vector<std::string> names;
    for (const ActionWords& action : actions()) {
        names.push_back(action.name);
    }
    return names;
}

std::vector<Choice> read_choices(FlowScope& scope, const Node& menu, const std::string& key) {
    Build& build = scope.build();
    const Node& choices = menu["choices"];
    if (!is_map(choices, build.complaints) || choices.entries().empty()) {
        build.complain(menu, "no-choices", "the menu offers nothing", "add choices:");
        return {};
    }
    if (choices["from"].kind() == Node::Kind::scalar && choices.entries().size() == 1) {
        if (choices["from"].text() != "program.families") {
            build.complain(choices["from"], "unknown-list",
                           "'" + choices["from"].text() + "' is no list of choices",
                           "write choices: {from: program.families}");
        }
        return family_choices(build);
    }
    std::vector<Choice> list;
    for (const auto& [name, node] : choices.entries()) {
        Choice choice = read_choice(scope, name, node, key);
        choice.key = choice.key.empty() ? std::to_string(list.size() + 1) : choice.key;
        list.push_back(std::move(choice));
    }
    check_keys(scope, choices, list);
    return list;
}

IfBlock read_conditions(FlowScope& scope, const Node& list, BlockIndex otherwise) {
    Build& build = scope.build();
    IfBlock block;
    block.otherwise = otherwise;
    if (list.kind() != Node::Kind::list || list.items().empty()) {
        build.complain(list, "not-a-list", "an if is a list of conditions",
                       "write '- when: {…}' and 'go: …' lines");
        return block;
    }
    for (const Node& item : list.items()) {
        locales::refuse_unknown_keys(item, {"when", "go", "else"}, build.complaints);
        if (item.has("else")) {
            block.otherwise = scope.target(item["else"]);
            continue;
        }
        std::optional<Condition> condition = ConditionReader(scope, item["when"]).read();
        if (!item.has("go")) {
            build.complain(item, "no-target", "the condition leads nowhere", "add go: with a block");
        }
        if (condition) {
            condition->go = scope.target(item["go"]);
            block.conditions.push_back(std::move(*condition));
        }
    }
    return block;
}

}  // namespace rightsline::flows
