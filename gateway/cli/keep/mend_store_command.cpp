#include "gateway/cli/keep/mend_store_command.hpp"

#include <filesystem>
#include <iostream>
#include <system_error>

#include "redis/lost_base.hpp"

namespace rightsline::cli {
namespace {

constexpr int found_something = 1;
constexpr int usage = 2;
constexpr int unavailable = 69;

int tell(const std::string& folder, redis::Base base) {
    switch (base) {
        case redis::Base::stands:
            std::cout << "The base that " << folder << " names is there; nothing was changed.\n";
            return 0;
        case redis::Base::named_again:
            std::cout
                << "The base that was removed is replaced by the one before it and all that was written "
                   "since: "
                   "nothing is lost.\nThe manifest as it was stands beside it, ending in .lost-base. Start "
                   "Redis, and look after the disk: it failed.\n";
            return 0;
        case redis::Base::lost:
            break;
    }
    std::cerr << "A file that the manifest in " << folder
              << " names is not there, and the others do not make certain what was in it. Nothing was "
                 "changed: copy "
                 "the folder away, then bring the last backup back (rightsline restore).\n";
    return found_something;
}

}  // namespace

int mend_store(const std::string& folder) {
    std::error_code unknown;
    if (!std::filesystem::exists(folder + "/appendonly.aof.manifest", unknown)) {
        std::cerr << folder
                  << " holds no appendonly.aof.manifest. It is the folder that Redis calls appenddirname, "
                  << "below its dir: /var/lib/redis/appendonlydir.\n";
        return usage;
    }
    const redis::Result<redis::Base> base = redis::name_former_base(folder);
    if (!base) {
        std::cerr << "The manifest in " << folder
                  << " could not be read or written: " << base.error().message()
                  << ". It is as it was. Run this as the user of Redis or root, on a disk that has room.\n";
        return unavailable;
    }
    return tell(folder, *base);
}

}  // namespace rightsline::cli
