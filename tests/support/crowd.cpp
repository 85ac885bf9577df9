#include "tests/support/crowd.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <functional>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <thread>

#include "tests/support/emulator/twilio_emulator.hpp"
#include "tests/support/free_port.hpp"
#include "tests/support/hotline.hpp"
#include "tests/support/twilio_callee.hpp"

namespace rightsline::tests {
namespace {

using namespace std::chrono_literals;
using Clock = std::chrono::steady_clock;
using emulator::Entry;

constexpr const char* line = "+15005550006";
constexpr unsigned people = 20;  // of the roster: the most that one has
constexpr int waits = 8;         // for a person, of five seconds each; then 1 leads to the message

std::string person(unsigned number) { return "+1500555" + std::to_string(1100 + number); }

/// Each in a block of a thousand of their own: nobody is taken for a machine.
std::string caller(unsigned number) { return "+1305" + std::to_string(2'000'007 + 1000 * number); }

std::string roster() {
    std::string known = "people:\n";
    std::string order;
    for (unsigned i = 0; i < people; ++i) {
        known += "  p" + std::to_string(i) + ": {phone: \"" + person(i) + "\"}\n";
        order += (order.empty() ? "p" : ", p") + std::to_string(i);
    }
    return known + "order: [" + order +
           "]\nlive: {caps: {caller_hour: 1000, caller_day: 1000, block_hour: 1000, minute: 1000, hour: "
           "1000, day: 1000}}\n";
}

std::string spoken(const Element& response) {
    std::string all;
    for (const Element* one : response.all("Say")) {
        all += one->text + " ";
    }
    return all;
}

/// Spans that touch are one.
std::string told(const std::string& what, std::vector<CrowdOutcome::Span> spans) {
    std::ranges::sort(spans, {}, &CrowdOutcome::Span::from);
    std::string all = "  " + what + ":";
    for (std::size_t i = 0; i < spans.size();) {
        CrowdOutcome::Span whole = spans[i];
        std::size_t next = i;
        for (; next < spans.size() && spans[next].from <= whole.to; ++next) {
            whole.to = std::max(whole.to, spans[next].to);
        }
        std::array<char, 64> text{};
        std::snprintf(text.data(), text.size(), " %.2f to %.2f s (%zu)", whole.from, whole.to, next - i);
        all += text.data();
        i = next;
    }
    return all + "\n";
}

double quantile_of(const std::vector<double>& sorted, double quantile) {
    const auto index = static_cast<std::size_t>(std::floor(quantile * static_cast<double>(sorted.size())));
    return sorted.empty() ? 0 : sorted[std::min(index, sorted.size() - 1)];
}

/// What a disk takes for as much as one commit, again and again, as long as it lives.
class DiskWatch {
 public:
    explicit DiskWatch(const std::string& path)
        : file_(::open(path.c_str(), O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600)),
          thread_([this](const std::stop_token& over) { watch(over); }) {}
    DiskWatch(const DiskWatch&) = delete;
    DiskWatch& operator=(const DiskWatch&) = delete;
    ~DiskWatch() {
        stop();
        ::close(file_);
    }
    /// Writes what was seen since `began` into the outcome.
    void tell(CrowdOutcome& outcome, Clock::time_point began) {
        stop();
        const double seconds = std::chrono::duration<double>(Clock::now() - began).count();
        for (const auto& [from, ms] : writes_) {
            outcome.disk_max_ms = std::max(outcome.disk_max_ms, ms);
            if (const double at = std::chrono::duration<double>(from - began).count(); ms > 50) {
                outcome.disk.push_back({at, at + ms / 1000});
            }
        }
        // Whoever comes at any moment of a write waits for the rest of it: longer than `wait` in so much of the time.
        const auto longer = [&](double wait) {
            double all = 0;
            for (const auto& [from, ms] : writes_) {
                all += std::max(0.0, ms - wait) / 1000;
            }
            return all / seconds;
        };
        while (longer(outcome.disk_p99_ms) > 0.01) {
            outcome.disk_p99_ms += 1;
        }
    }

 private:
    void stop() {
        thread_.request_stop();
        if (thread_.joinable()) {
            thread_.join();
        }
    }
    void watch(const std::stop_token& over) {
        const std::string bytes(2048, 'x');
        while (!over.stop_requested()) {
            const auto before = Clock::now();
            if (::write(file_, bytes.data(), bytes.size()) < 0 || ::fsync(file_) != 0) {
                return;
            }
            writes_.emplace_back(before,
                                 std::chrono::duration<double, std::milli>(Clock::now() - before).count());
            std::this_thread::sleep_for(20ms);
        }
    }

    int file_;
    std::vector<std::pair<Clock::time_point, double>> writes_;
    std::jthread thread_;
};

/// The line, the phone company, and what came of all steps.
class Scene {
 public:
    explicit Scene(const CrowdWishes& wishes)
        : wishes_(wishes),
          hotline_{{.roster = roster(),
                    .limits = ", connections_per_peer: 0",  // the load comes from one address
                    .more = "sending: {a_day: 100000}\n",
                    .line = ", per_second: 20",
                    .api_base = "http://127.0.0.1:" + std::to_string(port_)}},
          twilio_{{Hotline::sid, Hotline::token, hotline_.twilio().public_url,
                   "http://127.0.0.1:" + std::to_string(hotline_.twilio().port)},
                  port_} {
        twilio_.behave(R"({"receipts": {"none": true}})");
        prove_ = {hotline_.words("common.call_prove", "en"), hotline_.words("common.handoff_prove", "en")};
    }

    Hotline& hotline() { return hotline_; }
    emulator::TwilioEmulator& twilio() { return twilio_; }
    std::chrono::milliseconds thinking() const { return wishes_.think; }
    void begin() { began_ = Clock::now(); }
    Clock::time_point began() const { return began_; }
    /// They come one after the other and go in the same order.
    Clock::time_point comes(unsigned number) const {
        return began_ + wishes_.arrive * (number % wishes_.callers) / wishes_.callers;
    }
    Clock::time_point goes(unsigned number) const { return comes(number) + wishes_.arrive + wishes_.hold; }

    /// One step, due at a time that may have passed. False: it was not answered as it must be.
    bool step(const std::string& what, Clock::time_point due, const std::function<HttpReply()>& act) {
        std::string failure;
        try {
            const HttpReply reply = act();
            if (reply.status != 200 && reply.status != 204) {
                failure =
                    what + " was answered " + std::to_string(reply.status) + ": " + reply.body.substr(0, 200);
            }
        } catch (const std::exception& broken) {
            failure = what + ": " + broken.what();
        }
        const double ms = std::chrono::duration<double, std::milli>(Clock::now() - due).count();
        const std::scoped_lock lock(mutex_);
        outcome_.ms.push_back(ms);
        outcome_.by_step[what].push_back(ms);
        if (ms > 250) {
            const double at = std::chrono::duration<double>(due - began_).count();
            outcome_.slow.push_back({at, at + ms / 1000});
        }
        outcome_.not_200 += failure.empty() ? 0U : 1U;
        if (outcome_.first_failure.empty()) {
            outcome_.first_failure = failure;
        }
        return failure.empty();
    }
    void on_the_line(int change) {
        const std::scoped_lock lock(mutex_);
        calls_ += change;
        outcome_.at_once = std::max(outcome_.at_once, static_cast<unsigned>(std::max(calls_, 0)));
    }
    void came_to(const std::string& what) {
        const std::scoped_lock lock(mutex_);
        ++outcome_.came_to[what];
    }
    bool asks_for_proof(const Element& response) const {
        const std::string said = spoken(response);
        return std::ranges::any_of(
            prove_, [&](const std::string& words) { return said.find(words) != std::string::npos; });
    }
    CrowdOutcome outcome() {
        const std::scoped_lock lock(mutex_);
        outcome_.seconds = std::chrono::duration<double>(Clock::now() - began_).count();
        std::ranges::sort(outcome_.ms);
        for (auto& [what, times] : outcome_.by_step) {
            std::ranges::sort(times);
        }
        return std::move(outcome_);
    }

 private:
    CrowdWishes wishes_;
    std::uint16_t port_ = free_port();
    Hotline hotline_;
    emulator::TwilioEmulator twilio_;
    std::vector<std::string> prove_;
    Clock::time_point began_;
    std::mutex mutex_;  // guards what follows
    CrowdOutcome outcome_;
    int calls_ = 0;
};

/// One phone in somebody's hand: calls until the time is over.
class Caller {
 public:
    Caller(Scene& scene, unsigned number) : scene_(scene), number_(number), dice_(number) {}

    void live() {
        due_ = scene_.comes(number_);
        while (!is_time()) {
            std::this_thread::sleep_until(due_);
            call_.emplace(scene_.hotline().call(caller(number_)));
            scene_.twilio().receive_call(call_->sid(), caller(number_), line);
            scene_.on_the_line(1);
            do_step("dial", [this] { return call_->dial(); });
            if (scene_.asks_for_proof(call_->now())) {
                press("7");
            }
            scene_.came_to(walk());
            do_step("end", [this] { return call_->hang_up(); });
            scene_.on_the_line(-1);
            think();
        }
    }

 private:
    /// When the next step is due: after a while of thinking that begins with the answer.
    void think(std::chrono::milliseconds least = 0ms) {
        std::uniform_real_distribution<double> about(0.5, 1.5);
        const auto usual = std::chrono::duration_cast<Clock::duration>(scene_.thinking() * about(dice_));
        due_ = Clock::now() + std::max<Clock::duration>(usual, least);
    }
    bool do_step(const std::string& what, const std::function<HttpReply()>& act) {
        std::this_thread::sleep_until(due_);
        const bool well = scene_.step(what, due_, act);
        due_ = Clock::now();
        return well;
    }
    bool press(const std::string& keys, std::chrono::milliseconds least = 0ms) {
        think(least);
        return do_step(keys.empty() ? "silence" : "key", [&] { return call_->press(keys); });
    }
    bool press_all(std::initializer_list<const char*> keys) {
        return std::ranges::all_of(keys, [this](const char* key) { return press(key); });
    }
    bool record(int seconds) {
        think(std::chrono::seconds(seconds));
        const std::string name = seconds == 0 ? "" : fresh_sid("RE");
        if (seconds != 0) {
            scene_.twilio().keep_recording(name, little_wav(1, 1));
        }
        const std::string url =
            scene_.twilio().base() + "/2010-04-01/Accounts/" + Hotline::sid + "/Recordings/" + name;
        return do_step(seconds == 0 ? "nothing said" : "recording",
                       [&] { return call_->record(name, seconds == 0 ? "" : url, seconds); });
    }
    bool has(const char* verb) const { return !call_->now().all(verb).empty(); }
    bool is_time() const { return std::max(due_, Clock::now()) >= scene_.goes(number_); }
    bool goes_on() const { return !is_time() && !has("Hangup"); }

    std::string walk() {
        switch (number_ % 5) {
            case 0:
            case 1:
                return ask_for_person();
            case 2:
                return tell();
            case 3:
                return look_around();
            default:
                return say_nothing();
        }
    }

    /// Language, no danger: the main menu.
    bool come_in() { return press_all({"1", "2"}); }

    std::string say_nothing() {
        while (goes_on()) {
            const bool well = has("Gather") ? press("", 5s) : has("Record") ? record(0) : redirect();
            if (!well) {
                break;
            }
        }
        return "silent";
    }
    bool redirect() {
        due_ = Clock::now();
        return has("Redirect") && do_step("redirect", [this] { return call_->redirect(); });
    }

    std::string look_around() {
        if (come_in()) {
            const std::array keys{"1", "1", "*", "#", "#", "5", "1", "*", "#", "#"};
            for (std::size_t i = 0; goes_on() && has("Gather") && press(keys[i % keys.size()]); ++i) {
            }
        }
        return "walked";
    }

    /// From the tone on: speaks, keeps it, skips the questions.
    std::string speak(const std::string& what) {
        if (!has("Record") || !record(9)) {
            return what;
        }
        while (goes_on()) {
            const bool well = has("Record") ? record(0) : has("Gather") ? press("1") : redirect();
            if (!well) {
                break;
            }
        }
        return what;
    }

    std::string tell() {
        if (come_in() && press_all({"2", "1"})) {
            return speak("report");
        }
        return "report";
    }

    std::string ask_for_person() {
        if (!come_in() || !press("4")) {
            return "message";
        }
        if (scene_.asks_for_proof(call_->now())) {
            press("7");
        }
        for (int i = 0; i < waits && goes_on() && has("Gather") && !is_message(); ++i) {
            if (sent_to_room(5s)) {
                return talk();
            }
            press("");
        }
        if (goes_on() && has("Dial")) {
            return talk();
        }
        if (goes_on() && !is_message()) {
            press("1");
        }
        if (goes_on() && press("2") && goes_on() &&
            press("1")) {  // it can wait; the number, and on to the tone
            return speak("message");
        }
        return "message";
    }
    bool is_message() const {
        return spoken(call_->now()).find(scene_.hotline().words("person.urgent.menu", "en")) !=
               std::string::npos;
    }
    /// Whether somebody took the call while its leg waits: then it is called out of the wait.
    bool sent_to_room(std::chrono::milliseconds patience) {
        for (const auto end = Clock::now() + patience; Clock::now() < end && !is_time();) {
            if (const std::string where = scene_.twilio().words_of(call_->sid()); !where.empty()) {
                due_ = Clock::now();
                return do_step("into the room", [&] { return call_->go_to(where); }) && has("Dial");
            }
            std::this_thread::sleep_for(250ms);
        }
        return false;
    }
    std::string talk() {
        std::this_thread::sleep_until(scene_.goes(number_));
        due_ = Clock::now();
        return "talked";
    }

    Scene& scene_;
    unsigned number_;
    std::mt19937 dice_;
    std::optional<TwilioCall> call_;
    Clock::time_point due_;
};

/// The phones of the roster: each that rings is picked up, and 1 is pressed; who talks already is busy.
class Phones {
 public:
    explicit Phones(Scene& scene)
        : scene_(scene), thread_([this](const std::stop_token& over) { watch(over); }) {}

 private:
    void watch(const std::stop_token& over) {
        std::size_t seen = 0;
        std::vector<std::jthread> talks;
        while (!over.stop_requested()) {
            const std::vector<Entry> all = scene_.twilio().accepted();
            for (; seen < all.size(); ++seen) {
                if (all[seen].call) {
                    talks.emplace_back([this, entry = all[seen], number = static_cast<unsigned>(seen)] {
                        answer(entry, number);
                    });
                }
            }
            std::this_thread::sleep_for(200ms);
        }
    }
    void answer(const Entry& entry, unsigned number) {
        TwilioCallee phone(
            scene_.hotline().twilio(),
            {entry.sid, entry.to, entry.from, scene_.twilio().words_of(entry.sid), entry.status_url});
        if (!take(entry.to)) {
            scene_.step("phone: busy", Clock::now(), [&] { return phone.report("busy"); });
            return;
        }
        std::this_thread::sleep_for(1s);
        if (scene_.step("phone: picked up", Clock::now(), [&] { return phone.pick_up(); }) &&
            !phone.now().all("Gather").empty()) {
            std::this_thread::sleep_for(2s);
            scene_.step("phone: 1", Clock::now(), [&] { return phone.press("1"); });
        }
        if (!phone.now().all("Dial").empty()) {
            std::this_thread::sleep_until(scene_.goes(number * 7));  // not all of them in one moment
        }
        scene_.step("phone: end", Clock::now(), [&] { return phone.report("completed"); });
        const std::scoped_lock lock(mutex_);
        talking_.erase(entry.to);
    }
    /// False: they talk already.
    bool take(const std::string& number) {
        const std::scoped_lock lock(mutex_);
        return talking_.insert(number).second;
    }

    Scene& scene_;
    std::mutex mutex_;
    std::set<std::string> talking_;
    std::jthread thread_;
};

}  // namespace

double CrowdOutcome::at(double quantile) const { return quantile_of(ms, quantile); }

std::string CrowdOutcome::steps() const {
    std::vector<std::pair<double, std::string>> lines;
    for (const auto& [what, times] : by_step) {
        std::array<char, 120> text{};
        std::snprintf(text.data(), text.size(), "  %-18s %6zu: p50 %7.1f  p99 %7.1f  max %7.1f ms\n",
                      what.c_str(), times.size(), quantile_of(times, 0.5), quantile_of(times, 0.99),
                      quantile_of(times, 1));
        lines.emplace_back(-quantile_of(times, 0.99), text.data());
    }
    std::ranges::sort(lines);
    std::string all;
    for (const auto& [slowness, line_of_it] : lines) {
        all += line_of_it;
    }
    return all + told("answers were slow", slow) + told("the disk was slow", disk);
}

CrowdOutcome let_call(const CrowdWishes& wishes) {
    Scene scene(wishes);
    std::this_thread::sleep_for(3s);  // it prepares numbers to come back with, on a thread of its own
    DiskWatch disk(scene.hotline().path("state/disk-watch"));
    scene.begin();
    {
        const Phones phones(scene);
        std::vector<std::jthread> callers;
        for (unsigned i = 0; i < wishes.callers; ++i) {
            callers.emplace_back([&scene, i] { Caller(scene, i).live(); });
        }
    }
    CrowdOutcome outcome = scene.outcome();
    disk.tell(outcome, scene.began());
    return outcome;
}

}  // namespace rightsline::tests
