// Link: one pipelined connection that comes back, and the commands that wait on it.
//
// pending -> (encoded) -> sent -> answered. Commands of one loop turn are encoded into one buffer and leave
// in one send; replies answer `sent` in order. Bytes leave only through non-blocking writes, so the link
// always knows which commands had a byte handed to the kernel: those are outcome_unknown when the connection
// goes. Commands encoded behind a full socket are then not_sent; pending ones wait for the next connection,
// until their deadline: not_sent. A tombstone whose reply has not come connect_timeout after it was given up
// means a dead peer: the link reconnects. Must never: answer a caller with another's reply, block, complete a
// caller inside submit(). Threading: one executor. Owner: the Client; asynchronous operations share it until
// they have ended.
#pragma once

#include <array>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <memory>
#include <random>
#include <string>

#include "redis/client.hpp"
#include "redis/error.hpp"
#include "redis/resp.hpp"
#include "redis/waiting.hpp"

namespace rightsline::redis {

class Link : public std::enable_shared_from_this<Link> {
 public:
    Link(boost::asio::any_io_executor executor, Address address, ClientOptions options);

    void start();
    void close();
    bool connected() const { return open_; }
    const Traffic& traffic() const { return traffic_; }

    /// Queues `command` for `handler(Result<Reply>)`.
    template <class Handler>
    void submit(Handler handler, Command command, Deadline deadline) {
        auto one = std::make_unique<WaitingFor<Handler>>(std::move(handler), std::move(command), deadline);
        auto slot = one->cancellation_slot();
        Waiting* waiting = one.get();
        if (admit(std::move(one)) && slot.is_connected()) {
            slot.assign(Canceller{this, waiting});
        }
    }

 private:
    using Socket = boost::asio::generic::stream_protocol::socket;
    using Endpoint = boost::asio::generic::stream_protocol::endpoint;
    using Queue = std::deque<std::unique_ptr<Waiting>>;

    // Lives in the caller's cancellation slot, which is cleared before `waiting` dies, unless it fired
    // itself.
    struct Canceller {
        void operator()(boost::asio::cancellation_type /*any*/) {
            if (Waiting* one = std::exchange(waiting, nullptr)) {
                one->in_canceller = true;
                link->give_up(one);
            }
        }
        Link* link;
        Waiting* waiting;
    };

    // The connection's life (link.cpp).
    static Awaitable<void> live(std::shared_ptr<Link> self);
    Awaitable<bool> connect();
    Awaitable<std::vector<Endpoint>> resolve();
    Awaitable<bool> greet();
    Awaitable<bool> read_greeting(std::size_t owed);
    Awaitable<void> read_until_lost();
    Awaitable<void> pause();
    void limit_phase();
    void break_connection();
    void lost();

    // The commands (queue.cpp).
    bool admit(std::unique_ptr<Waiting> one);
    void schedule_flush();
    void flush();
    void encode_pending();
    void wait_until_writable();
    void take(std::string_view bytes);
    bool deliver(Reply reply);
    void refuse_stream(errc why);
    void give_up(Waiting* one);
    bool withdraw(Waiting* one);
    bool withdraw_encoded(Queue::iterator one);
    void bury(Waiting* one);
    void expire_due();
    void arm();
    std::uint64_t handed() const { return out_base_ + out_written_; }

    boost::asio::any_io_executor executor_;
    Address address_;
    ClientOptions options_;
    Socket socket_;
    boost::asio::steady_timer deadline_timer_;
    boost::asio::steady_timer phase_timer_;  // bounds connecting; then waits between attempts
    ReplyReader reader_;
    std::array<char, 65536> input_{};
    std::minstd_rand random_;

    Queue pending_;  // not encoded
    Queue sent_;     // encoded, in the order of their bytes
    std::size_t pending_bytes_ = 0;
    DeadlineHeap deadlines_;
    std::string out_;              // encoded bytes the kernel may not have yet
    std::size_t out_written_ = 0;  // how much of out_ the kernel has
    std::uint64_t out_base_ = 0;   // where out_ begins in the stream

    Traffic traffic_;
    Deadline armed_until_{};
    int attempt_ = 0;     // failed attempts in a row
    unsigned phase_ = 0;  // tells a late phase timer from a current one
    bool ever_open_ = false;
    bool open_ = false;
    bool broken_ = false;  // this connection is to be given up
    bool closed_ = false;
    bool flush_posted_ = false;
    bool blocked_ = false;  // the socket is full
    bool armed_ = false;
};

}  // namespace rightsline::redis
