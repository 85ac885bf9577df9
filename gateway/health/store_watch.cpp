#include "gateway/health/store_watch.hpp"

#include <algorithm>
#include <vector>

namespace rightsline::health {
namespace {

using namespace std::chrono_literals;

constexpr auto gone_after = 2s;
constexpr auto stood_still = 1s;
constexpr auto window = 10s;
constexpr std::size_t most_samples = 1024;
constexpr auto hasty = 100ms;  // whoever gives up sooner has not given the store a chance

}  // namespace

bool StoreWatch::lets_through() {
    const bool through = !holds_ || outstanding_ < trials;
    held_back_ += through ? 0 : 1;
    return through;
}

void StoreWatch::look() {
    const Deadline now = clock_.steady();
    if (looked_ && now - *looked_ > stood_still) {
        silent_since_ = silent_since_ ? std::optional(now) : std::nullopt;
        failing_since_ = failing_since_ ? std::optional(now) : std::nullopt;
    }
    looked_ = now;
    holds_ = silence() >= gone_after;
}

void StoreWatch::begun() {
    ++outstanding_;
    if (!silent_since_) {
        silent_since_ = clock_.steady();
    }
}

void StoreWatch::ended(const redis::Heard& heard) {
    --outstanding_;
    const Deadline now = clock_.steady();
    if (heard.answered) {
        unheard_ = false;
        holds_ = false;
        silent_since_ = outstanding_ > 0 ? std::optional(now) : std::nullopt;
    } else {
        unheard_ = unheard_ || heard.took >= hasty;
        silent_since_ = outstanding_ > 0 || unheard_ ? silent_since_ : std::nullopt;
    }
    if (!heard.commit) {
        return;
    }
    refuses_ = heard.refused;
    if (heard.answered && !heard.refused) {
        failing_since_.reset();
        remember(heard.took);
    } else if (heard.refused || heard.took >= hasty) {
        failing_since_ = failing_since_.value_or(now);
        if (!heard.refused) {
            remember(heard.took);  // it took at least that long
        }
    }
}

void StoreWatch::remember(std::chrono::nanoseconds took) {
    const Deadline now = clock_.steady();
    while (!commits_.empty() && (commits_.size() >= most_samples || now - commits_.front().at > window)) {
        commits_.pop_front();
    }
    commits_.push_back({now, std::chrono::duration_cast<std::chrono::milliseconds>(took)});
}

std::chrono::milliseconds StoreWatch::silence() const {
    return silent_since_
               ? std::chrono::duration_cast<std::chrono::milliseconds>(clock_.steady() - *silent_since_)
               : 0ms;
}

/// The time that but one in a hundred exceeded, and never the slowest one alone: one slow commit is no trend.
std::optional<std::chrono::milliseconds> StoreWatch::slow_commit() const {
    const Deadline now = clock_.steady();
    std::vector<std::chrono::milliseconds> took;
    for (const Sample& sample : commits_) {
        if (now - sample.at <= window) {
            took.push_back(sample.took);
        }
    }
    if (took.size() < 2) {
        return std::nullopt;
    }
    const std::size_t above = std::max<std::size_t>(1, took.size() / 100);
    const auto place = took.end() - static_cast<std::ptrdiff_t>(above) - 1;
    std::nth_element(took.begin(), place, took.end());
    return *place;
}

void StoreWatch::tell(Facts& facts) const {
    facts.commit_time = slow_commit();
    facts.without_commit =
        failing_since_
            ? std::chrono::duration_cast<std::chrono::milliseconds>(clock_.steady() - *failing_since_)
            : 0ms;
    facts.silent = silence();
    facts.refuses = refuses_;
}

}  // namespace rightsline::health
