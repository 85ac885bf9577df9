// Any bytes through mending, planning, splitting, paging, folding and reading: the promises of each header
// hold. No ICU object is made per call: the iterators are the thread's, and messages have a target of their own.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "locales/fitting.hpp"
#include "locales/reading.hpp"
#include "locales/segments.hpp"

namespace {

using namespace rightsline::locales;

constexpr std::size_t longest = 480;  // three parts and a seam; longer texts teach nothing more and cost time

void must(bool held) {
    if (!held) {
        std::abort();
    }
}

void check_plan(std::string_view text, Mending mending) {
    const auto plan = plan_segments(text, mending);
    must(!plan.starts.empty() && plan.starts.front() == 0);
    for (std::size_t at = 1; at < plan.starts.size(); ++at) {
        must(plan.starts[at] > plan.starts[at - 1] && plan.starts[at] < plan.text.size());
    }
    std::string joined;
    for (const auto& part : split_parts(text, mending)) {
        must(plan_segments(part, Mending::none).segments() == 1);
        joined += part;
    }
    must(joined == plan.text);
    if (mending == Mending::typography) {
        must(mend_typography(plan.text) == plan.text);
    }
}

void check_pages(std::string_view text) {
    for (const Room room : {Room{182, 80}, Room{160, 70}, Room{7, 3}}) {
        if (room.ucs2 < 10 && text.size() > 64) {
            continue;  // thousands of tiny pages teach nothing more
        }
        for (const auto& page : paginate(text, room)) {
            // A single cell may be larger than a tiny room; a screen it never is.
            must(room.ucs2 < 10 || fits(page, room));
        }
        must(shorten_text(text, room).size() <= text.size() * 3 + 3);
    }
}

void check_reading(std::string_view text) {
    const auto clean = clean_text(text, 300);
    must(clean.size() <= 300 && clean_text(clean) == clean);
    const auto folded = fold(text);
    must(fold(folded) == folded);
    const Words more{"rights"};
    const std::vector<ChoiceWords> choices{{"1", "learn", more}, {"2", "report", {}}};
    const auto read = read_choice(text, choices, {});
    must(read.kind != ChoiceRead::Kind::one || read.index < choices.size());
    const auto digits = read_digits(text, {});
    must(!digits || (!digits->empty() && digits->find_first_not_of("0123456789") == std::string::npos));
    is_stop(text, {});
    looks_like_story(text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size < longest ? size : longest);
    check_plan(text, Mending::none);
    check_plan(text, Mending::typography);
    check_plan(text, Mending::carrier);
    check_pages(text);
    check_reading(text);
    return 0;
}
