// StateLock: one server on one folder of state, and the folder in nobody else's hands.
//
// A lock on a file in it that the kernel lets go when its holder ends, however it ends; the file tells its pid.
// Must never: wait. Threading: a plain value. Owner: the composition root, as long as it runs.
#pragma once

#include <sys/types.h>

#include <string>

namespace rightsline::app {

/// Makes the folder, for `me` alone, unless it is there. What is wrong with it and what to do, in words, or "": a folder
/// of another user (root excepted) or one that others may write is not kept in: they could read or swap what is there.
std::string claim_folder(const std::string& folder, uid_t me);

class StateLock {
 public:
    /// Takes the lock `folder`/`name`, or says in words who has it and which setting would part the two.
    static StateLock take(const std::string& folder, const std::string& name = "lock",
                          const std::string& setting = "state_dir");

    StateLock() = default;
    StateLock(StateLock&& other) noexcept;
    StateLock& operator=(StateLock&& other) noexcept;
    ~StateLock();
    bool held() const { return file_ >= 0; }
    const std::string& refusal() const { return refusal_; }

 private:
    int file_ = -1;
    std::string refusal_;
};

}  // namespace rightsline::app
