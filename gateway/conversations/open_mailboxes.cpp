#include "gateway/conversations/open_mailboxes.hpp"

#include <algorithm>
#include <utility>

namespace rightsline::conversations {

void OpenMailboxes::forget_old(Deadline now) {
    std::erase_if(open_, [now](const auto& one) { return one.second.used + kept_for <= now; });
}

void OpenMailboxes::keep(const std::string& conversation, OpenMailbox mailbox, Deadline now) {
    forget_old(now);
    open_[conversation] = {std::move(mailbox), now};
    if (open_.size() > most) {
        open_.erase(std::ranges::min_element(open_, {}, [](const auto& one) { return one.second.used; }));
    }
}

const OpenMailbox* OpenMailboxes::find(const std::string& conversation, const std::string& program,
                                       const std::string& case_id, Deadline now) {
    forget_old(now);
    const auto found = open_.find(conversation);
    if (found == open_.end() || found->second.mailbox.program != program ||
        found->second.mailbox.case_id != case_id) {
        return nullptr;
    }
    found->second.used = now;
    return &found->second.mailbox;
}

}  // namespace rightsline::conversations
