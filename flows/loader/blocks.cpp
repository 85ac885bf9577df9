#include <algorithm>
#include <set>

#include "flows/loader/actions.hpp"
#include "flows/loader/scope.hpp"

namespace rightsline::flows {

namespace {

using Names = std::vector<std::string>;

const Names& kind_names() {
    static const Names names{"say", "menu", "ask", "if", "do", "call", "pick_many"};
    return names;
}

class BlockReader {
 public:
    BlockReader(FlowScope& scope, const Node& node, Block& block)
        : scope_(scope),
          build_(scope.build()),
          node_(node),
          block_(block),
          key_(scope.flow().name + "." + block.name) {}

    void read() {
        if (!is_map(node_, build_.complaints)) {
            return;
        }
        const std::string kind = find_kind();
        if (kind.empty()) {
            return;
        }
        read_exits(kind);
        read_kind(kind);
    }

 private:
    std::string find_kind() {
        std::string kind;
        for (const std::string& name : kind_names()) {
            if (!node_.has(name)) {
                continue;
            }
            if (!kind.empty()) {
                build_.complain(node_, "two-kinds",
                                "block '" + block_.name + "' is both " + kind + " and " + name,
                                "make two blocks of it");
                return {};
            }
            kind = name;
        }
        if (kind.empty()) {
            build_.complain(node_, "no-kind", "block '" + block_.name + "' does nothing",
                            "give it one of say, menu, ask, if, do, call");
        }
        return kind;
    }

    void refuse_unknown(Names known) {
        for (const char* word :
             {"modes", "next", "end", "else", "urgency", "resume", "source", "fact_reviewed", "review"}) {
            known.emplace_back(word);
        }
        locales::refuse_unknown_keys(node_, known, build_.complaints);
    }

    void read_kind(const std::string& kind) {
        if (kind == "say") {
            read_say();
        } else if (kind == "menu") {
            read_menu();
        } else if (kind == "ask") {
            read_ask();
        } else if (kind == "if") {
            read_if();
        } else if (kind == "do") {
            read_do();
        } else if (kind == "call") {
            refuse_unknown({"call", "ok"});
            block_.kind = CallBlock{scope_.flow_start(node_["call"])};
        } else {
            build_.complain(node_, "not-supported", "pick_many cannot be run yet",
                            "ask with a menu, one after another");
        }
    }

    /// `next` and `ok` are two spellings of one exit.
    void read_exits(const std::string& kind) {
        if (node_.has("next") && node_.has("ok")) {
            build_.complain(node_["ok"], "two-exits", "next and ok are the same exit", "keep one of the two");
        }
        const Node& onward = node_.has("ok") ? node_["ok"] : node_["next"];
        block_.returns = onward.text() == "return";
        block_.exits.next = block_.returns ? no_block : scope_.target(onward);
        const BlockIndex otherwise = node_.has("else") ? scope_.target(node_["else"]) : scope_.otherwise;
        block_.exits.no_match = node_.has("no_match") ? scope_.target(node_["no_match"]) : otherwise;
        block_.exits.no_input = node_.has("no_input") ? scope_.target(node_["no_input"]) : otherwise;
        block_.exits.retries = read_retries();
        block_.modes = read_modes(node_["modes"], build_.complaints);
        block_.urgency = read_urgency(node_["urgency"], build_.complaints);
        block_.resumes = read_flag(node_["resume"], false, build_.complaints);
        block_.end = read_flag(node_["end"], false, build_.complaints);
        if (block_.end && (block_.returns || (block_.exits.next != no_block && kind == "say"))) {
            build_.complain(node_["end"], "two-exits", "the block ends here and goes on as well",
                            "keep end or next");
        }
    }

    int read_retries() {
        const std::int64_t retries = read_whole(node_["retries"], build_.complaints).value_or(scope_.retries);
        if (retries < 0 || retries > 5) {
            build_.complain(node_["retries"], "bad-value", "a block asks again 0 to 5 times",
                            "write retries: 2");
            return scope_.retries;
        }
        return static_cast<int>(retries);
    }

    /// The wordings of a block: `part`, which may be a map by mode, and the sms:, voice: and ussd: beside it.
    Prompt read_prompt(const std::string& part) {
        Prompt prompt;
        const Node& words = node_[part];
        if (words.kind() == Node::Kind::map) {
            locales::refuse_unknown_keys(words, {"text", "voice", "sms", "ussd"}, build_.complaints);
            prompt.any = build_.add_text(key_ + "." + part, words["text"]);
            prompt.voice = build_.add_text(key_ + ".voice", words["voice"]);
            prompt.sms = build_.add_text(key_ + ".sms", words["sms"]);
            prompt.ussd = build_.add_text(key_ + ".ussd", words["ussd"]);
        } else {
            prompt.any = build_.add_text(key_ + "." + part, words);
        }
        read_wording("voice", prompt.voice);
        read_wording("sms", prompt.sms);
        read_wording("ussd", prompt.ussd);
        return prompt;
    }

    void read_wording(const char* mode, TextIndex& place) {
        const Node& beside = node_[mode];
        const Node& words = beside.kind() == Node::Kind::map ? beside["text"] : beside;
        if (!words.missing()) {
            place = build_.add_text(key_ + "." + mode, words);
        }
    }

    std::vector<TextIndex> read_again() {
        std::vector<TextIndex> texts;
        const Node& again = node_["again"];
        if (again.kind() == Node::Kind::list) {
            for (const Node& wording : again.items()) {
                texts.push_back(
                    build_.add_text(key_ + ".again." + std::to_string(texts.size() + 1), wording));
            }
        } else if (!again.missing()) {
            texts.push_back(build_.add_text(key_ + ".again.1", again));
        }
        return texts;
    }

    void read_say() {
        refuse_unknown({"say", "sms", "voice", "ussd", "secret"});
        SayBlock say;
        say.prompt = read_prompt("say");
        say.secret = read_flag(node_["secret"], false, build_.complaints);
        if (node_["sms"].kind() == Node::Kind::map) {
            locales::refuse_unknown_keys(node_["sms"], {"after", "text"}, build_.complaints);
            say.after = scope_.target(node_["sms"]["after"]);
        }
        if (node_["voice"].kind() == Node::Kind::map || node_["ussd"].kind() == Node::Kind::map) {
            build_.complain(node_, "not-a-text", "voice: and ussd: of a say are its words in that mode",
                            "write the words there");
        }
        block_.kind = say;
    }

    void read_menu() {
        refuse_unknown({"menu", "sms", "voice", "ussd", "choices", "set", "seal", "again", "not_keys",
                        "no_match", "no_input", "retries"});
        MenuBlock menu;
        menu.prompt = read_prompt("menu");
        menu.again = read_again();
        for (const std::string& key : read_list(node_["not_keys"], build_.complaints)) {
            if (key.size() != 1 || !scope_.flow().hotkeys.contains(key.front())) {
                build_.complain(node_["not_keys"], "bad-value", "'" + key + "' is no hotkey of this flow",
                                "name keys that stand under hotkeys:");
            }
            menu.not_keys += key;
        }
        menu.voice = scope_.voice(node_["voice"], scope_.flow().voice);
        menu.choices = read_choices(scope_, node_, key_);
        menu.families = node_["choices"]["from"].text() == "program.families";
        menu.seal = read_flag(node_["seal"], false, build_.complaints);
        const Node& set = node_["set"];
        if (is_map(set, build_.complaints)) {
            locales::refuse_unknown_keys(set, {"language"}, build_.complaints);
            if (set["language"].text() != "choice") {
                build_.complain(set, "bad-value", "only language: choice can be set here",
                                "write set: {language: choice}");
            }
            menu.set = "language";
            for (const Choice& choice : menu.choices) {
                scope_.require_language(node_["choices"][choice.name], choice.name);
            }
        }
        block_.kind = std::move(menu);
    }

    AskKind read_ask_kind() {
        static const Names names{"text", "number", "digits", "date", "story", "secret", "code"};
        const std::string name = read_text(node_["ask"], build_.complaints);
        const auto found = std::find(names.begin(), names.end(), name);
        if (found == names.end()) {
            build_.complain(node_["ask"], "unknown-kind", "'" + name + "' cannot be asked for",
                            suggest(name, names));
            return AskKind::text;
        }
        return static_cast<AskKind>(found - names.begin());
    }

    void read_ask() {
        refuse_unknown({"ask", "prompt", "sms", "voice", "ussd", "min", "max", "seal", "skip", "files",
                        "check", "ok", "again", "no_match", "no_input", "retries"});
        AskBlock ask;
        ask.kind = read_ask_kind();
        ask.prompt = read_prompt("prompt");
        ask.again = read_again();
        ask.voice = scope_.voice(node_["voice"], scope_.flow().voice);
        ask.min = read_whole(node_["min"], build_.complaints);
        ask.max = read_whole(node_["max"], build_.complaints);
        ask.seal = read_flag(node_["seal"], false, build_.complaints);
        ask.files = read_flag(node_["files"], false, build_.complaints);
        ask.skip = read_flag(node_["skip"], false, build_.complaints);
        ask.check = read_text(node_["check"], build_.complaints);
        check_ask(ask);
        block_.kind = std::move(ask);
    }

    void check_ask(const AskBlock& ask) {
        if (!ask.check.empty() && ask.check != "report.code") {
            build_.complain(node_["check"], "bad-value", "'" + ask.check + "' is nothing to compare with",
                            "write check: report.code");
        }
        if (ask.min && ask.max && *ask.min > *ask.max) {
            build_.complain(node_["min"], "bad-value", "min is above max, so no answer fits", "swap the two");
        }
        const bool words = ask.kind == AskKind::text || ask.kind == AskKind::story ||
                           ask.kind == AskKind::secret || ask.kind == AskKind::date;
        if (words && !ask.seal) {
            build_.complain(node_, "unsealed-words", "a worker's own words would be kept in clear",
                            "add seal: true");
        }
        if (node_["prompt"].missing() && !node_.has("sms") && !node_.has("voice")) {
            build_.complain(node_, "no-words", "nothing says what is asked for",
                            "add prompt: with the question");
        }
    }

    void read_if() {
        refuse_unknown({"if"});
        block_.kind = read_conditions(scope_, node_["if"], block_.exits.no_match);
    }

    void read_do() {
        const std::string name = read_text(node_["do"], build_.complaints);
        const ActionWords* action = find_action(name);
        Names known{"do", "with", "ok"};
        if (action == nullptr) {
            build_.complain(node_["do"], "unknown-action", "there is no action '" + name + "'",
                            suggest(name, action_names()));
        } else {
            known.insert(known.end(), action->exits.begin(), action->exits.end());
        }
        refuse_unknown(known);
        DoBlock act;
        act.action = name;
        act.with = read_arguments(scope_, node_["with"], name);
        act.exits["ok"] = block_.exits.next;
        act.exits["else"] = block_.exits.no_match;
        for (const std::string& exit : action == nullptr ? Names{} : action->exits) {
            if (const BlockIndex where = scope_.target(node_[exit]); where != no_block) {
                act.exits[exit] = where;
            }
        }
        block_.kind = std::move(act);
    }

    FlowScope& scope_;
    Build& build_;
    const Node& node_;
    Block& block_;
    std::string key_;
};

}  // namespace

void build_block(FlowScope& scope, const Node& node, Block& block) { BlockReader(scope, node, block).read(); }

}  // namespace rightsline::flows
