// CaseThread: the replies of a case, opened with the circle's key, to be told between the worker's parts in their order.
//
// A reply that cannot be opened is said on stderr, and in all_opened(). Threading: one command per process.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <vector>

#include "gateway/cases/reply.hpp"
#include "gateway/cli/keys/private_key.hpp"

namespace rightsline::cli {

class CaseThread {
 public:
    /// `whole`: the case as the server gave it.
    CaseThread(const boost::json::object& whole, const PrivateKeys& keys);

    /// Those that were written before `at` (seconds) and were not printed yet.
    void print_before(std::int64_t at);
    void print_rest();
    boost::json::array as_json() const;
    bool all_opened() const { return all_opened_; }

 private:
    struct Told {
        cases::OpenedReply reply;
        std::int64_t read_hour = 0;
    };
    std::vector<Told> told_;
    std::size_t printed_ = 0;
    bool all_opened_ = true;
};

}  // namespace rightsline::cli
