#include "locales/fitting.hpp"

#include <algorithm>

#include "locales/cells.hpp"

namespace rightsline::locales {
namespace {

/// The beginning of `text` that can matter for one room, so that paging stays linear.
std::string_view window(std::string_view text, const Room& room) {
    constexpr std::size_t slack = 64;
    constexpr std::size_t bytes_per_unit = 4;
    auto end = bytes_per_unit * (std::max(room.gsm7, room.ucs2) + slack);
    if (end >= text.size()) {
        return text;
    }
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) {
        --end;
    }
    return text.substr(0, end);
}

/// How many bytes of `text` fit into `room`, at a border between cells. At least one cell, so that paging
/// ends.
std::size_t prefix_that_fits(std::string_view text, const Room& room) {
    std::size_t septets = 0;
    std::size_t units = 0;
    std::size_t end = 0;
    bool gsm7 = true;
    for (const auto& cell : graphemes(window(text, room), room.ucs2, Conjuncts::together)) {
        gsm7 = gsm7 && cell.septets != 0;
        septets += cell.septets;
        units += cell.units;
        const bool over = gsm7 ? septets > room.gsm7 : units > room.ucs2;
        if (over && end != 0) {
            return end;
        }
        end = cell.start + cell.bytes;
        if (over) {
            return end;
        }
    }
    return end;
}

bool is_break(char c) { return c == ' ' || c == '\n'; }

/// Goes back from `end` to just after a line end, else after a space, if one lies in the last two thirds.
std::size_t back_to_words(std::string_view text, std::size_t end) {
    if (end >= text.size() || is_break(text[end])) {
        return end;
    }
    const auto head = text.substr(0, end);
    for (const char wanted : {'\n', ' '}) {
        const auto found = head.rfind(wanted);
        if (found != std::string_view::npos && found >= end / 3) {
            return found + 1;
        }
    }
    return end;
}

std::string_view without_end_space(std::string_view text) {
    while (!text.empty() && is_break(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

}  // namespace

Room room_of(std::size_t segments) {
    return segments <= 1 ? Room{160, 70} : Room{segments * 153, segments * 67};
}

bool fits(std::string_view text, const Room& room) {
    if (const auto septets = count_septets(text)) {
        return *septets <= room.gsm7;
    }
    const auto plan = plan_segments(text);
    return plan.units <= (plan.encoding == Encoding::gsm7 ? room.gsm7 : room.ucs2);
}

std::vector<std::string> split_parts(std::string_view text, Mending mending) {
    const auto plan = plan_segments(text, mending);
    std::vector<std::string> parts;
    parts.reserve(plan.segments());
    for (std::size_t at = 0; at < plan.segments(); ++at) {
        const auto end = at + 1 < plan.segments() ? plan.starts[at + 1] : plan.text.size();
        parts.push_back(plan.text.substr(plan.starts[at], end - plan.starts[at]));
    }
    return parts;
}

std::vector<std::string> join_texts(std::span<const std::string> texts, std::size_t segments,
                                    std::string_view between) {
    std::vector<std::string> messages;
    for (const auto& text : texts) {
        if (text.empty()) {
            continue;
        }
        if (!messages.empty()) {
            auto longer = messages.back();
            longer.append(between).append(text);
            if (plan_segments(longer).segments() <= segments) {
                messages.back() = std::move(longer);
                continue;
            }
        }
        messages.push_back(text);
    }
    return messages;
}

std::vector<std::string> paginate(std::string_view text, const Room& room) {
    const auto mended = mend_typography(text);
    std::string_view rest = mended;
    std::vector<std::string> pages;
    while (!rest.empty()) {
        const auto end = back_to_words(rest, prefix_that_fits(rest, room));
        const auto page = without_end_space(rest.substr(0, end));
        if (!page.empty()) {
            pages.emplace_back(page);
        }
        rest.remove_prefix(end);
        while (!rest.empty() && is_break(rest.front())) {
            rest.remove_prefix(1);
        }
    }
    if (pages.empty()) {
        pages.emplace_back();
    }
    return pages;
}

std::string shorten_text(std::string_view text, const Room& room) {
    constexpr std::string_view dots = "...";
    auto mended = mend_typography(text);
    if (fits(mended, room)) {
        return mended;
    }
    if (room.gsm7 <= dots.size() || room.ucs2 <= dots.size()) {
        return {};
    }
    const Room less{room.gsm7 - dots.size(), room.ucs2 - dots.size()};
    const auto end = back_to_words(mended, prefix_that_fits(mended, less));
    return std::string(without_end_space(std::string_view(mended).substr(0, end))).append(dots);
}

}  // namespace rightsline::locales
