#include "gateway/vault/key_file.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>

#include "gateway/ops/durable_file.hpp"
#include "gateway/vault/error.hpp"

namespace rightsline::vault {
namespace {

constexpr std::size_t block_bytes = 4096;

class Descriptor {
 public:
    explicit Descriptor(int fd) : fd_(fd) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (fd_ >= 0) {
            ::close(fd_);
        }
    }
    int get() const { return fd_; }
    bool bad() const { return fd_ < 0; }

 private:
    int fd_;
};

bool ours(const struct stat& info) { return info.st_uid == ::geteuid() || info.st_uid == 0; }

bool read_all(int fd, std::string& text, std::size_t most) {
    text.reserve(most + block_bytes);  // so that no half of it is left behind in freed memory
    while (text.size() <= most) {
        std::string block(block_bytes, '\0');
        const ssize_t got = ::read(fd, block.data(), block.size());
        if (got > 0) {
            text.append(block, 0, static_cast<std::size_t>(got));
        }
        locales::wipe(block);
        if (got == 0) {
            return true;
        }
        if (got < 0 && errno != EINTR) {
            return false;
        }
    }
    return false;
}

/// As well as a disk allows: one that moves what it writes, or a copy that was made before, has them still.
void overwrite(int file) {
    struct stat info{};
    if (::fstat(file, &info) != 0 || info.st_nlink != 0 || !S_ISREG(info.st_mode)) {
        return;  // somebody has it under another name
    }
    const std::string zeros(static_cast<std::size_t>(info.st_size), '\0');
    static_cast<void>(ops::write_all(file, zeros) && ::fsync(file) == 0);
}

}  // namespace

Result<KeyFileText> KeyFileText::parse(std::string_view text, std::string_view first_line, std::size_t most) {
    KeyFileText file;
    bool first = true;
    if (text.size() > most) {
        return errc::bad_key_file;
    }
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        const auto mark = line.find(": ");
        if (first) {
            if (line != first_line) {
                return errc::bad_key_file;
            }
            first = false;
        } else if (mark == std::string_view::npos || !file.get(line.substr(0, mark)).empty()) {
            return errc::bad_key_file;
        } else {
            file.lines_.emplace_back(line.substr(0, mark), line.substr(mark + 2));
        }
    }
    if (first) {
        return errc::bad_key_file;
    }
    return file;
}

std::vector<std::string_view> KeyFileText::names() const {
    std::vector<std::string_view> names;
    std::ranges::transform(lines_, std::back_inserter(names), [](const auto& line) { return line.first; });
    return names;
}

std::string_view KeyFileText::get(std::string_view name) const {
    const auto found = std::ranges::find(lines_, name, &std::pair<std::string_view, std::string_view>::first);
    return found == lines_.end() ? std::string_view() : found->second;
}

Result<void> KeyFileText::get_bytes(std::string_view name, std::span<std::uint8_t> out) const {
    const std::string_view text = get(name);
    std::size_t length = 0;
    if (sodium_base642bin(out.data(), out.size(), text.data(), text.size(), nullptr, &length, nullptr,
                          sodium_base64_VARIANT_ORIGINAL) != 0 ||
        length != out.size()) {
        return errc::bad_key_file;
    }
    return {};
}

Result<locales::PrivateText> read_key_file(const std::string& path, Exposure exposure, std::size_t most) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
    struct stat info{};
    if (file.bad() || ::fstat(file.get(), &info) != 0) {
        return errc::no_key_file;
    }
    const mode_t forbidden = exposure == Exposure::secret ? 077 : 022;
    if (!ours(info) || (info.st_mode & forbidden) != 0) {
        return errc::key_exposed;
    }
    std::string text;
    if (!S_ISREG(info.st_mode) || !read_all(file.get(), text, most)) {
        locales::wipe(text);
        return errc::bad_key_file;
    }
    return locales::PrivateText(std::move(text));
}

Result<void> write_key_file(const std::string& path, std::string_view text, Exposure exposure) {
    const mode_t mode = exposure == Exposure::secret ? 0600 : 0644;
    const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
    if (file.bad()) {
        return errno == EEXIST ? errc::key_exists : errc::cannot_write_key;
    }
    if (::fchmod(file.get(), mode) != 0 || !ops::write_all(file.get(), text) || ::fsync(file.get()) != 0 ||
        !ops::sync_folder_of(path)) {
        ::unlink(path.c_str());
        return errc::cannot_write_key;
    }
    return {};
}

Result<void> replace_key_file(const std::string& path, std::string_view text) {
    const std::string fresh = path + ".new";
    ::unlink(fresh.c_str());  // of a run that was cut off
    if (const Result<void> written = write_key_file(fresh, text, Exposure::secret); !written) {
        return errc::cannot_write_key;
    }
    const Descriptor old(::open(path.c_str(), O_WRONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK));
    if (::rename(fresh.c_str(), path.c_str()) != 0) {
        ::unlink(fresh.c_str());
        return errc::cannot_write_key;
    }
    if (!ops::sync_folder_of(path)) {
        return errc::cannot_write_key;
    }
    if (!old.bad()) {
        overwrite(old.get());
    }
    return {};
}

Result<void> make_key_folder(const std::string& path) {
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) {
        return errc::cannot_write_key;
    }
    return check_key_folder(path);
}

Result<void> check_key_folder(const std::string& path) {
    struct stat info{};
    if (::stat(path.c_str(), &info) != 0 || !S_ISDIR(info.st_mode)) {
        return errc::no_key_file;
    }
    // Who may write the folder could put a circle of their own there.
    if (!ours(info) || (info.st_mode & 022) != 0) {
        return errc::key_exposed;
    }
    return {};
}

std::string to_hex(std::span<const std::uint8_t> bytes) {
    std::string hex(bytes.size() * 2 + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), bytes.data(), bytes.size());
    hex.pop_back();
    return hex;
}

std::string to_base64(std::span<const std::uint8_t> bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
    text.resize(text.size() - 1);
    return text;
}

}  // namespace rightsline::vault
