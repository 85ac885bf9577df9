#include "locales/segments.hpp"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "locales/cells.hpp"
#include "locales/utf8.hpp"

namespace rightsline::locales {
namespace {

struct Limits {
    std::size_t alone;
    std::size_t in_parts;
};
constexpr Limits gsm7_limits{160, 153};
constexpr Limits ucs2_limits{70, 67};

/// Offsets where parts begin when `cells` are laid into parts one after the other.
template <class Cost>
std::vector<std::size_t> lay(const std::vector<Cell>& cells, std::size_t total, const Limits& limits,
                             Cost cost) {
    std::vector<std::size_t> starts{0};
    if (total <= limits.alone) {
        return starts;
    }
    std::size_t used = 0;
    for (const auto& cell : cells) {
        if (used + cost(cell) > limits.in_parts) {
            starts.push_back(cell.start);
            used = 0;
        }
        used += cost(cell);
    }
    return starts;
}

void plan_gsm7(SegmentPlan& plan, const std::vector<Cell>& points) {
    const auto cost = [](const Cell& cell) { return cell.septets; };
    for (const auto& point : points) {
        plan.units += point.septets;
    }
    plan.characters = plan.units;
    plan.starts = lay(points, plan.units, gsm7_limits, cost);
}

void plan_ucs2(SegmentPlan& plan) {
    const auto cost = [](const Cell& cell) { return cell.units; };
    const auto cells = graphemes(plan.text, ucs2_limits.in_parts, Conjuncts::apart);
    plan.encoding = Encoding::ucs2;
    plan.characters = cells.size();
    for (const auto& cell : cells) {
        plan.units += cell.units;
    }
    plan.starts = lay(cells, plan.units, ucs2_limits, cost);
}

UChar32 first_point(std::string_view text) {
    std::int32_t at = 0;
    UChar32 c = next_point(text, at);
    return c;
}

std::string code_name(UChar32 c) {
    std::array<char, 16> name{};
    const auto size = std::snprintf(name.data(), name.size(), "U+%04X", static_cast<unsigned>(c));
    return {name.data(), static_cast<std::size_t>(size)};
}

/// A letter of another script is the language itself; nobody can reword it away.
bool is_of_another_script(UChar32 c) {
    UErrorCode status = U_ZERO_ERROR;
    const auto script = uscript_getScript(c, &status);
    return script != USCRIPT_LATIN && script != USCRIPT_COMMON && script != USCRIPT_INHERITED;
}

void add(std::vector<ForcingCharacter>& found, std::string_view character, UChar32 c) {
    const auto same = std::ranges::find(found, character, &ForcingCharacter::character);
    if (same != found.end()) {
        ++same->count;
    } else {
        found.push_back({std::string(character), code_name(c), 1});
    }
}

}  // namespace

std::string_view to_string(Encoding encoding) { return encoding == Encoding::gsm7 ? "GSM-7" : "UCS-2"; }

SegmentPlan plan_segments(std::string_view text, Mending mending) {
    SegmentPlan plan;
    plan.text = mend(text, mending);
    const auto points = code_points(plan.text);
    plan.code_points = points.size();
    if (std::ranges::all_of(points, [](const Cell& point) { return point.septets != 0; })) {
        plan_gsm7(plan, points);
    } else {
        plan_ucs2(plan);
    }
    return plan;
}

EncodingCost encoding_cost(std::string_view text) {
    EncodingCost cost;
    cost.segments = plan_segments(text).segments();
    cost.segments_without = cost.segments;
    const auto mended = mend_as_far_as_possible(text);
    if (is_gsm7(text) || is_gsm7(mended)) {
        return cost;
    }
    cost.avoidable = true;
    std::string reworded;
    for (const auto& cell : code_points(mended)) {
        const auto character = std::string_view(mended).substr(cell.start, cell.bytes);
        reworded += cell.septets != 0 ? character : std::string_view("x");
        if (cell.septets == 0) {
            const auto c = first_point(character);
            cost.avoidable = cost.avoidable && !is_of_another_script(c);
            add(cost.characters, character, c);
        }
    }
    if (cost.avoidable) {
        cost.segments_without = plan_segments(reworded, Mending::none).segments();
    }
    return cost;
}

}  // namespace rightsline::locales
