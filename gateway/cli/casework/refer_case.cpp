#include "gateway/cli/casework/refer_case.hpp"

#include <array>
#include <boost/json.hpp>
#include <iostream>
#include <utility>

#include "gateway/cases/case_file.hpp"
#include "gateway/cli/casework/case_search.hpp"
#include "gateway/ops/base64.hpp"
#include "gateway/ops/fresh_bytes.hpp"
#include "gateway/vault/key_file.hpp"
#include "locales/private_text.hpp"

namespace rightsline::cli {
namespace {

namespace json = boost::json;

constexpr std::size_t chunk_bytes = 64U << 10U;

std::string fresh_id() {
    std::array<std::uint8_t, 16> bytes{};
    ops::draw_fresh_bytes(bytes);
    return vault::to_hex(bytes);
}

std::string sealed_stream(const vault::CirclePublicKey& circle, const std::string& context,
                          std::string_view sound) {
    vault::StreamSealer sealer(circle, context);
    std::string sealed = sealer.header();
    do {
        const std::string_view chunk = sound.substr(0, chunk_bytes);
        sound.remove_prefix(chunk.size());
        sealed += sealer.push(chunk, sound.empty());
    } while (!sound.empty());
    return sealed;
}

}  // namespace

std::string ReferCase::copy_recording(const std::string& program, const std::string& id,
                                      const std::string& recording) {
    const std::string of = "?program=" + program;
    const Result<std::string> sealed = api_.download("/api/v1/cases/" + id + "/recordings/" + recording + of);
    if (!sealed) {
        std::cerr << "recording " << recording << ": " << api_.refusal()
                  << "\nWait for it, or leave recordings out: --without-recordings\n";
        return "";
    }
    const vault::CirclePrivateKey& key = keys_.for_sealed(*sealed, vault::SealedForm::recording);
    Result<std::string> sound = key.open_stream(cases::recording_context(program, recording), *sealed);
    if (!sound) {
        std::cerr << "recording " << recording << ": " << sound.error().message() << "\n";
        return "";
    }
    std::string fresh = fresh_id();
    std::string copy = sealed_stream(circle_, cases::recording_context(program, fresh), *sound);
    locales::wipe(*sound);
    const std::string target =
        "/api/v1/cases/" + id + "/referrals/recordings/" + fresh + of + "&to=" + escaped(to_);
    if (!api_.upload(target, std::move(copy))) {
        report(api_);
        return "";
    }
    return fresh;
}

bool ReferCase::copy(const std::string& program, const std::string& id, const std::string& sealed,
                     Copies& into) {
    const vault::CirclePrivateKey& key = keys_.for_sealed(sealed, vault::SealedForm::part);
    Result<cases::OpenedPart> part = cases::open_part(key, program, id, sealed);
    if (!part) {
        std::cerr << "a part cannot be opened: " << part.error().message() << "\n";
        return false;
    }
    flows::Part words{part->name, locales::PrivateText(std::move(part->text)), part->recording,
                      flows::Seconds(part->seconds)};
    if (!words.recording.empty() && !with_recordings_) {
        ++into.left_out;
        return true;
    }
    if (!words.recording.empty()) {
        words.recording = copy_recording(program, id, words.recording);
        if (words.recording.empty()) {
            return false;
        }
        into.recordings.push_back(json::string(words.recording));
    }
    const std::string copy = cases::seal_part(circle_, program, id, words, part->at);
    into.parts.push_back(json::string(ops::to_base64(copy)));
    return true;
}

std::optional<Copies> ReferCase::run(const std::string& program, const std::string& id, std::int64_t from) {
    Copies copies;
    copies.seen = from;
    for (std::int64_t total = from + 1; copies.seen < total;) {
        const Result<json::object> page =
            api_.get("/api/v1/cases/" + id + "?program=" + program + "&from=" + std::to_string(copies.seen));
        if (!page) {
            report(api_);
            return std::nullopt;
        }
        const json::array& parts = page->at("parts").as_array();
        for (const json::value& one : parts) {
            if (!copy(program, id, ops::from_base64(one.as_string()).value_or(""), copies)) {
                return std::nullopt;
            }
        }
        copies.seen += static_cast<std::int64_t>(parts.size());
        total = parts.empty() ? copies.seen : page->at("parts_total").to_number<std::int64_t>();
    }
    return copies;
}

}  // namespace rightsline::cli
