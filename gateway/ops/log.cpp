#include "gateway/ops/log.hpp"

#include <spdlog/async_logger.h>
#include <spdlog/details/thread_pool.h>
#include <spdlog/sinks/stdout_sinks.h>

#include <atomic>
#include <memory>
#include <mutex>

#include "gateway/ops/log_line.hpp"

namespace rightsline::ops {
namespace {

struct Sink {
    LogOptions options;
    std::shared_ptr<spdlog::async_logger> logger;
    // After the logger, so that it goes first: its thread has written all and ended before what it writes to dies.
    std::shared_ptr<spdlog::details::thread_pool> pool;
};

// The one piece of shared state of the process: every thread may log, and a session may end meanwhile.
std::mutex guard;
std::shared_ptr<Sink> current;
std::atomic<int> threshold{static_cast<int>(Level::error) + 1};
std::atomic<std::uint64_t> overruns_before{0};

std::shared_ptr<Sink> sink() {
    const std::lock_guard lock(guard);
    return current;
}

spdlog::level::level_enum level_of(Level level) {
    return level == Level::error  ? spdlog::level::err
           : level == Level::warn ? spdlog::level::warn
                                  : spdlog::level::info;
}

std::shared_ptr<Sink> open_sink(LogOptions options) {
    auto sink = std::make_shared<Sink>();
    sink->pool = std::make_shared<spdlog::details::thread_pool>(options.queue, 1);
    spdlog::sink_ptr out;
    if (options.to == LogTo::standard_output) {
        out = std::make_shared<spdlog::sinks::stdout_sink_mt>();
    } else {
        out = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    }
    sink->logger = std::make_shared<spdlog::async_logger>("rightsline", std::move(out), sink->pool,
                                                          spdlog::async_overflow_policy::overrun_oldest);
    sink->logger->set_pattern("%v");
    sink->logger->flush_on(spdlog::level::warn);
    sink->options = std::move(options);
    return sink;
}

}  // namespace

LogSession::LogSession(LogOptions options) {
    auto opened = open_sink(std::move(options));
    const std::lock_guard lock(guard);
    threshold = static_cast<int>(opened->options.level);
    current = std::move(opened);
}

LogSession::~LogSession() {
    std::shared_ptr<Sink> closing;
    {
        const std::lock_guard lock(guard);
        threshold = static_cast<int>(Level::error) + 1;
        closing = std::move(current);
    }
    closing->logger->flush();
    overruns_before += closing->pool->overrun_counter();
}

bool log_enabled(Level level) { return static_cast<int>(level) >= threshold.load(std::memory_order_relaxed); }

void log(Level level, Label event, Fields fields) {
    if (!log_enabled(level)) {
        return;
    }
    const auto open = sink();
    if (!open) {
        return;
    }
    const std::string line = log_line(std::chrono::system_clock::now(), level, event, fields);
    if (open->options.also) {
        open->options.also(line);
    }
    open->logger->log(level_of(level), spdlog::string_view_t(line));
}

std::uint64_t log_overruns() {
    const auto open = sink();
    return overruns_before + (open ? open->pool->overrun_counter() : 0);
}

}  // namespace rightsline::ops
