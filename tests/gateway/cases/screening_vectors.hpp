// screened_vector: one text, as it would be sent, what it costs and what is found in it.
//
// The browser is held to the same (tests/console/unit/screening.test.ts). Threading: pure.
#pragma once

#include <boost/json.hpp>
#include <string>

#include "gateway/cases/screening.hpp"
#include "locales/folding.hpp"
#include "locales/segments.hpp"

namespace rightsline::cases {

inline boost::json::object screened_vector(const std::string& text) {
    static const ScreenWords words{{"Maria Lopez", "Juan de la Cruz"}, {"fair food", "union", "ciw"}};
    boost::json::array found;
    for (const Screened& one : screen_reply(text, words)) {
        found.push_back(boost::json::object{{"kind", static_cast<int>(one.kind)}, {"words", one.words}});
    }
    const locales::SegmentPlan plan = locales::plan_segments(locales::clean_text(text));
    return {{"text", text},
            {"names", boost::json::array(words.names.begin(), words.names.end())},
            {"dangerous", boost::json::array(words.dangerous.begin(), words.dangerous.end())},
            {"folded", locales::fold(text)},
            {"sent", plan.text},
            {"segments", static_cast<std::int64_t>(plan.segments())},
            {"found", std::move(found)}};
}

}  // namespace rightsline::cases
