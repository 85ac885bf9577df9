// The file of the months' keys: read, noticed when another process changed it, and written by one at a time.
#include <fcntl.h>
#include <sodium.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

#include "gateway/vault/epoch.hpp"
#include "gateway/vault/error.hpp"
#include "gateway/vault/key_file.hpp"
#include "locales/private_text.hpp"

namespace rightsline::vault {
namespace {

constexpr std::string_view first_line = "rightsline-epochs 1";
constexpr std::string_view gone = "destroyed";
constexpr std::size_t most_bytes = std::size_t{64} << 10U;  // of the file: a thousand months

std::string folder_of(const std::string& keys_folder) { return keys_folder + "/epochs"; }
std::string path_of(const std::string& keys_folder) { return folder_of(keys_folder) + "/epochs.key"; }

/// One writer at a time, of all processes: two that each take a month out would each bring the other's back.
class WriterOf {
 public:
    explicit WriterOf(const std::string& keys_folder)
        : folder_(::open(folder_of(keys_folder).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
        held_ = folder_ >= 0 && ::flock(folder_, LOCK_EX) == 0;  // held for one small write
    }
    WriterOf(const WriterOf&) = delete;
    WriterOf& operator=(const WriterOf&) = delete;
    ~WriterOf() {
        if (folder_ >= 0) {
            ::close(folder_);
        }
    }
    bool held() const { return held_; }

 private:
    int folder_;
    bool held_ = false;
};

/// The file's text; "" when there is none.
Result<locales::PrivateText> read_file(const std::string& keys_folder) {
    if (::access(path_of(keys_folder).c_str(), F_OK) != 0) {
        return locales::PrivateText(std::string());
    }
    if (const Result<void> safe = check_key_folder(folder_of(keys_folder)); !safe) {
        return safe.error();
    }
    return read_key_file(path_of(keys_folder), Exposure::secret, most_bytes);
}

/// The whole file once more, without what stood behind `month`.
std::string without(const KeyFileText& file, Month month) {
    std::string text(first_line);
    text.reserve(most_bytes);
    for (const std::string_view name : file.names()) {
        const bool kept = name != to_text(month);
        text.append("\n").append(name).append(": ").append(kept ? file.get(name) : gone);
    }
    return text + "\n";
}

}  // namespace

EpochRing::FileMark EpochRing::mark_of(const std::string& keys_folder) {
    struct stat info{};
    if (::stat(path_of(keys_folder).c_str(), &info) != 0) {
        return {};
    }
    return {info.st_ino, info.st_ctim.tv_sec, info.st_ctim.tv_nsec};
}

Result<EpochRing> EpochRing::load(const std::string& keys_folder) {
    EpochRing ring;
    ring.folder_ = keys_folder;
    ring.read_ = mark_of(keys_folder);  // before it is read: what changes meanwhile is noticed next time
    const Result<locales::PrivateText> text = read_file(keys_folder);
    if (!text || text->reveal().empty()) {
        return text ? Result<EpochRing>(std::move(ring)) : Result<EpochRing>(text.error());
    }
    const Result<KeyFileText> file = KeyFileText::parse(text->reveal(), first_line, most_bytes);
    if (!file) {
        return file.error();
    }
    for (const std::string_view name : file->names()) {
        const std::optional<Month> month = parse_month(name);
        Key key{month.value_or(Month{}), std::nullopt};
        if (file->get(name) != gone) {
            SecretBytes secret(32);
            if (!file->get_bytes(name, secret.bytes())) {
                return errc::bad_key_file;
            }
            key.secret = sealing_key(std::move(secret));
        }
        if (!month) {
            return errc::bad_key_file;
        }
        ring.keys_.push_back(std::move(key));
    }
    std::ranges::sort(ring.keys_, {}, &Key::month);
    return ring;
}

void EpochRing::notice() {
    const FileMark now = mark_of(folder_);
    if (now == read_) {
        return;
    }
    Result<EpochRing> fresh = load(folder_);
    if (!fresh || fresh->keys_.size() < keys_.size()) {
        return;  // months are never taken out of the file: what cannot be read so destroys nothing here
    }
    *this = std::move(*fresh);
}

Result<void> EpochRing::destroy(Month month) {
    const WriterOf alone(folder_);
    if (!alone.held()) {
        return errc::cannot_write_key;
    }
    const auto key = std::ranges::find(keys_, month, &Key::month);
    const Result<locales::PrivateText> text = read_file(folder_);
    if (key == keys_.end() || !text) {
        return text ? make_error_code(errc::unknown_key) : text.error();
    }
    const Result<KeyFileText> file = KeyFileText::parse(text->reveal(), first_line, most_bytes);
    if (!file) {
        return file.error();
    }
    std::string left = without(*file, month);
    const Result<void> written = replace_key_file(path_of(folder_), left);
    locales::wipe(left);
    if (written) {
        key->secret.reset();
    }
    return written;
}

Result<int> add_epoch_keys(const std::string& keys_folder, Month from, int months) {
    if (const Result<void> made = make_key_folder(folder_of(keys_folder)); !made) {
        return made.error();
    }
    const WriterOf alone(keys_folder);
    if (!alone.held()) {
        return errc::cannot_write_key;
    }
    const Result<locales::PrivateText> before = read_file(keys_folder);
    if (!before) {
        return before.error();
    }
    const bool fresh = before->reveal().empty();
    std::string text;
    text.reserve(most_bytes);  // so that no half of it is left behind in freed memory
    text += fresh ? std::string(first_line) + "\n" : before->reveal();
    const Result<KeyFileText> file = KeyFileText::parse(text, first_line, most_bytes);
    if (!file) {
        return file.error();
    }
    int added = 0;
    std::string lines;
    lines.reserve(most_bytes);
    for (int i = 0; i < months; ++i) {
        const Month month = from + std::chrono::months(i);
        if (file->get(to_text(month)).empty()) {
            SecretBytes key(32);
            randombytes_buf(key.data(), key.size());
            std::string base64 = to_base64(key.bytes());
            lines.append(to_text(month)).append(": ").append(base64).append("\n");
            locales::wipe(base64);
            ++added;
        }
    }
    text += lines;
    locales::wipe(lines);
    Result<void> written;
    if (added != 0) {
        written = fresh ? write_key_file(path_of(keys_folder), text, Exposure::secret)
                        : replace_key_file(path_of(keys_folder), text);
    }
    locales::wipe(text);
    return written ? Result<int>(added) : Result<int>(written.error());
}

}  // namespace rightsline::vault
