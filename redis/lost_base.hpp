// LostBase: an append-only file whose manifest names a base that Redis itself removed.
//
// A Redis 7 that rewrites its append-only file renames the new manifest into place and then syncs the directory. When
// that sync fails it takes the rewrite for failed and removes the new base, which the manifest on the disk already
// names; it ends (appendfsync always), and cannot start again: "Unable to obtain the AOF file … length". Nothing is
// lost: the former base and everything written after it stand there, named as history. They are named as what is read
// again, and the manifest as it was is kept beside it.
// Must never: touch a manifest that has more than this one fault, or run beside a Redis that uses it. Threading: none of
// its own; blocks on the disk. Owner: Embedded, and `rightsline mend-store` for a Redis that is not ours.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "redis/client.hpp"

namespace rightsline::redis {

/// The manifest that names the former base; nothing when there is no such fault, or when it is not certain that what
/// stands there is all: another line than Redis 7 writes, another file that is missing, two former bases, a gap in the
/// numbers. `stands`: whether a file of that name is beside the manifest.
std::optional<std::string> with_former_base(std::string_view manifest,
                                            const std::function<bool(std::string_view)>& stands);

enum class Base {
    stands,       // or there is no manifest yet: nothing was to do
    named_again,  // the former one, and that is on the disk
    lost,         // and what stands there does not make certain what was in it: nothing was touched
};

/// Does so in `folder`, the one that holds appendonly.aof.manifest.
/// Errors: errc::cannot_start (it cannot be read, or the disk refuses: the manifest is as it was).
Result<Base> name_former_base(const std::string& folder);

}  // namespace rightsline::redis
