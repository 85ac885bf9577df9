#include "redis/watched.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "redis/error.hpp"
#include "redis/functions.hpp"

namespace rightsline::redis {
namespace {

/// Answers that mean: not now, whatever you write.
bool takes_no_writes(const Reply& reply) {
    static constexpr std::array<std::string_view, 7> words{
        "OOM ", "MISCONF ", "READONLY ", "NOREPLICAS ", "MASTERDOWN ", "LOADING ", "CLUSTERDOWN "};
    const ServerError* error = reply.error();
    return error != nullptr && std::ranges::any_of(words, [error](std::string_view word) {
               return error->text.starts_with(word);
           });
}

class WatchedClient final : public Client {
 public:
    WatchedClient(Client& inner, Watcher& watcher, bool always)
        : inner_(inner), watcher_(watcher), always_(always) {}

    Awaitable<Result<Reply>> execute(Command command, Deadline deadline) override {
        if (!always_ && !watcher_.lets_through()) {
            co_return errc::not_sent;
        }
        Telling telling(watcher_, command.size() > 1 && command[1] == functions::commit);
        Result<Reply> reply = co_await inner_.execute(std::move(command), deadline);
        telling.heard.answered = reply.has_value();
        telling.heard.refused = reply && takes_no_writes(*reply);
        co_return reply;
    }
    bool connected() const override { return inner_.connected(); }
    Traffic traffic() const override { return inner_.traffic(); }
    void close() override { inner_.close(); }

 private:
    /// Tells also of a command whose coroutine is given up.
    struct Telling {
        Telling(Watcher& who, bool commit) : watcher(who), begun(std::chrono::steady_clock::now()) {
            heard.commit = commit;
            watcher.begun();
        }
        Telling(const Telling&) = delete;
        Telling& operator=(const Telling&) = delete;
        ~Telling() {
            heard.took = std::chrono::steady_clock::now() - begun;
            watcher.ended(heard);
        }
        Watcher& watcher;
        std::chrono::steady_clock::time_point begun;
        Heard heard;
    };

    Client& inner_;
    Watcher& watcher_;
    bool always_;
};

}  // namespace

std::unique_ptr<Client> make_watched(Client& inner, Watcher& watcher) {
    return std::make_unique<WatchedClient>(inner, watcher, false);
}

std::unique_ptr<Client> make_probe(Client& inner, Watcher& watcher) {
    return std::make_unique<WatchedClient>(inner, watcher, true);
}

}  // namespace rightsline::redis
