// Shapes: what an address, a line and an account's id look like. Pure; only for the files of this room.
//
// They say whether something can be right at all, so that a slip of the finger is found by `check` and not by a worker
// whom nobody answers. Threading: values.
#pragma once

#include <string>
#include <string_view>

namespace rightsline::config {

/// "127.0.0.1:8080", "[::1]:8080" or "unix:/run/x.sock": no names, and a port that exists.
bool is_listen_address(std::string_view text);
/// An address at which others than this machine and its private network may ask.
bool is_public_address(std::string_view text);
/// One of the two takes the other's port. Port 0 is any free one.
bool collide(std::string_view one, std::string_view other);
/// "+15005550006", a short code of 3 to 8 digits, or what is dialled for USSD: "*384*1#".
bool is_line(std::string_view number);
/// "+1", "+266": how a country's numbers begin.
bool is_prefix(std::string_view text);
/// "AC" and 32 hexadecimal digits.
bool is_twilio_sid(std::string_view text);
/// `path` is `folder` or below it, as the two are written.
bool lies_in(const std::string& path, const std::string& folder);
/// A path of the file as it is meant: from the folder that the file lies in.
std::string beside(std::string_view file, const std::string& path);

}  // namespace rightsline::config
