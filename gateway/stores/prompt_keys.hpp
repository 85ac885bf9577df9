// PromptKeys: the second page of Keyspace (keyspace.hpp): what recording by phone keeps. Nobody else spells these keys.
//
//   key                    type    holds                                                    lives
//   {p}:tc:<id>            string  version + sealed: somebody who records lines by phone, and how far they have come   until 10 min after it is over
//   {p}:ti                 zset    of these, by when it is looked at again
//   {p}:tk:<code>          string  such a session, under the keyed hash of its code        2 hours (TTL)
//   {p}:tn:<what>:<span>   string  codes made and phones rung that day, codes tried in that hour  14 days (sweeper)
//
// A page of its own, for these keys are of one room and the first page is read by all of them. Threading: values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rightsline::stores {

class PromptKeys {
 public:
    explicit PromptKeys(std::string_view program) : tag_("{" + std::string(program) + "}:") {}

    std::string prompt_call(std::string_view id) const { return make("tc:", id); }
    std::string prompt_calls() const { return make("ti", ""); }
    std::string prompt_code(std::string_view code) const { return make("tk:", code); }
    std::string counted(std::string_view what, std::int64_t span) const {
        return make("tn:", what) + ":" + std::to_string(span);
    }

 private:
    std::string make(std::string_view kind, std::string_view id) const {
        return tag_ + std::string(kind) + std::string(id);
    }
    std::string tag_;
};

}  // namespace rightsline::stores
