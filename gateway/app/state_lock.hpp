// StateLock: one server on one state_dir.
//
// A lock on state_dir/lock that the kernel lets go when its holder ends, however it ends; the file tells its pid.
// Must never: wait. Threading: a plain value. Owner: the composition root, as long as it runs.
#pragma once

#include <string>

namespace rightsline::app {

class StateLock {
 public:
    /// Takes the lock of `folder`, or says in words who has it.
    static StateLock take(const std::string& folder);

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
