#include "gateway/cli/case_command.hpp"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <cstdio>
#include <ctime>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>

#include "gateway/cases/case_file.hpp"
#include "gateway/cli/local_api.hpp"
#include "gateway/vault/circle.hpp"

namespace rightsline::cli {
namespace {

namespace json = boost::json;

constexpr int bad_data = 65;
constexpr int unavailable = 69;

std::string query(const CaseOptions& options) {
    return options.program.empty() ? "" : "?program=" + options.program;
}

std::string text_of(const json::object& object, std::string_view name) {
    const json::value* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

std::string when(std::int64_t seconds) {
    const std::time_t time = seconds;
    std::tm utc{};
    gmtime_r(&time, &utc);
    char text[32];
    std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &utc);
    return text;
}

std::string from_base64(const std::string& text) {
    std::string bytes(text.size(), '\0');
    std::size_t length = 0;
    if (sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                          text.size(), nullptr, &length, nullptr, sodium_base64_VARIANT_ORIGINAL) != 0) {
        return {};
    }
    bytes.resize(length);
    return bytes;
}

void print_row(const json::object& one) {
    std::printf("%-9s %-3s %-10s %-12s %-6s %-6s %s\n", text_of(one, "alias").c_str(),
                text_of(one, "urgency").c_str(), text_of(one, "status").c_str(),
                text_of(one, "family").c_str(), text_of(one, "language").c_str(),
                text_of(one, "mode").c_str(), when(one.at("filed_hour").to_number<std::int64_t>()).c_str());
}

int report(const LocalApi& api) {
    std::cerr << api.refusal() << "\n";
    return unavailable;
}

/// The id of the case that is called so; more than one or none is said in words.
std::optional<std::string> find(LocalApi& api, const CaseOptions& options) {
    if (options.which.size() == 32) {
        return options.which;
    }
    const Result<json::object> list =
        api.get("/api/v1/cases" + (query(options).empty() ? "?" : query(options) + "&") + "limit=1000");
    if (!list) {
        report(api);
        return std::nullopt;
    }
    for (const json::value& one : list->at("cases").as_array()) {
        if (text_of(one.as_object(), "alias") == options.which) {
            return text_of(one.as_object(), "id");
        }
    }
    std::cerr << "No case is called " << options.which << ". `rightsline case list` shows them.\n";
    return std::nullopt;
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
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    const bool whole =
        file >= 0 && ::write(file, sound->data(), sound->size()) == static_cast<ssize_t>(sound->size());
    if (file >= 0) {
        ::close(file);
    }
    std::cerr << path << (whole ? ": saved\n" : ": cannot be written, or is there already\n");
    return whole;
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

}  // namespace

int case_list(const CaseOptions& options) {
    LocalApi api(options.socket);
    const Result<json::object> list = api.get("/api/v1/cases" + query(options));
    if (!list) {
        return report(api);
    }
    if (options.json) {
        std::cout << json::serialize(*list) << "\n";
        return 0;
    }
    const json::array& cases = list->at("cases").as_array();
    for (const json::value& one : cases) {
        print_row(one.as_object());
    }
    std::cerr << cases.size() << (cases.size() == 1 ? " case\n" : " cases\n");
    return 0;
}

int case_show(const CaseOptions& options) {
    std::ifstream in(options.key);
    const std::string key_text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    const Result<vault::CirclePrivateKey> key = vault::CirclePrivateKey::parse(key_text);
    if (!key) {
        std::cerr << options.key << ": " << key.error().message() << "\n";
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
        print_row(*found);
    }
    for (const json::value& sealed : found->at("parts").as_array()) {
        const Result<cases::OpenedPart> part =
            cases::open_part(*key, program, *id, from_base64(std::string(sealed.as_string())));
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
