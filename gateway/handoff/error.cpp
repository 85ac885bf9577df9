#include "gateway/handoff/error.hpp"

namespace rightsline::handoff {
namespace {

class Category final : public boost::system::error_category {
 public:
    const char* name() const noexcept override { return "handoff"; }
    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::damaged:
                return "a stored hand-off cannot be read";
            case errc::no_such_call:
                return "there is no such hand-off, or it was over long ago";
            case errc::contended:
                return "others are changing this hand-off; try again";
            case errc::too_many:
                return "too many numbers are blocked; free those that call no more";
            case errc::not_blocked:
                return "no number of that name is blocked";
            case errc::not_talking:
                return "nobody talks with this caller now: a call is handed on while somebody does";
            case errc::not_in_call:
                return "only who is in the call hands it on";
            case errc::in_call_already:
                return "they are in this call";
            case errc::handed_on_already:
                return "a colleague is asked to take it over already, or two people are in it";
            case errc::rung_enough:
                return "so many phones rang for this call that no more do";
            case errc::ends_soon:
                return "this call ends in a moment, so that nobody is called into it: the caller can call "
                       "again";
            case errc::not_callable:
                return "nobody of the roster who may be asked into this call has this name, or their phone "
                       "cannot "
                       "be rung";
            case errc::kept_out:
                return "a conflict of interest keeps them out of this call";
            case errc::not_as_asked:
                return "the caller asked by whom they would rather be answered, and the roster does not say "
                       "that of "
                       "them";
        }
        return "unknown";
    }
};

}  // namespace

const boost::system::error_category& category() {
    static const Category instance;
    return instance;
}

}  // namespace rightsline::handoff
