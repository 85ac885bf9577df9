#include "tests/flows/pack_builder.hpp"

#include <stdexcept>

#include "locales/folding.hpp"

namespace rightsline::flows::testing {
namespace {

const std::vector<std::pair<std::string, std::string>> common_texts{
    {"invalid", "That is not a choice."},
    {"invalid_2", "Please choose one of these."},
    {"no_input", "We heard nothing."},
    {"no_input_speak", "Or just speak after the tone."},
    {"option", "For {choice}, press {digit, spell}."},
    {"skip_voice", "To skip, press pound."},
    {"skip_text", "Or send 0 to skip."},
    {"one_moment", "One moment."},
    {"handoff_ring", "We are calling a person. To leave a message, press 1."},
    {"handoff_wait", "We are still calling. To leave a message, press 1."},
    {"handoff_talk", "A person is on the line now."},
    {"handoff_prove", "To talk to a person, press 7."},
    {"handoff_ends_soon", "You have two minutes more."},
    {"call_ends_soon", "This call can last five minutes more."},
    {"call_over", "The time for this call is over."},
    {"call_prove", "Very many people are calling. To go on, press 7."},
    {"handoff_danger", "If you can, call 911. We are still calling."},
    {"back_opener", "If you have a number of twelve digits, enter it now."},
    {"back_again", "That was not it. Enter it again."},
    {"missed_opener", "Hello. To go on with this call, press 1."},
    {"back_goodbye", "Thank you. Goodbye."},
    {"opener", "Hello. 9 danger."},
    {"opener_word", "language"},
    {"story_more", "Send more, or 1 when you are done."},
    {"story_done_hint", "Tell us first, then send 1."},
    {"first_text", "We have your message. It goes to our team. 2 deletes it. 9 if you are in danger."},
    {"deleted", "Deleted."},
    {"not_kept", "We could not keep it."},
    {"not_now", "We cannot take a report now."},
    {"nothing_recorded", "We heard no words."},
    {"other_language", "Another language: say its name and your message after the tone."},
    {"too_long", "That is too long."},
    {"report_gone", "That report is gone."},
    {"more_ussd", "More"},
    {"goodbye", "Goodbye."},
    {"record_tone", "Speak after the tone."},
    {"invalid_code", "That is not all of it."},
    {"invalid_ask", "That does not fit."},
    {"empty_text", "That was empty."},
    {"marked_urgent", "It is marked as urgent."},
    {"first_text_short", "We have it. 2 deletes it."},
    {"first_text_sure", "2 again deletes it."},
    {"message_kept", "Your message goes to our team."},
    {"story_held", "We have it. Send more, or 1 when you are done."},
    {"stop_hint", "For no more texts, send STOP."},
    {"stopped", "No more texts."},
    {"wrong_code", "That number opens nothing."},
    {"picture_lost", "We could not keep the picture."},
    {"words_kept", "We have what you wrote."},
    {"delete_hint", "We deleted nothing. Send its number first."},
    {"call_is_free", "The call is free."},
    {"danger_call", "Call 911."},
    {"danger_call_short", "Danger: call 911."},
    {"sorry", "We are sorry."},
    {"welcome", "You are welcome."},
    {"arrived", "It arrived."},
    {"message_now", "You can leave a message."},
    {"message_held", "The phone company has your message."},
    {"fallback_voice", "We are away. You can leave a message."},
    {"fallback_thanks", "We will listen to it."},
    {"fallback_text", "We are away. We will read it."},
};

locales::ReadingWords english() {
    locales::ReadingWords words;
    const char* numbers[] = {"zero", "one",   "two",   "three", "four", "five",
                             "six",  "seven", "eight", "nine",  "ten"};
    for (std::size_t i = 0; i < std::size(numbers); ++i) {
        words.numbers[i] = {numbers[i]};
    }
    words.yes = {"yes"};
    words.no = {"no"};
    words.stop = {"stop", "unsubscribe"};
    words.stop_phrases = {"stop texting me"};
    words.help = {"help"};
    words.cries = {"help me"};
    words.start = {"start"};
    words.skip = {"skip"};
    words.menu = {"menu"};
    words.back = {"back"};
    words.repeat = {"repeat"};
    words.done = {"done"};
    words.courtesy = {"thank you", "please"};
    words.greetings = {"hello"};
    words.small_talk = {"test", "who is this"};
    words.thanks = {"thank you"};
    words.erase = {"delete", "delete it"};
    words.call_me = {"please call me", "call me"};
    words.option = {"option"};
    words.languages = {{"en", {"english"}}, {"es", {"spanish"}}, {"ht", {"haitian", "kreyòl"}}};
    return locales::fold_words(words);
}

locales::ReadingWords spanish() {
    locales::ReadingWords words;
    words.yes = {"si"};
    words.no = {"no"};
    words.stop = {"alto", "baja"};
    words.help = {"ayuda"};
    words.done = {"listo"};
    words.greetings = {"hola"};
    words.call_me = {"llámame"};
    return locales::fold_words(words);
}

LanguageTag tag_of(const std::string& text) { return LanguageTag::parse(text).value(); }

}  // namespace

BlockBuilder& BlockBuilder::choice(std::string name, std::string label, std::string go) {
    auto& menu = std::get<MenuBlock>(block_.kind);
    Choice choice;
    choice.name = std::move(name);
    choice.key = std::to_string(menu.choices.size() + 1);
    menu.choices.push_back(std::move(choice));
    labels_.push_back({std::move(label), std::move(go)});
    return *this;
}
BlockBuilder& BlockBuilder::urgent(Urgency urgency) {
    std::get<MenuBlock>(block_.kind).choices.back().urgency = urgency;
    return *this;
}
BlockBuilder& BlockBuilder::words(std::vector<std::string> words) {
    for (LanguageIndex language = 0; language < 3; ++language) {
        std::get<MenuBlock>(block_.kind).choices.back().words[language] = words;
    }
    return *this;
}
BlockBuilder& BlockBuilder::sets_language() {
    return std::get<MenuBlock>(block_.kind).set = "language", *this;
}
BlockBuilder& BlockBuilder::families() { return std::get<MenuBlock>(block_.kind).families = true, *this; }
BlockBuilder& BlockBuilder::again(std::string text) { return again_.push_back(std::move(text)), *this; }
BlockBuilder& BlockBuilder::kind(AskKind kind) { return std::get<AskBlock>(block_.kind).kind = kind, *this; }
BlockBuilder& BlockBuilder::seal() { return std::get<AskBlock>(block_.kind).seal = true, *this; }
BlockBuilder& BlockBuilder::files() { return std::get<AskBlock>(block_.kind).files = true, *this; }
BlockBuilder& BlockBuilder::skip() { return std::get<AskBlock>(block_.kind).skip = true, *this; }
BlockBuilder& BlockBuilder::check_code() {
    return std::get<AskBlock>(block_.kind).check = "report.code", *this;
}
BlockBuilder& BlockBuilder::range(std::optional<std::int64_t> min, std::optional<std::int64_t> max) {
    std::get<AskBlock>(block_.kind).min = min;
    std::get<AskBlock>(block_.kind).max = max;
    return *this;
}
BlockBuilder& BlockBuilder::secret() { return std::get<SayBlock>(block_.kind).secret = true, *this; }
BlockBuilder& BlockBuilder::when(Condition condition, std::string go) {
    conditions_.emplace_back(std::move(condition), std::move(go));
    return *this;
}
BlockBuilder& BlockBuilder::exit(std::string name, std::string go) {
    exits_.emplace_back(std::move(name), std::move(go));
    return *this;
}
BlockBuilder& BlockBuilder::with(std::string name, std::string value) {
    std::get<DoBlock>(block_.kind).with[std::move(name)] = std::move(value);
    return *this;
}

PackBuilder::PackBuilder(std::vector<std::string> languages) {
    pack_->hash.fill(7);
    pack_->program = "test";
    for (const std::string& language : languages) {
        pack_->languages.push_back(tag_of(language));
        pack_->language_names.push_back(language);
        pack_->message_only.push_back(false);
        pack_->allow_tts.push_back(true);
        pack_->reading.push_back(language == "es" ? spanish() : english());
    }
    pack_->texts.resize(languages.size());
    pack_->audio.resize(languages.size());
    pack_->danger_words.resize(languages.size());
    pack_->emergency_numbers[""] = "911";
    for (const auto& [key, text] : common_texts) {
        common(key, text);
    }
    for (char digit = '0'; digit <= '9'; ++digit) {
        common(std::string("digit.") + digit, std::string(1, digit));
        common(std::string("digit_final.") + digit, std::string(1, digit));
    }
    flow("hotline");
}

TextIndex PackBuilder::add_text(const std::string& key, const std::string& text, bool same_in_all) {
    const auto found = pack_->text_index.find(key);
    const auto index =
        found == pack_->text_index.end() ? static_cast<TextIndex>(pack_->text_keys.size()) : found->second;
    if (found == pack_->text_index.end()) {
        pack_->text_keys.push_back(key);
        pack_->text_index[key] = index;
    }
    for (std::size_t language = 0; language < pack_->languages.size(); ++language) {
        const LanguageTag& tag = pack_->languages[language];
        const std::string words = language == 0 || same_in_all ? text : "[" + tag.str() + "] " + text;
        auto message =
            std::make_shared<const locales::Message>(locales::Message::compile(words, tag).value());
        pack_->texts[language].resize(pack_->text_keys.size());
        pack_->texts[language][index] = std::move(message);
    }
    return index;
}

BlockBuilder& PackBuilder::add(std::string name, std::string text, decltype(Block::kind) kind) {
    auto built = std::make_unique<BlockBuilder>();
    built->block_.name = std::move(name);
    built->block_.flow = static_cast<std::uint8_t>(pack_->flows.size() - 1);
    built->block_.kind = std::move(kind);
    built->text_ = std::move(text);
    Flow& flow = pack_->flows.back();
    if (flow.start == no_block) {
        flow.start = static_cast<BlockIndex>(blocks_.size());
    }
    blocks_.push_back(std::move(built));
    return *blocks_.back();
}

BlockBuilder& PackBuilder::say(std::string name, std::string text) {
    return add(std::move(name), std::move(text), SayBlock{});
}
BlockBuilder& PackBuilder::menu(std::string name, std::string text) {
    return add(std::move(name), std::move(text), MenuBlock{});
}
BlockBuilder& PackBuilder::ask(std::string name, std::string text, AskKind kind) {
    AskBlock ask;
    ask.kind = kind;
    return add(std::move(name), std::move(text), std::move(ask));
}
BlockBuilder& PackBuilder::branch(std::string name) { return add(std::move(name), "", IfBlock{}); }
BlockBuilder& PackBuilder::work(std::string name, std::string action) {
    DoBlock work;
    work.action = std::move(action);
    return add(std::move(name), "", std::move(work));
}
BlockBuilder& PackBuilder::call(std::string name, std::string flow) {
    BlockBuilder& built = add(std::move(name), "", CallBlock{});
    built.call_ = std::move(flow);
    return built;
}
PackBuilder& PackBuilder::flow(std::string name) {
    Flow flow;
    flow.name = std::move(name);
    pack_->flows.push_back(std::move(flow));
    return *this;
}
PackBuilder& PackBuilder::hotkey(char key, std::string block) {
    return hotkeys_.emplace_back(key, std::move(block)), *this;
}
PackBuilder& PackBuilder::keyword(std::string folded, std::string block) {
    return keywords_.emplace_back(std::move(folded), std::move(block)), *this;
}
PackBuilder& PackBuilder::first_text(std::string block) { return first_text_ = std::move(block), *this; }
PackBuilder& PackBuilder::message_only(std::string language) {
    pack_->message_only[*pack_->find_language(tag_of(language))] = true;
    return *this;
}
PackBuilder& PackBuilder::common(std::string key, std::string text) {
    add_text("common." + key, text, key.starts_with("digit"));
    return *this;
}
PackBuilder& PackBuilder::danger_word(std::string folded, LanguageIndex language) {
    return pack_->danger_words[language].push_back(std::move(folded)), *this;
}
PackBuilder& PackBuilder::family(std::string key, Urgency urgency) {
    const TextIndex say = add_text("program.families." + key, key);
    pack_->families.push_back({std::move(key), say, urgency});
    return *this;
}
PackBuilder& PackBuilder::tts(bool allowed) {
    pack_->allow_tts.assign(pack_->languages.size(), allowed);
    return *this;
}

BlockIndex PackBuilder::target(const std::string& name, std::uint8_t flow) const {
    if (name.empty()) {
        return no_block;
    }
    const auto dot = name.find('.');
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
        const Block& block = blocks_[i]->block_;
        const bool local = dot == std::string::npos && block.flow == flow && block.name == name;
        if (local || (dot != std::string::npos && pack_->flows[block.flow].name + "." + block.name == name)) {
            return static_cast<BlockIndex>(i);
        }
    }
    throw std::logic_error("no block named " + name);
}

/// As the loader does: what a menu says is what a worker may type back.
void PackBuilder::add_said_words(Choice& choice) {
    for (std::size_t i = 0; i < pack_->languages.size(); ++i) {
        const auto language = static_cast<LanguageIndex>(i);
        choice.words[language].push_back(locales::fold(pack_->text(language, choice.say).text({})));
    }
}

void PackBuilder::finish_menu(BlockBuilder& built, MenuBlock& menu, const std::string& key) {
    for (std::size_t i = 0; i < menu.choices.size(); ++i) {
        Choice& choice = menu.choices[i];
        choice.fixed = !menu.set.empty();
        choice.say = add_text(key + "." + choice.name, built.labels_[i].text, choice.fixed);
        add_said_words(choice);
        choice.go = target(built.labels_[i].go, built.block_.flow);
    }
    for (std::size_t i = 0; i < built.again_.size(); ++i) {
        menu.again.push_back(add_text(key + ".again." + std::to_string(i + 1), built.again_[i]));
    }
}

void PackBuilder::finish(BlockBuilder& built) {
    Block& block = built.block_;
    const auto to = [&](const std::string& name) { return target(name, block.flow); };
    const std::string key = pack_->flows[block.flow].name + "." + block.name;
    block.exits = {to(built.next_), to(built.no_match_), to(built.no_input_), built.retries_};
    block.end = built.end_;
    block.modes = built.modes_;
    if (auto* say = std::get_if<SayBlock>(&block.kind)) {
        say->prompt.any = add_text(key + ".say", built.text_);
        say->after = to(built.after_);
    } else if (auto* menu = std::get_if<MenuBlock>(&block.kind)) {
        menu->prompt.any = add_text(key + ".menu", built.text_);
        finish_menu(built, *menu, key);
    } else if (auto* ask = std::get_if<AskBlock>(&block.kind)) {
        ask->prompt.any = add_text(key + ".prompt", built.text_);
    } else if (auto* branch = std::get_if<IfBlock>(&block.kind)) {
        for (auto& [condition, go] : built.conditions_) {
            condition.go = to(go);
            condition.block = to(condition.result);
            branch->conditions.push_back(condition);
        }
        branch->otherwise = to(built.otherwise_);
    } else if (auto* work = std::get_if<DoBlock>(&block.kind)) {
        for (const auto& [name, go] : built.exits_) {
            work->exits[name] = to(go);
        }
    } else if (auto* call = std::get_if<CallBlock>(&block.kind)) {
        for (const Flow& flow : pack_->flows) {
            call->start = flow.name == built.call_ ? flow.start : call->start;
        }
    }
}

void PackBuilder::finish_flows() {
    for (Flow& flow : pack_->flows) {
        flow.invalid = pack_->find_text("common.invalid");
        flow.no_input = pack_->find_text("common.no_input");
        for (const auto& [key, block] : hotkeys_) {
            flow.hotkeys[key] = target(block, 0);
        }
        for (const auto& [word, block] : keywords_) {
            flow.keywords[word] = target(block, 0);
        }
        flow.first_text = target(first_text_, 0);
        flow.danger = target(danger_, 0);
    }
}

PackPtr PackBuilder::build() {
    for (auto& built : blocks_) {
        finish(*built);
    }
    finish_flows();
    index_danger(*pack_);
    index_spoken(*pack_);
    for (const auto& built : blocks_) {
        pack_->blocks.push_back(built->block_);
    }
    return pack_;
}

PackBuilder hotline() {
    PackBuilder b;
    b.family("wages", Urgency::p3).family("injury", Urgency::p2);
    b.danger_word("he has a gun");
    b.menu("language", "Choose a language.")
        .choice("en", "English")
        .choice("es", "Español")
        .choice("ht", "Kreyòl")
        .sets_language()
        .next("danger_now")
        .no_match("person")
        .no_input("person");
    b.menu("danger_now", "Are you in danger now?")
        .choice("danger", "Yes", "danger")
        .urgent(Urgency::p1)
        .choice("safe", "No", "onward")
        .no_match("person")
        .no_input("person");
    Condition told{};
    told.test = Condition::Test::told;
    told.at_least = 1;
    b.branch("onward").when(told, "keep").otherwise("main");
    b.menu("main", "What do you need?")
        .again("Once more: what do you need?")
        .choice("rights", "Learn your rights", "rights")
        .words({"law"})
        .choice("report", "Report a problem", "what")
        .choice("check", "Return with my code", "enter_code")
        .choice("person", "Talk to a person", "person")
        .no_match("person")
        .no_input("person");
    b.say("rights", "You have rights.").next("more_rights");
    b.menu("more_rights", "More?")
        .choice("more", "More", "rights")
        .choice("main", "Back to the start", "main")
        .no_match("person")
        .no_input("person");
    b.menu("what", "What is it about?")
        .families()
        .choice("wages", "Wages")
        .choice("injury", "Injury")
        .urgent(Urgency::p2)
        .next("story")
        .no_match("person")
        .no_input("person");
    b.ask("story", "Tell us what happened.", AskKind::story)
        .seal()
        .files()
        .next("keep")
        .no_match("person")
        .no_input("person");
    b.menu("keep", "Shall we keep it?")
        .choice("keep", "Keep it", "file")
        .choice("again", "Say it again", "story")
        .choice("delete", "Delete it", "delete")
        .no_match("person")
        .no_input("person");
    b.work("delete", "report.delete").exit("ok", "deleted").exit("else", "not_saved");
    b.work("file", "report.file").exit("ok", "receipt").exit("pending", "pending").exit("else", "not_saved");
    b.say("receipt", "Saved. Your number: {code, spell}.").secret().after("safe_to_text").next("where");
    b.say("pending", "Your number: {code, spell}.").secret().after("safe_to_text").next("where");
    b.menu("safe_to_text", "Is it safe to text you numbers?")
        .choice("yes", "Yes")
        .choice("no", "No")
        .next("where")
        .no_match("where")
        .no_input("where");
    b.ask("where", "Where is it?").seal().skip().next("who").no_match("person").no_input("key_back");
    b.call("who", "contact").next("key_back");
    b.ask("key_back", "Key in your number.", AskKind::digits)
        .check_code()
        .only(Mode::voice)
        .next("thanks")
        .no_match("goodbye")
        .no_input("goodbye");
    b.say("thanks", "That is right.").next("goodbye");
    b.ask("enter_code", "Your number?", AskKind::code).next("open").no_match("person").no_input("person");
    b.work("open", "report.open").exit("ok", "opened").exit("wrong", "wrong").exit("else", "not_saved");
    b.say("opened", "Welcome.").next("add");
    b.ask("add", "Do you want to add something?")
        .seal()
        .skip()
        .next("goodbye")
        .no_match("goodbye")
        .no_input("goodbye");
    b.say("wrong", "We do not know this number.").next("enter_code");
    b.say("not_saved", "We could not save it.").end();
    b.say("deleted", "We deleted it.").end();
    b.say("danger", "Call {emergency, spell} if you can.").next("person");
    b.work("person", "handoff").exit("ok", "goodbye").exit("else", "leave_message");
    b.ask("leave_message", "Leave a message after the tone.")
        .seal()
        .files()
        .next("file")
        .no_match("goodbye")
        .no_input("goodbye");
    b.say("help", "This line is free.").next("main");
    b.say("leave", "OK.").end();
    b.say("goodbye", "Thank you.").end();
    b.flow("contact");
    b.menu("mode", "May we call you?").choice("none", "No", "done").choice("call", "Yes", "number");
    b.ask("number", "How many hours a day?", AskKind::number).range(1, 24).next("done");
    b.say("done", "OK, noted.");
    b.hotkey('0', "person")
        .hotkey('9', "danger")
        .keyword("help", "help")
        .keyword("menu", "main")
        .keyword("x", "leave");
    b.first_text("story").danger("danger");
    return b;
}

}  // namespace rightsline::flows::testing
