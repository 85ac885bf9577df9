#include <algorithm>
#include <charconv>

#include "flows/lint/context.hpp"

namespace rightsline::flows {

namespace {

constexpr std::chrono::days review_after{365};

/// "2026-11-21"
std::optional<std::chrono::sys_days> read_date(std::string_view text) {
    const auto number = [&](std::size_t from, std::size_t length) {
        int value = -1;
        const auto [end, error] = std::from_chars(text.data() + from, text.data() + from + length, value);
        return error == std::errc{} && end == text.data() + from + length ? value : -1;
    };
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
        return std::nullopt;
    }
    const int year = number(0, 4);
    const int month = number(5, 2);
    const int day = number(8, 2);
    if (year < 0 || month < 0 || day < 0) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year(year),
                                           std::chrono::month(static_cast<unsigned>(month)),
                                           std::chrono::day(static_cast<unsigned>(day))};
    return date.ok() ? std::optional(std::chrono::sys_days(date)) : std::nullopt;
}

void check_date(LintContext& lint, const Node& node) {
    const auto date = read_date(node.text());
    if (!date) {
        lint.at_node(node, "bad-date", "'" + node.text() + "' is not a date", "write it as 2026-11-21");
    } else if (lint.options.today && *lint.options.today - *date > review_after) {
        lint.at_node(node, "old-fact", "this fact about the law was last reviewed on " + node.text(),
                     "check it against its source, then put today's date", lint.draft_level());
    }
}

void check_block(LintContext& lint, const Node& node) {
    const Node& reviewed = node["fact_reviewed"];
    if (reviewed) {
        check_date(lint, reviewed);
    } else if (node.has("source")) {
        lint.at_node(node["source"], "undated-fact", "this fact has a source and no date of review",
                     "add fact_reviewed: with the day you checked it", Complaint::Level::warning);
    }
}

/// "911", "+1 305 555 0100": what a phone can dial.
bool is_dialled(std::string_view number) {
    if (number.starts_with('+')) {
        number.remove_prefix(1);
    }
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto digits = std::count_if(number.begin(), number.end(), digit);
    return digits >= 2 && digits <= 15 &&
           std::all_of(number.begin(), number.end(), [&](char c) { return digit(c) || c == ' '; });
}

/// Whoever is in danger calls what stands here.
void check_emergency_numbers(LintContext& lint) {
    for (const auto& [country, node] : lint.build.sources.program["emergency_numbers"].entries()) {
        if (!is_dialled(node.text())) {
            lint.at_node(node, "bad-emergency-number",
                         "'" + node.text() + "' is no number that can be called",
                         "write 2 to 15 digits, with a + before them where it is needed: \"911\"");
        }
    }
}

void check_files(LintContext& lint) {
    const bool files = std::any_of(lint.pack.blocks.begin(), lint.pack.blocks.end(), [](const Block& block) {
        const auto* ask = std::get_if<AskBlock>(&block.kind);
        return ask != nullptr && ask->files;
    });
    if (!files) {
        lint.at_node(lint.build.sources.program, "never-filed",
                     "no block has files: true, so a worker who hangs up or falls silent leaves no report",
                     "write files: true in the block that asks what happened");
    }
}

}  // namespace

void lint_program(LintContext& lint) {
    const Node& program = lint.build.sources.program;
    if (lint.pack.status != "approved") {
        lint.at_node(program.has("status") ? program["status"] : program, "not-approved",
                     "the program's partner has not approved it", "have it read, then write status: approved",
                     lint.draft_level());
    }
    check_emergency_numbers(lint);
    check_files(lint);
    for (const Node* block : lint.build.block_nodes) {
        check_block(lint, *block);
    }
    for (const auto& [tag, source] : lint.build.sources.locales) {
        for (const auto& [key, entry] : source.program["texts"].entries()) {
            if (entry.has("reviewed")) {
                check_date(lint, entry["reviewed"]);
            }
        }
    }
}

}  // namespace rightsline::flows
