#include "flows/loader/sources.hpp"

#include <optional>

#include "flows/limits.hpp"

namespace rightsline::flows {

namespace {

bool ends_with(std::string_view text, std::string_view end) {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

Complaint about_file(const std::string& file, std::string rule, std::string what, std::string mend) {
    return {file, 1, std::move(rule), std::move(what), std::move(mend), Complaint::Level::error};
}

/// The folder of audio that an index came from: 0 for index.yaml, n for index.n.yaml.
std::optional<unsigned> index_rank(std::string_view file, std::string_view folder) {
    constexpr std::string_view head = "index.";
    constexpr std::string_view tail = ".yaml";
    if (!file.starts_with(folder)) {
        return std::nullopt;
    }
    file.remove_prefix(folder.size());
    if (file == "index.yaml") {
        return 0;
    }
    const bool shaped =
        file.size() == head.size() + 1 + tail.size() && file.starts_with(head) && file.ends_with(tail);
    const char digit = shaped ? file[head.size()] : '0';
    return digit >= '1' && digit <= '9' ? std::optional(static_cast<unsigned>(digit - '0')) : std::nullopt;
}

/// Where the tree of a locale file belongs, or nullptr when its path is none of ours.
Node* locale_place(Sources& sources, std::string_view path, const std::string& program) {
    constexpr std::string_view folder = "locales/";
    path.remove_prefix(folder.size());
    const std::size_t slash = path.find('/');
    if (slash == std::string_view::npos) {
        return nullptr;
    }
    const std::string tag(path.substr(0, slash));
    const std::string_view file = path.substr(slash + 1);
    if (file == "common.yaml") {
        return &sources.locales[tag].common;
    }
    if (file == program + ".yaml") {
        return &sources.locales[tag].program;
    }
    if (const auto rank = index_rank(file, "audio/common/")) {
        return &sources.locales[tag].common_audio[*rank];
    }
    if (const auto rank = index_rank(file, "audio/" + program + "/")) {
        return &sources.locales[tag].program_audio[*rank];
    }
    return nullptr;
}

class SourceReader {
 public:
    SourceReader(const Bundle& bundle, Complaints& complaints) : bundle_(bundle), complaints_(complaints) {}

    Sources read() {
        const std::string folder = "flows/" + bundle_.program + "/";
        for (const auto& [path, bytes] : bundle_.files) {
            if (path == folder + "program.yaml") {
                read_into(sources_.program, path, bytes);
            } else if (path.rfind(folder, 0) == 0 && ends_with(path, ".flow.yaml")) {
                read_flow(path, bytes);
            } else if (path.rfind("locales/", 0) == 0) {
                read_locale(path, bytes);
            } else if (!ends_with(path, ".test.yaml")) {
                complaints_.push_back(about_file(path, "stray-file", "this file belongs to no program",
                                                 "name flows *.flow.yaml and keep them in " + folder));
            }
        }
        if (sources_.program.missing() && bundle_.files.count(folder + "program.yaml") == 0) {
            complaints_.push_back(about_file(folder + "program.yaml", "no-program",
                                             "the program has no program.yaml",
                                             "write one: program, title, languages"));
        }
        return std::move(sources_);
    }

 private:
    bool read_into(Node& place, const std::string& path, const std::string& bytes) {
        const std::size_t before = complaints_.size();
        Node root = locales::read_yaml(bytes, path, complaints_);
        if (complaints_.size() != before) {
            return false;  // a tree with a complaint must not be used
        }
        if (root.kind() != Node::Kind::map) {
            complaints_.push_back(
                root.complain("not-a-map", "the file holds no 'name: value' lines", "fill it or delete it"));
            return false;
        }
        place = std::move(root);
        return true;
    }

    void read_flow(const std::string& path, const std::string& bytes) {
        FlowSource flow;
        if (!read_into(flow.root, path, bytes)) {
            return;
        }
        flow.name = flow.root["flow"].text();
        if (!is_name(flow.name) || flow.name == "common" || flow.name == "program") {
            complaints_.push_back(
                flow.root["flow"].complain("bad-name", "'" + flow.name + "' cannot name a flow",
                                           "use lower-case letters, digits, _ and -; not 'common' or "
                                           "'program'"));
            return;
        }
        for (const FlowSource& other : sources_.flows) {
            if (other.name == flow.name) {
                complaints_.push_back(flow.root["flow"].complain(
                    "flow-twice", "flow '" + flow.name + "' is also in " + other.root.file(),
                    "give one another name"));
                return;
            }
        }
        sources_.flows.push_back(std::move(flow));
    }

    void read_locale(const std::string& path, const std::string& bytes) {
        Node* place = locale_place(sources_, path, bundle_.program);
        if (place == nullptr) {
            complaints_.push_back(about_file(path, "stray-file",
                                             "this file belongs to no language of the program",
                                             "expected locales/<tag>/common.yaml, <program>.yaml or "
                                             "audio/<program>/index.yaml"));
            return;
        }
        read_into(*place, path, bytes);
    }

    const Bundle& bundle_;
    Complaints& complaints_;
    Sources sources_;
};

}  // namespace

Sources read_sources(const Bundle& bundle, Complaints& complaints) {
    std::size_t bytes = 0;
    for (const auto& [path, file] : bundle.files) {
        bytes += file.size();
    }
    if (bytes > limits::pack_bytes) {
        complaints.push_back(about_file("flows/" + bundle.program, "too-large",
                                        "the program's files are over 4 MiB together", "split the program"));
        return {};
    }
    return SourceReader(bundle, complaints).read();
}

}  // namespace rightsline::flows
