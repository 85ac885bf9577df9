#include "gateway/cli/casework/export_command.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <boost/json.hpp>
#include <cerrno>
#include <ctime>
#include <iostream>
#include <optional>
#include <sstream>
#include <system_error>
#include <utility>

#include "gateway/cases/case_file.hpp"
#include "gateway/cases/reply.hpp"
#include "gateway/cli/casework/case_circle.hpp"
#include "gateway/cli/casework/case_screen.hpp"
#include "gateway/cli/casework/case_search.hpp"
#include "gateway/cli/local_api.hpp"
#include "gateway/ops/base64.hpp"
#include "gateway/ops/json_text.hpp"

namespace rightsline::cli {
namespace {

namespace json = boost::json;
using ops::text_of;

constexpr int bad_data = 65;
constexpr int unavailable = 69;

std::string when(std::int64_t seconds) {
    const std::time_t time = seconds;
    std::tm utc{};
    gmtime_r(&time, &utc);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &utc);
    return text;
}

/// A file that is made for this, that only its owner reads, and that goes again unless it was written whole.
class NewFile {
 public:
    explicit NewFile(std::string path)
        : path_(std::move(path)),
          file_(::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)) {}
    NewFile(const NewFile&) = delete;
    NewFile& operator=(const NewFile&) = delete;
    ~NewFile() {
        if (file_ >= 0) {
            ::close(file_);
            ::unlink(path_.c_str());
        }
    }
    bool is_open() const { return file_ >= 0; }
    /// Whether all of it is on the disk.
    bool keep(const std::string& bytes) {
        const bool whole = ::write(file_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()) &&
                           ::fsync(file_) == 0;
        if (whole) {
            ::close(std::exchange(file_, -1));
        }
        return whole;
    }

 private:
    std::string path_;
    int file_;
};

/// Whether all pages came and all parts opened; else the reason was said.
bool write_parts(LocalApi& api, const ExportOptions& options, const PrivateKeys& keys, json::object page,
                 std::ostream& out) {
    const std::string program = text_of(page, "program");
    const std::string id = text_of(page, "id");
    std::size_t seen = 0;
    while (true) {
        for (const json::value& one : page.at("parts").as_array()) {
            const std::string sealed = ops::from_base64(one.as_string()).value_or("");
            const Result<cases::OpenedPart> part =
                cases::open_part(keys.for_sealed(sealed, vault::SealedForm::part), program, id, sealed);
            if (!part) {
                std::cerr << "a part cannot be opened: " << part.error().message() << "\n";
                return false;
            }
            const std::string recording = "a recording of " + std::to_string(part->seconds) + " s (" +
                                          part->recording + "), not in this file";
            out << when(part->at) << "  " << part->name << ": "
                << (part->recording.empty() ? indented(part->text) : recording) << "\n";
            ++seen;
        }
        const auto total = page.at("parts_total").to_number<std::int64_t>();
        if (page.at("parts").as_array().empty() || std::cmp_greater_equal(seen, total)) {
            return true;
        }
        Result<json::object> next = api.get("/api/v1/cases/" + id + "?from=" + std::to_string(seen) +
                                            of_program(options.program, '&'));
        if (!next) {
            report(api);
            return false;
        }
        page = std::move(*next);
    }
}

bool write_replies(const PrivateKeys& keys, const json::object& whole, std::ostream& out) {
    for (const json::value& one : whole.at("thread").as_array()) {
        const json::object& stored = one.as_object();
        const std::string sealed = ops::from_base64(text_of(stored, "sealed")).value_or("");
        const Result<cases::OpenedReply> reply =
            cases::open_reply(keys.for_sealed(sealed, vault::SealedForm::part), text_of(whole, "program"),
                              text_of(whole, "id"), text_of(stored, "id"), sealed);
        if (!reply) {
            std::cerr << "a reply cannot be opened: " << reply.error().message() << "\n";
            return false;
        }
        out << when(reply->at) << "  the team to the worker: " << indented(reply->text) << "\n";
    }
    return true;
}

/// The whole text; nothing when something of it cannot be read.
std::optional<std::string> text_of_case(LocalApi& api, const ExportOptions& options, const PrivateKeys& keys,
                                        const json::object& whole) {
    std::ostringstream out;
    out << "Report " << text_of(whole, "alias") << " of " << text_of(whole, "program") << "\n"
        << "Taken out " << when(std::time(nullptr)) << " UTC for: " << options.purpose
        << ", to which its worker agreed. For nobody else.\n"
        << "Urgency " << text_of(whole, "urgency") << ", about " << text_of(whole, "family") << ", filed "
        << when(whole.at("filed_hour").to_number<std::int64_t>()) << " UTC (only the hour is kept)\n\n";
    const bool told = write_parts(api, options, keys, whole, out) && write_replies(keys, whole, out);
    return told ? std::optional(out.str()) : std::nullopt;
}

PrivateKeys keys_of(const ExportOptions& options, const json::object& circle, Terminal& terminal) {
    KeyFiles files = options.keys;
    if (files.key.empty() && files.member.empty()) {
        files.key = key_beside(options.keys_dir, circle);
    }
    return read_private_keys(files, terminal);
}

/// After the file is there and all of it was opened, so that nothing stands in the audit that could not be done.
int take_out(LocalApi& api, const ExportOptions& options, const std::string& id, const PrivateKeys& keys,
             NewFile& file) {
    const Result<json::object> whole = api.get("/api/v1/cases/" + id + of_program(options.program));
    if (!whole) {
        return report(api);
    }
    if (!has_key_of(keys, circle_of(*whole))) {
        std::cerr << "Nothing was taken out.\n";
        return bad_data;
    }
    const std::optional<std::string> text = text_of_case(api, options, keys, *whole);
    if (!text) {
        std::cerr << "Nothing was taken out.\n";
        return bad_data;
    }
    const Result<json::object> let_out =
        api.post("/api/v1/cases/" + id + "/export" + of_program(options.program),
                 {{"purpose", options.purpose}, {"as", options.as}});
    if (!let_out) {
        return report(api);
    }
    if (!file.keep(*text)) {
        std::cerr
            << options.to << ": " << std::generic_category().message(errno)
            << "; it was taken away again. The audit says that it was taken out: it was not, and a note "
               "in the case should say so.\n";
        return unavailable;
    }
    std::cerr << options.to << ": written, for you alone to read. The audit says that you took it out, for "
              << options.purpose << ". The team's notes are not in it. Delete it when it has arrived.\n";
    return 0;
}

}  // namespace

int case_export(const ExportOptions& options, Terminal& terminal) {
    LocalApi api(options.socket);
    const CaseSearch search = find_case(api, options.program, options.which);
    if (search.code != 0) {
        return search.code;
    }
    const Result<json::object> circle = ask_circle(api, options.program, search.id);
    if (!circle) {
        return report(api);
    }
    const PrivateKeys keys = keys_of(options, *circle, terminal);
    if (keys.code != 0) {
        return keys.code;
    }
    NewFile file(options.to);
    if (!file.is_open()) {
        std::cerr << options.to << ": "
                  << (errno == EEXIST ? "is there already, and is left as it is"
                                      : std::generic_category().message(errno))
                  << ". Nothing was taken out.\n";
        return bad_data;
    }
    return take_out(api, options, search.id, keys, file);
}

}  // namespace rightsline::cli
