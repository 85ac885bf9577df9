#include "gateway/ops/end_guard.hpp"

#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <ctime>
#include <string_view>

namespace rightsline::ops {
namespace {

// What the handlers know. Lock-free, or a handler could wait for the thread that it interrupts.
std::atomic<const char*> waiting_for{"the start"};
std::atomic<std::size_t> waiting_for_size{9};
std::atomic<std::size_t> how_many{0};
std::atomic<unsigned> allowed{0};
std::atomic<std::int64_t> told_at{0};  // ms of the monotonic clock; 0: nobody has told us
std::atomic<void (*)(int)> after_term{nullptr};
std::atomic<void (*)(int)> after_interrupt{nullptr};
static_assert(std::atomic<std::int64_t>::is_always_lock_free);
static_assert(std::atomic<void (*)(int)>::is_always_lock_free);

/// Words put together without the heap.
class LastWords {
 public:
    LastWords& operator<<(std::string_view part) {
        for (std::size_t i = 0; i < part.size() && size_ < text_.size(); ++i) {
            text_[size_++] = part[i];
        }
        return *this;
    }
    LastWords& operator<<(std::size_t number) {
        std::array<char, 20> digits{};
        std::size_t at = digits.size();
        do {
            digits[--at] = static_cast<char>('0' + number % 10);
            number /= 10;
        } while (number != 0);
        return *this << std::string_view(digits.data() + at, digits.size() - at);
    }
    void say() const {
        const ssize_t said = ::write(STDERR_FILENO, text_.data(), size_);
        static_cast<void>(said);  // nobody is left to be told
    }

 private:
    std::array<char, 400> text_{};
    std::size_t size_ = 0;
};

std::int64_t monotonic_ms() {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<std::int64_t>(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000 + 1;
}

void add_what_hung(LastWords& words) {
    words << std::string_view(waiting_for.load(), waiting_for_size.load());
    if (how_many.load() != 0) {
        words << " (" << how_many.load() << ")";
    }
    words << ". What was acknowledged is kept.\n";
}

void too_late(int) {
    LastWords words;
    words << "rightsline did not end within " << allowed.load()
          << " s of being told to, and is ended now. It waited for ";
    add_what_hung(words);
    words.say();
    ::_exit(EndGuard::exit_code);
}

void told_again() {
    LastWords words;
    words << "rightsline was told a second time to end, and ends at once. It waited for ";
    add_what_hung(words);
    words.say();
    ::_exit(EndGuard::exit_code);
}

void told(int signal) {
    const int error = errno;
    const std::int64_t now = monotonic_ms();
    std::int64_t first = 0;
    if (told_at.compare_exchange_strong(first, now)) {
        ::alarm(allowed.load());
    } else if (now - first >= 1000) {
        told_again();
    }
    auto* const after = (signal == SIGTERM ? after_term : after_interrupt).load();
    if (after != nullptr) {
        after(signal);
    }
    errno = error;
}

void listen_in(int signal, struct sigaction& before, std::atomic<void (*)(int)>& after) {
    ::sigaction(signal, nullptr, &before);
    const bool somebody = before.sa_handler != SIG_DFL && before.sa_handler != SIG_IGN;
    after.store(somebody ? before.sa_handler : nullptr);
    struct sigaction ours{};
    ours.sa_handler = told;
    ours.sa_flags = SA_RESTART;
    ::sigfillset(&ours.sa_mask);
    ::sigaction(signal, &ours, nullptr);
}

}  // namespace

EndGuard::EndGuard(std::chrono::seconds allowance) {
    allowed.store(static_cast<unsigned>(allowance.count()));
    struct sigaction ring{};
    ring.sa_handler = too_late;
    ::sigfillset(&ring.sa_mask);
    ::sigaction(SIGALRM, &ring, nullptr);
    listen_in(SIGTERM, on_term_, after_term);
    listen_in(SIGINT, on_interrupt_, after_interrupt);
}

EndGuard::~EndGuard() {
    ::sigaction(SIGTERM, &on_term_, nullptr);
    ::sigaction(SIGINT, &on_interrupt_, nullptr);
}

void EndGuard::waits_for(Label what, std::size_t many) {
    waiting_for_size.store(0);  // a handler between these lines says less, never something wrong
    waiting_for.store(what.view().data());
    waiting_for_size.store(what.view().size());
    how_many.store(many);
}

}  // namespace rightsline::ops
