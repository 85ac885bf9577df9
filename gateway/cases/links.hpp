// Links: reports that belong together, as the team has it or as a check-in made them: each case names the other.
//
// One string beside each case, to which a line is only ever added: "+<id>," when it was linked, "-<id>," when no more. So two
// monitors at once lose nothing, and the commit that links writes both sides or none.
// Must never: tell anybody of a case that they are kept out of; whoever shows links asks that first. A worker hears of none.
// Threading: the book is the loop's; the rest is pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/cases/case_file.hpp"
#include "gateway/ops/awaitable.hpp"
#include "redis/client.hpp"
#include "redis/transaction.hpp"

namespace rightsline::cases {

/// More reports than these belong to one only by mistake.
inline constexpr std::size_t most_links = 50;

/// The ids that stand in it, in the order in which they were linked; what is no id of ours is left out.
std::vector<std::string> read_links(std::string_view stored);

/// Two cases of one program, and who links or parts them.
struct Link {
    std::string one;
    std::string other;
    std::string who;
};
/// Both sides with their audit entries. A case that this commit does not make has to be there: see `must_be_there`.
std::vector<redis::Write> link_writes(const stores::Keyspace& keys, const Link& link);
std::vector<redis::Write> unlink_writes(const stores::Keyspace& keys, const Link& link);
/// The condition of the two above; whoever files one of the two in the same commit leaves that one out.
redis::Write must_be_there(const stores::Keyspace& keys, const std::string& case_id);
/// Takes a case that is deleted out of the links of `others`.
std::vector<redis::Write> forget_links(const stores::Keyspace& keys, const std::string& case_id,
                                       const std::vector<std::string>& others);

/// Whether something was written.
enum class Linking : std::uint8_t { done, was_so };

class LinkBook {
 public:
    explicit LinkBook(redis::Client& client) : client_(client) {}

    /// Ids; a case that is gone may be among them. Errors: the store's.
    Awaitable<Result<std::vector<std::string>>> of(std::string program, std::string case_id,
                                                   redis::Deadline deadline);
    /// was_so: they were linked already. Errors: errc::same_case, errc::too_many_links, stores::errc::no_such_case, the store's.
    Awaitable<Result<Linking>> link(std::string program, Link link, std::int64_t now_ms,
                                    redis::Deadline deadline);
    /// was_so: they were not linked. Errors: as above.
    Awaitable<Result<Linking>> unlink(std::string program, Link link, std::int64_t now_ms,
                                      redis::Deadline deadline);

 private:
    Awaitable<Result<Linking>> keep(std::string program, Link link, std::vector<redis::Write> writes,
                                    std::int64_t now_ms, redis::Deadline deadline);

    redis::Client& client_;
};

}  // namespace rightsline::cases
