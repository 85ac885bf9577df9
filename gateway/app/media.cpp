#include "gateway/app/media.hpp"

#include <algorithm>

#include "gateway/ops/read_file.hpp"

namespace rightsline::app {

void Media::renew(std::map<std::string, std::string> files) {
    files.merge(files_);  // of a hash in both, where it lies now
    files_ = std::move(files);
}

void Media::preload(const std::vector<std::string>& hashes) {
    for (const std::string& hash : hashes) {
        const auto known = files_.find(hash);
        if (known != files_.end() && !held_.contains(hash)) {
            held_.emplace(hash, ops::read_file(known->second).value_or(""));
        }
    }
}

http::Response Media::serve_read(const std::string& hash) const {
    constexpr std::size_t digits = 64;
    const bool may = !for_now_.empty() && hash.size() == digits && std::ranges::all_of(hash, [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    });
    http::Response response;
    response.body = may ? ops::read_file(for_now_ + "/" + hash + ".wav").value_or("") : "";
    if (response.body.empty()) {
        response.status = 404;
        response.body = "no such recording\n";
        return response;
    }
    response.content_type = "audio/wav";
    response.headers.emplace_back("Cache-Control", "no-store");
    return response;
}

http::Response Media::serve(const std::string& name) const {
    http::Response response;
    const auto dot = name.find('.');
    const std::string hash = name.substr(0, dot);
    const auto held = held_.find(hash);
    const auto known = files_.find(hash);
    if (name.substr(dot == std::string::npos ? name.size() : dot) == ".wav" && known != files_.end()) {
        response.body = held != held_.end() ? held->second : ops::read_file(known->second).value_or("");
    }
    if (response.body.empty() && known == files_.end() && name == hash + ".wav") {
        return serve_read(hash);
    }
    if (response.body.empty()) {
        response.status = 404;
        response.body = "no such recording\n";
        return response;
    }
    response.content_type = "audio/wav";
    response.headers.emplace_back("Cache-Control", "public, max-age=31536000, immutable");
    return response;
}

}  // namespace rightsline::app
