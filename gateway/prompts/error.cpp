#include "gateway/prompts/error.hpp"

#include <string>

namespace rightsline::prompts {
namespace {

class Category final : public boost::system::error_category {
 public:
    const char* name() const noexcept override { return "rightsline.prompts"; }
    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::unreadable_audio:
                return "it is no sound file that can be read, or it is empty";
            case errc::odd_audio:
                return "it has fewer than 8,000 or more than 192,000 samples a second, or over 8 channels";
            case errc::silent_audio:
                return "the recording holds nothing but silence";
            case errc::too_long:
                return "it is too long for one line of the script";
            case errc::cannot_write:
                return "the file cannot be written";
            case errc::busy:
                return "somebody else writes that folder just now; try again in a moment";
            case errc::no_such_line:
                return "no line of the script has this name";
            case errc::untranslated:
                return "nobody has translated this line yet, so no call would play it";
            case errc::no_take:
                return "no take of it waits";
            case errc::other_take:
                return "it was recorded again meanwhile: listen to that one";
            case errc::already_judged:
                return "somebody has listened to it before: it was approved or rejected";
            case errc::unreadable_take:
                return "the note beside it cannot be read: it must be recorded again";
            case errc::own_take:
                return "whoever recorded it does not approve it: somebody else must listen";
            case errc::other_words:
                return "the words have changed since it was recorded: it must be recorded again";
            case errc::not_whole:
                return "its sound is not the one that was kept: it must be recorded again";
            case errc::no_sound:
                return "there is no recording of it";
            case errc::under_way:
                return "somebody else records or judges this line at this moment; look again in a moment";
            case errc::unreadable_index:
                return "the index.yaml of its audio folder cannot be read: mend it, or put the backup's in "
                       "its place";
        }
        return "unknown error of a recording";
    }
};

}  // namespace

const boost::system::error_category& category() {
    static const Category instance;
    return instance;
}

}  // namespace rightsline::prompts
