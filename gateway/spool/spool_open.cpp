// Opening a spool: which head counts, whose key it is, what waits, and whether it can be written.
#include <algorithm>
#include <utility>

#include "gateway/ops/log.hpp"
#include "gateway/spool/error.hpp"
#include "gateway/spool/spool_work.hpp"

namespace rightsline::spool {
namespace {

constexpr std::size_t window_bytes = 1U << 20U;
constexpr const char* check_context = "spool check";
constexpr const char* check_words = "rightsline spool";

/// Reads ahead, so that a scan is not a system call for every sector.
class Window {
 public:
    explicit Window(File& file) : file_(file) {}

    std::string_view at(std::uint64_t offset, std::size_t size) {
        if (offset < begin_ || offset + size > begin_ + bytes_.size()) {
            Result<std::string> read = file_.read(offset, std::max(size, window_bytes));
            if (!read) {  // one sector that cannot be read must not take the others with it
                read = file_.read(offset, size);
            }
            bytes_ = read ? std::move(*read) : std::string();
            begin_ = offset;
        }
        return std::string_view(bytes_).substr(static_cast<std::size_t>(offset - begin_), size);
    }

 private:
    File& file_;
    std::uint64_t begin_ = 0;
    std::string bytes_;
};

struct Found {
    Head head;
    Scan scan;
};

/// A file whose heads are both gone is read by its records: all of them are drained again, and those that were are repeats.
Found read_by_records(const ReadAt& read, std::uint64_t size) {
    Found found;
    found.head.epoch = std::max<std::uint64_t>(1, newest_epoch(read, size));
    found.scan = scan(read, size, found.head.epoch, 0);
    if (!found.scan.waiting.empty()) {
        found.head.drained = found.scan.waiting.front().sequence - 1;
        found.scan = scan(read, size, found.head.epoch, found.head.drained);
    }
    return found;
}

Result<Found> look_into(File& file) {
    const Result<std::string> heads = file.read(0, records_begin);
    if (!heads) {
        return heads.error();
    }
    if (file.size() < least_bytes || heads->size() < records_begin) {
        return errc::not_ours;
    }
    Window window(file);
    const ReadAt read = [&window](std::uint64_t offset, std::size_t size) { return window.at(offset, size); };
    Result<Head> head = newest_head(*heads);
    if (head) {
        Scan found = scan(read, file.size(), head->epoch, head->drained);
        return Found{std::move(*head), std::move(found)};
    }
    if (head.error() == errc::newer) {
        return head.error();
    }
    Found found = read_by_records(read, file.size());
    const bool fresh = std::ranges::all_of(*heads, [](char c) { return c == '\0'; });
    if (!fresh && found.scan.waiting.empty()) {
        return errc::not_ours;
    }
    if (!fresh || !found.scan.waiting.empty()) {
        ops::log(ops::Level::error, "spool_heads_damaged", {{"waiting", found.scan.waiting.size()}});
    }
    return found;
}

/// The first write: a spool that cannot be written is found out now. What is no record behind the last one goes.
Result<void> prove_writable(File& file, const Head& head, const Scan& found) {
    Result<void> done;
    const std::string zeros(sector, '\0');
    for (std::uint64_t at = found.end; done && at < found.litter_end; at += sector) {
        done = file.write(at, zeros);
    }
    done = done ? file.write(place_of_head(head.number), encode_head(head)) : done;
    return done ? file.sync() : done;
}

}  // namespace

Awaitable<Result<std::string>> Spool::seal_check(vault::Vault& vault) {
    std::vector<vault::SealRequest> to_seal;
    to_seal.push_back({vault::Purpose::spool, check_context, check_words});
    Result<std::vector<std::string>> sealed = co_await vault.seal(std::move(to_seal));
    if (!sealed) {
        co_return sealed.error();
    }
    co_return std::move(sealed->front());
}

Awaitable<bool> Spool::opens_check(vault::Vault& vault, std::string check) {
    std::vector<vault::SealRequest> to_open;
    to_open.push_back({vault::Purpose::spool, check_context, std::move(check)});
    const Result<std::vector<std::string>> plain = co_await vault.open(std::move(to_open));
    co_return plain.has_value() && plain->front() == check_words;
}

void Spool::tell_of(const Scan& found) const {
    if (found.damaged != 0) {
        ops::log(ops::Level::error, "spool_records_damaged", {{"records", found.damaged}});
    }
    if (found.torn != 0 || found.litter_end != 0) {
        ops::log(ops::Level::warn, "spool_torn_tail_dropped",
                 {{"records", found.torn}, {"behind_the_last", found.litter_end != 0}});
    }
    if (!found.waiting.empty()) {
        ops::log(ops::Level::warn, "spool_waits", {{"records", found.waiting.size()}});
    }
}

Awaitable<Result<std::unique_ptr<Spool>>> Spool::open(SpoolServices services, std::shared_ptr<File> file) {
    Result<Found> found = look_into(*file);
    if (!found) {
        co_return found.error();
    }
    // An empty spool of other keys holds nothing that they are needed for: it becomes ours.
    const bool ours = co_await opens_check(services.vault, found->head.check);
    if (!ours && !found->head.check.empty() && !found->scan.waiting.empty()) {
        co_return errc::other_key;
    }
    Result<std::string> check = co_await seal_check(services.vault);
    if (!check) {
        co_return check.error();
    }
    found->head.check = std::move(*check);
    ++found->head.number;
    const Result<void> written = prove_writable(*file, found->head, found->scan);
    if (!written) {
        co_return written.error();
    }
    std::unique_ptr<Spool> spool(
        new Spool(std::move(services), std::move(file), std::move(found->head), found->scan));
    spool->tell_of(found->scan);
    if (!spool->waiting_.empty()) {
        const Result<Record> first = co_await spool->read(spool->waiting_.front().place);
        spool->waiting_.front().kept_at = first ? first->kept_at : ops::UtcMs{};
    }
    co_return spool;
}

}  // namespace rightsline::spool
