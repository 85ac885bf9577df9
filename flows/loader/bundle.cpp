#include <sodium.h>

#include <optional>

#include "flows/error.hpp"
#include "flows/limits.hpp"
#include "flows/loader.hpp"

namespace rightsline::flows {

namespace {

// The first line names the form, so that a later form can be told apart by looking.
constexpr std::string_view mark = "rightsline-bundle-1\n";

void put(std::string& out, std::string_view bytes) {
    out += std::to_string(bytes.size());
    out += ':';
    out += bytes;
}

/// Takes one "<length>:<bytes>" from the head of `in`. Only the shortest spelling of a length is ours.
std::optional<std::string> take(std::string_view& in) {
    std::size_t length = 0;
    std::size_t digits = 0;
    while (digits < in.size() && digits < 8 && in[digits] >= '0' && in[digits] <= '9') {
        length = length * 10 + static_cast<std::size_t>(in[digits] - '0');
        ++digits;
    }
    const bool shortest = digits == 1 || (digits > 1 && in[0] != '0');
    if (!shortest || digits >= in.size() || in[digits] != ':' || in.size() - digits - 1 < length) {
        return std::nullopt;
    }
    std::string bytes(in.substr(digits + 1, length));
    in.remove_prefix(digits + 1 + length);
    return bytes;
}

}  // namespace

std::string to_bytes(const Bundle& bundle) {
    std::string out(mark);
    put(out, bundle.program);
    for (const auto& [path, bytes] :
         bundle.files) {  // a std::map: by path, so the same sources give the same bytes
        put(out, path);
        put(out, bytes);
    }
    return out;
}

Result<Bundle> parse_bundle(std::string_view bytes) {
    if (bytes.size() > 2 * limits::pack_bytes || bytes.substr(0, mark.size()) != mark) {
        return errc::bad_bundle;
    }
    bytes.remove_prefix(mark.size());
    std::optional<std::string> program = take(bytes);
    if (!program) {
        return errc::bad_bundle;
    }
    Bundle bundle;
    bundle.program = std::move(*program);
    while (!bytes.empty()) {
        std::optional<std::string> path = take(bytes);
        std::optional<std::string> file = path ? take(bytes) : std::nullopt;
        const bool in_order = path && (bundle.files.empty() || bundle.files.rbegin()->first < *path);
        if (!file || !in_order) {
            return errc::bad_bundle;
        }
        bundle.files.emplace(std::move(*path), std::move(*file));
    }
    return bundle;
}

PackHash hash_of(const Bundle& bundle) {
    const std::string bytes = to_bytes(bundle);
    PackHash hash{};
    static_assert(sizeof(hash) == crypto_hash_sha256_BYTES);
    // Unsigned bytes are what libsodium asks for.
    crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    return hash;
}

}  // namespace rightsline::flows
