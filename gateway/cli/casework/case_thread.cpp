#include "gateway/cli/casework/case_thread.hpp"

#include <algorithm>
#include <iostream>
#include <limits>
#include <utility>

#include "gateway/cli/casework/case_screen.hpp"
#include "gateway/ops/base64.hpp"
#include "gateway/ops/json_text.hpp"

namespace rightsline::cli {

namespace json = boost::json;
using ops::text_of;

CaseThread::CaseThread(const json::object& whole, const PrivateKeys& keys) {
    const json::value* thread = whole.if_contains("thread");
    if (thread == nullptr || !thread->is_array()) {
        return;  // a server before there were replies
    }
    for (const json::value& one : thread->get_array()) {
        const json::object& stored = one.as_object();
        const std::string sealed = ops::from_base64(text_of(stored, "sealed")).value_or("");
        Result<cases::OpenedReply> reply =
            cases::open_reply(keys.for_sealed(sealed, vault::SealedForm::part), text_of(whole, "program"),
                              text_of(whole, "id"), text_of(stored, "id"), sealed);
        if (reply) {
            told_.push_back({std::move(*reply), stored.at("read_hour").to_number<std::int64_t>()});
        } else {
            say_shut("a reply", reply.error(), sealed);
            all_opened_ = false;
        }
    }
    std::ranges::sort(told_, {}, [](const Told& one) { return one.reply.at; });
}

void CaseThread::print_before(std::int64_t at) {
    for (; printed_ < told_.size() && told_[printed_].reply.at <= at; ++printed_) {
        print_reply(told_[printed_].reply, told_[printed_].read_hour);
    }
}

void CaseThread::print_rest() { print_before(std::numeric_limits<std::int64_t>::max()); }

json::array CaseThread::as_json() const {
    json::array out;
    for (const Told& one : told_) {
        out.push_back(json::object{{"text", one.reply.text},
                                   {"by", one.reply.by},
                                   {"at", one.reply.at},
                                   {"answer", one.reply.answer},
                                   {"read_hour", one.read_hour}});
    }
    return out;
}

}  // namespace rightsline::cli
