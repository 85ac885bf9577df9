#include "gateway/prompt_calls/error.hpp"

namespace rightsline::prompt_calls {
namespace {

class Category final : public boost::system::error_category {
 public:
    const char* name() const noexcept override { return "prompt_calls"; }
    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::damaged:
                return "what is stored of a recording call cannot be read";
            case errc::no_such_call:
                return "there is no such recording call, or it was over long ago";
            case errc::contended:
                return "others are changing this recording call; try again";
            case errc::no_program:
                return "the program has no script now";
            case errc::no_language:
                return "the program has no such language";
            case errc::no_line:
                return "no line of the program can be called to record, or can call";
            case errc::nothing_wanted:
                return "nothing of that is left to record: it has a recording, or a take that waits to be "
                       "heard";
            case errc::no_such_prompt:
                return "no line of the script has one of these names";
            case errc::enough_today:
                return "so many codes were made today as a day allows";
            case errc::no_name:
                return "a name has a letter or a digit, at most four digits, and at most 64 bytes";
            case errc::no_sound:
                return "there is nothing to hear in it";
            case errc::too_long:
                return "it is longer than any line";
        }
        return "unknown";
    }
};

}  // namespace

const boost::system::error_category& category() {
    static const Category instance;
    return instance;
}

}  // namespace rightsline::prompt_calls
