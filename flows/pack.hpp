// Pack: a program with its flows, texts and audio, expanded, immutable and named by the SHA-256 of its sources.
//
// Everything a step needs is resolved here at load: block names to indexes, texts to compiled messages, choices to
// folded words, audio to hashes. A step follows indexes and never looks anything up by name.
// Invariant: const after compile(); shared by conversations that are pinned to it.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "flows/block.hpp"
#include "flows/case_terms.hpp"
#include "flows/circles.hpp"
#include "flows/organisation.hpp"
#include "flows/vocabulary.hpp"
#include "locales/message.hpp"
#include "locales/reading.hpp"

namespace rightsline::flows {

using PackHash = std::array<std::uint8_t, 32>;

/// A worker who comes back before the conversation has expired: asked, led on, or begun anew.
enum class OnReturn : std::uint8_t { ask, resume, restart };

struct Expiry {
    std::chrono::minutes sms{24 * 60};
    std::chrono::minutes ussd{3};
    std::chrono::minutes voice{10};
    OnReturn on_return = OnReturn::ask;
};

struct Flow {
    std::string name;  // "hotline"
    std::string title;
    std::string file;
    BlockIndex start = no_block;
    TextIndex invalid = no_text;
    TextIndex no_input = no_text;
    Expiry expire;
    std::map<char, BlockIndex> hotkeys;  // '0' person; repeat and back are the two below
    char repeat_key = '*';
    char back_key = '#';
    std::map<std::string, BlockIndex> keywords;  // folded whole messages; STOP apart (Pack::stop_words)
    // an opening text that matches nothing is the answer to this block
    BlockIndex first_text = no_block;
    // where words of danger lead that no menu has a place for; no_block: the menu asks again
    BlockIndex danger = no_block;
    VoiceInput voice;  // defaults of its menus and asks
};

struct Family {
    std::string key;
    TextIndex say = no_text;
    Urgency urgency = Urgency::p3;
};
struct CaseStatus {
    std::string key;
    TextIndex say = no_text;         // what a worker hears
    std::string name;                // what monitors read; the key where the program gives none
    bool by_itself = false;          // said from what is known of a case; nobody sets it
    bool waits = false;              // for the worker: the clocks stand still
    bool closes = false;             // the work is done: the clocks have ended
    std::vector<std::string> after;  // the statuses that it may follow; none = all
    std::string passed_to;           // true only since this organisation accepted the report; "" = always
};
/// Statuses that are said of a case as it was filed, by whether somebody has it.
inline constexpr std::string_view status_received = "received";
inline constexpr std::string_view status_taken = "taken";
inline constexpr std::string_view status_unanswered = "unanswered";

/// A sentence of the program that may be sent to a worker as it stands, and is said in whatever language they come back in.
struct ReadyAnswer {
    std::string key;
    TextIndex say = no_text;
};

/// What a voice plays for one piece of a text.
struct AudioClip {
    std::string hash;  // hex SHA-256
    std::chrono::milliseconds length{0};
    bool draft = false;
};

/// A set of languages of one pack; the 65th and later are in none.
using LanguageSet = std::uint64_t;
constexpr LanguageSet just(LanguageIndex language) {
    return language < 64 ? LanguageSet{1} << language : LanguageSet{0};
}

/// Words of danger under the first of them, so that a text is read once whatever the length of the lists.
struct DangerPhrase {
    std::string words;  // the whole phrase, folded
    LanguageSet languages = 0;
    bool calm = false;  // "no danger": these words say that there is none, and are read past
};
using DangerIndex = std::map<std::string, std::vector<DangerPhrase>, std::less<>>;

/// The texts that a voice strings an option together from ("common.option", "common.digit.7").
struct SpokenTexts {
    TextIndex option = no_text;
    std::array<TextIndex, 10> digits{};       // within a group
    std::array<TextIndex, 10> last_digits{};  // the voice falls at the end of a group
};

struct Pack {
    PackHash hash{};
    std::string program;  // "fair-food"
    std::string title;
    std::string status;  // "draft" | "approved"
    std::string time_zone = "UTC";
    std::vector<LanguageTag> languages;       // [0] is the base
    std::vector<std::string> language_names;  // per language, in itself: "Español"
    std::vector<bool> message_only;           // per language: twenty clips and a recording, no flow
    std::vector<bool> allow_tts;              // per language: words may be spoken by a synthetic voice
    bool play_drafts = false;                 // draft audio may be played
    std::vector<Flow> flows;                  // [0] is where a conversation starts
    std::vector<Block> blocks;
    std::vector<Family> families;
    std::vector<CaseStatus> statuses;
    Circles circles;                          // whose people open what
    std::vector<ReadyAnswer> answers;         // in the order in which they are offered
    std::vector<Organisation> organisations;  // beside the one whose line it is
    std::vector<ClockPreset> clocks;
    Retention retention;
    std::vector<int> check_ins;  // on which days after a report its worker is asked how it is; none = never
    std::vector<std::chrono::sys_days> holidays;  // in order: a clock that counts days does not end on one
    std::vector<Category> categories;
    std::map<std::string, LanguageIndex> prefixes;         // "+509" -> its language
    std::string quiet_hours;                               // "21:00-08:00" in time_zone, "" = none
    std::vector<locales::ReadingWords> reading;            // per language: how typed answers are read
    std::map<std::string, std::string> emergency_numbers;  // by country or "" for the default
    std::vector<std::vector<std::string>> danger_words;    // per language, folded
    std::vector<std::vector<std::string>> calm_words;      // "no danger": per language, folded
    DangerIndex danger_index;                              // both, made by index_danger()
    std::vector<std::string> dangerous_words;              // never sent to a worker, folded

    std::vector<std::string> text_keys;  // by TextIndex
    // [language][text]; fallbacks filled in
    std::vector<std::vector<std::shared_ptr<const locales::Message>>> texts;
    std::vector<std::vector<std::vector<AudioClip>>> audio;  // [language][text][piece]; empty hash = none
    std::unordered_map<std::string, TextIndex> text_index;

    SpokenTexts spoken;  // made by index_spoken()

    const locales::Message& text(LanguageIndex language, TextIndex index) const {
        return *texts[language][index];
    }
    /// A shared string ("common.invalid"), resolved at load; no_text when the program lacks it.
    TextIndex find_text(const std::string& key) const;
    /// What a ready answer says; no_text when the program has none of that key (any more).
    TextIndex find_answer(std::string_view key) const;
    /// Every piece of the text that needs a voice has a recording in that language that may be played.
    bool is_recorded(LanguageIndex language, TextIndex text) const;
    std::optional<LanguageIndex> find_language(const LanguageTag& tag) const;
    BlockIndex find_block(std::string_view flow, std::string_view block) const;
    std::string block_key(BlockIndex block) const;  // "hotline.main"
};

using PackPtr = std::shared_ptr<const Pack>;

/// Makes Pack::danger_index from Pack::danger_words and Pack::calm_words.
void index_danger(Pack& pack);

/// Makes Pack::spoken from Pack::text_index.
void index_spoken(Pack& pack);

std::string to_hex(const PackHash& hash);

}  // namespace rightsline::flows
