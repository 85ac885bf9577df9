#include "flows/lint.hpp"

#include <algorithm>
#include <tuple>

#include "flows/lint/context.hpp"

namespace rightsline::flows {

namespace {

constexpr unsigned bit(Mode mode) { return 1U << static_cast<unsigned>(mode); }

/// Shared strings that only a text or only a voice says; the others are met in every mode.
std::uint8_t modes_of_common(std::string_view key) {
    constexpr std::string_view texts[] = {"opener",
                                          "opener_word",
                                          "story_more",
                                          "story_done_hint",
                                          "first_text",
                                          "not_kept",
                                          "not_sure",
                                          "skip_text",
                                          "leave",
                                          "too_long",
                                          "empty_text",
                                          "marked_urgent",
                                          "first_text_short",
                                          "first_text_sure",
                                          "story_held",
                                          "stop_hint",
                                          "stopped",
                                          "wrong_code",
                                          "words_kept",
                                          "danger_call",
                                          "danger_call_short",
                                          "delete_hint",
                                          "welcome",
                                          "sorry",
                                          "picture_lost",
                                          "fallback_text",
                                          "arrived",
                                          "ping",
                                          "check_in"};
    constexpr std::string_view voices[] = {"no_input",       "no_input_2",     "nothing_recorded_2",
                                           "no_input_speak", "option",         "skip_voice",
                                           "one_moment",     "not_now",        "nothing_recorded",
                                           "other_language", "record_tone",    "message_kept",
                                           "call_is_free",   "fallback_voice", "fallback_thanks",
                                           "message_now",    "message_held",   "handoff_ring",
                                           "handoff_wait",   "handoff_talk",   "handoff_ends_soon",
                                           "call_ends_soon", "call_over",      "call_prove",
                                           "handoff_danger"};
    if (key.starts_with("staff.")) {
        return 0;  // no worker meets it
    }
    if (key == "more_ussd") {
        return bit(Mode::ussd);
    }
    if (std::find(std::begin(texts), std::end(texts), key) != std::end(texts)) {
        return bit(Mode::sms) | bit(Mode::ussd);
    }
    const bool digit = key.rfind("digit", 0) == 0;
    if (digit || std::find(std::begin(voices), std::end(voices), key) != std::end(voices)) {
        return bit(Mode::voice);
    }
    return bit(Mode::sms) | bit(Mode::voice) | bit(Mode::ussd);
}

class UseCounter {
 public:
    explicit UseCounter(const Build& build) : build_(build), uses_(build.texts.size(), 0) {}

    std::vector<std::uint8_t> count() {
        const Pack& pack = *build_.pack;
        for (const Block& block : pack.blocks) {
            count_block(block);
        }
        for (const CaseStatus& status : pack.statuses) {
            add(status.say, 7);
        }
        for (const ReadyAnswer& answer : pack.answers) {
            add(answer.say, 7);
        }
        for (std::size_t i = 0; i < build_.texts.size(); ++i) {
            if (build_.texts[i].common) {
                uses_[i] |= modes_of_common(std::string_view(build_.texts[i].key).substr(7));
            }
        }
        return std::move(uses_);
    }

 private:
    void add(TextIndex text, unsigned modes) {
        if (text != no_text) {
            uses_[text] = static_cast<std::uint8_t>(uses_[text] | modes);
        }
    }

    void count_block(const Block& block) {
        if (const auto* say = std::get_if<SayBlock>(&block.kind)) {
            count_prompt(block, say->prompt);
        } else if (const Prompt* prompt = prompt_of(block)) {
            count_prompt(block, *prompt);
        }
        if (const auto* menu = std::get_if<MenuBlock>(&block.kind)) {
            count_all(menu->again, block.modes);
            for (const Choice& choice : menu->choices) {
                add(choice.say, block.modes);
            }
        } else if (const auto* ask = std::get_if<AskBlock>(&block.kind)) {
            count_all(ask->again, block.modes);
        }
    }

    void count_prompt(const Block& block, const Prompt& prompt) {
        for (const Mode mode : every_mode) {
            if (in_mode(block, mode)) {
                add(wording(prompt, mode), bit(mode));
            }
        }
    }

    void count_all(const std::vector<TextIndex>& texts, unsigned modes) {
        for (const TextIndex text : texts) {
            add(text, modes);
        }
    }

    const Build& build_;
    std::vector<std::uint8_t> uses_;
};

}  // namespace

TextIndex wording(const Prompt& prompt, Mode mode) {
    const TextIndex own = mode == Mode::sms ? prompt.sms : mode == Mode::voice ? prompt.voice : prompt.ussd;
    return own == no_text ? prompt.any : own;
}

bool in_mode(const Block& block, Mode mode) { return (block.modes & bit(mode)) != 0; }

const Prompt* prompt_of(const Block& block) {
    if (const auto* menu = std::get_if<MenuBlock>(&block.kind)) {
        return &menu->prompt;
    }
    const auto* ask = std::get_if<AskBlock>(&block.kind);
    return ask == nullptr ? nullptr : &ask->prompt;
}

bool holds_words(std::string_view text, std::string_view words) {
    if (words.empty()) {
        return false;
    }
    const std::string padded = " " + std::string(text) + " ";
    return padded.find(" " + std::string(words) + " ") != std::string::npos;
}

bool LintContext::own_words(LanguageIndex language, TextIndex text) const {
    const TextOrigin& origin = build.origins[language][text];
    return language == 0 || origin.tag == pack.languages[language].str();
}

std::string LintContext::sample(LanguageIndex language, TextIndex text) const {
    const auto number = pack.emergency_numbers.find("");
    const locales::Arguments arguments{
        {"code", "123456789012"},
        {"emergency", number == pack.emergency_numbers.end() ? "911" : number->second},
        {"digit", "1"},
        {"messages", "2"},
        {"message", ""},
        {"choice", pack.language_names[language]},
        {"status", ""}};
    return pack.text(language, text).text(arguments);
}

void LintContext::at_block(BlockIndex block, std::string rule, std::string what, std::string mend,
                           Complaint::Level level) {
    at_node(node(block), std::move(rule), std::move(what), std::move(mend), level);
}

void LintContext::at_node(const Node& place, std::string rule, std::string what, std::string mend,
                          Complaint::Level level) {
    findings.push_back(place.complain(std::move(rule), std::move(what), std::move(mend)));
    findings.back().level = level;
}

void LintContext::at_text(LanguageIndex language, TextIndex text, std::string rule, std::string what,
                          std::string mend, Complaint::Level level) {
    const TextOrigin& origin = build.origins[language][text];
    findings.push_back({origin.file, origin.line, std::move(rule), "'" + pack.text_keys[text] + "' " + what,
                        std::move(mend), level});
}

const Node& LintContext::choice_node(BlockIndex block, const Choice& choice) const {
    const Node& choices = node(block)["choices"];
    return choices.has(choice.name) ? choices[choice.name] : node(block);
}

void LintContext::at_words(BlockIndex block, const Choice& choice, LanguageIndex language,
                           const std::string& rule, const std::string& what, const std::string& mend,
                           Complaint::Level level) {
    const auto locale = build.sources.locales.find(pack.languages[language].str());
    if (locale != build.sources.locales.end()) {
        const Node& words = locale->second.program["words"][pack.block_key(block) + "." + choice.name];
        if (words) {
            at_node(words, rule, what, mend, level);
            return;
        }
    }
    if (language == 0 || choice.say == no_text) {
        at_node(choice_node(block, choice), rule, what, mend, level);
    } else {
        at_text(language, choice.say, rule, what, mend, level);
    }
}

Complaint::Level LintContext::draft_level() const {
    return options.production ? Complaint::Level::error : Complaint::Level::warning;
}

Complaints lint(const Bundle& bundle, const Pack& pack, const LintOptions& options) {
    const Build build = build_all(bundle);
    if (locales::has_errors(build.complaints) || build.pack->hash != pack.hash) {
        return {{"flows/" + bundle.program, 1, "other-sources",
                 "the pack was made from other sources than these", "compile it again",
                 Complaint::Level::error}};
    }
    LintContext context{build, *build.pack, options, UseCounter(build).count(), {}};
    for (const auto group : {lint_graph, lint_menus, lint_collisions, lint_texts, lint_audio, lint_callers,
                             lint_length, lint_cost, lint_secrets, lint_stale, lint_words, lint_missing_words,
                             lint_ready_answers, lint_program}) {
        group(context);
    }
    const auto order = [](const Complaint& c) { return std::tie(c.file, c.line, c.rule, c.what); };
    Complaints& found = context.findings;
    std::sort(found.begin(), found.end(), [&](const auto& a, const auto& b) { return order(a) < order(b); });
    const auto same = [&](const auto& a, const auto& b) { return order(a) == order(b); };
    found.erase(std::unique(found.begin(), found.end(), same), found.end());
    return std::move(found);
}

}  // namespace rightsline::flows
