// errc of the conversations room: what can keep a turn from being taken or a recording from being held.
//
// Every enumerator says when it happens and what is known to be saved. Threading: values.
#pragma once

#include <boost/system/error_code.hpp>
#include <type_traits>

namespace rightsline::conversations {

enum class errc {
    store_gone = 1,  // load or commit did not succeed inside the budget; nothing is known to be saved
    contended,       // three other turns of the same worker won in a row
    damaged,         // a stored envelope, guard or answer does not have the shape we write
    no_program,      // the line's program has no pack that could be loaded
    busy,            // enough codes are being looked up already; nothing was tried
    no_code,         // no receipt code could be prepared inside the budget
    refused,         // a provider refused a request about a recording (4xx)
    unavailable,     // a provider failed at a request about a recording (5xx), or asked us to wait
    foreign,         // a recording's address is not the account's, so nothing was asked
    gone,            // the provider has no such recording, or the store has no such job any more
    cut_short,       // a recording is shorter than the provider said; its copy was left alone
    no_sound,        // what the provider gave as a recording is none; its copy was left alone
    newer,           // a newer build wrote it, and it waits for one that reads it
    disk,            // a sealed recording could not be written, fsynced or renamed
};

const boost::system::error_category& category();
inline boost::system::error_code make_error_code(errc e) { return {static_cast<int>(e), category()}; }

}  // namespace rightsline::conversations

template <>
struct boost::system::is_error_code_enum<rightsline::conversations::errc> : std::true_type {};
