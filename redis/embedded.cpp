#include "redis/embedded.hpp"

#include <unistd.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <filesystem>
#include <optional>
#include <utility>

#include "redis/embedded_files.hpp"
#include "redis/error.hpp"
#include "redis/left_behind.hpp"
#include "redis/lost_base.hpp"
#include "redis/server_process.hpp"

namespace rightsline::redis {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;

constexpr milliseconds first_restart{50};   // doubles with every quick death …
constexpr milliseconds last_restart{5000};  // … up to this
constexpr std::chrono::seconds steady_after{10};
constexpr std::chrono::seconds patience{4};  // at the end; what was acknowledged is on the disk already
constexpr std::chrono::seconds pulse_rest{1};
constexpr int most_silences = 2;  // one alone may be our own: a laptop that slept
constexpr int most_early_deaths = 3;

// Shared by the watching coroutine and the handle; the handle ends it.
struct Warden {
    Warden(asio::any_io_executor executor, EmbeddedOptions given, EmbeddedFiles its_files, OwnedFd its_lock)
        : options(std::move(given)),
          files(std::move(its_files)),
          lock(std::move(its_lock)),
          watch(executor),
          timer(executor),
          pulse_timer(executor) {}

    bool start();
    void mend();
    static Awaitable<void> keep(std::shared_ptr<Warden> self);
    static Awaitable<void> feel_pulse(std::shared_ptr<Warden> self);
    void heard(bool answered, int asked);
    Awaitable<void> rest();
    void bury();
    void stop();

    EmbeddedOptions options;
    EmbeddedFiles files;
    OwnedFd lock;
    asio::posix::stream_descriptor watch;
    asio::steady_timer timer;
    asio::steady_timer pulse_timer;
    std::optional<ServerProcess> process;
    std::chrono::steady_clock::time_point started;
    Client* probe = nullptr;  // while the first start is awaited: closed when there is no hope
    Client* pulse = nullptr;  // asks the running server whether it lives
    int starts = 0;
    int answering = 0;  // the start that has answered: before that it may be reading a big file
    int silences = 0;
    bool hung = false;
    int quick_deaths = 0;
    bool stopping = false;
};

void Warden::mend() {
    const Result<Base> base = name_former_base(options.directory + "/appendonlydir");
    if (base && *base == Base::named_again && options.mended) {
        options.mended();
    }
}

bool Warden::start() {
    mend();  // when that fails, the server's own log says what it misses
    Result<ServerProcess> child = ServerProcess::start(options.server, files.configuration, lock.get());
    if (!child) {
        return false;
    }
    process.emplace(std::move(*child));
    watch.assign(::dup(process->watched()));
    started = std::chrono::steady_clock::now();
    ++starts;
    return true;
}

void Warden::bury() {
    watch.close();
    const int code = process->collect();
    process.reset();
    const bool quick = std::chrono::steady_clock::now() - started < steady_after;
    quick_deaths = quick ? quick_deaths + 1 : 0;
    if (probe != nullptr && (code == ServerProcess::cannot_run || quick_deaths >= most_early_deaths)) {
        probe->close();
    }
}

Awaitable<void> Warden::rest() {
    const int doublings = std::clamp(quick_deaths - 1, 0, 10);
    boost::system::error_code ignored;
    auto token = asio::redirect_error(asio::use_awaitable, ignored);
    timer.expires_after(std::min(last_restart, first_restart * (1 << doublings)));
    co_await timer.async_wait(token);
}

Awaitable<void> Warden::keep(std::shared_ptr<Warden> self) {
    boost::system::error_code error;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    while (!self->stopping) {
        if (self->process) {
            co_await self->watch.async_wait(asio::posix::stream_descriptor::wait_read, token);
            if (self->stopping) {
                co_return;
            }
            self->bury();
        }
        co_await self->rest();
        if (!self->stopping && self->options.restarting) {
            self->options.restarting(std::exchange(self->hung, false));
        }
        if (!self->stopping && !self->start()) {
            ++self->quick_deaths;
        }
    }
}

/// What came of the PING that start `asked` was asked.
void Warden::heard(bool answered, int asked) {
    if (asked != starts || !process) {
        silences = 0;  // it has ended meanwhile, and keep() knows
    } else if (answered) {
        answering = asked;
        silences = 0;
    } else if (answering == asked && ++silences == most_silences) {
        hung = true;
        silences = 0;
        process->kill_now();
    }
}

Awaitable<void> Warden::feel_pulse(std::shared_ptr<Warden> self) {
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    const std::unique_ptr<Client> client = make_client(executor, self->files.caller);
    self->pulse = client.get();
    boost::system::error_code ignored;
    auto token = asio::redirect_error(asio::use_awaitable, ignored);
    while (!self->stopping) {
        const int asked = self->starts;
        const Deadline deadline = std::chrono::steady_clock::now() + self->options.silence;
        Command ping{"PING"};
        const Result<Reply> pong = co_await client->execute(std::move(ping), deadline);
        if (self->stopping) {
            break;
        }
        self->heard(static_cast<bool>(pong), asked);
        self->pulse_timer.expires_after(std::min<milliseconds>(pulse_rest, self->options.silence));
        co_await self->pulse_timer.async_wait(token);
    }
    self->pulse = nullptr;
}

void Warden::stop() {
    stopping = true;
    boost::system::error_code ignored;
    watch.close(ignored);
    timer.cancel();
    pulse_timer.cancel();
    if (pulse != nullptr) {
        pulse->close();
    }
    if (process) {
        process->stop(patience);
        process.reset();
    }
}

class WardenHandle final : public Embedded {
 public:
    explicit WardenHandle(std::shared_ptr<Warden> warden) : warden_(std::move(warden)) {}
    WardenHandle(const WardenHandle&) = delete;
    WardenHandle& operator=(const WardenHandle&) = delete;
    ~WardenHandle() override { warden_->stop(); }

    Address caller() const override { return warden_->files.caller; }
    Address loader() const override { return warden_->files.loader; }
    Address keeper() const override { return warden_->files.keeper; }
    int pid() const override { return warden_->process ? warden_->process->pid() : 0; }
    int restarts() const override { return std::max(0, warden_->starts - 1); }

 private:
    std::shared_ptr<Warden> warden_;
};

Awaitable<bool> answers(std::shared_ptr<Warden> warden, Deadline deadline) {
    ClientOptions eager;
    eager.first_backoff = milliseconds(5);
    eager.last_backoff = milliseconds(50);
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    const std::unique_ptr<Client> client = make_client(executor, warden->files.caller, eager);
    warden->probe = client.get();
    Command ping{"PING"};
    const Result<Reply> pong = co_await client->execute(std::move(ping), deadline);
    warden->probe = nullptr;
    co_return pong && pong->string() != nullptr;
}

}  // namespace

Awaitable<Result<std::unique_ptr<Embedded>>> start_embedded(EmbeddedOptions options, Deadline deadline) {
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    std::error_code failed;
    std::filesystem::create_directories(options.directory, failed);
    std::filesystem::permissions(options.directory, std::filesystem::perms::owner_all, failed);
    if (failed) {
        co_return errc::cannot_start;
    }
    Result<OwnedFd> lock = co_await await_directory(options, deadline);
    if (!lock) {
        co_return lock.error();
    }
    Result<EmbeddedFiles> files = write_embedded_files(options);
    if (!files) {
        co_return files.error();
    }
    auto warden = std::make_shared<Warden>(executor, std::move(options), std::move(*files), std::move(*lock));
    std::unique_ptr<Embedded> handle = std::make_unique<WardenHandle>(warden);
    if (!warden->start()) {
        co_return errc::cannot_start;
    }
    const auto ended = [](std::exception_ptr bug) {
        if (bug) {
            std::rethrow_exception(bug);
        }
    };
    asio::co_spawn(executor, Warden::keep(warden), ended);
    const bool up = co_await answers(warden, deadline);
    if (!up) {
        co_return errc::cannot_start;
    }
    asio::co_spawn(executor, Warden::feel_pulse(warden), ended);
    co_return handle;
}

}  // namespace rightsline::redis
