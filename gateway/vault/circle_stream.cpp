#include <sodium.h>

#include <algorithm>
#include <stdexcept>

#include "gateway/vault/circle_secret.hpp"
#include "gateway/vault/epoch.hpp"
#include "gateway/vault/error.hpp"
#include "locales/private_text.hpp"

// A sealed recording: head | sealed box of a fresh key | secretstream header | frames.
// A frame: length of its ciphertext (4, big endian) | ciphertext; each is bound to head and context; the last
// is FINAL.
namespace rightsline::vault {
namespace {

constexpr std::size_t chunk_bytes = std::size_t{64} * 1024;
constexpr std::size_t key_bytes = crypto_secretstream_xchacha20poly1305_KEYBYTES;
constexpr std::size_t stream_head_bytes = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr std::size_t frame_overhead = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr std::size_t box_bytes = key_bytes + crypto_box_SEALBYTES;
constexpr std::size_t opening_bytes = circle_head_bytes + box_bytes + stream_head_bytes;
static_assert(opening_bytes == recording_opening_bytes);

using Stream = crypto_secretstream_xchacha20poly1305_state;
using Binding = std::array<std::uint8_t, 32>;
// Guarded memory ends at a page, so it is aligned for bytes only.
static_assert(alignof(Stream) == 1);

std::uint8_t* bytes(std::string& text) { return reinterpret_cast<std::uint8_t*>(text.data()); }
const std::uint8_t* bytes(std::string_view text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}

std::string seal_frame(Stream& stream, const Binding& binding, std::string_view chunk, bool last) {
    const std::size_t length = chunk.size() + frame_overhead;
    std::string frame(4 + length, '\0');
    for (unsigned i = 0; i < 4; ++i) {
        frame[i] = static_cast<char>(length >> (24U - 8U * i) & 0xFFU);
    }
    const unsigned tag = last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                              : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE;
    crypto_secretstream_xchacha20poly1305_push(&stream, bytes(frame) + 4, nullptr, bytes(chunk), chunk.size(),
                                               binding.data(), binding.size(),
                                               static_cast<std::uint8_t>(tag));
    return frame;
}

// Takes the first frame off `rest`; nothing when it is cut short or too long.
std::string_view take_frame(std::string_view& rest) {
    std::size_t length = 0;
    for (const char c : rest.substr(0, 4)) {
        length = length << 8U | static_cast<std::uint8_t>(c);
    }
    if (rest.size() < 4 || length < frame_overhead || length > chunk_bytes + frame_overhead ||
        length > rest.size() - 4) {
        return {};
    }
    const std::string_view frame = rest.substr(4, length);
    rest.remove_prefix(4 + length);
    return frame;
}

// Whether the first frame of `rest` is all there.
bool has_frame(std::string_view rest) {
    std::size_t length = 0;
    for (const char c : rest.substr(0, 4)) {
        length = length << 8U | static_cast<std::uint8_t>(c);
    }
    return rest.size() >= 4 && rest.size() - 4 >= std::min(length, chunk_bytes + frame_overhead);
}

}  // namespace

struct StreamSealer::State {
    SecretBytes stream{sizeof(Stream)};
    Binding binding{};
    std::string opening;
    bool ended = false;

    Stream& get() { return *reinterpret_cast<Stream*>(stream.data()); }
};

StreamSealer::StreamSealer(const CirclePublicKey& circle, std::string_view context)
    : state_(std::make_unique<State>()) {
    const std::string head = circle_head(circle, sealed_stream);
    state_->binding = bind_context(head, context);
    SecretBytes key(key_bytes);
    crypto_secretstream_xchacha20poly1305_keygen(key.data());
    std::string stream_head(stream_head_bytes, '\0');
    crypto_secretstream_xchacha20poly1305_init_push(&state_->get(), bytes(stream_head), key.data());
    state_->opening = head + seal_box(circle, key.bytes()) + stream_head;
}

StreamSealer::~StreamSealer() = default;

std::string StreamSealer::header() { return state_->opening; }

std::string StreamSealer::push(std::string_view chunk, bool last) {
    if (state_->ended) {
        throw std::logic_error("a sealed stream goes on after its last chunk");
    }
    state_->ended = last;
    std::string frames;
    while (chunk.size() > chunk_bytes) {
        frames += seal_frame(state_->get(), state_->binding, chunk.substr(0, chunk_bytes), false);
        chunk.remove_prefix(chunk_bytes);
    }
    return frames + seal_frame(state_->get(), state_->binding, chunk, last);
}

struct StreamOpener::State {
    const CirclePrivateKey::Secret& key;
    std::string context;
    SecretBytes stream{sizeof(Stream)};
    Binding binding{};
    std::string waiting;  // sealed bytes of a frame, or of the opening, that is not all there
    std::uint8_t tag = 0;
    bool opened = false;
    bool failed = false;

    Stream& get() { return *reinterpret_cast<Stream*>(stream.data()); }
    Result<void> open_head();
    bool open_frame(std::string_view frame, std::string& plain);
};

Result<void> StreamOpener::State::open_head() {
    if (const Result<void> fits = check_head(key.circle, sealed_stream, waiting); !fits) {
        return fits;
    }
    SecretBytes secret(key_bytes);
    const std::uint8_t* const box = bytes(std::string_view(waiting)) + circle_head_bytes;
    if (crypto_box_seal_open(secret.data(), box, box_bytes, key.circle.key.data(), key.scalar.data()) != 0 ||
        crypto_secretstream_xchacha20poly1305_init_pull(&get(), box + box_bytes, secret.data()) != 0) {
        return errc::sealed_otherwise;
    }
    binding = bind_context(std::string_view(waiting).substr(0, circle_head_bytes), context);
    opened = true;
    waiting.erase(0, opening_bytes);
    return {};
}

// FINAL must stand at the very end, once.
bool StreamOpener::State::open_frame(std::string_view frame, std::string& plain) {
    if (frame.empty() || tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL) {
        return false;
    }
    const std::size_t before = plain.size();
    plain.resize(before + frame.size() - frame_overhead);
    return crypto_secretstream_xchacha20poly1305_pull(&get(), bytes(plain) + before, nullptr, &tag,
                                                      bytes(frame), frame.size(), binding.data(),
                                                      binding.size()) == 0;
}

StreamOpener::StreamOpener(const CirclePrivateKey& key, std::string_view context)
    : state_(std::make_unique<State>(*key.secret_, std::string(context))) {}

StreamOpener::~StreamOpener() = default;
StreamOpener::StreamOpener(StreamOpener&&) noexcept = default;
StreamOpener& StreamOpener::operator=(StreamOpener&&) noexcept = default;

bool StreamOpener::ended() const {
    return !state_->failed && state_->waiting.empty() &&
           state_->tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
}

Result<std::string> StreamOpener::pull(std::string_view sealed) {
    State& state = *state_;
    state.waiting += sealed;
    if (!state.failed && !state.opened && state.waiting.size() >= opening_bytes) {
        if (const Result<void> open = state.open_head(); !open) {
            state.failed = true;
            return open.error();
        }
    }
    std::string plain;
    std::string_view rest = state.waiting;
    while (state.opened && !state.failed && has_frame(rest)) {
        state.failed = !state.open_frame(take_frame(rest), plain);
    }
    if (state.failed) {
        locales::wipe(plain);
        return errc::sealed_otherwise;
    }
    state.waiting.erase(0, state.waiting.size() - rest.size());
    return plain;
}

Result<std::string> open_stream(const CirclePrivateKey& key, std::string_view context,
                                std::string_view sealed) {
    return key.open_stream(context, sealed);
}

Result<std::string> CirclePrivateKey::open_stream(std::string_view context, std::string_view sealed) const {
    if (const Result<void> fits = check_head(secret_->circle, sealed_stream, sealed); !fits) {
        return fits.error();
    }
    StreamOpener opener(*this, context);
    Result<std::string> plain = opener.pull(sealed);
    if (plain && !opener.ended()) {
        locales::wipe(*plain);
        return errc::sealed_otherwise;
    }
    return plain;
}

Result<std::array<std::uint8_t, 8>> sealed_to(std::string_view sealed, SealedForm form) {
    const char algorithm = form == SealedForm::part ? sealed_box : sealed_stream;
    const bool locked = lock_of(sealed).has_value();
    const std::size_t around = locked ? lock_overhead : 0;
    const std::size_t least =
        around + (form == SealedForm::part ? circle_head_bytes + crypto_box_SEALBYTES : opening_bytes);
    if (sealed.size() < least || (!locked && sealed[0] != circle_version) || sealed[1] != algorithm) {
        return errc::sealed_otherwise;
    }
    const std::size_t inner = sealed.size() - around - circle_head_bytes - crypto_box_SEALBYTES;
    if (form == SealedForm::part && inner != 256 && inner != 1024 && (inner == 0 || inner % 4096 != 0)) {
        return errc::sealed_otherwise;
    }
    std::array<std::uint8_t, 8> id{};
    std::ranges::transform(sealed.substr(2, id.size()), id.begin(),
                           [](char c) { return static_cast<std::uint8_t>(c); });
    return id;
}

}  // namespace rightsline::vault
