// Link, its commands: admit, encode, send, match replies, give up.
#include <algorithm>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/post.hpp>

#include "redis/link.hpp"

namespace rightsline::redis {
namespace {

constexpr std::size_t send_window = 256U << 10U;        // encode no further ahead of the kernel than this
constexpr std::size_t most_pending_bytes = 64U << 20U;  // arguments that wait for a connection

std::size_t weigh(const Command& command) {
    std::size_t bytes = 0;
    for (const std::string& argument : command) {
        bytes += argument.size();
    }
    return bytes;
}

}  // namespace

bool Link::admit(std::unique_ptr<Waiting> one) {
    if (closed_) {
        one->fail(errc::not_sent);
        return false;
    }
    one->weight = weigh(one->command);
    if (pending_.size() + sent_.size() >= options_.most_outstanding ||
        pending_bytes_ + one->weight > most_pending_bytes) {
        one->fail(errc::overloaded);
        return false;
    }
    ++traffic_.commands;
    pending_bytes_ += one->weight;
    deadlines_.push(one.get());
    pending_.push_back(std::move(one));
    arm();
    schedule_flush();
    return true;
}

void Link::schedule_flush() {
    if (flush_posted_ || blocked_ || !open_) {
        return;
    }
    flush_posted_ = true;
    boost::asio::post(executor_, [self = shared_from_this()] {
        self->flush_posted_ = false;
        self->flush();
    });
}

void Link::flush() {
    expire_due();  // what is too late already is not sent at all
    encode_pending();
    while (open_ && !blocked_ && out_written_ < out_.size()) {
        boost::system::error_code error;
        const auto rest = boost::asio::buffer(out_) + out_written_;
        const std::size_t written = socket_.write_some(rest, error);
        if (error == boost::asio::error::would_block || error == boost::asio::error::try_again) {
            wait_until_writable();
            return;
        }
        ++traffic_.sends;
        if (error) {
            break_connection();
            return;
        }
        out_written_ += written;
        encode_pending();
    }
}

void Link::encode_pending() {
    if (!open_) {
        return;
    }
    if (out_written_ == out_.size()) {
        out_base_ += out_written_;
        out_written_ = 0;
        out_.clear();
    }
    while (!pending_.empty() && out_.size() < send_window) {
        Waiting& one = *pending_.front();
        one.begin = out_base_ + out_.size();
        append_command(out_, one.command);
        one.end = out_base_ + out_.size();
        pending_bytes_ -= one.weight;
        one.command = Command();
        sent_.push_back(std::move(pending_.front()));
        pending_.pop_front();
    }
}

void Link::wait_until_writable() {
    blocked_ = true;
    auto resume = [self = shared_from_this()](boost::system::error_code error) {
        if (!error) {
            self->blocked_ = false;
            self->flush();
        }
    };
    socket_.async_wait(Socket::wait_write, std::move(resume));
}

void Link::take(std::string_view bytes) {
    reader_.feed(bytes);
    // A caller runs inside deliver() and may close() us.
    while (open_) {
        Reply reply;
        const ReplyReader::State state = reader_.next(reply);
        if (state == ReplyReader::State::incomplete) {
            return;
        }
        if (state == ReplyReader::State::too_large) {
            refuse_stream(errc::reply_too_large);
        } else if (state == ReplyReader::State::broken || !deliver(std::move(reply))) {
            refuse_stream(errc::protocol);
        }
    }
}

bool Link::deliver(Reply reply) {
    if (sent_.empty() || sent_.front()->end > handed()) {
        return false;  // an answer to what was not asked
    }
    const std::unique_ptr<Waiting> one = std::move(sent_.front());
    sent_.pop_front();
    deadlines_.remove(one.get());
    attempt_ = 0;
    if (!one->abandoned) {
        one->answer(std::move(reply));
    }
    return true;
}

void Link::refuse_stream(errc why) {
    if (!sent_.empty() && sent_.front()->begin < handed()) {
        const std::unique_ptr<Waiting> one = std::move(sent_.front());
        sent_.pop_front();
        deadlines_.remove(one.get());
        if (!one->abandoned) {
            one->fail(why);
        }
    }
    break_connection();
}

void Link::give_up(Waiting* one) {
    ++traffic_.abandoned;
    if (withdraw(one)) {
        return;
    }
    bury(one);
}

// Takes back a command of which no byte was handed over. False: too late.
bool Link::withdraw(Waiting* one) {
    const auto is_it = [one](const std::unique_ptr<Waiting>& other) { return other.get() == one; };
    const auto waiting = std::find_if(pending_.begin(), pending_.end(), is_it);
    if (waiting == pending_.end()) {
        return withdraw_encoded(std::find_if(sent_.begin(), sent_.end(), is_it));
    }
    pending_bytes_ -= one->weight;
    deadlines_.remove(one);
    one->fail(errc::not_sent);
    pending_.erase(waiting);
    return true;
}

bool Link::withdraw_encoded(Queue::iterator one) {
    Waiting& it = **one;
    if (it.begin < handed()) {
        return false;
    }
    const std::uint64_t length = it.end - it.begin;
    out_.erase(static_cast<std::size_t>(it.begin - out_base_), static_cast<std::size_t>(length));
    for (auto later = std::next(one); later != sent_.end(); ++later) {
        (*later)->begin -= length;
        (*later)->end -= length;
    }
    deadlines_.remove(&it);
    it.fail(errc::not_sent);
    sent_.erase(one);
    return true;
}

void Link::bury(Waiting* one) {
    one->abandoned = true;
    one->fail(errc::outcome_unknown);
    deadlines_.remove(one);
    one->deadline = std::max(one->deadline, std::chrono::steady_clock::now()) + options_.connect_timeout;
    deadlines_.push(one);
    arm();
}

void Link::expire_due() {
    if (deadlines_.empty()) {
        return;
    }
    const Deadline now = std::chrono::steady_clock::now();
    while (!deadlines_.empty() && deadlines_.first()->deadline <= now) {
        Waiting* one = deadlines_.first();
        if (one->abandoned) {
            break_connection();  // its reply never came: the peer is dead; lost() empties the queue
            deadlines_.remove(one);
            one->deadline = now + options_.connect_timeout;
            deadlines_.push(one);
        } else {
            give_up(one);
        }
    }
}

// One timer, set for the first deadline; a command that ends earlier leaves it armed and it finds nothing to
// do.
void Link::arm() {
    if (deadlines_.empty() || closed_) {
        return;
    }
    const Deadline first = deadlines_.first()->deadline;
    if (armed_ && armed_until_ <= first) {
        return;
    }
    armed_ = true;
    armed_until_ = first;
    deadline_timer_.expires_at(first);
    deadline_timer_.async_wait([self = shared_from_this()](boost::system::error_code error) {
        if (!error) {
            self->armed_ = false;
            self->expire_due();
            self->arm();
        }
    });
}

}  // namespace rightsline::redis
