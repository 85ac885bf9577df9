#include <algorithm>
#include <limits>

#include "flows/loader/scope.hpp"

namespace rightsline::flows {

namespace {

/// The flow that a conversation starts in comes first: `start:` of the program, else "hotline", else the
/// first file.
void put_start_first(Build& build) {
    std::vector<FlowSource>& flows = build.sources.flows;
    const Node& start = build.sources.program["start"];
    const std::string wanted = start.missing() ? "hotline" : read_text(start, build.complaints);
    const auto found =
        std::find_if(flows.begin(), flows.end(), [&](const FlowSource& flow) { return flow.name == wanted; });
    if (found != flows.end()) {
        std::rotate(flows.begin(), found, found + 1);
    } else if (!start.missing()) {
        build.complain(start, "unknown-flow", "there is no flow '" + wanted + "' to start with",
                       "name one of the program's flows");
    }
}

void register_blocks(Build& build, const FlowSource& source, std::uint8_t flow) {
    const Node& blocks = source.root["blocks"];
    if (!is_map(blocks, build.complaints) || blocks.entries().empty()) {
        build.complain(blocks, "no-blocks", "flow '" + source.name + "' has no blocks",
                       "write some under blocks:");
        return;
    }
    for (const auto& [name, node] : blocks.entries()) {
        if (!is_name(name)) {
            build.complain(node, "bad-name", "'" + name + "' cannot name a block",
                           "use lower-case letters, digits, _ and -");
            continue;
        }
        if (build.pack->blocks.size() >= no_block) {
            build.complain(node, "too-many-blocks", "the program has more than 65,000 blocks",
                           "split the program");
            return;
        }
        Block block;
        block.name = name;
        block.flow = flow;
        block.line = node.line();
        build.pack->blocks.push_back(std::move(block));
        build.block_nodes.push_back(&node);
    }
}

void register_flow(Build& build, const FlowSource& source) {
    if (build.pack->flows.size() >= std::numeric_limits<std::uint8_t>::max()) {
        build.complain(source.root, "too-many-flows", "the program has more than 255 flows", "merge some");
        return;
    }
    const auto first = static_cast<BlockIndex>(build.pack->blocks.size());
    Flow flow;
    flow.name = source.name;
    flow.file = source.root.file();
    build.pack->flows.push_back(std::move(flow));
    register_blocks(build, source, static_cast<std::uint8_t>(build.pack->flows.size() - 1));
    if (build.pack->blocks.size() > first) {
        build.pack->flows.back().start = first;  // until `start:` says otherwise
    }
}

void read_expiry(FlowScope& scope, const Node& node) {
    Complaints& complaints = scope.build().complaints;
    if (!is_map(node, complaints)) {
        return;
    }
    locales::refuse_unknown_keys(node, {"sms", "ussd", "voice", "on_return"}, complaints);
    Expiry& expire = scope.flow().expire;
    const auto minutes = [&](const char* key, std::chrono::minutes fallback) {
        const auto time = read_duration(node[key], complaints);
        return time ? std::chrono::ceil<std::chrono::minutes>(*time) : fallback;
    };
    expire.sms = minutes("sms", expire.sms);
    expire.ussd = minutes("ussd", expire.ussd);
    expire.voice = minutes("voice", expire.voice);
    const std::string& back = node["on_return"].text();
    if (back == "resume") {
        expire.on_return = OnReturn::resume;
    } else if (back == "restart") {
        expire.on_return = OnReturn::restart;
    } else if (node.has("on_return") && back != "ask") {
        scope.build().complain(node["on_return"], "bad-value", "'" + back + "' is nothing to do on return",
                               "write ask, resume or restart");
    }
}

void read_hotkeys(FlowScope& scope, const Node& node) {
    if (!is_map(node, scope.build().complaints)) {
        return;
    }
    Flow& flow = scope.flow();
    flow.repeat_key = '\0';  // a flow that lists its hotkeys has these and no others
    flow.back_key = '\0';
    for (const auto& [key, where] : node.entries()) {
        if (key.size() != 1 || std::string_view("0123456789*#").find(key) == std::string_view::npos) {
            scope.build().complain(where, "bad-key", "'" + key + "' is not one key of a phone",
                                   "use 0-9, \"*\" or \"#\"");
        } else if (where.text() == "repeat") {
            flow.repeat_key = key[0];
        } else if (where.text() == "back") {
            flow.back_key = key[0];
        } else if (const BlockIndex block = scope.target(where); block != no_block) {
            flow.hotkeys[key[0]] = block;
        }
    }
}

void read_keywords(FlowScope& scope, const Node& node) {
    if (!is_map(node, scope.build().complaints)) {
        return;
    }
    for (const auto& [word, where] : node.entries()) {
        const BlockIndex block = scope.target(where);
        const std::string folded = locales::fold(word);
        if (folded.empty()) {
            scope.build().complain(where, "bad-key", "'" + word + "' has no letter or digit to type",
                                   "use a word");
        } else if (!scope.flow().keywords.emplace(folded, block).second) {
            scope.build().complain(where, "keyword-twice", "'" + word + "' reads the same as a keyword above",
                                   "keep one of the two");
        }
    }
}

void read_defaults(FlowScope& scope, const Node& node) {
    Complaints& complaints = scope.build().complaints;
    if (!is_map(node, complaints)) {
        return;
    }
    locales::refuse_unknown_keys(node, {"retries", "invalid", "no_input", "else", "voice"}, complaints);
    scope.flow().invalid = scope.shared_text(node["invalid"]);
    scope.flow().no_input = scope.shared_text(node["no_input"]);
    scope.flow().voice = scope.voice(node["voice"], {});
    scope.otherwise = scope.target(node["else"]);
    const std::int64_t retries = read_whole(node["retries"], complaints).value_or(2);
    if (retries < 0 || retries > 5) {
        scope.build().complain(node["retries"], "bad-value", "a block asks again 0 to 5 times",
                               "write retries: 2");
    } else {
        scope.retries = static_cast<int>(retries);
    }
}

void read_header(FlowScope& scope, const Node& root) {
    locales::refuse_unknown_keys(root,
                                 {"flow", "title", "start", "defaults", "expire", "hotkeys", "keywords",
                                  "first_text", "danger", "blocks", "source", "review"},
                                 scope.build().complaints);
    Flow& flow = scope.flow();
    flow.title = read_text(root["title"], scope.build().complaints);
    read_defaults(scope, root["defaults"]);
    read_expiry(scope, root["expire"]);
    read_hotkeys(scope, root["hotkeys"]);
    read_keywords(scope, root["keywords"]);
    flow.first_text = scope.target(root["first_text"]);
    flow.danger = scope.target(root["danger"]);
}

}  // namespace

void build_flows(Build& build) {
    put_start_first(build);
    for (const FlowSource& source : build.sources.flows) {
        register_flow(build, source);
    }
    Pack& pack = *build.pack;
    if (pack.flows.empty()) {
        build.complain(build.sources.program, "no-flow", "the program has no flow that can be read",
                       "write flows/" + pack.program + "/hotline.flow.yaml");
    }
    for (std::size_t i = 0; i < pack.flows.size(); ++i) {  // before any call: is resolved
        FlowScope scope(build, static_cast<std::uint8_t>(i));
        const BlockIndex start = scope.target(build.sources.flows[i].root["start"]);
        pack.flows[i].start = start == no_block ? pack.flows[i].start : start;
    }
    for (std::size_t i = 0; i < pack.flows.size(); ++i) {
        FlowScope scope(build, static_cast<std::uint8_t>(i));
        read_header(scope, build.sources.flows[i].root);
        for (std::size_t b = 0; b < pack.blocks.size(); ++b) {
            if (pack.blocks[b].flow == i) {
                build_block(scope, *build.block_nodes[b], pack.blocks[b]);
            }
        }
    }
}

}  // namespace rightsline::flows
