// Resp: the wire format of Redis (RESP2), as bytes in and values out.
//
// Formatting is by lengths only, so every byte an argument may hold is safe. Parsing is hiredis' reader,
// which builds redis::Reply in place: a string is copied once, from the wire buffer into its Reply. Must
// never: do I/O, allocate for what a hostile peer only announces (array lengths, bulk lengths). Invariants:
// nesting deeper than 7 is `broken`; a reply longer than the limit is `too_large`; both are final. Threading:
// none of its own. Owner: Link.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "redis/client.hpp"

struct redisReader;

namespace rightsline::redis {

/// Appends `command` in RESP to `out`.
void append_command(std::string& out, const Command& command);

class ReplyReader {
 public:
    enum class State {
        incomplete,  // feed() more
        complete,    // `reply` was filled
        broken,      // not RESP2, or nested too deep
        too_large,   // one reply over the limit
    };

    explicit ReplyReader(std::size_t most_bytes);

    void feed(std::string_view bytes);
    State next(Reply& reply);
    /// Forgets everything, for a new connection.
    void reset();

 private:
    struct Free {
        void operator()(redisReader* reader) const;
    };
    friend struct ReplyBuilder;

    std::size_t most_bytes_;
    Reply root_;
    std::unique_ptr<redisReader, Free> reader_;
    std::size_t begun_ = 0;  // bytes of the reply that is still arriving
};

}  // namespace rightsline::redis
