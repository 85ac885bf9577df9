#include "gateway/cli/sound/espeak.hpp"

#include <spawn.h>
#include <sys/wait.h>

#include <cerrno>
#include <map>
#include <string>

#include "gateway/cli/error.hpp"

extern char** environ;

namespace rightsline::cli {
namespace {

std::string voice_of(const std::string& language) {
    static const std::map<std::string, std::string> voices{
        {"en", "en-us"}, {"es", "es-419"}, {"st", "tn"}};  // no voice speaks Sesotho; Setswana is near
    const auto known = voices.find(language);
    return known == voices.end() ? language : known->second;
}

}  // namespace

Result<void> espeak(const std::string& text, const std::string& language, const std::string& to) {
    // Slower than speech (140 words a minute) and low: it carries better over a phone.
    std::string arguments[] = {"espeak-ng", "-v", voice_of(language), "-s", "140", "-p", "40", "-w", to,
                               "--",        text};
    char* argv[std::size(arguments) + 1] = {};
    for (std::size_t i = 0; i < std::size(arguments); ++i) {
        argv[i] = arguments[i].data();
    }
    pid_t child = 0;
    if (posix_spawnp(&child, "espeak-ng", nullptr, nullptr, argv, environ) != 0) {
        return errc::no_voice;
    }
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        return errc::no_voice;
    }
    return {};
}

}  // namespace rightsline::cli
