// Run: one turn being taken, from an event to the Step that it gives.
//
// What it knows: the pack, the conversation and what was heard so far in this turn. It is split by what a reader looks
// for: moving (move.cpp), what is said (say.cpp), texts (text.cpp, the first one opening.cpp, STOP stop.cpp, a receipt
// code return.cpp), calls (voice.cpp), one that does not end (long_call.cpp), answers to menus and asks (menu.cpp,
// ask.cpp), a text from before the last turn (late.cpp), the shell's work (do.cpp), what the team wrote (relay.cpp), a
// person on the line (hand_off.cpp), how a worker is (check_in.cpp), questions that were left (questions.cpp), USSD
// screens (screen.cpp), a number before the tone (early_number.cpp), a key before all else (proving.cpp).
// Must never: read a clock, draw a random number, keep a worker's words beyond Step::parts. Threading: the stack of one step.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "flows/engine.hpp"
#include "flows/engine/read.hpp"
#include "flows/words.hpp"

namespace rightsline::flows {

/// Where to go on after a block: a block, no_block (back to the caller, or the end), or halt (the turn is over).
inline constexpr BlockIndex halt = 0xfffe;

class Run {
 public:
    Run(const Pack& pack, Conversation conversation, const Context& context);

    /// Gives one event to the conversation.
    void take(const Event& event);
    void begin(const Event& event);
    Step finish_turn();

 private:
    // ---- moving (move.cpp)
    void go_on(BlockIndex block);
    BlockIndex enter(BlockIndex block);
    BlockIndex enter_say(BlockIndex block, const SayBlock& say);
    bool needs_code(const SayBlock& say) const;
    BlockIndex enter_if(const IfBlock& branch) const;
    BlockIndex enter_call(BlockIndex block, const CallBlock& call);
    BlockIndex wait_at(BlockIndex block);
    /// A `go` written in the script: leaving a called flow sideways forgets who called it.
    BlockIndex leave(BlockIndex from, BlockIndex to);
    BlockIndex come_back();
    void jump(BlockIndex block);
    void note_recording(BlockIndex asked);
    void forget_recording();
    bool just_recorded() const;
    void forget_way_back();
    void go_back();
    void end(std::string_view reason);
    bool holds(const Condition& condition) const;
    void remember(BlockIndex block, std::int64_t value);
    void moved();
    // ---- what is said (say.cpp)
    void ask_again();
    void speak_menu(const MenuBlock& menu);
    void speak_option(const MenuBlock& menu, const Choice& choice);
    void speak_ask(const AskBlock& ask);
    void speak(TextIndex text, bool secret = false);
    void speak(TextIndex text, LanguageIndex language, const Option& option);
    void speak_common(std::string_view key);
    /// In the worker's language, or in each of the program's while nobody knows which it is.
    void speak_in_all(std::string_view key);
    void speak_in_all(TextIndex text);
    bool knows_language() const;
    void speak_said();
    TextIndex prompt_of(const Prompt& prompt) const;
    TextIndex wording(const std::vector<TextIndex>& again, const Prompt& prompt) const;
    TextIndex common(std::string_view key, bool second_time = false) const;
    TextIndex invalid_text() const;
    TextIndex no_input_text() const;
    void listen(BlockIndex block);
    void listen_menu(const MenuBlock& menu);
    void listen_ask(const AskBlock& ask);
    void record_message(std::string_view prompt, LanguageIndex language);
    void send();
    void send_apart();
    // ---- texts (text.cpp)
    void texted(const PrivateText& body);
    bool shortcut(std::string_view body, std::string_view folded);
    bool explain(BlockIndex target);
    void ask_on();
    bool erase_wish(std::string_view body);
    void leave_by(BlockIndex target);
    bool left_already(BlockIndex leads_to);
    bool key_at_ask(const AskBlock& ask, std::string_view body, std::string_view folded,
                    std::string_view keyword);
    void start_over();
    void text_at_block(const PrivateText& body, std::string_view folded);
    void text_after_silence(const PrivateText& body);
    // ---- texts that come late (late.cpp)
    Instant said_at() const { return context_.said_at.value_or(context_.now); }
    bool is_overtaken() const { return context_.said_at && *context_.said_at <= c_.touched; }
    void text_came_late(const PrivateText& body, std::string_view folded);
    bool tells_late(std::string_view body, std::string_view folded) const;
    bool only_leads(std::string_view body, std::string_view folded) const;
    void ask_after_late();
    void note_danger();
    void warn();
    bool has_told() const;
    bool told_here() const;
    bool in_help() const;
    void add_words(const PrivateText& body);
    bool keep_danger(const PrivateText& body);
    bool help_in_danger(bool kept);
    void comfort();
    bool danger_elsewhere(const PrivateText& body);
    void lead(BlockIndex target, LanguageSet spoken);
    void choose_only(LanguageSet spoken);
    bool asks_language(BlockIndex block) const;
    void forget();
    // ---- STOP (stop.cpp)
    bool revoked(std::string_view body);
    bool is_told_word(locales::StopWish wish) const;
    void stop();
    void after_stop(const Event& event);
    void help_after_stop();
    void keep_after_stop(const PrivateText& body);
    // ---- back with the number (return.cpp)
    BlockIndex asks_code() const;
    bool resume_by_code(std::string_view body);
    bool at_returned() const;
    void part_from_returned();
    bool wrong_to_a_stranger();
    void speak_as_reported();
    void lose_case();
    // ---- the number before the tone (early_number.cpp)
    bool has_early_number() const;
    bool takes_early_number() const;
    void name_draft();
    void settle_early_number();
    void forget_early_number();
    // ---- the questions that were left (questions.cpp)
    struct Place {
        std::array<std::uint8_t, 16> draft{};
        std::array<std::uint8_t, 32> mailbox{};
        BlockIndex question = no_block;
        friend bool operator==(const Place&, const Place&) = default;
    };
    Place place() const { return {c_.draft, c_.mailbox, c_.question}; }
    BlockIndex question_from(std::size_t first) const;
    bool at_question() const;
    void settle_question(BlockIndex answered);
    bool asks_within(const CallBlock& call) const;
    bool can_ask() const;
    void take_mailbox();
    void begin_questions();
    void take_question();
    void note_unanswered();
    // ---- what the team wrote (relay.cpp)
    void keep_values();
    bool some(std::string_view name) const;
    void place_reading(DoRequest& request) const;
    bool says_reply(TextIndex text) const;
    LanguageIndex language_of(TextIndex text) const;
    BlockIndex reply_said_again() const;
    bool reads_replies(std::uint8_t flow) const;
    // ---- "is all well?" (check_in.cpp)
    BlockIndex asks_how_it_is() const;
    bool answered_check_in(std::string_view body, Instant spoken);
    void open_linked(const DoBlock& work, DoRequest& request);
    void place_check_in(const DoBlock& work, DoRequest& request);
    // ---- the opening text (opening.cpp)
    void open_with_text(const PrivateText& body);
    bool open_with_word(std::string_view body, std::string_view folded);
    bool open_with_thanks(std::string_view folded);
    bool choose_named(std::string_view body);
    BlockIndex through_ifs(BlockIndex target) const;
    bool is_story(std::string_view body) const;
    bool is_choice_in_front(std::string_view body) const;
    bool is_choice_of(const MenuBlock& menu, bool calm_only, std::string_view body) const;
    const MenuBlock* menu_at(BlockIndex block) const;
    void take_first_text(const PrivateText& body);
    void text_in_first(const PrivateText& body, std::string_view folded);
    void delete_first_text();
    void answer_first_text();
    void guess_language(LanguageSet spoken);
    void forget_draft();
    void show_opener();
    // ---- calls (voice.cpp)
    void keyed(const std::string& digits);
    void keyed_at_menu(const MenuBlock& menu, const std::string& digits);
    bool hotkey(std::string_view key);
    bool keyed_at_tone(const std::string& digits);
    void silence_at_menu(const MenuBlock& menu);
    void recorded(const Recorded& recorded);
    void message_left(const Recorded& recorded);
    void keep_message(std::string name, const Recorded& recorded);
    void say_message_kept();
    void keyed_after_message(std::string_view digits);
    bool asks_danger(const MenuBlock& menu) const;
    std::size_t yes_to_danger(const MenuBlock& menu) const;
    void heard(const Event& event);
    void hung_up();
    void elapsed();
    // ---- a call that does not end (long_call.cpp)
    bool is_time_up(const Event& event);
    void tell_of_time();
    void begin_time_after_talk();
    bool decides_deletion(const Event& event) const;
    // ---- a key before anything else (proving.cpp)
    bool must_prove() const;
    void ask_for_key();
    void say_key_is_asked();
    void keyed_to_prove(const std::string& digits);
    bool has_proved() const;
    // ---- answers (menu.cpp, ask.cpp)
    void answer_menu(const MenuBlock& menu, std::size_t choice);
    void choose_language(const Choice& choice);
    BlockIndex after_answer(BlockIndex exit);
    void no_match();
    void no_input();
    void retry_or_leave(BlockIndex exit, TextIndex notice);
    void text_at_menu(const MenuBlock& menu, const PrivateText& text, std::string_view folded);
    bool skipped(const MenuBlock& menu, std::string_view answer);
    bool is_meant(const Choice& choice, std::string_view folded) const;
    bool offers_deletion(const MenuBlock& menu) const;
    bool takes_added_words(const MenuBlock& menu) const;
    bool asks_for_secret(BlockIndex asked) const;
    bool keep_words(const MenuBlock& menu, const PrivateText& text);
    bool said_yes_to_danger(const MenuBlock& menu, const PrivateText& text, std::string_view folded);
    LanguageSet cry_without_danger(std::string_view folded) const;
    bool cried_for_help(const MenuBlock& menu, std::string_view folded);
    bool greeted(std::string_view folded);
    bool switched_language(std::string_view body);
    bool switched_in_words(std::string_view folded);
    void text_at_ask(const AskBlock& ask, const PrivateText& body, std::string_view folded);
    bool story_is_told(const AskBlock& ask) const;
    void text_at_story(const AskBlock& ask, const PrivateText& body, std::string_view folded);
    void digits_at_ask(const AskBlock& ask, const std::string& digits);
    void number_at_ask(const AskBlock& ask, const std::string& digits);
    std::string typed_code(std::string_view text) const;
    void code_at_ask(const std::string& digits);
    void recorded_at_ask(const AskBlock& ask, const Recorded& recorded);
    void answered();
    void begin_report();
    bool number_is_settled() const;
    void begin_another_report();
    void keep_part(const AskBlock& ask, const PrivateText& text, const Recorded* recording);
    void add_part(std::string name, PrivateText text, const Recorded* recording);
    // ---- the shell's work (do.cpp)
    BlockIndex enter_do(BlockIndex block, const DoBlock& work);
    BlockIndex ask_shell(BlockIndex block, const DoBlock& work);
    void perform_pending();
    void perform_or_ask();
    void done(const DoResult& result);
    void take_opened();
    bool holds_all() const;
    // ---- a person on the line (hand_off.cpp)
    static bool goes_on_waiting(const DoResult& result);
    void wait_for_person(const DoResult& result);
    void go_into_room(const DoResult& result);
    std::string_view words_of_wait(const DoResult& result) const;
    void place_wait(DoRequest& request);
    void forget_wait();
    void file(std::string_view reason);
    void hurry();
    void note_language();
    std::string family() const;
    BlockIndex exit_of(const DoBlock& work, std::string_view name) const;
    // ---- USSD screens (screen.cpp)
    void show_screen();
    bool turn_page(std::string_view body);
    // ---- small words
    const Block& block() const { return pack_.blocks[c_.block]; }
    const Flow& flow() const;
    bool waits() const { return c_.block < pack_.blocks.size(); }
    static bool is_answer(const Event& event);
    bool is_sane() const;
    void raise(Urgency urgency);
    void set_timer();
    std::chrono::minutes expiry() const;
    LanguageIndex first_language() const;
    void set_values(const std::map<std::string, std::string>& values);

    const Pack& pack_;
    const Context& context_;
    Step step_;
    Conversation& c_;
    Values values_;
    Words words_;
    std::vector<Utterance> said_;  // of this turn, in order
    PrivateText code_;             // typed in this turn, for report.open
    std::string key_;              // pressed in this turn by a caller who waits for a person
    DangerRead danger_;            // in the text of this turn
    // the case of the conversation when the turn began, and its worker's language
    std::array<std::uint8_t, 16> case_before_{};
    LanguageIndex language_before_ = 0;
    BlockIndex block_before_ = no_block;  // that waited when the turn began
    Place place_before_;
    std::size_t question_ = 0;  // where in said_ the menu that waits begins
    int steps_ = 0;
    bool noticed_ = false;    // the first words are about a wrong answer, not part of the question
    bool sent_ = false;       // the actions of this turn are complete
    bool returning_ = false;  // the shell's work came back: another step of the same turn
};

}  // namespace rightsline::flows
