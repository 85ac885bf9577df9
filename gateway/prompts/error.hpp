// errc of the prompts room: why a recording was not taken, or not approved.
//
// Every message is a sentence for whoever recorded or listened. Threading: values.
#pragma once

#include <boost/system/error_code.hpp>
#include <type_traits>

namespace rightsline::prompts {

enum class errc {
    unreadable_audio = 1,  // no sound file that libsndfile can read, or an empty one
    odd_audio,             // its rate is under 8,000 or over 192,000 a second, or it has more than 8 channels
    silent_audio,          // nothing louder than -60 dBFS in the whole recording
    too_long,              // over three minutes, or over most_sound bytes
    cannot_write,          // a file could not be written or renamed
    busy,                  // somebody else writes that folder just now
    no_such_line,          // no line of the script has this name in this language
    untranslated,          // nobody has translated the line: no call would play a recording of it
    no_take,               // nothing waits to be heard
    other_take,            // a newer take than the one that was heard waits
    already_judged,        // it was approved or rejected before
    unreadable_take,       // the note beside it is not one that we wrote
    own_take,              // whoever recorded it does not approve it
    other_words,           // the words have changed since it was recorded
    not_whole,             // the sound is not the one that was kept
    no_sound,              // nothing was recorded there
    under_way,             // somebody else records or judges that very line at this moment
    unreadable_index,      // what lies in an audio folder is no index that we wrote: mend it by hand
};

const boost::system::error_category& category();
inline boost::system::error_code make_error_code(errc e) { return {static_cast<int>(e), category()}; }

}  // namespace rightsline::prompts

template <>
struct boost::system::is_error_code_enum<rightsline::prompts::errc> : std::true_type {};
