// Archive: a backup as one file: a head in clear, then everything else sealed as a stream.
//
//     rightsline-backup 1       format
//     build: 0.3.0              who made it
//     schema: 1                 of what is stored
//     created: 1763811000000    ms since 1970: the moment that it is true of
//     store: 1f0c…              whose store: what its keys call themselves
//     (an empty line)
//     sealed stream (vault/circle.hpp), bound to the head: 'f' name · 'd' bytes … · 'e' for each file, 'z' count at the end
//
// Whoever has only the public key can write one and read none. A changed head, a changed byte, a missing end and anything
// behind it are damage. That it was made by this server it does not prove: keep the public key with the keys.
// Must never: hold more than a few chunks in memory, hold a key. Threading: one thread, blocking. Owner: the command.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/vault/circle.hpp"
#include "locales/result.hpp"
#include "redis/server_process.hpp"

namespace rightsline::keep {

inline constexpr int archive_format = 1;
/// Of what is stored: raised when an older build could not read what a newer one wrote.
inline constexpr int store_schema = 1;

struct ArchiveHead {
    int format = archive_format;
    std::string build;
    int schema = store_schema;
    std::int64_t created_ms = 0;
    std::string store;
};
std::string to_text(const ArchiveHead& head);
/// Errors: errc::not_a_backup, errc::newer.
Result<ArchiveHead> parse_head(std::string_view text);

/// Written under a temporary name beside `path`, mode 0600; what is there under its name is whole.
class ArchiveWriter {
 public:
    /// Errors: errc::there_already, errc::disk.
    static Result<ArchiveWriter> create(std::string path, const ArchiveHead& head,
                                        const vault::CirclePublicKey& key);
    Result<void> begin(std::string_view name);
    Result<void> write(std::string_view bytes);
    Result<void> end();
    /// Seals the end, makes the file durable and gives it its name.
    Result<void> finish();
    std::uint64_t bytes() const { return written_; }

    ArchiveWriter(ArchiveWriter&&) = default;
    ArchiveWriter& operator=(ArchiveWriter&&) = delete;
    ~ArchiveWriter();

 private:
    ArchiveWriter(std::string path, redis::OwnedFd file) : path_(std::move(path)), file_(std::move(file)) {}
    Result<void> put(std::string_view sealed);
    Result<void> add(std::string_view plain);

    std::string path_;
    redis::OwnedFd file_;
    std::unique_ptr<vault::StreamSealer> sealer_;
    std::string pending_;
    std::uint64_t files_ = 0;
    std::uint64_t written_ = 0;
};

class ArchiveReader {
 public:
    /// Reads the head. Errors: errc::not_a_backup, errc::newer, errc::disk.
    static Result<ArchiveReader> open(const std::string& path);
    const ArchiveHead& head() const { return head_; }

    /// Who takes what comes out; each may refuse, which ends the reading.
    struct Taker {
        std::function<Result<void>(const std::string& name)> begin;
        std::function<Result<void>(std::string_view bytes)> data;
        std::function<Result<void>()> end;
    };
    /// All of it, to its authentic end: only when this succeeds is anything of it to be trusted.
    /// Errors: errc::wrong_key, errc::damaged, errc::disk, the taker's.
    Result<void> read(const vault::CirclePrivateKey& key, const Taker& taker);

 private:
    ArchiveReader(redis::OwnedFd file, ArchiveHead head, std::string text)
        : file_(std::move(file)), head_(std::move(head)), text_(std::move(text)) {}
    /// Hands on every whole record at the beginning of `plain_`.
    Result<void> take_records(const Taker& taker);
    Result<bool> take_record(std::string_view& rest, const Taker& taker);

    redis::OwnedFd file_;
    ArchiveHead head_;
    std::string text_;  // the head as it stands in the file
    std::string plain_;
    std::uint64_t files_ = 0;
    bool inside_ = false;  // a file
    bool over_ = false;
};

/// Makes the entry of `path` in its folder durable. Errors: errc::disk.
Result<void> sync_folder_of(const std::string& path);

}  // namespace rightsline::keep
