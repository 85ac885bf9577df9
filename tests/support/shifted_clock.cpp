// shifted_clock: preloaded into the server under test (and, by inheritance, its redis-server), it moves their wall
// clock by the seconds in the file TEST_CLOCK_SHIFT. The monotonic clock is left alone.
//
// A test's tool: nothing of the product knows it. The real time comes straight from the kernel.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <ctime>

namespace {

const volatile std::int64_t* open_shift() {
    static const std::int64_t none = 0;
    const char* path = std::getenv("TEST_CLOCK_SHIFT");
    const int file = path == nullptr ? -1 : ::open(path, O_RDONLY | O_CLOEXEC);
    void* memory =
        file < 0 ? MAP_FAILED : ::mmap(nullptr, sizeof(std::int64_t), PROT_READ, MAP_SHARED, file, 0);
    if (file >= 0) {
        ::close(file);
    }
    return memory == MAP_FAILED ? &none : static_cast<const std::int64_t*>(memory);
}

std::int64_t shift() {
    static const volatile std::int64_t* const seconds = open_shift();
    return *seconds;
}

}  // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec* into) noexcept {
    const long failed = ::syscall(SYS_clock_gettime, clock, into);
    if (failed == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
        into->tv_sec += shift();
    }
    return static_cast<int>(failed);
}

int gettimeofday(timeval* into, void*) noexcept {
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    into->tv_sec = now.tv_sec;
    into->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t* into) noexcept {
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    if (into != nullptr) {
        *into = now.tv_sec;
    }
    return now.tv_sec;
}

}  // extern "C"
