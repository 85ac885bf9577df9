#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <utility>

#include "gateway/keep/archive.hpp"
#include "gateway/keep/error.hpp"
#include "gateway/vault/error.hpp"

namespace rightsline::keep {
namespace {

constexpr std::size_t longest_head = 1024;
constexpr std::size_t read_at_once = 256U << 10U;
constexpr std::string_view first_words = "rightsline-backup ";
constexpr std::string_view end_of_head = "\n\n";

/// The value of "name: value", the next line of `rest`.
std::string_view take_line(std::string_view& rest, std::string_view name) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    return line.starts_with(name) ? line.substr(name.size()) : std::string_view();
}

template <class Number>
bool read_number(std::string_view text, Number& value) {
    const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), value);
    return wrong == std::errc() && end == text.data() + text.size() && value >= 0;
}

std::uint64_t number(std::string_view bytes) {
    std::uint64_t value = 0;
    for (const char c : bytes) {
        value = value << 8U | static_cast<std::uint8_t>(c);
    }
    return value;
}

}  // namespace

Result<ArchiveHead> parse_head(std::string_view text) {
    ArchiveHead head;
    if (!read_number(take_line(text, first_words), head.format) || head.format == 0) {
        return errc::not_a_backup;
    }
    if (head.format > archive_format) {
        return errc::newer;
    }
    head.build = take_line(text, "build: ");
    const bool schema = read_number(take_line(text, "schema: "), head.schema);
    const bool created = read_number(take_line(text, "created: "), head.created_ms);
    head.store = take_line(text, "store: ");
    if (!schema || !created || text != "\n") {
        return errc::not_a_backup;
    }
    if (head.schema > store_schema) {
        return errc::newer;
    }
    return head;
}

Result<ArchiveReader> ArchiveReader::open(const std::string& path) {
    redis::OwnedFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    std::string start(longest_head, '\0');
    const ssize_t got = file.get() < 0 ? -1 : ::read(file.get(), start.data(), start.size());
    if (got < 0) {
        return errc::disk;
    }
    start.resize(static_cast<std::size_t>(got));
    if (!start.starts_with(first_words) || start.find(end_of_head) == std::string::npos) {
        return errc::not_a_backup;
    }
    start.resize(start.find(end_of_head) + end_of_head.size());
    Result<ArchiveHead> head = parse_head(start);
    if (!head) {
        return head.error();
    }
    if (::lseek(file.get(), static_cast<off_t>(start.size()), SEEK_SET) < 0) {
        return errc::disk;
    }
    return ArchiveReader(std::move(file), std::move(*head), std::move(start));
}

Result<void> ArchiveReader::read(const vault::CirclePrivateKey& key, const Taker& taker) {
    vault::StreamOpener opener(key, text_);
    std::string sealed(read_at_once, '\0');
    for (;;) {
        const ssize_t got = ::read(file_.get(), sealed.data(), sealed.size());
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            return errc::disk;
        }
        if (got == 0) {
            break;
        }
        const Result<std::string> plain =
            opener.pull(std::string_view(sealed).substr(0, static_cast<std::size_t>(got)));
        if (!plain) {
            const bool other = plain.error() == vault::make_error_code(vault::errc::unknown_key);
            return other ? errc::wrong_key : errc::damaged;
        }
        plain_ += *plain;
        const Result<void> taken = take_records(taker);
        if (!taken) {
            return taken;
        }
    }
    return opener.ended() && over_ && plain_.empty() ? Result<void>() : errc::damaged;
}

Result<void> ArchiveReader::take_records(const Taker& taker) {
    std::string_view rest = plain_;
    for (bool more = true; more && !rest.empty();) {
        const Result<bool> took = over_ ? Result<bool>(errc::damaged) : take_record(rest, taker);
        if (!took) {
            return took.error();
        }
        more = *took;
    }
    plain_.erase(0, plain_.size() - rest.size());
    return {};
}

/// false: the record is not all there yet.
Result<bool> ArchiveReader::take_record(std::string_view& rest, const Taker& taker) {
    const char kind = rest.front();
    const std::size_t counted = kind == 'f' ? 2 : kind == 'd' ? 4 : kind == 'z' ? 8 : 0;
    const bool fits = kind == 'f' || kind == 'z' ? !inside_ : (kind == 'd' || kind == 'e') && inside_;
    if (!fits) {
        return errc::damaged;
    }
    if (rest.size() < 1 + counted) {
        return false;
    }
    const std::uint64_t value = number(rest.substr(1, counted));
    const std::uint64_t body = kind == 'f' || kind == 'd' ? value : 0;
    if (rest.size() - 1 - counted < body) {
        return false;
    }
    const std::string_view bytes = rest.substr(1 + counted, body);
    rest.remove_prefix(1 + counted + body);
    Result<void> taken;
    if (kind == 'f') {
        ++files_;
        inside_ = true;
        taken = taker.begin(std::string(bytes));
    } else if (kind == 'd') {
        taken = taker.data(bytes);
    } else if (kind == 'e') {
        inside_ = false;
        taken = taker.end();
    } else {
        over_ = true;
        taken = value == files_ ? Result<void>() : errc::damaged;
    }
    if (!taken) {
        return {boost::system::in_place_error, taken.error()};
    }
    return true;
}

}  // namespace rightsline::keep
