// Fallback: what a phone company says by itself when our server is gone: static documents, made beforehand.
//
// A caller hears the emergency number and may leave a message, which lies at the phone company until the server is back and
// asks for the recordings that no turn took. A text is answered with what is true then: that it will be read, never that it
// is with us. Nothing here asks anybody: no server, no script, no number of a worker. Names carry a hash of what is in them,
// so a document never changes under its address. Pure. Threading: plain values.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "flows/pack.hpp"

namespace rightsline::keep {

struct FallbackLine {
    std::string number;
    bool voice = false;
    bool texts = false;
    std::optional<locales::LanguageTag> language;  // it speaks no other
};
struct FallbackDocument {
    std::string name;  // "voice-0123456789ab.xml"
    std::string bytes;
};
struct Fallback {
    struct Place {
        std::string number;
        std::string voice;  // name of its document; "" = takes no calls, or no language can be spoken
        std::string texts;
    };
    std::vector<FallbackDocument> documents;  // each once, sorted
    std::vector<Place> places;
    std::vector<std::string> recordings;  // hashes that the documents play
    std::vector<std::string> unspoken;    // languages without recording and voice: callers do not hear them
    bool has_words = true;                // the program's texts have what is said here
};

/// `base_url`: where the folder will be served, without a slash at its end.
Fallback make_fallback(const flows::Pack& pack, const std::vector<FallbackLine>& lines,
                       const std::string& base_url);

}  // namespace rightsline::keep
