#include <algorithm>
#include <charconv>

#include "flows/conversation_codec.hpp"
#include "flows/engine/run.hpp"
#include "flows/limits.hpp"

namespace rightsline::flows {
namespace {

constexpr std::string_view urgency_names[] = {"", "P1", "P2", "P3"};

/// How a worker may be reached, and what they agree to: of a case, which must be there.
bool is_of_a_case(std::string_view action) {
    return action == "contact" || action == "contact.texts" || action == "consent";
}

/// 32 hex digits as an id; nothing when they are not that.
std::optional<std::array<std::uint8_t, 16>> read_id(std::string_view hex) {
    std::array<std::uint8_t, 16> id{};
    if (hex.size() != 2 * id.size()) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < id.size(); ++i) {
        const auto read = std::from_chars(hex.data() + 2 * i, hex.data() + 2 * i + 2, id[i], 16);
        if (read.ec != std::errc{} || read.ptr != hex.data() + 2 * i + 2) {
            return std::nullopt;
        }
    }
    return id;
}

/// The packed form of a DoRequest that waits for the next event.
std::string pack_request(const DoRequest& request) {
    ByteWriter out;
    out.text(request.action);
    out.text(request.secret.reveal());
    out.number(request.with.size());
    for (const auto& [name, value] : request.with) {
        out.text(name);
        out.text(value);
    }
    return out.take();
}

std::optional<DoRequest> unpack_request(std::string_view bytes) {
    ByteReader in(bytes);
    DoRequest request;
    request.action = in.text(limits::packed_values);
    request.secret = PrivateText(in.text(limits::packed_values));
    const std::uint64_t count = in.number(limits::packed_values);
    for (std::uint64_t i = 0; in.ok() && i < count; ++i) {
        std::string name = in.text(limits::packed_values);
        request.with[std::move(name)] = in.text(limits::packed_values);
    }
    return in.done() ? std::optional{std::move(request)} : std::nullopt;
}

}  // namespace

BlockIndex Run::exit_of(const DoBlock& work, std::string_view name) const {
    auto found = work.exits.find(std::string(name));
    if (found == work.exits.end() && name != "ok") {
        found = work.exits.find("else");
    }
    return found == work.exits.end() ? no_block : found->second;
}

BlockIndex Run::enter_do(BlockIndex index, const DoBlock& work) {
    const auto exit = [&](std::string_view name) { return leave(index, exit_of(work, name)); };
    if (work.action == "count") {
        const auto what = work.with.find("what");
        step_.facts.push_back(what == work.with.end() ? "count" : what->second);
        return exit("ok");
    }
    if (work.action == "opt_out") {
        step_.facts.emplace_back("opt_out");
        return exit("ok");
    }
    const bool numbered = c_.returned || (!find_value(values_, "code").empty() && !has_early_number());
    if (work.action == "report.number" && !takes_early_number()) {
        return exit("else");
    }
    if (work.action == "report.number" && has_early_number()) {
        return exit("ok");  // the same, said again
    }
    if (work.action == "report.file" && c_.filed && numbered) {
        return exit(holds_all() ? "ok" : "pending");
    }
    if (work.action == "report.file" && c_.parts == 0) {
        return exit("nothing");  // nothing was told: nobody may hear that it is saved or on its way
    }
    if (work.action == "report.delete" && c_.parts == 0 && !c_.filed) {
        return exit("ok");
    }
    if (work.action == "relay.check") {
        return exit(some("messages") ? "ok" : some("messages_read") ? "read" : "else");
    }
    if (work.action == "checkin.check") {
        return exit(some("check_in") ? "ok" : "else");
    }
    if (work.action == "questions.check") {
        return exit(can_ask() ? "ok" : "else");
    }
    if (work.action == "questions.ask") {
        return can_ask() ? leave(index, c_.question) : exit("else");
    }
    if (is_of_a_case(work.action) && !c_.filed) {
        return exit("else");  // nothing is there that somebody could be reached about, or agree to
    }
    if (work.action == "report.open" && code_.empty()) {
        return exit("wrong");
    }
    if ((work.action == "handoff" || work.action == "handoff.check") && c_.mode != Mode::voice) {
        return exit("else");  // nobody is put through to by text
    }
    return ask_shell(index, work);
}

/// Every recording of this draft is held, those of this turn too.
bool Run::holds_all() const {
    return context_.parts_pending == 0 &&
           std::none_of(step_.parts.begin(), step_.parts.end(),
                        [](const Part& part) { return !part.recording.empty(); });
}

BlockIndex Run::ask_shell(BlockIndex index, const DoBlock& work) {
    DoRequest request;
    request.action = work.action;
    request.with = work.with;
    if (work.action == "report.file") {
        request.with["urgency"] = urgency_names[static_cast<std::size_t>(c_.urgency)];
        request.with["family"] = family();
    }
    if (work.action == "report.number") {
        name_draft();
    }
    if (work.action == "report.file" && has_early_number()) {
        request.with["number"] = find_value(values_, "number");
    }
    if (work.action == "relay.read") {
        place_reading(request);
    }
    if (work.action == "checkin.answer") {
        place_check_in(work, request);
    }
    if (work.action == "handoff") {
        place_wait(request);
    }
    if (work.action == "report.open") {
        request.secret = std::move(code_);
        request.after_redirect = c_.mode == Mode::voice;
        if (c_.files && !c_.filed && c_.parts > 0) {
            file("left");  // what was told now must not be lost under the case that opens
        }
    }
    c_.block = index;
    c_.phase = Phase::asking;
    sent_ = true;
    if (request.after_redirect) {
        c_.pending = pack_request(request);
        c_.said.clear();
        speak_common("one_moment");
        if (!said_.empty()) {
            step_.actions.emplace_back(Say{std::move(said_)});
        }
        step_.actions.emplace_back(Redirect{});
    }
    said_.clear();
    step_.pending = std::move(request);
    return halt;
}

/// The next event after "one moment", whatever it is, performs what waits. A turn that was lost asks again.
void Run::perform_pending() {
    auto request = unpack_request(c_.pending);
    c_.pending.clear();
    if (!request || request->action.empty()) {
        const auto& work = std::get<DoBlock>(block().kind);
        go_on(work.action == "report.open" ? leave(c_.block, exit_of(work, "wrong")) : c_.block);
        return;
    }
    sent_ = true;
    step_.pending = std::move(*request);
}

/// What the worker came back to goes on here: its draft, its language, and nothing of this conversation's own.
void Run::take_opened() {
    c_.draft = read_id(find_value(values_, "draft")).value_or(std::array<std::uint8_t, 16>{});
    c_.circle = find_value(values_, "circle");
    c_.filed = c_.draft != std::array<std::uint8_t, 16>{};
    c_.returned = c_.filed;
    c_.filed_as = c_.filed ? static_cast<std::uint8_t>(Urgency::p3) : std::uint8_t{0};
    c_.files = false;
    c_.parts = 0;
    speak_as_reported();
    c_.mailbox = {};  // of another report
    take_mailbox();
    take_question();
    std::erase_if(values_, [](const auto& value) {
        return value.first == "code" || value.first == "number" || value.first == "language" ||
               value.first == "circle";  // of another report; read already
    });
    keep_values();
}

void Run::done(const DoResult& result) {
    const auto* work = std::get_if<DoBlock>(&block().kind);
    if (work == nullptr) {
        sent_ = true;  // a result that nobody waits for changes nothing
        return;
    }
    returning_ = true;
    c_.pending.clear();
    if (work->action == "handoff" && goes_on_waiting(result)) {
        wait_for_person(result);
        return;
    }
    set_values(result.values);
    if (work->action == "handoff") {
        forget_wait();
    }
    const bool kept = result.exit == "ok" || result.exit == "pending";
    if (work->action == "report.file" && !c_.filed && c_.parts > 0) {
        file(kept ? "asked"
                  : "no_code");  // no code could be prepared: it is filed all the same, and the words say so
    }
    if (work->action == "report.file") {
        begin_questions();
        settle_early_number();
    }
    if (work->action == "report.open" && result.exit == "ok") {
        take_opened();
    }
    if (work->action == "report.delete" && result.exit == "ok") {
        step_.discard_draft = true;
        forget_draft();
    }
    if (work->action == "report.file" && kept && c_.history.size() > 1) {
        // what was kept may still be deleted; further back the number that comes at the end would be walked past
        c_.history.erase(c_.history.begin(), c_.history.end() - 1);
    }
    if (work->action == "report.open" && result.exit == "wrong" && wrong_to_a_stranger()) {
        return;
    }
    const BlockIndex asked = c_.block;
    speak_said();
    go_on(leave(asked, exit_of(*work, result.exit)));
}

void Run::set_values(const std::map<std::string, std::string>& values) {
    for (const auto& [name, value] : values) {
        const auto found =
            std::find_if(values_.begin(), values_.end(), [&](const auto& v) { return v.first == name; });
        if (found != values_.end()) {
            found->second = value;
        } else {
            values_.emplace_back(name, value);
        }
    }
    keep_values();
}

}  // namespace rightsline::flows
