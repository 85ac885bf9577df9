// App: the composition root. Builds every service in order, runs the loop, stops in reverse.
//
// Start never waits for a store that is away: the hooks answer the truth from the first moment, and what the store
// needs (functions, packs) is done as soon as it is there. Stop: not ready, no new connections, turns under way end,
// tasks are cancelled and counted, then the services go.
// Threading: one loop, one thread, and workers for Argon2id and the disk. Owner: main.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "gateway/config/config.hpp"
#include "locales/result.hpp"

namespace rightsline::app {

class App {
 public:
    explicit App(config::Config config);
    ~App();
    App(const App&) = delete;
    App& operator=(const App&) = delete;

    /// Serves until SIGTERM or SIGINT. SIGHUP reads the programs again and keeps what it has when they have mistakes.
    /// Returns an exit code (sysexits): 0, 69 when an address cannot be listened on, 75 when another server has the state_dir, 78 when keys or programs are
    /// missing. `started` is called once, when everything listens.
    int run(const std::function<void()>& started);

    /// Where `rightsline case` finds this server.
    static std::string api_socket(const config::Config& config) { return config.state_dir + "/api.sock"; }

 private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace rightsline::app
