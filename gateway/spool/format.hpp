// The spool's file as bytes. Pure: no file, no key, no clock.
//
//     0      head A    4096 bytes   } the whole one with the higher number counts: each is written in turn, so that a power
//     4096   head B    4096 bytes   } cut while one is written leaves the other
//     8192   records, one behind the other, each from a multiple of 512 on
//
//     record: magic, epoch, sequence, synced, length (40 bytes) | 16 bytes of BLAKE2b over these and the sealed bytes |
//             the sealed bytes | zeros up to the next multiple of 512
//
// When all is drained the next record goes to 8192 again under the next epoch: what lies behind it from the epoch before
// counts no more. Sequences go on. `synced` is the highest sequence that was known to be on the disk when this record
// was written: a record that is missing up to there had been acknowledged (damage), one that is missing behind had not
// (a torn tail). Integers are little-endian.
// Must never: allocate by a length that it has read, trust a byte. Threading: pure functions.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "locales/result.hpp"

namespace rightsline::spool {

/// Of the file; a newer one is refused.
inline constexpr std::uint64_t format_version = 1;
inline constexpr std::size_t sector = 512;
inline constexpr std::size_t head_bytes = 4096;
inline constexpr std::uint64_t records_begin = 2 * head_bytes;
inline constexpr std::size_t most_sealed = 512U << 10U;  // of one record
inline constexpr std::size_t most_check = 512;

struct Head {
    std::uint64_t number = 0;   // counts the heads
    std::uint64_t epoch = 1;    // of the records that count
    std::uint64_t drained = 0;  // records up to this sequence are done with
    std::string check;          // sealed: opens with the key that the records are sealed with
};
/// `head_bytes` long.
std::string encode_head(const Head& head);
/// Errors: errc::not_ours, errc::newer.
Result<Head> decode_head(std::string_view bytes);
/// The one of the two that counts, from the first `records_begin` bytes. Errors: errc::not_ours (neither is whole),
/// errc::newer.
Result<Head> newest_head(std::string_view bytes);
/// Where the head of that number is written.
std::uint64_t place_of_head(std::uint64_t number);

struct Frame {
    std::uint64_t epoch = 0;
    std::uint64_t sequence = 0;
    std::uint64_t synced = 0;
};
/// A whole number of sectors.
std::string encode_record(const Frame& frame, std::string_view sealed);
std::uint64_t record_size(std::size_t sealed);

struct Whole {
    Frame frame;
    std::string_view sealed;
};
/// A record at the beginning of `bytes`. Errors: errc::unreadable.
Result<Whole> read_record(std::string_view bytes);
/// How many bytes a record takes that begins so, as far as its first sector says; 0: none begins here.
std::uint64_t claimed_size(std::string_view first_sector);

struct Place {
    std::uint64_t sequence = 0;
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
};
struct Scan {
    std::vector<Place> waiting;         // in order, behind what was drained
    std::uint64_t end = records_begin;  // where the next record goes
    std::uint64_t last = 0;             // the highest sequence ever given, as far as is known
    std::uint64_t damaged = 0;          // acknowledged, and they cannot be read any more
    std::uint64_t torn = 0;             // never acknowledged, between others
    std::uint64_t litter_end = 0;  // behind `end` something stands up to here that is no record; 0: nothing
};
/// Reads `size` bytes at `offset`; fewer or none where the disk does not give them. The view lives until the next call.
using ReadAt = std::function<std::string_view(std::uint64_t offset, std::size_t size)>;
Scan scan(const ReadAt& read, std::uint64_t file_size, std::uint64_t epoch, std::uint64_t drained);
/// The highest epoch that a whole record carries; 0: there is none. For a file whose heads are both damaged.
std::uint64_t newest_epoch(const ReadAt& read, std::uint64_t file_size);

}  // namespace rightsline::spool
