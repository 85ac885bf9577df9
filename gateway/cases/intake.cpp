#include "gateway/cases/intake.hpp"

#include <algorithm>
#include <optional>

#include "flows/words.hpp"
#include "gateway/cases/error.hpp"

namespace rightsline::cases {
namespace {

/// The flow whose menu gives a report its family.
std::optional<std::uint8_t> flow_of_reports(const flows::Pack& pack) {
    const auto found = std::ranges::find_if(pack.blocks, [](const flows::Block& block) {
        const auto* menu = std::get_if<flows::MenuBlock>(&block.kind);
        return menu != nullptr && menu->families;
    });
    return found == pack.blocks.end() ? std::nullopt : std::optional(found->flow);
}

/// Those that a screen shows, the shortest first: of USSD, of a text, of all.
flows::TextIndex to_read(const flows::Prompt& prompt) {
    for (const flows::TextIndex one : {prompt.ussd, prompt.sms, prompt.any}) {
        if (one != flows::no_text) {
            return one;
        }
    }
    return prompt.voice;
}

/// The question itself. What follows it tells of a phone: that words are kept when the line goes dead, which keys end it.
/// Nothing of that is so where somebody else writes it down.
std::string first_sentence(const std::string& words) {
    const std::size_t end = words.find_first_of(".?!");
    return end == std::string::npos ? words : words.substr(0, end + 1);
}

std::optional<flows::LanguageIndex> language_of(const flows::Pack& pack, std::string_view word) {
    if (word.empty()) {
        return flows::LanguageIndex{0};
    }
    const auto tag = locales::LanguageTag::parse(std::string(word));
    const auto found = tag ? pack.find_language(*tag) : std::nullopt;
    return found && !pack.message_only[*found] ? found : std::nullopt;
}

}  // namespace

Result<IntakeForm> intake_form(const flows::Pack& pack, std::string_view language) {
    const std::optional<flows::LanguageIndex> spoken = language_of(pack, language);
    if (!spoken) {
        return errc::unknown_language;
    }
    const flows::Values none;
    const flows::Words words(pack, flows::Mode::ussd, none);
    IntakeForm form;
    form.language = pack.languages[*spoken].str();
    for (std::size_t i = 0; i < pack.languages.size(); ++i) {
        if (!pack.message_only[i]) {
            form.languages.emplace_back(pack.languages[i].str(), pack.language_names[i]);
        }
    }
    for (const flows::Family& one : pack.families) {
        form.families.push_back(
            {one.key, words.text(one.say, *spoken), one.urgency, pack.circles.of(one.key)});
    }
    const std::optional<std::uint8_t> flow = flow_of_reports(pack);
    for (const flows::Block& block : pack.blocks) {
        const auto* ask = std::get_if<flows::AskBlock>(&block.kind);
        if (flow && block.flow == *flow && ask != nullptr && ask->seal) {
            const flows::TextIndex text = to_read(ask->prompt);
            const bool first = std::ranges::none_of(form.questions, &IntakeQuestion::needed);
            form.questions.push_back({block.name,
                                      text == flows::no_text ? "" : first_sentence(words.text(text, *spoken)),
                                      ask->files && first});
        }
    }
    return form;
}

Result<void> check_entry(const vault::CirclePublicKey& circle, const IntakeEntry& entry) {
    std::size_t bytes = 0;
    for (const std::string& part : entry.parts) {
        const Result<std::array<std::uint8_t, 8>> key = vault::sealed_to(part, vault::SealedForm::part);
        if (!key || *key != circle.id()) {
            return errc::bad_part;
        }
        bytes += part.size();
    }
    const bool fits =
        !entry.parts.empty() && entry.parts.size() <= most_entered_parts && bytes <= longest_entered_parts;
    return fits ? Result<void>() : Result<void>(errc::bad_part);
}

}  // namespace rightsline::cases
