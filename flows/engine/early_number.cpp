// The number that is said before the tone: whoever hangs up after speaking has it already.
//
// It is made and said while nothing was told yet, for a report that may never be: so it opens nothing until words are filed
// under the draft that it was made for, and the shell writes down where it leads with that very filing. It is kept until then
// among the conversation's values, as `number`, in bytes of the shell's. When the report is filed in the worker's presence it is said
// once more at the usual place, and keyed back, as any other number is.
#include <algorithm>

#include "flows/engine/run.hpp"

namespace rightsline::flows {

/// One was said, and the report that it is for was not filed with its worker on the line.
bool Run::has_early_number() const { return !find_value(values_, "number").empty(); }

/// Nothing was told yet, and no other number waits: a report has one.
bool Run::takes_early_number() const {
    const bool other = !find_value(values_, "code").empty() && !has_early_number();
    return c_.mode == Mode::voice && c_.parts == 0 && !c_.filed && !c_.returned && !other;
}

/// What is told from here on goes by this name.
void Run::name_draft() {
    if (c_.draft == std::array<std::uint8_t, 16>{}) {
        c_.draft = context_.fresh_id;
    }
}

/// From here on it is a number as any other: it waits to be said and keyed back.
void Run::settle_early_number() {
    if (has_early_number() && c_.filed) {
        std::erase_if(values_, [](const auto& value) { return value.first == "number"; });
        keep_values();
        c_.code_said = false;
    }
}

/// It opens nothing any more, and no report that follows.
void Run::forget_early_number() {
    if (has_early_number()) {
        std::erase_if(values_,
                      [](const auto& value) { return value.first == "code" || value.first == "number"; });
        keep_values();
        c_.code_said = false;
    }
}

}  // namespace rightsline::flows
