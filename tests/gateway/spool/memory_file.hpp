// MemoryFile: a disk in memory that keeps what was synced, forgets the rest when the power goes, and fails on command.
//
// Threading: as a File; a test looks in only when nothing is under way. Owner: the test.
#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "gateway/spool/error.hpp"
#include "gateway/spool/file.hpp"

namespace rightsline::spool {

class MemoryFile final : public File {
 public:
    explicit MemoryFile(std::size_t size = 1U << 20U) : now_(size, '\0'), durable_(size, '\0') {}

    std::uint64_t size() const override { return now_.size(); }
    Result<std::string> read(std::uint64_t offset, std::size_t size) override {
        if (fail_read) {
            return errc::disk;
        }
        return offset >= now_.size() ? std::string() : now_.substr(static_cast<std::size_t>(offset), size);
    }
    Result<void> write(std::uint64_t offset, std::string_view bytes) override {
        if (fail_write) {
            return errc::disk;
        }
        now_.replace(static_cast<std::size_t>(offset), bytes.size(), bytes);
        unsynced_.emplace_back(static_cast<std::size_t>(offset), std::string(bytes));
        return {};
    }
    Result<void> sync() override {
        ++syncs;
        if (fail_sync) {
            unsynced_.clear();  // as Linux does: the next sync has nothing left to write
            return errc::disk;
        }
        durable_ = now_;
        unsynced_.clear();
        return {};
    }

    /// The power goes. Of what was not synced, the sectors that `kept` names had reached the disk.
    void cut_power(const std::vector<std::size_t>& kept = {}) {
        const std::string wanted = now_;
        now_ = durable_;
        for (const std::size_t at : kept) {
            std::copy_n(wanted.begin() + static_cast<std::ptrdiff_t>(at * 512), 512,
                        now_.begin() + static_cast<std::ptrdiff_t>(at * 512));
        }
        durable_ = now_;
        unsynced_.clear();
    }
    std::string& bytes() { return now_; }

    bool fail_read = false;
    bool fail_write = false;
    bool fail_sync = false;
    int syncs = 0;

 private:
    std::string now_;
    std::string durable_;
    std::vector<std::pair<std::size_t, std::string>> unsynced_;
};

}  // namespace rightsline::spool
