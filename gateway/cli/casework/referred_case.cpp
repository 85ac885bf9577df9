#include "gateway/cli/casework/referred_case.hpp"

#include <boost/json.hpp>
#include <iostream>
#include <utility>

#include "gateway/cli/casework/case_screen.hpp"
#include "gateway/cli/casework/case_search.hpp"
#include "gateway/cli/casework/saved_recording.hpp"
#include "gateway/ops/base64.hpp"
#include "gateway/ops/json_text.hpp"

namespace rightsline::cli {
namespace {

namespace json = boost::json;
using ops::text_of;

constexpr int usage = 2;
constexpr int bad_data = 65;

/// Opens their copies, one after the other.
class Opening {
 public:
    Opening(LocalApi& api, const CaseOptions& options, const PrivateKeys& keys, std::string id)
        : api_(api),
          options_(options),
          keys_(keys),
          id_(std::move(id)),
          address_("/api/v1/cases/" + id_ + "/referred") {}

    int run() {
        json::object head;
        json::array opened;
        std::int64_t seen = 0;
        for (std::int64_t total = 1; seen < total;) {
            const std::string from = "?from=" + std::to_string(seen);
            const Result<json::object> page = api_.get(address_ + from + of_program(options_.program, '&'));
            if (!page) {
                return report(api_);
            }
            if (seen == 0) {
                head = *page;
                print_head(head);
            }
            const json::array& parts = page->at("parts").as_array();
            for (const json::value& one : parts) {
                open(text_of(head, "program"), ops::from_base64(one.as_string()).value_or(""), opened);
            }
            seen += static_cast<std::int64_t>(parts.size());
            total = parts.empty() ? seen : page->at("parts_total").to_number<std::int64_t>();
        }
        if (options_.json) {
            head.erase("parts_total");
            head["parts"] = std::move(opened);
            std::cout << json::serialize(head) << "\n";
        }
        return all_opened_ ? 0 : bad_data;
    }

 private:
    void print_head(const json::object& it) const {
        if (!options_.json) {
            std::cout << text_of(it, "alias") << "  " << text_of(it, "urgency") << "  "
                      << text_of(it, "status") << "  " << text_of(it, "family") << "  "
                      << text_of(it, "language") << ", from " << text_of(it, "from") << " by "
                      << text_of(it, "by") << ": " << text_of(it, "reason") << "\n"
                      << std::flush;
        }
    }

    void open(const std::string& program, const std::string& sealed, json::array& opened) {
        const vault::CirclePrivateKey& key = keys_.for_sealed(sealed, vault::SealedForm::part);
        const Result<cases::OpenedPart> part = cases::open_part(key, program, id_, sealed);
        if (!part) {
            say_shut("a part", part.error(), sealed);
            all_opened_ = false;
            return;
        }
        if (options_.json) {
            opened.push_back(json::object{{"name", part->name},
                                          {"text", part->text},
                                          {"recording", part->recording},
                                          {"seconds", part->seconds},
                                          {"at", part->at}});
        } else {
            print_part(*part, {});  // where a copy is, the server does not tell
        }
        if (!part->recording.empty() && !options_.save_to.empty()) {
            const std::string from =
                address_ + "/recordings/" + part->recording + of_program(options_.program, '?');
            all_opened_ =
                save_recording(api_, options_.save_to, keys_, program, from, part->recording) && all_opened_;
        }
    }

    LocalApi& api_;
    const CaseOptions& options_;
    const PrivateKeys& keys_;
    std::string id_;
    std::string address_;
    bool all_opened_ = true;
};

}  // namespace

int show_referred(LocalApi& api, const CaseOptions& options, const std::string& id, const PrivateKeys& keys) {
    if (keys.keys.empty()) {
        std::cerr << "Name your key: --member FILE with --shares FILE, or --key FILE.\n";
        return usage;
    }
    return Opening(api, options, keys, id).run();
}

}  // namespace rightsline::cli
