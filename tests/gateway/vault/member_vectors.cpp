// Prints member-vectors.json: members' files, recovery codes and a circle's shares, for every program that must open ours.
#include <sodium.h>

#include <boost/json.hpp>
#include <iostream>
#include <string>

#include "gateway/vault/checked_text.hpp"
#include "gateway/vault/circle_secret.hpp"
#include "gateway/vault/key_file.hpp"
#include "gateway/vault/member_text.hpp"
#include "gateway/vault/shares.hpp"

namespace {

namespace json = boost::json;
using namespace rightsline::vault;

std::string hex(std::string_view bytes) {
    return to_hex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

template <std::size_t size>
std::array<std::uint8_t, size> counted(std::uint8_t from) {
    std::array<std::uint8_t, size> bytes{};
    for (std::uint8_t& byte : bytes) {
        byte = from++;
    }
    return bytes;
}

SecretBytes scalar_from(std::uint8_t from) {
    SecretBytes scalar(32);
    std::ranges::copy(counted<32>(from), scalar.data());
    return scalar;
}

/// One lock, with everything that went into it.
json::object lock(const Member& member, LockedBy by, std::string_view secret, const SecretBytes& scalar,
                  ArgonCost cost) {
    const LockDraw draw{cost, counted<16>(static_cast<std::uint8_t>(0x40 + cost.passes)), counted<24>(0x80)};
    const std::string locked = lock_scalar({member.id(), member.name, by}, secret, scalar, draw).value();
    return {{"name", member.name},       {"id", to_hex(member.id())},   {"lock", static_cast<int>(by)},
            {"secret", secret},          {"passes", cost.passes},       {"memory_kib", cost.memory_kib},
            {"salt", to_hex(draw.salt)}, {"nonce", to_hex(draw.nonce)}, {"scalar", to_hex(scalar.bytes())},
            {"locked", hex(locked)}};
}

Member member_of(std::string_view name, const SecretBytes& scalar) {
    Member member{std::string(name), {}};
    crypto_scalarmult_base(member.key.data(), scalar.data());
    return member;
}

/// `paper`: a code, groups of four digits with their check digits.
json::array bad_codes(std::string_view paper) {
    std::string wrong(paper);
    wrong[7] = wrong[7] == '9' ? '0' : static_cast<char>(wrong[7] + 1);
    std::string swapped(paper);
    for (std::size_t i = 0; i < 5; ++i) {
        std::swap(swapped[i], swapped[6 + i]);
    }
    return {{{"typed", wrong}, {"why", "a wrong digit in group 2"}},
            {{"typed", swapped}, {"why", "groups 1 and 2 changed places"}},
            {{"typed", paper.substr(6)}, {"why", "a group is missing"}}};
}

std::string one_line(const RecoveryCode& code) {
    std::string text = code.on_paper().reveal();
    std::ranges::replace(text, '\n', ' ');
    return text;
}

}  // namespace

int main() {
    constexpr ArgonCost cheap{1, 8};
    constexpr std::string_view words = "four goats under a blue tarpaulin, ñandú";
    const SecretBytes scalar = scalar_from(1);
    const Member maria = member_of("maria", scalar);
    const RecoveryCode code = RecoveryCode::random();
    const json::object by_words = lock(maria, LockedBy::passphrase, words, scalar, {});
    const json::object by_code = lock(maria, LockedBy::recovery_code, code.digits(), scalar, cheap);
    const auto raw = [](const json::object& one) {
        std::string bytes(locked_scalar_bytes, '\0');
        const json::string& text = one.at("locked").as_string();
        sodium_hex2bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(),
                       nullptr, nullptr, nullptr);
        return bytes;
    };
    const NewCircle circle =
        NewCircle::make("fair-food", 2, std::array{maria, member_of("jean", scalar_from(101))});
    const json::object vectors{
        {"about",
         "Every key, passphrase and code below is for tests only. Bytes are lower-case hex; texts are UTF-8, "
         "composed (NFC). "
         "lock 1 is a passphrase, 2 a recovery code; a code's secret is its fifty digits without spaces."},
        {"locks",
         {by_words, by_code,
          lock(maria, LockedBy::passphrase, "a cheap one for a quick look", scalar, cheap)}},
        {"codes",
         {{"good", {one_line(code), one_line(RecoveryCode::random())}}, {"bad", bad_codes(one_line(code))}}},
        {"member",
         {{"scalar", to_hex(scalar.bytes())},
          {"fingerprint", maria.fingerprint()},
          {"public_file", member_text(maria)},
          {"passphrase", words},
          {"code", one_line(code)},
          {"file", member_file_text(maria, raw(by_words), raw(by_code), scalar)}}},
        {"circle",
         {{"shares_file", circle.shares_file},
          {"share_context", share_context(circle.circle)},
          {"public_file", public_key_text(circle.circle)},
          {"report_context", "fair-food|0001|story|0"},
          {"report", "They did not pay us."},
          {"sealed", hex(seal_to_circle(circle.circle, "fair-food|0001|story|0", "They did not pay us."))}}}};
    std::cout << json::serialize(vectors) << "\n";
}
