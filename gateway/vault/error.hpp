// errc of the vault: what can go wrong, and when.
//
// Every enumerator says when it happens. No message ever carries a number, a code or a key. Threading: values.
#pragma once

#include <boost/system/error_code.hpp>
#include <type_traits>

namespace rightsline::vault {

enum class errc {
    not_a_number = 1,  // withheld caller, alphanumeric sender, short code, or too few or many digits
    sealed_otherwise,  // wrong key, purpose or context, a changed byte, or a truncated blob
    unknown_key,   // the blob names a key that is not here (sealed to another circle, or a retired state key)
    bad_key_file,  // a key file is not of our form, or its id is not the id of its key
    no_key_file,   // a key file that must be there is missing: run `rightsline key init`
    key_exists,    // a key file is there already; keys are never overwritten
    key_exposed,   // a key file or its folder can be read or written by others than its owner
    cannot_write_key,     // the folder cannot be made or written, or the disk is full
    not_a_code,           // not twelve digits, or the check digit says that one was mistyped
    out_of_memory,        // Argon2id or the locked memory could not get what it needs
    damaged_key_file,     // its check sum says that a byte of a member's or a circle's file was changed
    wrong_secret,         // the passphrase or recovery code does not open this member's file
    not_a_recovery_code,  // not fifty digits, or check digits say that some were mistyped or stand elsewhere
    not_a_member,         // the circle's key was not sealed to this member
    not_hardened,         // the kernel refused to switch core dumps or tracing off
    away,            // the vault's process did not answer in time, or nobody listens there: ask again later
    used_up,         // the vault's process has named or opened as many today as its quota allows
    bad_frame,       // bytes on the vault's socket that are not of our protocol, or of another version of it
    bad_quota_file,  // the vault's count of today cannot be read: it was changed, or cut short
    cannot_keep_count,  // the vault's count of today cannot be written: the disk is full or read-only
};

const boost::system::error_category& category();
inline boost::system::error_code make_error_code(errc e) { return {static_cast<int>(e), category()}; }

}  // namespace rightsline::vault

template <>
struct boost::system::is_error_code_enum<rightsline::vault::errc> : std::true_type {};
