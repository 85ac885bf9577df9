// Public address: whether a numeric address belongs to somebody out there, and to nobody in here.
//
// What we are told to call (a webhook) must never reach this machine, its network, its cloud's metadata, or a tunnel to
// them. So of IPv6 only 2000::/3 is public, without what leads elsewhere in it (Teredo, 6to4, documentation …); an IPv4
// address in another's clothes (::ffff:0:0/96, 64:ff9b::/96) is not. What cannot be read is not public.
// Pure. Threading: any.
#pragma once

#include <string_view>

namespace rightsline::net {

bool is_public_address(std::string_view numeric);

}  // namespace rightsline::net
