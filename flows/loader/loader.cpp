#include "flows/loader.hpp"

#include <algorithm>
#include <tuple>

#include "flows/loader/build.hpp"

namespace rightsline::flows {

TextIndex Build::add_text(const std::string& key, const Node& node, bool fixed) {
    if (node.missing()) {
        return no_text;
    }
    const std::string text = read_text(node, complaints);
    const auto index = static_cast<TextIndex>(texts.size());
    if (texts.size() >= no_text) {
        complain(node, "too-many-texts", "the program has more than 65,000 texts", "split the program");
        return no_text;
    }
    const auto [place, fresh] = pack->text_index.emplace(key, index);
    if (!fresh) {
        const TextSource& first = texts[place->second];
        complain(node, "text-key-twice",
                 "the key '" + key + "' names this text and the one at line " + std::to_string(first.line),
                 "give the block or the choice another name");
        return place->second;
    }
    if (text.empty() && node.kind() == Node::Kind::scalar) {
        complain(node, "empty-text", "'" + key + "' has no words", "write what the worker shall hear");
    }
    pack->text_keys.push_back(key);
    texts.push_back({key, text, node.file(), node.line(), fixed, false});
    return index;
}

void Build::complain(const Node& node, std::string rule, std::string what, std::string mend) {
    complaints.push_back(node.complain(std::move(rule), std::move(what), std::move(mend)));
}

void Build::warn(const Node& node, std::string rule, std::string what, std::string mend) {
    complain(node, std::move(rule), std::move(what), std::move(mend));
    complaints.back().level = Complaint::Level::warning;
}

Build build_all(const Bundle& bundle) {
    Build build;
    build.pack->program = bundle.program;
    build.pack->hash = hash_of(bundle);
    build.sources = read_sources(bundle, build.complaints);
    if (build.sources.program.missing() || locales::has_errors(build.complaints)) {
        return build;  // an absent file would make a mistake of every name that leads into it
    }
    build_program(build);
    if (build.pack->languages.empty()) {
        return build;
    }
    build_common(build);
    build_flows(build);
    build_texts(build);
    index_spoken(*build.pack);
    build_words(build);
    build_audio(build);
    return build;
}

Compiled compile(const Bundle& bundle) {
    Build build = build_all(bundle);
    Compiled compiled;
    compiled.complaints = std::move(build.complaints);
    std::sort(compiled.complaints.begin(), compiled.complaints.end(), [](const auto& a, const auto& b) {
        return std::tie(a.file, a.line, a.rule, a.what) < std::tie(b.file, b.line, b.rule, b.what);
    });
    if (!locales::has_errors(compiled.complaints)) {
        compiled.pack = std::move(build.pack);
    }
    return compiled;
}

}  // namespace rightsline::flows
