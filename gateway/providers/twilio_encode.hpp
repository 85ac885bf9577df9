// Actions as TwiML. Everything goes through XmlWriter.
//
// Our own audio is played; words are spoken only where a clip has no audio and the language has a voice, with
// voice and language named: Twilio's default would read Spanish with an English mouth. What could not be said
// is in `unspoken`. A Gather and a Record are each followed by a Redirect, because Twilio goes on to the next
// verb when nothing was keyed or recorded; nobody is hung up on for being slow. Texts inside a call are left
// to the outbox.
#pragma once

#include <string>
#include <vector>

#include "flows/vocabulary.hpp"
#include "gateway/providers/provider.hpp"

namespace rightsline::providers {

struct TwiML {
    std::string xml;
    std::vector<std::string> unspoken;  // keys of prompts that had neither audio nor a voice
};

TwiML encode_twiml(Hook hook, const std::vector<flows::Action>& actions, const ReturnUrls& urls);

}  // namespace rightsline::providers
