// AsOwner: while it lives, root acts as the owner of a folder; anybody else stays who they are.
//
// Keys are refused to whoever is neither their owner nor finds them root's. A command that root runs for the service reads
// them as the service does, and never with more rights than that. Threading: the process has one thread. Owner: a scope.
#pragma once

#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include <string>

namespace rightsline::cli {

class AsOwner {
 public:
    explicit AsOwner(const std::string& folder) {
        struct stat facts{};
        changed_ = ::geteuid() == 0 && ::stat(folder.c_str(), &facts) == 0 && facts.st_uid != 0 &&
                   ::seteuid(facts.st_uid) == 0;
    }
    ~AsOwner() {
        if (changed_ && ::seteuid(0) != 0) {
            ::_exit(69);  // who cannot be who they were must not go on
        }
    }
    AsOwner(const AsOwner&) = delete;
    AsOwner& operator=(const AsOwner&) = delete;

 private:
    bool changed_ = false;
};

/// What `work` gives, done as the owner of `folder`.
template <class Work>
auto as_owner_of(const std::string& folder, Work work) {
    const AsOwner owner(folder);
    return work();
}

}  // namespace rightsline::cli
