// RecordingWords: where a worker's recording is, in a sentence: here, on its way, or why it cannot be brought.
//
// Threading: pure.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>

namespace rightsline::cli {

/// "it never arrived: the provider no longer has it". `why`: a word of the server's; one of a newer server, or the sentence
/// that an older one kept, stands as it is.
std::string aside_words(std::string_view why);
/// What is said behind "recording of 5 s" in a case as the server tells it; "" of one that is here, and where the server does
/// not tell.
std::string recording_words(const boost::json::object& whole, std::string_view recording);

}  // namespace rightsline::cli
