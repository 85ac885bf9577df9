#include "flows/loader/scope.hpp"

#include <algorithm>

namespace rightsline::flows {

FlowScope::FlowScope(Build& build, std::uint8_t flow) : build_(build), flow_(flow) {}

std::vector<std::string> FlowScope::block_names() const {
    std::vector<std::string> names;
    for (const Block& block : build_.pack->blocks) {
        const std::string& flow = build_.pack->flows[block.flow].name;
        names.push_back(block.flow == flow_ ? block.name : flow + "." + block.name);
    }
    return names;
}

BlockIndex FlowScope::find(const std::string& name) const {
    const std::size_t dot = name.find('.');
    if (dot == std::string::npos) {
        return build_.pack->find_block(build_.pack->flows[flow_].name, name);
    }
    return build_.pack->find_block(std::string_view(name).substr(0, dot),
                                   std::string_view(name).substr(dot + 1));
}

BlockIndex FlowScope::target(const Node& node) {
    if (node.missing()) {
        return no_block;
    }
    const std::string name = read_text(node, build_.complaints);
    const BlockIndex found = find(name);
    if (found == no_block && node.kind() == Node::Kind::scalar) {
        build_.complain(node, "unknown-target", "there is no block '" + name + "' to go to",
                        suggest(name, block_names()));
    }
    return found;
}

BlockIndex FlowScope::flow_start(const Node& node) {
    const std::string name = read_text(node, build_.complaints);
    std::vector<std::string> names;
    for (const Flow& other : build_.pack->flows) {
        if (other.name == name) {
            return other.start;
        }
        names.push_back(other.name);
    }
    build_.complain(node, "unknown-flow", "there is no flow '" + name + "' to call", suggest(name, names));
    return no_block;
}

TextIndex FlowScope::shared_text(const Node& node) {
    if (node.missing()) {
        return no_text;
    }
    const std::string key = read_text(node, build_.complaints);
    const TextIndex found = build_.pack->find_text(key);
    if (found == no_text) {
        std::vector<std::string> keys;
        keys.reserve(build_.texts.size());
        for (const TextSource& text : build_.texts) {
            keys.push_back(text.key);
        }
        const auto near = locales::nearest(key, keys);
        build_.complain(
            node, "unknown-string", "there is no text '" + key + "'",
            near ? "did you mean '" + *near + "'?" : "write it in common.yaml, or name one that is there");
    }
    return found;
}

void FlowScope::require_language(const Node& node, const std::string& tag) {
    std::vector<std::string> tags;
    for (const LanguageTag& language : build_.pack->languages) {
        tags.push_back(language.str());
    }
    if (std::find(tags.begin(), tags.end(), tag) == tags.end()) {
        build_.complain(node, "unknown-language", "'" + tag + "' is none of the program's languages",
                        suggest(tag, tags));
    }
}

VoiceInput FlowScope::voice(const Node& node, VoiceInput defaults) {
    VoiceInput voice = std::move(defaults);
    if (node.kind() != Node::Kind::map) {
        return voice;  // a scalar under voice: is a wording, read as a prompt
    }
    Complaints& complaints = build_.complaints;
    locales::refuse_unknown_keys(node, {"timeout", "digit_timeout", "record", "stop_on", "consent", "text"},
                                 complaints);
    voice.timeout = read_duration(node["timeout"], complaints).value_or(voice.timeout);
    voice.digit_timeout = read_duration(node["digit_timeout"], complaints).value_or(voice.digit_timeout);
    if (const auto record = read_duration(node["record"], complaints)) {
        voice.record = record;
    }
    if (node.has("stop_on")) {
        voice.stop_on = read_text(node["stop_on"], complaints);
        if (voice.stop_on.size() != 1 ||
            std::string_view("0123456789*#").find(voice.stop_on) == std::string_view::npos) {
            build_.complain(node["stop_on"], "bad-value", "'" + voice.stop_on + "' is not one key of a phone",
                            "write \"#\"");
        }
    }
    if (node.has("consent")) {
        voice.consent_recording = node["consent"].text() == "recording";
        if (!voice.consent_recording) {
            build_.complain(node["consent"], "bad-value",
                            "'" + node["consent"].text() + "' is nothing to consent to",
                            "write consent: recording");
        }
    }
    return voice;
}

}  // namespace rightsline::flows
