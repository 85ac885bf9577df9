// Holidays: the days of a program on which nobody there works, as its program.yaml names them.
//
//   holidays:
//     source: "https://…"            # who says so; without it there are no days
//     days: ["2026-11-26", "2026-12-25"]
//
// Whoever writes a program looks them up; we know none by heart. Pure. Owner: room flows.
#pragma once

#include "flows/loader/build.hpp"

namespace rightsline::flows {

/// Into the pack, in order. Complains of a day that is none, and of days that nobody stands for.
void read_holidays(Build& build);

}  // namespace rightsline::flows
