// FlowScope: names as one flow sees them, resolved to indexes with a complaint for those that lead nowhere.
//
// Owner: the loader, for one flow at a time, after every flow's blocks have been registered.
#pragma once

#include <string>
#include <vector>

#include "flows/loader/build.hpp"

namespace rightsline::flows {

class FlowScope {
 public:
    FlowScope(Build& build, std::uint8_t flow);

    Build& build() { return build_; }
    Flow& flow() { return build_.pack->flows[flow_]; }
    std::uint8_t flow_index() const { return flow_; }
    /// "person" in this flow, "hotline.person" in another; no_block for a missing node, or with a complaint.
    BlockIndex target(const Node& node);
    BlockIndex find(const std::string& name) const;
    /// The flow's first block ("call"), or no_block with a complaint.
    BlockIndex flow_start(const Node& node);
    /// A text by its whole key, such as common.invalid.
    TextIndex shared_text(const Node& node);
    /// Every language of the program under its tag.
    void require_language(const Node& node, const std::string& tag);
    VoiceInput voice(const Node& node, VoiceInput defaults);

    BlockIndex otherwise = no_block;  // `defaults: else`
    int retries = 2;

 private:
    std::vector<std::string> block_names() const;

    Build& build_;
    std::uint8_t flow_;
};

/// Reads the block at `node` into `block`.
void build_block(FlowScope& scope, const Node& node, Block& block);

}  // namespace rightsline::flows
