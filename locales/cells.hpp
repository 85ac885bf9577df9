// Cells: the smallest pieces into which a text may be cut, with their cost. Inner workings of segments and
// fitting.
//
// Threading: any (ICU's break iterator is one per thread). Owner: room locales.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace rightsline::locales {

/// A code point of a GSM-7 text, or a grapheme.
struct Cell {
    std::size_t start = 0;  // byte offset
    std::size_t bytes = 0;
    std::size_t septets = 0;  // 0: not in GSM-7
    std::size_t units = 0;    // UTF-16
    std::size_t points = 0;   // code points
};

/// Code points, each a cell of its own.
std::vector<Cell> code_points(std::string_view text);
/// Whether a conjunct of an Indic script (consonant, virama, consonant) is one grapheme. UAX #29 of Unicode
/// 15, and so what calculators count, says no; ICU 72 and every reader's eye say yes.
enum class Conjuncts { apart, together };

/// Graphemes; CR LF is two cells, and one that needs more than `most` units is cut between its code points.
std::vector<Cell> graphemes(std::string_view text, std::size_t most, Conjuncts conjuncts);

}  // namespace rightsline::locales
