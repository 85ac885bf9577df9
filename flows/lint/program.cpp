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

}  // namespace

void lint_program(LintContext& lint) {
    const Node& program = lint.build.sources.program;
    if (lint.pack.status != "approved") {
        lint.at_node(program.has("status") ? program["status"] : program, "not-approved",
                     "the program's partner has not approved it", "have it read, then write status: approved",
                     lint.draft_level());
    }
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
