#include "locales/cells.hpp"

#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>
#include <unicode/utf16.h>

#include <algorithm>
#include <memory>

#include "locales/gsm7.hpp"
#include "locales/utf8.hpp"

namespace rightsline::locales {
namespace {

icu::BreakIterator* grapheme_iterator() {
    // Building one costs a millisecond; the root locale is named so that the process default is never asked.
    thread_local const std::unique_ptr<icu::BreakIterator> iterator = [] {
        UErrorCode status = U_ZERO_ERROR;
        auto* made = icu::BreakIterator::createCharacterInstance(icu::Locale::getRoot(), status);
        return std::unique_ptr<icu::BreakIterator>(made);
    }();
    return iterator.get();
}

struct Text {
    explicit Text(std::string_view bytes) {
        UErrorCode status = U_ZERO_ERROR;
        utext_openUTF8(&text, bytes.data(), static_cast<std::int64_t>(bytes.size()), &status);
    }
    ~Text() { utext_close(&text); }
    Text(const Text&) = delete;
    Text& operator=(const Text&) = delete;
    UText text = UTEXT_INITIALIZER;
};

std::vector<std::size_t> grapheme_ends(std::string_view bytes) {
    std::vector<std::size_t> ends;
    auto* iterator = grapheme_iterator();
    if (iterator == nullptr) {
        return ends;
    }
    Text text(bytes);
    UErrorCode status = U_ZERO_ERROR;
    iterator->setText(&text.text, status);
    if (U_FAILURE(status)) {
        return ends;
    }
    iterator->first();
    for (auto end = iterator->next(); end != icu::BreakIterator::DONE; end = iterator->next()) {
        ends.push_back(static_cast<std::size_t>(end));
    }
    return ends;
}

UChar32 point_at(std::string_view text, const Cell& cell) {
    auto at = static_cast<std::int32_t>(cell.start);
    UChar32 c = next_point(text, at);
    return c;
}

/// Inside one of ICU's graphemes: only a conjunct puts an ordinary letter behind something that is no prefix.
bool is_conjunct_joint(std::string_view text, const Cell& before, const Cell& after) {
    const auto c = point_at(text, after);
    const auto break_class = u_getIntPropertyValue(c, UCHAR_GRAPHEME_CLUSTER_BREAK);
    const auto class_before = u_getIntPropertyValue(point_at(text, before), UCHAR_GRAPHEME_CLUSTER_BREAK);
    return break_class == U_GCB_OTHER && class_before != U_GCB_PREPEND &&
           u_hasBinaryProperty(c, UCHAR_EXTENDED_PICTOGRAPHIC) == 0;
}

Cell joined(const std::vector<Cell>& points, std::size_t from, std::size_t to) {
    Cell whole = points[from];
    for (std::size_t at = from + 1; at < to; ++at) {
        whole.bytes += points[at].bytes;
        whole.units += points[at].units;
        whole.points += points[at].points;
        whole.septets = 0;  // what combines is not in GSM-7
    }
    return whole;
}

void add_whole(std::vector<Cell>& cells, std::string_view text, const std::vector<Cell>& points,
               std::size_t from, std::size_t to, std::size_t most) {
    const auto whole = joined(points, from, to);
    if (whole.units <= most && text.substr(whole.start, whole.bytes) != "\r\n") {
        cells.push_back(whole);
        return;
    }
    for (; from < to; ++from) {
        cells.push_back(points[from]);
    }
}

}  // namespace

std::vector<Cell> code_points(std::string_view text) {
    std::vector<Cell> cells;
    cells.reserve(text.size());
    const auto size = static_cast<std::int32_t>(text.size());
    for (std::int32_t at = 0; at < size;) {
        const auto start = static_cast<std::size_t>(at);
        UChar32 c = next_point(text, at);
        const auto bytes = static_cast<std::size_t>(at) - start;
        cells.push_back(
            {start, bytes, septets_of(static_cast<char32_t>(c)), static_cast<std::size_t>(U16_LENGTH(c)), 1});
    }
    return cells;
}

std::vector<Cell> graphemes(std::string_view text, std::size_t most, Conjuncts conjuncts) {
    auto points = code_points(text);
    const bool simple = std::ranges::all_of(points, [](const Cell& one) { return one.bytes == 1; });
    if (simple) {
        return points;
    }
    std::vector<Cell> cells;
    cells.reserve(points.size());
    std::size_t from = 0;
    for (const auto end : grapheme_ends(text)) {
        for (auto to = from; to < points.size() && points[to].start < end;) {
            ++to;
            const bool last = to == points.size() || points[to].start >= end;
            if (last ||
                (conjuncts == Conjuncts::apart && is_conjunct_joint(text, points[to - 1], points[to]))) {
                add_whole(cells, text, points, from, to, most);
                from = to;
            }
        }
    }
    cells.insert(cells.end(), points.begin() + static_cast<std::ptrdiff_t>(from), points.end());
    return cells;
}

}  // namespace rightsline::locales
