// Waiting: one command, who awaits it and until when; and the heap that knows whose deadline comes first.
//
// A Waiting whose caller has gone (deadline, cancellation) stays in the queue as a tombstone until its late
// reply has been swallowed, or until the link is given up. Must never: complete a caller twice, complete it
// inside the call that started it. Threading: the link's executor. Owner: Link's queues; the heap only
// points.
#pragma once

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "redis/client.hpp"
#include "redis/error.hpp"

namespace rightsline::redis {

class Waiting {
 public:
    Waiting(Command asked, Deadline until) : command(std::move(asked)), deadline(until) {}
    Waiting(const Waiting&) = delete;
    Waiting& operator=(const Waiting&) = delete;
    virtual ~Waiting() = default;

    /// Completes the caller from the read loop, at once.
    virtual void answer(Reply reply) = 0;
    /// Completes the caller by post.
    virtual void fail(errc why) = 0;

    Command command;  // emptied when it was encoded
    Deadline deadline;
    std::size_t weight = 0;   // bytes of its arguments while it is not encoded
    std::uint64_t begin = 0;  // where its bytes lie in the stream, once encoded
    std::uint64_t end = 0;
    std::size_t heap_slot = 0;  // where the heap keeps it
    bool abandoned = false;     // a tombstone
    bool in_canceller = false;  // the caller's slot is calling us: it must not be cleared under its own feet
};

template <class Handler>
class WaitingFor final : public Waiting {
 public:
    WaitingFor(Handler handler, Command asked, Deadline until)
        : Waiting(std::move(asked), until), handler_(std::move(handler)) {}

    auto cancellation_slot() const { return boost::asio::get_associated_cancellation_slot(handler_); }

    void answer(Reply reply) override {
        auto slot = cancellation_slot();
        slot.clear();
        auto executor = boost::asio::get_associated_executor(handler_);
        boost::asio::dispatch(executor, [handler = std::move(handler_), reply = std::move(reply)]() mutable {
            std::move(handler)(Result<Reply>(std::move(reply)));
        });
    }

    void fail(errc why) override {
        if (!in_canceller) {
            auto slot = cancellation_slot();
            slot.clear();
        }
        auto executor = boost::asio::get_associated_executor(handler_);
        boost::asio::post(executor, [handler = std::move(handler_), why]() mutable {
            auto slot = boost::asio::get_associated_cancellation_slot(handler);
            slot.clear();  // the slot's own handler has ended by now
            std::move(handler)(Result<Reply>(why));
        });
    }

 private:
    Handler handler_;
};

/// A binary min-heap by deadline that can remove from its middle. Deadlines mostly come in order, so push is
/// O(1).
class DeadlineHeap {
 public:
    bool empty() const { return heap_.empty(); }
    Waiting* first() const { return heap_.front(); }

    void push(Waiting* one) {
        heap_.push_back(one);
        rise(heap_.size() - 1);
    }
    void remove(Waiting* one) {
        const std::size_t slot = one->heap_slot;
        Waiting* last = heap_.back();
        heap_.pop_back();
        if (last != one) {
            put(slot, last);
            rise(slot);
            sink(last->heap_slot);
        }
    }
    void clear() { heap_.clear(); }

 private:
    void put(std::size_t slot, Waiting* one) {
        heap_[slot] = one;
        one->heap_slot = slot;
    }
    void rise(std::size_t slot) {
        Waiting* one = heap_[slot];
        while (slot > 0 && one->deadline < heap_[(slot - 1) / 2]->deadline) {
            put(slot, heap_[(slot - 1) / 2]);
            slot = (slot - 1) / 2;
        }
        put(slot, one);
    }
    void sink(std::size_t slot) {
        Waiting* one = heap_[slot];
        for (std::size_t child = 2 * slot + 1; child < heap_.size(); child = 2 * slot + 1) {
            if (child + 1 < heap_.size() && heap_[child + 1]->deadline < heap_[child]->deadline) {
                ++child;
            }
            if (heap_[child]->deadline >= one->deadline) {
                break;
            }
            put(slot, heap_[child]);
            slot = child;
        }
        put(slot, one);
    }

    std::vector<Waiting*> heap_;
};

}  // namespace rightsline::redis
