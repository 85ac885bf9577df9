// Circle: the people who can open a case, as the server sees them: a public key.
//
// Parts of a report are sealed to it (libsodium sealed box, padded to 256/1024/4096 bytes and above that to
// multiples of 4096); the private key lives only in the file that `rightsline key init --out FILE` wrote, or sealed to the
// circle's members (shares.hpp).
// Recordings are sealed as a stream (secretstream) under a fresh key that is itself sealed to the circle. The
// same bytes are opened by the command line and, later, by the monitor's browser; tests/data holds vectors.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "locales/private_text.hpp"
#include "locales/result.hpp"

namespace rightsline::vault {

struct CirclePublicKey {
    std::string name;  // "fair-food"
    std::uint32_t version = 1;
    std::array<std::uint8_t, 32> key{};
    std::array<std::uint8_t, 8> id() const;  // first bytes of BLAKE2b of the key
};

/// 1 to 64 of a-z, 0-9 and '-': a circle's name becomes a file name and part of what is sealed.
bool is_circle_name(std::string_view name);

/// One file's worth of key text, as written by key init. Errors: errc::bad_key_file.
Result<CirclePublicKey> parse_public_key(std::string_view file);
/// The inverse: the text of a public key file.
std::string public_key_text(const CirclePublicKey& circle);

/// Seals `plain` to the circle; `context` (program|case|part|sequence) is bound in.
std::string seal_to_circle(const CirclePublicKey& circle, std::string_view context, std::string_view plain);

/// A private key, in memory that is locked and wiped.
class CirclePrivateKey {
 public:
    static Result<CirclePrivateKey> parse(std::string_view file);
    CirclePublicKey public_key() const;
    /// Errors: errc::sealed_otherwise, errc::unknown_key (sealed to another circle).
    Result<std::string> open(std::string_view context, std::string_view sealed) const;
    /// A whole sealed stream. Errors: as open(); a truncated stream is errc::sealed_otherwise.
    Result<std::string> open_stream(std::string_view context, std::string_view sealed) const;
    ~CirclePrivateKey();
    CirclePrivateKey(CirclePrivateKey&&) noexcept;
    CirclePrivateKey& operator=(CirclePrivateKey&&) noexcept;

    struct Secret;  // circle_secret.hpp, for this room only
    explicit CirclePrivateKey(std::unique_ptr<Secret> secret);
    const Secret& secret() const { return *secret_; }

 private:
    friend class StreamOpener;
    std::unique_ptr<Secret> secret_;
};

struct CirclePair {
    std::string public_file;   // text of the public key file
    std::string private_file;  // text of the private key file: write it once, to --out, mode 0600
};
CirclePair make_circle(std::string_view name, std::uint32_t version);

/// Seals a recording chunk by chunk (64 KiB), so that it never stands in memory or on disk in clear.
class StreamSealer {
 public:
    StreamSealer(const CirclePublicKey& circle, std::string_view context);
    ~StreamSealer();
    std::string header();  // write first
    /// What to write next. After the last chunk there is nothing more to push.
    std::string push(std::string_view chunk, bool last);

 private:
    struct State;
    std::unique_ptr<State> state_;
};
/// The inverse, piece by piece, for what is too large to stand in memory. The key must outlive it.
class StreamOpener {
 public:
    StreamOpener(const CirclePrivateKey& key, std::string_view context);
    ~StreamOpener();
    StreamOpener(StreamOpener&&) noexcept;
    StreamOpener& operator=(StreamOpener&&) noexcept;
    /// What the next sealed bytes, cut anywhere, hold in clear. Errors: as CirclePrivateKey::open; final.
    Result<std::string> pull(std::string_view sealed);
    /// The last chunk was there and nothing stood behind it: only then is the whole of it authentic.
    bool ended() const;

 private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Of a sealed recording, before its first frame: head, sealed key, stream header.
inline constexpr std::size_t recording_opening_bytes = 2 + 8 + 80 + 24;

enum class SealedForm { part, recording };
/// The id of the key that opens it, as a sealed thing (or its first bytes, of a recording) tells it, locked under a month
/// (epoch.hpp) or not; opens nothing.
/// Errors: errc::sealed_otherwise (it is not of that form, version or a length that we write).
Result<std::array<std::uint8_t, 8>> sealed_to(std::string_view sealed, SealedForm form);

/// Opens a whole sealed stream. Errors: as CirclePrivateKey::open; a truncated stream is
/// errc::sealed_otherwise.
Result<std::string> open_stream(const CirclePrivateKey& key, std::string_view context,
                                std::string_view sealed);

}  // namespace rightsline::vault
