// OpenMailboxes: what opens the mailboxes of the workers who have just given their code and read now.
//
// The opener comes of the code's Argon2id and is all that a reply needs. It lives here, in locked memory, for ten minutes after
// it was last used, and nowhere else: neither the conversation nor anything in the store holds it, so that who has the store
// and the server's keys opens no reply. After a restart, or on another server, the worker is asked for the code once more.
// Bounded: of more than `most` the one that was used longest ago goes. Must never: be written anywhere.
// Threading: the loop's. Owner: Relay.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <string>

#include "gateway/ops/clock.hpp"
#include "gateway/vault/secret_bytes.hpp"

namespace rightsline::conversations {

struct OpenMailbox {
    std::string program;
    std::string case_id;   // hex
    std::string language;  // in which the case was reported: its replies are written in it
    std::shared_ptr<const vault::SecretBytes> opener;
};

class OpenMailboxes {
 public:
    static constexpr std::size_t most = 256;
    static constexpr std::chrono::minutes kept_for{10};

    void keep(const std::string& conversation, OpenMailbox mailbox, Deadline now);
    /// Nothing when this conversation did not just give the code of that case.
    const OpenMailbox* find(const std::string& conversation, const std::string& program,
                            const std::string& case_id, Deadline now);
    std::size_t size() const { return open_.size(); }

 private:
    struct Entry {
        OpenMailbox mailbox;
        Deadline used{};
    };
    void forget_old(Deadline now);

    std::map<std::string, Entry> open_;
};

}  // namespace rightsline::conversations
