// ByteStream: bytes to and from one peer, every wait with a deadline.
//
// One operation at a time. A deadline that passes closes the stream: half a message cannot be taken back
// (craft P14). Buffers belong to the caller and must live until the await ends. Destroy only when no
// operation is pending. Must never: log a peer's address. Threading: the executor it was made on.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "gateway/ops/awaitable.hpp"
#include "locales/result.hpp"

namespace rightsline::net {

class ByteStream {
 public:
    virtual ~ByteStream() = default;
    /// At least one byte. Errors: errc::end_of_stream, errc::deadline, errc::closed, errc::lost.
    virtual Awaitable<Result<std::size_t>> read_some(std::span<char> into, Deadline deadline) = 0;
    /// All of them, or an error. Errors: errc::deadline, errc::closed, errc::lost.
    virtual Awaitable<Result<void>> write_all(std::string_view bytes, Deadline deadline) = 0;
    /// Ends the connection at once; a pending operation ends with errc::closed.
    virtual void close() = 0;

    /// Between operations: the peer has neither closed nor said anything unasked. false also where nobody can tell.
    /// true is no promise: it may close the moment after.
    virtual bool quiet() { return false; }

    /// The remote IP address; "" on a unix socket. For limits only.
    virtual std::string peer() const { return {}; }
    /// Who is at the other end of a unix socket (SO_PEERCRED); -1 elsewhere or when unknown.
    virtual long peer_uid() const { return -1; }
};

}  // namespace rightsline::net
