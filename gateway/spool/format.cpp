#include "gateway/spool/format.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <optional>

#include "gateway/spool/error.hpp"

namespace rightsline::spool {
namespace {

constexpr std::string_view head_magic = "RLSPOOL\n";
constexpr std::string_view record_magic = "RLRECORD";
constexpr std::size_t sum_bytes = 16;
constexpr std::size_t frame_bytes = 8 + 3 * 8 + 8;
constexpr std::size_t before_sealed = frame_bytes + sum_bytes;
constexpr std::size_t before_check = 8 + 5 * 8;

void put(std::string& out, std::uint64_t value) {
    for (int shift = 0; shift < 64; shift += 8) {
        out.push_back(static_cast<char>((value >> shift) & 0xFFU));
    }
}

/// The caller has looked that eight bytes are there.
std::uint64_t number_at(std::string_view bytes, std::size_t at) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        value |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
    }
    return value;
}

std::string sum_of(std::string_view head, std::string_view rest) {
    const auto bytes = [](std::string_view text) {
        return reinterpret_cast<const unsigned char*>(text.data());
    };
    std::array<unsigned char, sum_bytes> sum{};
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, sum.size());
    crypto_generichash_update(&state, bytes(head), head.size());
    crypto_generichash_update(&state, bytes(rest), rest.size());
    crypto_generichash_final(&state, sum.data(), sum.size());
    return {sum.begin(), sum.end()};
}

bool is_empty(std::string_view bytes) {
    return std::ranges::all_of(bytes, [](char c) { return c == '\0'; });
}

std::uint64_t whole_sectors(std::uint64_t size) { return (size + sector - 1) / sector * sector; }

/// One pass over the records, whatever epoch they are of.
class Walk {
 public:
    Walk(const ReadAt& read, std::uint64_t file_size) : read_(read), size_(file_size) {}

    /// The next whole record, or nothing at the end. `at` is where it begins; what is no record is stepped over.
    std::optional<Frame> next() {
        while (at_ + sector <= size_) {
            begin_ = at_;
            const std::string_view first = read_(at_, sector);
            const std::uint64_t claimed = first.size() == sector ? claimed_size(first) : 0;
            if (claimed == 0 || claimed > size_ - at_) {
                litter_ = first.size() == sector && is_empty(first) ? litter_ : at_ + sector;
                at_ += sector;
                continue;
            }
            const std::string_view all = read_(at_, static_cast<std::size_t>(claimed));
            const Result<Whole> whole = read_record(all);
            at_ += whole ? claimed : sector;
            if (whole) {
                return whole->frame;
            }
            litter_ = at_;
        }
        return std::nullopt;
    }

    std::uint64_t begin() const { return begin_; }
    std::uint64_t end() const { return at_; }
    std::uint64_t litter() const { return litter_; }

 private:
    const ReadAt& read_;
    std::uint64_t size_;
    std::uint64_t at_ = records_begin;
    std::uint64_t begin_ = records_begin;
    std::uint64_t litter_ = 0;
};

struct Gap {
    std::uint64_t first = 0;
    std::uint64_t last = 0;
};

}  // namespace

std::string encode_head(const Head& head) {
    std::string out(head_magic);
    out.reserve(head_bytes);
    for (const std::uint64_t value : {format_version, head.number, head.epoch, head.drained,
                                      static_cast<std::uint64_t>(std::min(head.check.size(), most_check))}) {
        put(out, value);
    }
    out.append(head.check, 0, most_check);
    out += sum_of(out, {});
    out.resize(head_bytes);
    return out;
}

Result<Head> decode_head(std::string_view bytes) {
    if (bytes.size() < head_bytes || !bytes.starts_with(head_magic)) {
        return errc::not_ours;
    }
    if (number_at(bytes, 8) != format_version) {
        return number_at(bytes, 8) > format_version ? errc::newer : errc::not_ours;
    }
    const std::uint64_t check = number_at(bytes, 40);
    if (check > most_check) {
        return errc::not_ours;
    }
    const std::size_t end = before_check + static_cast<std::size_t>(check);
    if (sum_of(bytes.substr(0, end), {}) != bytes.substr(end, sum_bytes)) {
        return errc::not_ours;
    }
    return Head{number_at(bytes, 16), number_at(bytes, 24), number_at(bytes, 32),
                std::string(bytes.substr(before_check, static_cast<std::size_t>(check)))};
}

Result<Head> newest_head(std::string_view bytes) {
    if (bytes.size() < records_begin) {
        return errc::not_ours;
    }
    Result<Head> one = decode_head(bytes.substr(0, head_bytes));
    Result<Head> other = decode_head(bytes.substr(head_bytes, head_bytes));
    if (one && other) {
        return one->number > other->number ? one : other;
    }
    const bool newer = (!one && one.error() == errc::newer) || (!other && other.error() == errc::newer);
    if (newer) {
        return errc::newer;
    }
    return one ? one : other;
}

std::uint64_t place_of_head(std::uint64_t number) { return number % 2 * head_bytes; }

std::uint64_t record_size(std::size_t sealed) { return whole_sectors(before_sealed + sealed); }

std::string encode_record(const Frame& frame, std::string_view sealed) {
    std::string out(record_magic);
    out.reserve(static_cast<std::size_t>(record_size(sealed.size())));
    put(out, frame.epoch);
    put(out, frame.sequence);
    put(out, frame.synced);
    put(out, sealed.size());
    out += sum_of(out, sealed);
    out += sealed;
    out.resize(static_cast<std::size_t>(record_size(sealed.size())));
    return out;
}

std::uint64_t claimed_size(std::string_view first_sector) {
    if (first_sector.size() < before_sealed || !first_sector.starts_with(record_magic)) {
        return 0;
    }
    const std::uint64_t sealed = number_at(first_sector, 32);
    return sealed == 0 || sealed > most_sealed ? 0 : whole_sectors(before_sealed + sealed);
}

Result<Whole> read_record(std::string_view bytes) {
    const std::uint64_t size = claimed_size(bytes);
    if (size == 0 || size > bytes.size()) {
        return errc::unreadable;
    }
    const std::string_view sealed =
        bytes.substr(before_sealed, static_cast<std::size_t>(number_at(bytes, 32)));
    if (sum_of(bytes.substr(0, frame_bytes), sealed) != bytes.substr(frame_bytes, sum_bytes)) {
        return errc::unreadable;
    }
    return Whole{{number_at(bytes, 8), number_at(bytes, 16), number_at(bytes, 24)}, sealed};
}

Scan scan(const ReadAt& read, std::uint64_t file_size, std::uint64_t epoch, std::uint64_t drained) {
    Scan found;
    found.last = drained;
    std::uint64_t synced = drained;
    std::vector<Gap> gaps;
    // The first record of an epoch may be lost: then only the drained mark tells where its sequences began.
    Walk walk(read, file_size);
    for (std::optional<Frame> frame = walk.next(); frame; frame = walk.next()) {
        const bool counts = frame->epoch == epoch && frame->sequence > 0;
        const bool before = counts && frame->sequence <= drained;
        if (!counts || (!before && frame->sequence <= found.last)) {
            continue;
        }
        synced = std::max(synced, std::min(frame->synced, frame->sequence - 1));
        found.end = walk.end();
        if (before) {
            continue;
        }
        if (frame->sequence > found.last + 1) {
            gaps.push_back({found.last + 1, frame->sequence - 1});
        }
        found.last = frame->sequence;
        found.waiting.push_back({frame->sequence, walk.begin(), walk.end() - walk.begin()});
    }
    for (const Gap& gap : gaps) {
        const std::uint64_t lost = synced < gap.first ? 0 : std::min(gap.last, synced) - gap.first + 1;
        found.damaged += lost;
        found.torn += gap.last - gap.first + 1 - lost;
    }
    found.litter_end = walk.litter() > found.end ? walk.litter() : 0;
    return found;
}

std::uint64_t newest_epoch(const ReadAt& read, std::uint64_t file_size) {
    std::uint64_t newest = 0;
    Walk walk(read, file_size);
    for (std::optional<Frame> frame = walk.next(); frame; frame = walk.next()) {
        newest = std::max(newest, frame->epoch);
    }
    return newest;
}

}  // namespace rightsline::spool
