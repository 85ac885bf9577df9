// ReachedWorker: a house whose worker has a phone that may be texted, and a line that the texts leave by.
//
// Threading: one test. Owner: the test.
#pragma once

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "gateway/cases/contact.hpp"
#include "gateway/outbox/outbox.hpp"
#include "tests/gateway/conversations/house.hpp"

namespace rightsline::reach {

class ReachedWorker : public conversations::WithTurns {
 protected:
    static constexpr const char* line_of_ours = "+15005550006";
    static constexpr const char* theirs = "+15005550142";
    static constexpr const char* id = "0123456789abcdef0123456789abcdef";

    void open_line(std::vector<std::string> prefixes = {}) {
        outbox::LineOut out;
        out.program = "fair-food";
        out.line = line_of_ours;
        out.queue = outbox::queue_of(keys, out.line);
        out.limits.prefixes = std::move(prefixes);
        outbox = std::make_unique<outbox::Outbox>(*client, *vault, clock,
                                                  std::map<std::string, outbox::LineOut>{{out.line, out}});
    }
    std::string phone() {
        std::vector<vault::IdRequest> requests;
        requests.push_back({vault::IdKind::phone, theirs});
        return tests::run(io, vault->id(std::move(requests)))->front().hex();
    }
    /// What the worker says of how they may be reached; their number is kept with a yes.
    void say(cases::ContactMode mode, const std::string& hours = "") {
        cases::ContactWish wish{mode, line_of_ours, hours, "", true, ""};
        if (mode != cases::ContactMode::none) {
            std::vector<vault::SealRequest> requests;
            requests.push_back({vault::Purpose::number, cases::number_context("fair-food", id), theirs});
            requests.push_back({vault::Purpose::casework, cases::phone_context("fair-food", id), phone()});
            auto sealed = tests::run(io, vault->seal(std::move(requests)));
            wish.sealed_number = sealed->at(0);
            wish.sealed_phone = sealed->at(1);
        }
        apply(cases::contact_writes(keys, id, std::move(wish), false));
    }
    /// Who asked for a call says yes to texts beside it.
    void say_texts_too() { apply(cases::texts_too_writes(keys, id)); }
    std::int64_t posted() { return number({"ZCARD", outbox->find(line_of_ours)->queue.lanes[1]}); }

    std::unique_ptr<outbox::Outbox> outbox;
};

}  // namespace rightsline::reach
