#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <utility>

#include "gateway/keep/archive.hpp"
#include "gateway/keep/error.hpp"
#include "gateway/ops/durable_file.hpp"

namespace rightsline::keep {
namespace {

constexpr const char* unfinished = ".part";
constexpr std::size_t chunk_bytes = 64U << 10U;

std::string number(std::uint64_t value, unsigned bytes) {
    std::string text;
    for (unsigned left = bytes; left-- > 0;) {
        text += static_cast<char>(value >> (8 * left) & 0xFFU);
    }
    return text;
}

}  // namespace

Result<void> sync_folder_of(const std::string& path) {
    return ops::sync_folder_of(path) ? Result<void>() : errc::disk;
}

std::string to_text(const ArchiveHead& head) {
    return "rightsline-backup " + std::to_string(head.format) + "\nbuild: " + head.build +
           "\nschema: " + std::to_string(head.schema) + "\ncreated: " + std::to_string(head.created_ms) +
           "\nstore: " + head.store + "\n\n";
}

Result<ArchiveWriter> ArchiveWriter::create(std::string path, const ArchiveHead& head,
                                            const vault::CirclePublicKey& key) {
    std::error_code failed;
    if (std::filesystem::exists(path, failed)) {
        return errc::there_already;
    }
    const std::string part = path + unfinished;
    ::unlink(part.c_str());  // of one that was killed
    redis::OwnedFd file(::open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (file.get() < 0) {
        return errc::disk;
    }
    ArchiveWriter writer(std::move(path), std::move(file));
    const std::string text = to_text(head);
    writer.sealer_ = std::make_unique<vault::StreamSealer>(key, text);
    const Result<void> begun = writer.put(text + writer.sealer_->header());
    if (!begun) {
        return begun.error();
    }
    return writer;
}

ArchiveWriter::~ArchiveWriter() {
    if (file_.get() >= 0) {
        ::unlink((path_ + unfinished).c_str());
    }
}

Result<void> ArchiveWriter::put(std::string_view sealed) {
    written_ += sealed.size();
    return ops::write_all(file_.get(), sealed) ? Result<void>() : errc::disk;
}

Result<void> ArchiveWriter::add(std::string_view plain) {
    pending_ += plain;
    std::size_t sealed = 0;
    for (; pending_.size() - sealed >= chunk_bytes; sealed += chunk_bytes) {
        const Result<void> done =
            put(sealer_->push(std::string_view(pending_).substr(sealed, chunk_bytes), false));
        if (!done) {
            return done;
        }
    }
    pending_.erase(0, sealed);
    return {};
}

Result<void> ArchiveWriter::begin(std::string_view name) {
    ++files_;
    return add("f" + number(name.size(), 2) + std::string(name));
}

Result<void> ArchiveWriter::write(std::string_view bytes) {
    return bytes.empty() ? Result<void>() : add("d" + number(bytes.size(), 4) + std::string(bytes));
}

Result<void> ArchiveWriter::end() { return add("e"); }

Result<void> ArchiveWriter::finish() {
    Result<void> done = add("z" + number(files_, 8));
    if (done) {
        done = put(sealer_->push(pending_, true));
    }
    if (!done || ::fsync(file_.get()) != 0 || std::rename((path_ + unfinished).c_str(), path_.c_str()) != 0) {
        return errc::disk;
    }
    file_ = redis::OwnedFd();
    return sync_folder_of(path_);
}

}  // namespace rightsline::keep
