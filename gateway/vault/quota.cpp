#include "gateway/vault/quota.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <string_view>

#include "gateway/ops/durable_file.hpp"
#include "gateway/ops/read_file.hpp"
#include "gateway/vault/error.hpp"

namespace rightsline::vault {
namespace {

constexpr std::string_view first_word = "rightsline-vault-quota-1";
constexpr std::uint64_t steps = 100;  // writes a day, of each kind

std::int64_t day_of(const ops::Clock& clock) {
    return std::chrono::floor<std::chrono::days>(clock.now()).time_since_epoch().count();
}

template <class Number>
bool take_number(std::string_view& text, Number& number) {
    if (!text.starts_with(' ')) {
        return false;
    }
    text.remove_prefix(1);
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    text.remove_prefix(static_cast<std::size_t>(stop - text.data()));
    return error == std::errc();
}

std::string to_text(const UsedOnDay& used) {
    std::string text(first_word);
    text.append(" ").append(std::to_string(used.day));
    for (const std::uint64_t many : used.used) {
        text.append(" ").append(std::to_string(many));
    }
    return text + "\n";
}

bool write_durably(const std::string& path, std::string_view text) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) {
        return false;
    }
    const bool written = ops::write_all(file, text) && ::fsync(file) == 0;
    return ::close(file) == 0 && written;
}

}  // namespace

Result<UsedOnDay> read_used(const std::string& path) {
    if (::access(path.c_str(), F_OK) != 0 && errno == ENOENT) {
        return UsedOnDay{};
    }
    const auto whole = ops::read_file(path);
    if (!whole) {
        return errc::bad_quota_file;
    }
    std::string_view text = *whole;
    UsedOnDay used;
    if (!text.starts_with(first_word)) {
        return errc::bad_quota_file;
    }
    text.remove_prefix(first_word.size());
    bool held = take_number(text, used.day);
    for (std::uint64_t& many : used.used) {
        held = held && take_number(text, many);
    }
    if (!held || text != "\n") {
        return errc::bad_quota_file;
    }
    return used;
}

Result<void> keep_used(const std::string& path, const UsedOnDay& used) {
    const std::string beside = path + ".new";
    if (!write_durably(beside, to_text(used)) || ::rename(beside.c_str(), path.c_str()) != 0 ||
        !ops::sync_folder_of(path)) {
        return errc::cannot_keep_count;
    }
    return {};
}

Quota::Quota(Counts most, UsedOnDay so_far, const ops::Clock& clock, Keep keep)
    : most_(most), used_(so_far), kept_(so_far), clock_(clock), keep_(std::move(keep)) {}

void Quota::turn_day() {
    const std::int64_t today = day_of(clock_);
    if (today > used_.day) {
        used_ = {today, {}};
        kept_ = used_;
    }
}

void Quota::keep_ahead(std::size_t kind) {
    if (used_.used[kind] <= kept_.used[kind] && healthy_) {
        return;
    }
    kept_.used[kind] = used_.used[kind] + most_[kind] / steps;
    healthy_ = static_cast<bool>(keep_(kept_));
}

bool Quota::take(Counted what, std::uint64_t many) {
    turn_day();
    const auto kind = static_cast<std::size_t>(what);
    const std::uint64_t left = most_[kind] - std::min(most_[kind], used_.used[kind]);
    if (many > left) {
        return false;
    }
    used_.used[kind] += many;
    keep_ahead(kind);
    return true;
}

std::uint8_t Quota::used_percent() {
    turn_day();
    std::uint64_t fullest = 0;
    for (std::size_t kind = 0; kind < counted_kinds; ++kind) {
        const std::uint64_t most = std::max<std::uint64_t>(1, most_[kind]);
        fullest = std::max(fullest, std::min<std::uint64_t>(used_.used[kind], most) * 100 / most);
    }
    return static_cast<std::uint8_t>(fullest);
}

}  // namespace rightsline::vault
