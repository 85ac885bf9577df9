// Back with the number: a receipt code in a text, alone or among a few words, leads to its report from anywhere.
#include <algorithm>

#include "flows/engine/read.hpp"
#include "flows/engine/run.hpp"

namespace rightsline::flows {

BlockIndex Run::asks_code() const {
    const auto found = std::find_if(pack_.blocks.begin(), pack_.blocks.end(), [](const Block& candidate) {
        const auto* ask = std::get_if<AskBlock>(&candidate.kind);
        return ask != nullptr && ask->kind == AskKind::code;
    });
    return found == pack_.blocks.end() ? no_block : static_cast<BlockIndex>(found - pack_.blocks.begin());
}

/// A receipt code is the one thing that leads back to what was told, from any phone and from any menu. One that is
/// mistyped gets the words of one that nobody was given.
bool Run::resume_by_code(std::string_view body) {
    const bool plain = !read_typed_digits(pack_, c_.language, body).empty();
    if (danger_.named && !plain) {
        return false;  // words of danger beside a number are a story
    }
    const std::string digits = named_code(pack_, c_.language, body);
    const BlockIndex asks = asks_code();
    if (digits.empty() || asks == no_block || (!is_code(digits) && is_long_enough_for_story(body))) {
        return false;
    }
    if (is_code(digits)) {
        code_ = PrivateText(digits);
    } else if (wrong_to_a_stranger()) {
        return true;
    }
    moved();
    c_.stack.clear();
    c_.history.clear();
    const Exits& exits = pack_.blocks[asks].exits;
    go_on(is_code(digits) ? exits.next : exits.no_match);
    return true;
}

/// Nobody knows the language of a first text that is a wrong number: every language says so, and then it is asked for.
bool Run::wrong_to_a_stranger() {
    if (knows_language() || common("wrong_code") == no_text) {
        return false;
    }
    moved();
    c_.stack.clear();
    c_.history.clear();
    speak_in_all("wrong_code");
    begin(Called{});
    return true;
}

/// Where the worker is asked about the report that their number opened. Elsewhere on the same phone may be somebody else.
bool Run::at_returned() const {
    const BlockIndex asks = c_.returned && waits() ? asks_code() : no_block;
    if (asks != no_block && at_question()) {
        return true;
    }
    return asks != no_block && (pack_.blocks[asks].flow == block().flow || reads_replies(block().flow));
}

/// Words that nobody asked for, away from the report that was opened, are never a part of it.
void Run::part_from_returned() {
    if (!at_returned()) {
        begin_report();
    }
}

/// "Delete", alone, wherever it is sent: the question whether all that was told shall go. Where nothing was told here,
/// how to delete what was told before. A menu that offers it reads it itself, and so does the answer to a first text.
bool Run::erase_wish(std::string_view body) {
    const auto* menu = std::get_if<MenuBlock>(&block().kind);
    const bool offered = menu != nullptr && read_menu(pack_, *menu, c_.language, body);
    const auto target = flow().keywords.find("delete");
    if (offered || c_.phase == Phase::first_text || target == flow().keywords.end()) {
        return false;
    }
    if (told_here()) {
        leave_by(target->second);
        return true;
    }
    c_.phase = Phase::asking;
    speak_in_all("delete_hint");
    noticed_ = !said_.empty();
    if (std::holds_alternative<DoBlock>(block().kind)) {
        go_on(c_.block);
    } else {
        ask_again();
    }
    return true;
}

/// The same word again, where its own sentence was said on the way to "is it safe to show the number?": whoever wants
/// to be gone is not asked for ever, and whoever holds the phone next is sent nothing.
bool Run::left_already(BlockIndex leads_to) {
    if (!asks_for_secret(c_.block) || std::ranges::find(c_.said, leads_to) == c_.said.end()) {
        return false;
    }
    c_.attempt = static_cast<std::uint8_t>(block().exits.retries + 1);
    retry_or_leave(block().exits.no_match, no_text);
    return true;
}

/// By a word of the script. Whoever has told us something and picked no language yet picks it on the way. A word that
/// files what was told (X) does so at once and says so in every language: only its number waits for one. Said again it
/// leaves without.
void Run::leave_by(BlockIndex target) {
    if (left_already(through_ifs(target))) {
        return;
    }
    if (knows_language() || !has_told()) {
        jump(target);
        return;
    }
    const auto menu = flow().keywords.find("menu");
    if (menu != flow().keywords.end() && menu->second == target) {
        start_over();  // nobody gets past the question about danger by a word
        return;
    }
    const BlockIndex leads_to = through_ifs(target);
    const auto* work =
        leads_to < pack_.blocks.size() ? std::get_if<DoBlock>(&pack_.blocks[leads_to].kind) : nullptr;
    if (work == nullptr || work->action != "report.file") {
        lead(target, 0);
        return;
    }
    if (!c_.filed) {
        file("left");
    }
    speak_in_all("words_kept");
    if (c_.then == target) {
        end("left");
    } else {
        lead(target, 0);
    }
}

/// Whoever comes back from another phone and has picked no language is spoken to in the one that they reported in.
void Run::speak_as_reported() {
    const auto tag = LanguageTag::parse(find_value(values_, "language"));
    const std::optional<LanguageIndex> reported = tag ? pack_.find_language(*tag) : std::nullopt;
    if (reported && !c_.language_chosen) {
        c_.language = *reported;
        c_.language_chosen = true;
    }
}

/// The report was deleted from another phone while this one was adding to it. What came now is not kept, and the
/// worker hears so; then the main menu, where a new report begins.
void Run::lose_case() {
    step_.facts.emplace_back("case_gone");
    c_.touched = context_.now;
    forget_draft();
    c_.pending.clear();
    c_.history.clear();
    values_.clear();
    c_.values.clear();
    speak_common("report_gone");
    const auto menu = pack_.flows[0].keywords.find("menu");
    jump(menu == pack_.flows[0].keywords.end() ? pack_.flows[0].start : menu->second);
    c_.history.clear();
}

}  // namespace rightsline::flows
