// What whoever picks up hears: words that name neither program nor topic, and ask for a key. A machine hears nothing.
#include <utility>

#include "flows/words.hpp"
#include "gateway/missed/desk_parts.hpp"

namespace rightsline::missed {
namespace {

constexpr const char* opener_key = "common.missed_opener";
constexpr flows::Seconds patience{8};
constexpr std::uint32_t most_openers = 3;  // another key than the one asks again
constexpr std::size_t most_languages = 3;  // one after the other, where nobody knows theirs

std::vector<flows::LanguageIndex> languages_of(const flows::Pack& pack, const std::string& language) {
    std::vector<flows::LanguageIndex> spoken;
    for (std::size_t i = 0; i < pack.languages.size(); ++i) {
        if (pack.message_only[i]) {
            continue;
        }
        if (pack.languages[i].str() == language) {
            return {static_cast<flows::LanguageIndex>(i)};
        }
        if (spoken.size() < most_languages) {
            spoken.push_back(static_cast<flows::LanguageIndex>(i));
        }
    }
    return spoken;
}

Said hang_up() { return {{flows::Hangup{}}}; }

}  // namespace

std::string missed_path_of(const alerts::CallPage& page, std::uint32_t nth) {
    return "/missed" + query_of(page) + (nth == 0 ? "" : "&n=" + std::to_string(nth));
}

bool is_missed_page(std::string_view path) { return path.ends_with("/missed"); }

Said Desk::opener(const flows::Pack& pack, const std::string& language, std::uint32_t nth) const {
    const flows::TextIndex text = pack.find_text(opener_key);
    if (text == flows::no_text || nth >= most_openers) {
        return hang_up();
    }
    flows::Gather gather;
    gather.timeout = patience;
    const flows::Values nothing;
    for (const flows::LanguageIndex one : languages_of(pack, language)) {
        gather.prompts.push_back(flows::Words(pack, flows::Mode::voice, nothing).say(text, one));
    }
    return {{gather}, nth};
}

Awaitable<std::optional<Said>> Desk::answer_page(alerts::CallPage page, Heard heard) {
    std::string purpose = page_purpose;
    const std::optional<std::string> names =
        co_await alerts::open_page(services_.vault, std::move(purpose), page);
    const flows::PackPtr pack = services_.packs.active(page.program);
    const std::size_t space = names ? names->find(' ') : std::string::npos;
    if (space == std::string::npos || !pack) {
        co_return std::nullopt;
    }
    if (heard.machine) {
        counters_->machine.add();
        co_return hang_up();
    }
    const std::string language = names->substr(space + 1);
    if (std::holds_alternative<flows::Called>(heard.event)) {
        co_return opener(*pack, language, 0);
    }
    const auto* keyed = std::get_if<flows::Keyed>(&heard.event);
    const std::string keys = keyed == nullptr ? "" : keyed->digits.reveal();
    if (keys.empty()) {
        co_return hang_up();
    }
    if (keys != "1") {
        co_return opener(*pack, language, heard.nth + 1);
    }
    counters_->begun.add();
    Said begun;
    begun.begins = true;
    co_return begun;
}

}  // namespace rightsline::missed
