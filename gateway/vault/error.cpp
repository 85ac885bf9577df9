#include "gateway/vault/error.hpp"

#include <string>

namespace rightsline::vault {
namespace {

class Category final : public boost::system::error_category {
 public:
    const char* name() const noexcept override { return "vault"; }
    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::not_a_number:
                return "not a phone number that can be kept";
            case errc::sealed_otherwise:
                return "sealed under another key, purpose or context, or changed since";
            case errc::unknown_key:
                return "sealed under a key that is not here";
            case errc::bad_key_file:
                return "not a key file of ours";
            case errc::no_key_file:
                return "a key file is missing; `rightsline key init` makes the keys";
            case errc::key_exists:
                return "a key file is there already and is never overwritten";
            case errc::key_exposed:
                return "a key file or its folder is open to others; chmod 600 the files and 700 the folder";
            case errc::cannot_write_key:
                return "a key file could not be written";
            case errc::not_a_code:
                return "not a receipt code";
            case errc::out_of_memory:
                return "not enough memory";
            case errc::damaged_key_file:
                return "this file was changed or cut short; take another copy of it";
            case errc::wrong_secret:
                return "this passphrase or recovery code does not open the file";
            case errc::not_a_recovery_code:
                return "not a recovery code, or some of its digits are mistyped";
            case errc::not_a_member:
                return "this member was not admitted to the circle";
            case errc::not_hardened:
                return "core dumps or tracing could not be switched off";
            case errc::away:
                return "the vault's process does not answer";
            case errc::used_up:
                return "the vault's quota of the day is used up";
            case errc::bad_frame:
                return "not the vault's protocol, or another version of it";
            case errc::bad_quota_file:
                return "the vault's count of the day cannot be read";
            case errc::cannot_keep_count:
                return "the vault's count of the day cannot be written";
        }
        return "unknown vault error";
    }
};

}  // namespace

const boost::system::error_category& category() {
    static const Category instance;
    return instance;
}

}  // namespace rightsline::vault
