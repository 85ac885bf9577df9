// What the team does with reports: the desks of cases, of time, of keys, and of what the team enters.
#include <utility>

#include "gateway/app/parts.hpp"

namespace rightsline::app {

void App::Parts::build_intake() {
    intake = std::make_unique<cases::IntakeDesk>(cases::IntakeServices{
        *redis, *vault, clock, *packs, *case_desk,
        [this](Deadline deadline) -> Awaitable<Result<cases::FreshCode>> {
            const Result<conversations::ReadyCode> ready = co_await stock->take_code(deadline);
            if (!ready) {
                co_return ready.error();
            }
            co_return cases::FreshCode{locales::PrivateText(ready->code.reveal()), ready->index,
                                       ready->mailbox};
        },
        [this](std::string program, Deadline deadline) {
            return stock->take_alias(std::move(program), deadline);
        }});
}

void App::Parts::build_cases() {
    cases = std::make_unique<cases::CaseStore>(*redis, *vault);
    case_desk = std::make_unique<cases::CaseDesk>(
        cases::CaseDeskServices{*redis, *vault, clock, *packs, circles, case_people()});
    retention = std::make_unique<cases::RetentionDesk>(
        cases::RetentionServices{*redis, *case_desk, clock, *packs, [this] { deleted = true; }});
    months = std::make_unique<cases::MonthDesk>(cases::MonthServices{
        *redis, *vault, clock, [this](const std::string& id) { return recordings->blob_path(id); }});
    reseal = std::make_unique<cases::ResealDesk>(
        cases::ResealServices{*redis, *vault, clock, *case_desk,
                              [this](const std::string& id) { return recordings->blob_path(id); },
                              [this](const std::string& name) { return keys->circle(name); }});
    referrals = std::make_unique<cases::ReferralDesk>(cases::ReferralServices{
        *redis, *vault, clock, *packs, *case_desk,
        [this](const std::string& name) { return keys->circle(name); },
        [this](const std::string& id) { return recordings->blob_path(id); }, [this] { deleted = true; },
        [this](std::string program, std::string to) {
            return alerts->offer_notices(std::move(program), std::move(to));
        },
        [this](const std::string& program, const std::string& to) {
            return alerts->told_of_offers(program, to);
        }});
    build_intake();
}

}  // namespace rightsline::app
