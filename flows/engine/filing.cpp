// When and as what a report is filed, what makes it urgent afterwards, and the language that its worker picked late.
#include <algorithm>
#include <variant>

#include "flows/engine/run.hpp"

namespace rightsline::flows {

std::string Run::family() const {
    for (auto answer = c_.answers.rbegin(); answer != c_.answers.rend(); ++answer) {
        const auto* menu = answer->block < pack_.blocks.size()
                               ? std::get_if<MenuBlock>(&pack_.blocks[answer->block].kind)
                               : nullptr;
        const auto picked = static_cast<std::size_t>(answer->value);
        if (menu == nullptr || !menu->families || picked >= menu->choices.size()) {
            continue;
        }
        for (const Family& family : pack_.families) {
            if (family.key == menu->choices[picked].name) {
                return family.key;
            }
        }
    }
    return {};
}

void Run::file(std::string_view reason) {
    step_.filing = Filing{c_.urgency, family(), std::string(reason), c_.draft, c_.language, c_.circle};
    c_.filed = true;
    c_.filed_as = static_cast<std::uint8_t>(c_.urgency);
    c_.question = question_from(0);
}

/// Nobody in danger waits for a last "1": what was told is filed in the turn that tells it, and what follows is added
/// to it. A report that was filed before is marked as urgent by what is said now.
void Run::hurry() {
    if (step_.pending || step_.discard_draft) {
        return;
    }
    if (!c_.filed) {
        const bool first =
            !step_.filing;  // silence may have filed the story before this one in the same turn
        if (first && c_.urgency == Urgency::p1 && c_.files && c_.parts > 0) {
            file("danger");
        }
        return;
    }
    const bool news = !step_.parts.empty() || danger_.named;
    if (news && static_cast<std::uint8_t>(c_.urgency) < c_.filed_as) {
        step_.raise = Raise{c_.draft, c_.urgency};
        c_.filed_as = static_cast<std::uint8_t>(c_.urgency);
    }
}

/// A case may be filed before its worker has picked a language.
void Run::note_language() {
    const bool same_case =
        c_.filed && !c_.returned && c_.draft == case_before_ && c_.draft != std::array<std::uint8_t, 16>{};
    if (same_case && !step_.discard_draft && c_.language_chosen && c_.language != language_before_) {
        step_.spoken = Spoken{c_.draft, c_.language};
    }
}

}  // namespace rightsline::flows
