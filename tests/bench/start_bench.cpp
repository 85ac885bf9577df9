// start_bench: from exec until /readyz answers 200, with Redis up already; what the parts of it cost in this process;
// and how much memory the server holds when it idles. Prints numbers; asserts nothing.
// start_bench [DRAFT-AUDIO-FOLDER [OTHER-SERVER]]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "gateway/stores/sources.hpp"
#include "gateway/vault/keys.hpp"
#include "tests/bench/process.hpp"
#include "tests/bench/site.hpp"
#include "tests/support/redis_server.hpp"

namespace {

using namespace rightsline;
using namespace rightsline::bench;

template <class Work>
double ms(Work work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

void print_parts(const Site& site) {
    const std::string source = RIGHTSLINE_SOURCE_DIR;
    stores::SourceRoots roots{source + "/flows/fair-food", source + "/locales", {}};
    if (!site.audio.empty()) {
        roots.audio_directories.push_back(site.audio);
    }
    flows::Bundle bundle;
    flows::Compiled compiled;
    locales::Complaints complaints;
    std::printf("parts, first time in a process: keys %.1f ms, ",
                ms([&] { (void)vault::Keys::load(site.folder + "/keys"); }));
    std::printf("read sources %.1f ms, ", ms([&] { bundle = stores::read_bundle(roots, complaints); }));
    std::printf("compile %.1f ms, ", ms([&] { compiled = flows::compile(bundle); }));
    std::printf("again %.1f ms, ", ms([&] { compiled = flows::compile(bundle); }));
    std::printf("audio index %.1f ms\n", ms([&] { (void)stores::audio_files(roots); }));
}

}  // namespace

int main(int count, char** arguments) {
    const std::string audio = count > 1 ? std::filesystem::absolute(arguments[1]).string() : "";
    const std::string program = count > 2 ? arguments[2] : RIGHTSLINE_SERVER;
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    const tests::TemporaryDirectory folder;
    std::vector<double> starts;
    std::vector<double> memory;
    for (int i = 0; i < 9; ++i) {
        const tests::RedisServer redis;  // each site has keys of its own, and a store takes no others
        const Site site{folder.path() + "/" + std::to_string(i), free_port(), free_port(), redis.url(),
                        audio};
        std::filesystem::create_directory(site.folder);
        prepare(site);
        if (i == 0) {
            print_parts(site);
        }
        std::unique_ptr<Process> server;
        starts.push_back(ms([&] {
            server = std::make_unique<Process>(
                std::vector<std::string>{program, "serve", "--config", site.config()}, 0, site.log());
            wait_for_200(site.ops_port, "/readyz");
        }));
        memory.push_back(server->resident_mb());
        std::printf("  start %d: ready after %.0f ms, CPU until then %.0f ms, resident %.1f MB\n", i,
                    starts.back(), server->cpu_seconds() * 1000, memory.back());
    }
    std::printf("exec to ready: median %.0f ms (aim <= 300); resident, idle: median %.1f MB (aim <= 80)\n",
                median(starts), median(memory));
}
