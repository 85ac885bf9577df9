#include "gateway/cli/casework/recording_words.hpp"

#include <algorithm>
#include <array>

#include "gateway/ops/json_text.hpp"
#include "gateway/providers/clean_text.hpp"

namespace rightsline::cli {
namespace {

using ops::text_of;

struct Reason {
    std::string_view why;
    std::string_view words;
};

constexpr std::array reasons{
    Reason{"never_arrived", "it never arrived: the provider no longer has it"},
    Reason{"empty",
           "it is empty: the provider gives something that is no recording; its copy was left there"},
    Reason{"too_long", "it is too long: more than 8 MiB; fetch it by hand at the provider"},
    Reason{"cut_short", "the provider gives less than was spoken; its copy was left there, listen to it"},
    Reason{"elsewhere", "its address is not this account's at the provider; the operator can mend that"},
    Reason{"refused", "the provider refuses to give it; the operator can mend that"},
    Reason{"no_account", "its account or its program is not configured any more; the operator can mend that"},
    Reason{"failing", "a day of tries has failed; the server tries on"},
    Reason{"other", "more tries cannot bring it; the operator's log says why"},
};

}  // namespace

std::string aside_words(std::string_view why) {
    const auto* found = std::ranges::find(reasons, why, &Reason::why);
    return found == reasons.end() ? providers::clean_text(why) : std::string(found->words);
}

std::string recording_words(const boost::json::object& whole, std::string_view recording) {
    const boost::json::value* told = whole.if_contains("recordings");
    if (told == nullptr || !told->is_array()) {
        return "";
    }
    const boost::json::array& all = told->get_array();
    const auto* found = std::ranges::find_if(all, [recording](const boost::json::value& one) {
        return one.is_object() && text_of(one.get_object(), "id") == recording;
    });
    if (found == all.end()) {
        return "deleted: its worker wanted it so, or its time was over";
    }
    const boost::json::object& one = found->get_object();
    const std::string state = text_of(one, "state");
    return state == "here"         ? ""
           : state == "on_its_way" ? "still on its way"
           : state == "put_aside"  ? "not here: " + aside_words(text_of(one, "why"))
                                   : "not here: its file is not on this server's disk; rightsline fsck";
}

}  // namespace rightsline::cli
