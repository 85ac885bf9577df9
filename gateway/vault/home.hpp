// Home: the part of the vault that names phones and opens numbers. What it does needs its own keys, and nobody else's do.
//
// IdKind::phone, limit and contact, Purpose::number, reply and contact_number: keeps() is the list. make_home() has it in this process (demo, commands,
// a server without vault.socket); make_remote_home() (remote_home.hpp) asks `rightsline vault`, a process of its own.
// Must never: give out a key of the home. Threading: the executor of whoever awaits.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gateway/vault/keys.hpp"
#include "gateway/vault/vault.hpp"

namespace rightsline::vault {

bool home_names(IdKind kind);
bool home_opens(Purpose purpose);

class Home {
 public:
    virtual ~Home() = default;
    /// Only kinds of home_names(). Errors: errc::away, errc::used_up.
    virtual Awaitable<Result<std::vector<KeyedId>>> name(std::vector<IdRequest> requests) = 0;
    /// Only purposes of home_opens(). Errors: as Vault::open.
    virtual Awaitable<Result<std::vector<std::string>>> open(std::vector<SealRequest> requests) = 0;
};

/// The home's keys at work, without any waiting: what both kinds of home do in the end.
class HomeKeys {
 public:
    explicit HomeKeys(const Keys& keys);
    ~HomeKeys();
    /// Errors: errc::bad_frame: a kind that is not the home's.
    Result<std::vector<KeyedId>> name(const std::vector<IdRequest>& requests) const;
    /// All of them or none. Errors: errc::sealed_otherwise, errc::unknown_key, errc::bad_frame: a purpose that is not the home's.
    Result<std::vector<std::string>> open(const std::vector<SealRequest>& requests) const;

 private:
    struct Material;
    std::unique_ptr<const Material> material_;
};

/// In this process. It is never away and has no quota.
std::unique_ptr<Home> make_home(const Keys& keys);

}  // namespace rightsline::vault
