#include "gateway/config/settings.hpp"

#include <algorithm>
#include <charconv>

namespace rightsline::config {
namespace {

const std::string prefix = "RIGHTSLINE_";
const std::string file_suffix = "_FILE";

std::string spoken(std::string path) {
    for (std::size_t at = path.find("__"); at != std::string::npos; at = path.find("__")) {
        path.replace(at, 2, ".");
    }
    return path;
}

std::string without_line_end(std::string text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) {
        text.pop_back();
    }
    return text;
}

}  // namespace

Settings::Settings(const Sources& sources, const locales::Node& root, locales::Complaints& complaints)
    : sources_(sources), root_(root), complaints_(complaints) {}

const locales::Node& Settings::node(const std::string& path) const {
    const locales::Node* at = &root_;
    std::size_t begin = 0;
    while (true) {
        const std::size_t end = path.find("__", begin);
        at = &(*at)[std::string_view(path).substr(begin, end - begin)];
        if (end == std::string::npos) {
            return *at;
        }
        begin = end + 2;
    }
}

std::optional<std::string> Settings::from_environment(const std::string& path) {
    const auto direct = sources_.environment.find(prefix + path);
    const auto in_file = sources_.environment.find(prefix + path + file_suffix);
    if (direct != sources_.environment.end()) {
        return direct->second;
    }
    if (in_file == sources_.environment.end()) {
        return std::nullopt;
    }
    auto content = sources_.read_file(in_file->second);
    if (!content) {
        complain(path, "unreadable-file", "the file named by " + in_file->first + " cannot be read",
                 "check its path and its permissions; it must be a regular file of at most 1 MiB");
        return std::nullopt;
    }
    return without_line_end(std::move(*content));
}

std::optional<std::string> Settings::text(const std::string& path) {
    known_.push_back(path);
    const auto flag = sources_.flags.find(path);
    if (flag != sources_.flags.end()) {
        return flag->second;
    }
    if (auto value = from_environment(path)) {
        return value;
    }
    const locales::Node& written = node(path);
    if (written.missing()) {
        return std::nullopt;
    }
    if (written.kind() != locales::Node::Kind::scalar) {
        complain(path, "not-a-value", spoken(path) + " must be one value",
                 "write it on one line behind the colon");
        return std::nullopt;
    }
    return written.text();
}

void Settings::take(const std::string& path, std::string& into) {
    if (auto value = text(path)) {
        into = std::move(*value);
    }
}

void Settings::take_count(const std::string& path, std::size_t least, std::size_t& into) {
    const auto value = text(path);
    if (!value) {
        return;
    }
    std::size_t number = 0;
    const auto read = std::from_chars(value->data(), value->data() + value->size(), number);
    if (value->empty() || read.ec != std::errc() || read.ptr != value->data() + value->size() ||
        number < least) {
        complain(path, "not-a-number",
                 spoken(path) + " is not a whole number of at least " + std::to_string(least),
                 "write digits only");
        return;
    }
    into = number;
}

void Settings::take_flag(const std::string& path, bool& into) {
    const auto value = text(path);
    if (value && *value != "true" && *value != "false") {
        complain(path, "not-true-or-false", spoken(path) + " is neither true nor false",
                 "write true or false");
    } else if (value) {
        into = *value == "true";
    }
}

void Settings::complain(const std::string& path, std::string rule, std::string what, std::string mend,
                        locales::Complaint::Level level) {
    const locales::Node& written = node(path);
    auto complaint =
        (written.missing() ? root_ : written).complain(std::move(rule), std::move(what), std::move(mend));
    complaint.file = sources_.file;
    complaint.level = level;
    complaint.line = std::max(1, complaint.line);  // what is missing is missing from the whole file
    complaints_.push_back(std::move(complaint));
}

void Settings::refuse_unknown() {
    const auto check = [this](std::string path, const std::string& shown) {
        if (std::ranges::find(known_, path) != known_.end()) {
            return;
        }
        const auto near = locales::nearest(path, known_);
        complain(path, "unknown-key", shown + " sets nothing that rightsline knows",
                 near ? "did you mean " + *near + '?' : "remove it");
    };
    for (const auto& [name, value] : sources_.flags) {
        check(name, name);
    }
    for (const auto& [name, value] : sources_.environment) {
        if (!name.starts_with(prefix)) {
            continue;
        }
        std::string path = name.substr(prefix.size());
        if (path.ends_with(file_suffix)) {
            path.resize(path.size() - file_suffix.size());
        }
        check(std::move(path), name);
    }
}

}  // namespace rightsline::config
