#include "tests/support/emulator/behaviour.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <utility>

namespace rightsline::emulator {
namespace {

namespace json = boost::json;

constexpr int longest_in_the_queue = 36000;  // seconds

constexpr std::array<std::pair<std::string_view, Deed>, 13> deeds{{{"accept", Deed::accept},
                                                                   {"accept_drop", Deed::accept_drop},
                                                                   {"accept_cut", Deed::accept_cut},
                                                                   {"accept_500", Deed::accept_500},
                                                                   {"garbage", Deed::garbage},
                                                                   {"noise", Deed::noise},
                                                                   {"huge", Deed::huge},
                                                                   {"nameless", Deed::nameless},
                                                                   {"drop", Deed::drop},
                                                                   {"500", Deed::fail},
                                                                   {"429", Deed::limit},
                                                                   {"503", Deed::away},
                                                                   {"refuse", Deed::refuse}}};

// What a wish says is read by exceptions of the JSON library: a wrong type anywhere is one refusal.
Fault read_fault(std::string_view deed, const json::object& wish) {
    Fault fault;
    fault.deed = read_deed(deed).value();
    for (const auto& [name, value] : wish) {
        if (name == "wait_ms") {
            fault.wait = std::chrono::milliseconds(value.to_number<int>());
        } else if (name == "status") {
            fault.status = value.to_number<int>();
        } else if (name == "code") {
            fault.code = value.to_number<int>();
        } else if (name == "retry_after") {
            fault.retry_after = value.to_number<int>();
        } else if (name != "do" && name != "times" && name != "chance") {
            throw std::invalid_argument(std::string(name));
        }
    }
    return fault;
}

std::vector<std::string> read_words(const json::value& list) {
    return json::value_to<std::vector<std::string>>(list);
}

Receipts read_receipts(const json::object& wish) {
    Receipts receipts;
    for (const auto& [name, value] : wish) {
        if (name == "words") {
            receipts.words = read_words(value);
        } else if (name == "call_words") {
            receipts.call_words = read_words(value);
        } else if (name == "code") {
            receipts.code = value.to_number<int>();
        } else if (name == "delay_ms") {
            receipts.delay = std::chrono::milliseconds(value.to_number<int>());
        } else if (name == "queue_ms") {
            receipts.queue = std::chrono::milliseconds(value.to_number<int>());
        } else if (name == "twice") {
            receipts.twice = value.as_bool();
        } else if (name == "reversed") {
            receipts.reversed = value.as_bool();
        } else if (name == "early") {
            receipts.early = value.as_bool();
        } else if (name == "none") {
            receipts.none = value.as_bool();
        } else {
            throw std::invalid_argument(std::string(name));
        }
    }
    return receipts;
}

}  // namespace

Result<Deed> read_deed(std::string_view name) {
    const auto found = std::ranges::find(deeds, name, &std::pair<std::string_view, Deed>::first);
    if (found == deeds.end()) {
        return make_error_code(boost::system::errc::invalid_argument);
    }
    return found->second;
}

std::string_view name_of(Deed deed) {
    return std::ranges::find(deeds, deed, &std::pair<std::string_view, Deed>::second)->first;
}

bool takes(Deed deed) { return deed < Deed::drop; }

std::vector<std::string> Receipts::planned(bool call) const {
    std::vector<std::string> plan;
    for (const std::string& word : none ? std::vector<std::string>() : call ? call_words : words) {
        plan.insert(plan.end(), twice ? 2 : 1, word);
    }
    if (reversed) {
        std::ranges::reverse(plan);
    }
    return plan;
}

Course course_of(const Receipts& receipts, bool call, std::string_view validity) {
    int seconds = longest_in_the_queue;
    std::from_chars(validity.data(), validity.data() + validity.size(), seconds);
    Course course;
    course.expired = !call && receipts.queue > std::chrono::seconds(seconds);
    course.words =
        course.expired && !receipts.none ? std::vector<std::string>{"failed"} : receipts.planned(call);
    course.delay = receipts.delay;
    course.queue = course.expired ? std::chrono::seconds(seconds) : call ? course.queue : receipts.queue;
    return course;
}

Result<void> Behaviour::change(const json::object& wishes) {
    Behaviour next = *this;
    try {
        for (const auto& [name, value] : wishes) {
            if (name == "seed") {
                next.dice_.seed(value.to_number<std::uint64_t>());
            } else if (name == "faults") {
                next.faults_.clear();
                for (const json::value& one : value.as_array()) {
                    const json::object& wish = one.as_object();
                    const Fault fault = read_fault(json::value_to<std::string>(wish.at("do")), wish);
                    const int times = wish.contains("times") ? wish.at("times").to_number<int>() : 1;
                    next.faults_.insert(next.faults_.end(),
                                        static_cast<std::size_t>(std::clamp(times, 0, 100'000)), fault);
                }
            } else if (name == "chances") {
                next.chances_.clear();
                for (const json::value& one : value.as_array()) {
                    const json::object& wish = one.as_object();
                    next.chances_.emplace_back(read_fault(json::value_to<std::string>(wish.at("do")), wish),
                                               wish.at("chance").to_number<double>());
                }
            } else if (name == "receipts") {
                next.receipts_ = read_receipts(value.as_object());
            } else if (name == "refuse") {
                next.refused_ = json::value_to<std::map<std::string, std::int64_t>>(value);
            } else {
                throw std::invalid_argument(std::string(name));
            }
        }
    } catch (const std::exception&) {
        return make_error_code(boost::system::errc::invalid_argument);
    }
    *this = std::move(next);
    return {};
}

Fault Behaviour::next() {
    if (!faults_.empty()) {
        const Fault fault = faults_.front();
        faults_.pop_front();
        return fault;
    }
    double thrown = std::uniform_real_distribution<double>()(dice_);
    for (const auto& [fault, chance] : chances_) {
        thrown -= chance;
        if (thrown < 0) {
            return fault;
        }
    }
    return {};
}

std::int64_t Behaviour::refused(const std::string& to) const {
    const auto found = refused_.find(to);
    return found == refused_.end() ? 0 : found->second;
}

}  // namespace rightsline::emulator
