#include "flows/engine/screen.hpp"

#include <algorithm>
#include <utility>

#include "flows/engine/read.hpp"
#include "flows/engine/run.hpp"
#include "flows/limits.hpp"

namespace rightsline::flows {
namespace {

constexpr std::string_view more_key = "98";  // what networks that page USSD menus have taught people

constexpr std::size_t most_bytes = 800;  // no screen holds more, whatever the script

bool fits(std::string_view text) { return text.size() <= most_bytes && fits_screen(text); }

/// The longest beginning of `text` that fits on one screen with `extra`, cut at a line, else a word, else a character.
std::size_t fitting(std::string_view text, std::string_view extra) {
    std::vector<std::size_t> cuts;
    cuts.reserve(std::min(text.size(), most_bytes));
    for (std::size_t i = 1; i <= std::min(text.size(), most_bytes); ++i) {
        if (i == text.size() || (static_cast<unsigned char>(text[i]) & 0xc0U) != 0x80) {
            cuts.push_back(i);
        }
    }
    std::string screen;
    const auto overflows = [&](std::size_t cut) {
        screen.assign(text.substr(0, cut)).append(extra);
        return !fits(screen);
    };
    const auto first_bad =
        std::partition_point(cuts.begin(), cuts.end(), [&](std::size_t cut) { return !overflows(cut); });
    if (first_bad == cuts.begin()) {
        return 0;
    }
    const std::size_t longest = *std::prev(first_bad);
    if (longest == text.size()) {
        return longest;
    }
    for (const char end : {'\n', ' '}) {
        const std::size_t at = text.substr(0, longest + 1).rfind(end);
        if (at != std::string_view::npos && at != 0) {
            return at;
        }
    }
    return longest;
}

struct Page {
    std::size_t from = 0;
    std::size_t to = 0;
};

/// A question that fits one screen with its choices is not torn apart where most of this screen is filled without it:
/// it begins the next one. `question`: where it begins; the end where there is none.
std::vector<Page> pages_of(std::string_view body, std::string_view more, std::size_t question) {
    std::vector<Page> pages;
    std::size_t from = 0;
    while (pages.size() < UINT8_MAX) {
        if (fits(body.substr(from))) {
            pages.push_back({from, body.size()});
            break;
        }
        std::size_t length = fitting(body.substr(from), more);
        const bool torn = question > from + 1 && from + length > question;
        if (torn && (question - from) * 2 >= length && fits(body.substr(question))) {
            length = question - from - 1;
        }
        pages.push_back({from, from + length});
        from += length;
        while (from < body.size() && (body[from] == '\n' || body[from] == ' ')) {
            ++from;
        }
        if (length == 0 || from >= body.size()) {
            break;
        }
    }
    return pages;
}

std::string body_of(const std::vector<Utterance>& said) {
    std::string body;
    for (const Utterance& one : said) {
        body += (body.empty() ? "" : "\n") + one.text;
    }
    return body;
}

/// Where the text of `one` begins in the body of all.
std::size_t begin_of(const std::vector<Utterance>& said, std::size_t one) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < std::min(one, said.size()); ++i) {
        at += said[i].text.size() + 1;
    }
    return at;
}

std::string more_line(std::string_view more) {
    return "\n" + std::string(more_key) + " " + std::string(more);
}

}  // namespace

std::size_t screens_of(std::string_view body, std::string_view more) {
    return std::max<std::size_t>(1, pages_of(body, more_line(more), body.size()).size());
}

/// One screen of what was said. The rest is made again from the conversation when the worker asks for more.
void Run::show_screen() {
    const std::string more = more_line(words_.text(common("more_ussd"), c_.language));
    std::string body = body_of(said_);
    if (step_.ended) {
        question_ = said_.size();  // nothing waits
    }
    std::vector<Page> pages = pages_of(body, more, begin_of(said_, question_));
    if (pages.size() > 1 && c_.page == 0 && noticed_ && said_.size() > 1) {
        said_.erase(said_.begin());  // "that is not a choice" would shift the later screens
        question_ -= question_ > 0 ? 1 : 0;
        body = body_of(said_);
        pages = pages_of(body, more, begin_of(said_, question_));
    }
    const std::size_t index = std::min<std::size_t>(c_.page, pages.size() - 1);
    const bool last = index + 1 == pages.size();
    Screen screen;
    screen.body = body.substr(pages[index].from, pages[index].to - pages[index].from) + (last ? "" : more);
    std::size_t at = 0;
    for (Utterance& one : said_) {
        const std::size_t begins = std::exchange(at, at + one.text.size() + 1);
        if (begins >= pages[index].from && begins <= pages[index].to) {
            screen.parts.push_back(std::move(one));
        }
    }
    if (step_.ended && !last && !c_.said.empty()) {
        step_.ended = false;  // the end comes with the last screen
        c_.phase = Phase::paging;
        c_.block = c_.said.back();
    }
    screen.more = !step_.ended;
    step_.actions.emplace_back(std::move(screen));
    said_.clear();
}

bool Run::turn_page(std::string_view body) {
    const bool asks = body == more_key;
    if (c_.phase == Phase::paging) {
        ++c_.page;
        speak_said();
        end("finished");
        return true;
    }
    if (!asks || c_.phase != Phase::asking || c_.page == UINT8_MAX) {
        return false;
    }
    ++c_.page;
    speak_said();
    listen(c_.block);
    return true;
}

}  // namespace rightsline::flows
