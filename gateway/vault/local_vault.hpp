// make_vault: the vault as every room sees it, from the keys that are lent and a home for the rest.
//
// What the home does is asked of it; the rest is done here, with lent keys, and never waits. Sealing never asks: it needs
// no key that opens a number. Threading: one executor. Owner: the composition root; the home belongs to the vault.
#pragma once

#include <functional>
#include <memory>

#include "gateway/vault/epoch.hpp"
#include "gateway/vault/home.hpp"
#include "gateway/vault/keys.hpp"
#include "gateway/vault/lent_keys.hpp"
#include "gateway/vault/vault.hpp"

namespace rightsline::vault {

/// With the home in this process.
/// `month`: which month it is, by the clock of this machine where a test does not say it.
std::unique_ptr<Vault> make_vault(const Keys& keys, std::function<Month()> month = this_month);
/// `epochs`: those of Keys, which are read on this side of the home.
std::unique_ptr<Vault> make_vault(LentKeys lent, std::unique_ptr<Home> home,
                                  std::shared_ptr<EpochRing> epochs,
                                  std::function<Month()> month = this_month);

}  // namespace rightsline::vault
