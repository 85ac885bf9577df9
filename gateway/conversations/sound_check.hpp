// SoundCheck: whether the bytes that a provider gave are a recording, before its own copy is deleted for good.
//
// A WAVE file has "RIFF", a length and "WAVE" at its head (RIFF specification, 1991) and sound behind it. An empty body
// or a page of words with status 200 is neither; a file that was cut short has fewer bytes than its head says, or than
// the seconds take that the provider told of. Must never: keep more than the head. Threading: values.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

namespace rightsline::conversations {

class SoundCheck {
 public:
    /// The next bytes, in order.
    void see(std::string_view bytes);
    /// All that was seen is a WAVE file with something to hear in it, whole to the length that it states. One that was
    /// written as it was spoken states none (0 or the highest number): it is as long as its body.
    bool is_sound() const;
    /// It may well last so long. `stated`: as the provider told the call, before it cut silence away at both ends.
    bool may_last(std::chrono::seconds stated) const;

 private:
    std::string head_;  // the first bytes: format words, no voice
    std::size_t size_ = 0;
};

}  // namespace rightsline::conversations
