// What a scripted test says must have been heard, and what must have become of the report.
#include <algorithm>
#include <map>
#include <optional>

#include "flows/scripted/play.hpp"

namespace rightsline::flows {
namespace {

bool chooses_language(const Block& block) {
    const auto* menu = std::get_if<MenuBlock>(&block.kind);
    return menu != nullptr && menu->set == "language";
}

constexpr std::string_view urgency_names[] = {"", "P1", "P2", "P3"};

}  // namespace

void ScriptedPlay::hear(const locales::Node& pattern) {
    const std::string key = pattern["key"].text();
    if (key.empty() || pack_.find_text(key) == no_text) {
        fail(pattern, "`hear` names one text of the program by its key; `" + key + "` is none");
        return;
    }
    const bool chosen = language_ && shell_.conversation().language_chosen;
    const std::string wanted = pattern.has("language") ? pattern["language"].text()
                               : chosen                ? pack_.languages[*language_].str()
                                                       : std::string{};
    const auto& heard = shell_.heard();
    const auto from = heard.begin() + static_cast<std::ptrdiff_t>(std::min(next_heard_, heard.size()));
    const auto is_key = [&](const Utterance& said) { return said.key == key; };
    const auto found = std::find_if(from, heard.end(), [&](const Utterance& said) {
        return is_key(said) && (wanted.empty() || said.language.str() == wanted);
    });
    if (found == heard.end()) {
        const auto other = std::find_if(from, heard.end(), is_key);
        fail(pattern, other == heard.end()
                          ? "`" + key + "` was not heard here"
                          : "`" + key + "` was heard in " + other->language.str() + ", not in " + wanted);
        return;
    }
    next_heard_ = static_cast<std::size_t>(found - heard.begin()) + 1;
    const std::string text = filled(pattern["text"].text());
    if (found->text.find(text) == std::string::npos) {
        fail(pattern, "`" + key + "` does not say \"" + text + "\"");
        return;
    }
    const std::string says = pattern["says"].text();
    if (!says.empty() && !says_text(*found, says)) {
        fail(pattern, "`" + key + "` does not say `" + says + "` in " + found->language.str());
        return;
    }
    note_heard(key, pack_.find_language(found->language).value_or(0));
}

/// Whether the words of another text of the program are in it, in its own language; on a call as a sound of their own.
bool ScriptedPlay::says_text(const Utterance& said, const std::string& key) const {
    const TextIndex text = pack_.find_text(key);
    const LanguageIndex language = pack_.find_language(said.language).value_or(0);
    if (text == no_text) {
        return false;
    }
    const std::string words = pack_.text(language, text).text({});
    const bool heard = mode_ != Mode::voice ||
                       !(pack_.allow_tts[language] || pack_.is_recorded(language, text)) ||
                       std::ranges::any_of(said.clips, [&](const Clip& clip) { return clip.text == words; });
    return heard && said.text.find(words) != std::string::npos;
}

/// What the coverage counts: a text that was passed, or a block that waits for its answer.
void ScriptedPlay::note_heard(const std::string& key, LanguageIndex language) {
    const TextIndex index = pack_.find_text(key);
    for (std::size_t i = 0; i < pack_.blocks.size(); ++i) {
        const Block& block = pack_.blocks[i];
        if (prompt_text(block, mode_) != index) {
            continue;
        }
        const Heard one{static_cast<BlockIndex>(i), language, chooses_language(block)};
        if (std::holds_alternative<SayBlock>(block.kind)) {
            passed_.push_back(one);
        } else if (shell_.conversation().block == one.block) {
            waiting_ = one;
        }
    }
}

void ScriptedPlay::expect_list(const std::string& what, const locales::Node& value,
                               const std::vector<std::string>& got) {
    std::vector<std::string> wanted;
    for (const locales::Node& item : value.items()) {
        wanted.push_back(item.text());
    }
    const bool contained = std::all_of(wanted.begin(), wanted.end(), [&](const std::string& one) {
        return std::find(got.begin(), got.end(), one) != got.end();
    });
    if (what == "facts" ? !contained : wanted != got) {
        std::string all;
        for (const std::string& one : got) {
            all += (all.empty() ? "" : ", ") + one;
        }
        fail(value, what + ": got [" + all + "]");
    }
}

void ScriptedPlay::expect(const locales::Node& wanted) {
    if (wanted.entries().empty()) {
        fail(wanted, "`expect` with nothing in it expects nothing");
    }
    for (const auto& [what, value] : wanted.entries()) {
        expect_one(what, value);
    }
}

/// What there is of `what` now; nothing when there is no such thing to expect.
std::optional<std::string> ScriptedPlay::state_of(const std::string& what) const {
    const Filing* filing = shell_.filings().empty() ? nullptr : &shell_.filings().back();
    const auto yes_no = [](bool yes) { return std::string(yes ? "true" : "false"); };
    const auto of_filing = [&](std::string Filing::* member) {
        return filing == nullptr ? std::string("none") : filing->*member;
    };
    const auto urgency = shell_.urgency();
    const std::map<std::string, std::string> states{
        {"report", filing != nullptr  ? "filed"
                   : shell_.deleted() ? "deleted"
                                      : "none"},
        {"alert", urgency ? std::string(urgency_names[static_cast<std::size_t>(*urgency)]) : "none"},
        {"family", of_filing(&Filing::family)},
        {"reason", of_filing(&Filing::reason)},
        {"code_said", yes_no(shell_.code_said())},
        {"deleted", yes_no(shell_.deleted())},
        {"contact", shell_.contact()},
        {"check_in", shell_.answered()},
        {"question", shell_.question().empty() ? "none" : shell_.question()},
        {"ended", yes_no(shell_.last().ended)},
    };
    const auto found = states.find(what);
    return found == states.end() ? std::nullopt : std::optional(found->second);
}

void ScriptedPlay::expect_one(const std::string& what, const locales::Node& value) {
    if (what == "parts" || what == "facts" || what == "consents") {
        expect_list(what, value,
                    what == "parts"   ? shell_.parts()
                    : what == "facts" ? shell_.facts()
                                      : shell_.consents());
        return;
    }
    const std::optional<std::string> got = state_of(what);
    if (!got) {
        fail(value, "there is nothing called `" + what + "` to expect");
    } else if (*got != value.text()) {
        fail(value, what + ": expected " + value.text() + ", got " + *got);
    }
}

}  // namespace rightsline::flows
