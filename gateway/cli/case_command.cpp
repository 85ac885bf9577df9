#include "gateway/cli/case_command.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <optional>

#include "gateway/cases/case_file.hpp"
#include "gateway/cli/local_api.hpp"
#include "gateway/ops/base64.hpp"
#include "gateway/ops/json_text.hpp"
#include "gateway/vault/circle.hpp"
#include "gateway/vault/error.hpp"
#include "gateway/vault/key_file.hpp"

namespace rightsline::cli {
namespace {

namespace json = boost::json;
using ops::text_of;

constexpr int bad_data = 65;
constexpr int unavailable = 69;

std::string query(const CaseOptions& options) {
    return options.program.empty() ? "" : "?program=" + options.program;
}

std::string when(std::int64_t seconds) {
    const std::time_t time = seconds;
    std::tm utc{};
    gmtime_r(&time, &utc);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &utc);
    return text;
}

void print_row(const json::object& one) {
    std::printf("%-9s %-3s %-10s %-12s %-6s %-6s %s\n", text_of(one, "alias").c_str(),
                text_of(one, "urgency").c_str(), text_of(one, "status").c_str(),
                text_of(one, "family").c_str(), text_of(one, "language").c_str(),
                text_of(one, "mode").c_str(), when(one.at("filed_hour").to_number<std::int64_t>()).c_str());
}

/// Talk, and so on stderr: what a program reads on stdout are the rows.
void print_head() {
    std::cerr << "name      urg status     about        lang   by     filed (UTC; only the hour is shown)\n"
              << std::flush;
}

int report(const LocalApi& api) {
    std::cerr << api.refusal() << "\n";
    return unavailable;
}

std::string listed(const CaseOptions& options, int skip, int limit) {
    return "/api/v1/cases?skip=" + std::to_string(skip) + "&limit=" + std::to_string(limit) +
           (options.program.empty() ? "" : "&program=" + options.program);
}

std::int64_t total_of(const json::object& list) { return list.at("total").to_number<std::int64_t>(); }

/// As staff say it aloud or type it: 7k4-921, 7K4921 and 7K4 921 are one.
std::string spoken(const std::string& alias) {
    std::string out;
    for (const char c : alias) {
        if (c != '-' && c != ' ') {
            out.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
        }
    }
    return out;
}

/// The id of the case that is called so; none is said in words.
std::optional<std::string> find(LocalApi& api, const CaseOptions& options) {
    if (options.which.size() == 32) {
        return options.which;
    }
    constexpr int page = 1000;
    std::int64_t total = 1;
    for (int skip = 0; skip < total; skip += page) {
        const Result<json::object> list = api.get(listed(options, skip, page));
        if (!list) {
            report(api);
            return std::nullopt;
        }
        for (const json::value& one : list->at("cases").as_array()) {
            if (spoken(text_of(one.as_object(), "alias")) == spoken(options.which)) {
                return text_of(one.as_object(), "id");
            }
        }
        total = total_of(*list);
    }
    std::cerr << "No case is called " << options.which << ". `rightsline case list` shows them.\n";
    return std::nullopt;
}

/// The folder for recordings, made when it is missing. Says why when there is none to write to.
bool prepare_folder(const std::string& folder) {
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed || !std::filesystem::is_directory(folder)) {
        std::cerr << folder << ": no folder for recordings can be made here"
                  << (failed ? " (" + failed.message() + ")" : "") << ". Name another: --recordings DIR\n";
        return false;
    }
    return true;
}

/// Writes a new file that only its owner reads; "" or why not.
std::string write_new(const std::string& path, const std::string& bytes) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) {
        return errno == EEXIST ? "is there already, and is left as it is; move it away to save it again"
                               : std::strerror(errno);
    }
    const bool whole = ::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
    const std::string why = whole ? "" : std::strerror(errno);
    ::close(file);
    if (!whole) {
        ::unlink(path.c_str());  // half a recording would look like a whole one
    }
    return why;
}

/// Saves an opened recording where only its owner reads it.
bool save_recording(LocalApi& api, const CaseOptions& options, const vault::CirclePrivateKey& key,
                    const std::string& program, const std::string& id) {
    const Result<std::string> sealed = api.download("/api/v1/recordings/" + id);
    if (!sealed) {
        std::cerr << "recording " << id << ": " << api.refusal() << "\n";
        return false;
    }
    const Result<std::string> sound = vault::open_stream(key, cases::recording_context(program, id), *sealed);
    if (!sound) {
        std::cerr << "recording " << id << ": " << sound.error().message() << "\n";
        return false;
    }
    const std::string path = options.save_to + "/" + id + ".wav";
    const std::string why = write_new(path, *sound);
    std::cerr << path << ": " << (why.empty() ? "saved" : why) << "\n";
    return why.empty();
}

json::object to_json(const cases::OpenedPart& part) {
    return {{"name", part.name},
            {"text", part.text},
            {"recording", part.recording},
            {"seconds", part.seconds},
            {"at", part.at}};
}

void print_part(const cases::OpenedPart& part) {
    std::cout << when(part.at) << "  " << part.name << ": ";
    if (part.recording.empty()) {
        std::cout << part.text << "\n";
    } else {
        std::cout << "recording of " << part.seconds << " s (" << part.recording << ")\n";
    }
}

/// The circle's private key; a file that others may read is refused.
std::optional<vault::CirclePrivateKey> read_circle_key(const std::string& path) {
    const Result<locales::PrivateText> text = vault::read_key_file(path, vault::Exposure::secret);
    if (!text && text.error() == vault::make_error_code(vault::errc::key_exposed)) {
        std::cerr << path << ": others may read this private key. Run: chmod 600 " << path
                  << "   (on a stick that knows no owners: install -m 600 " << path << " ~/circle.key)\n";
        return std::nullopt;
    }
    Result<vault::CirclePrivateKey> key =
        text ? vault::CirclePrivateKey::parse(text->reveal()) : Result<vault::CirclePrivateKey>(text.error());
    if (!key) {
        std::cerr << path << ": "
                  << (text ? key.error().message()
                           : "there is no such file. Name the private key: --key FILE")
                  << "\n";
        return std::nullopt;
    }
    return std::move(*key);
}

}  // namespace

int case_list(const CaseOptions& options) {
    LocalApi api(options.socket);
    const Result<json::object> list = api.get(listed(options, options.skip, options.limit));
    if (!list) {
        return report(api);
    }
    if (options.json) {
        std::cout << json::serialize(*list) << "\n";
        return 0;
    }
    const json::array& cases = list->at("cases").as_array();
    if (!cases.empty()) {
        print_head();
    }
    for (const json::value& one : cases) {
        print_row(one.as_object());
    }
    const std::int64_t shown = options.skip + static_cast<std::int64_t>(cases.size());
    std::fflush(stdout);
    std::cerr << cases.size() << (cases.size() == 1 ? " case" : " cases");
    if (total_of(*list) > shown) {
        std::cerr << ", " << total_of(*list) - shown << " more: --skip " << shown;
    }
    std::cerr << "\n";
    return 0;
}

int case_show(const CaseOptions& options) {
    const std::optional<vault::CirclePrivateKey> key = read_circle_key(options.key);
    if (!key || (!options.save_to.empty() && !prepare_folder(options.save_to))) {
        return bad_data;
    }
    LocalApi api(options.socket);
    const std::optional<std::string> id = find(api, options);
    if (!id) {
        return unavailable;
    }
    const Result<json::object> found = api.get("/api/v1/cases/" + *id + query(options));
    if (!found) {
        return report(api);
    }
    const std::string program = text_of(*found, "program");
    json::array opened;
    bool ok = true;
    if (!options.json) {
        print_head();
        print_row(*found);
        std::fflush(stdout);
    }
    for (const json::value& sealed : found->at("parts").as_array()) {
        const Result<cases::OpenedPart> part =
            cases::open_part(*key, program, *id, ops::from_base64(sealed.as_string()).value_or(""));
        if (!part) {
            std::cerr << "a part cannot be opened: " << part.error().message() << "\n";
            ok = false;
            continue;
        }
        options.json ? opened.push_back(to_json(*part)) : print_part(*part);
        if (!part->recording.empty() && !options.save_to.empty()) {
            ok = save_recording(api, options, *key, program, part->recording) && ok;
        }
    }
    if (options.json) {
        json::object out = *found;
        out["parts"] = std::move(opened);
        std::cout << json::serialize(out) << "\n";
    }
    return ok ? 0 : bad_data;
}

}  // namespace rightsline::cli
