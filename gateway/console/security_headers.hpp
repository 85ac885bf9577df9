// SecurityHeaders: what every answer of the console says to the browser, pages and pieces alike.
//
// Nothing but our own scripts and styles, no inline, no other origin, no frame around it; scripts cannot be made from text
// (trusted types: one policy, for the worker that holds the keys). The microphone is there for our own pages alone, where somebody
// records what calls play, and asks first. The tests in a browser run under these very lines: they
// read them from this file, so each header stands whole in strings on its own lines.
// Must never: be loosened for one page. Threading: constants.
#pragma once

#include <array>
#include <string_view>
#include <utility>

namespace rightsline::console {

inline constexpr std::array<std::pair<std::string_view, std::string_view>, 8> security_headers{{
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
     "media-src blob:; worker-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; "
     "require-trusted-types-for 'script'; trusted-types rightsline"},
    {"Referrer-Policy", "no-referrer"},
    {"X-Content-Type-Options", "nosniff"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Embedder-Policy", "require-corp"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), microphone=(self), geolocation=(), payment=(), usb=()"},
    {"Strict-Transport-Security", "max-age=31536000"},
}};

}  // namespace rightsline::console
