#include <unordered_map>

#include "flows/loader/build.hpp"
#include "locales/error.hpp"

namespace rightsline::flows {

namespace {

using locales::Message;
using TextMap = std::unordered_map<std::string, const Node*>;

/// The locale files that serve one language, by tag: its own, then its parents' ("es-MX", "es").
std::vector<std::string> own_chain(const LanguageTag& tag) {
    std::vector<std::string> chain;
    for (LanguageTag at = tag; !at.is_undetermined(); at = at.parent()) {
        chain.push_back(at.str());
    }
    return chain;
}

/// An entry is the words themselves, or a map that holds them under `text`.
const Node& words_of(const Node& entry) { return entry.kind() == Node::Kind::map ? entry["text"] : entry; }

std::pair<std::string, std::string> explain(const boost::system::error_code& error) {
    if (error == locales::errc::spell_out) {
        return {"spell-out", "write {code, spell} for digits one by one; no number is spoken by the library"};
    }
    if (error == locales::errc::incomplete_plural) {
        return {"incomplete-plural", "give every plural class of this language"};
    }
    if (error == locales::errc::unknown_plural) {
        return {"unknown-plural", "take out the plural class that this language does not have"};
    }
    return {"bad-pattern", "check the braces; a brace that shall be seen stands in single quotes"};
}

class TextBuilder {
 public:
    explicit TextBuilder(Build& build) : build_(build), pack_(*build.pack) {}

    void build() {
        for (const auto& [tag, source] : build_.sources.locales) {
            index(tag, source);
        }
        const std::size_t languages = pack_.languages.size();
        pack_.texts.assign(languages, {});
        build_.origins.assign(languages, {});
        for (std::size_t language = 0; language < languages; ++language) {
            build_language(language);
        }
    }

 private:
    void index(const std::string& tag, const LocaleSource& source) {
        take_in(tag, source.common["texts"], "common.");
        take_in(tag, source.program["texts"], "");
    }

    void take_in(const std::string& tag, const Node& texts, const std::string& prefix) {
        if (!is_map(texts, build_.complaints)) {
            return;
        }
        const bool base_flow_text =
            prefix.empty() && !pack_.languages.empty() && tag == pack_.languages[0].str();
        for (const auto& [name, entry] : texts.entries()) {
            const std::string key = prefix + name;
            if (pack_.text_index.count(key) == 0) {
                complain_unknown(entry, key);
            } else if (base_flow_text) {
                build_.complain(entry, "text-key-twice",
                                "the words of '" + key + "' stand in the flow already", "change them there");
            }
            if (entry.kind() == Node::Kind::map) {
                locales::refuse_unknown_keys(entry, {"text", "review", "source", "reviewed", "note"},
                                             build_.complaints);
            }
            by_tag_[tag].emplace(key, &entry);
        }
    }

    void complain_unknown(const Node& entry, const std::string& key) {
        const auto near = locales::nearest(key, pack_.text_keys);
        build_.complain(
            entry, "unknown-string", "no flow has a text '" + key + "'",
            near ? "did you mean '" + *near + "'?" : "take it out, or mend its flow and block name");
    }

    void build_language(std::size_t language) {
        const bool complete = require_file(language);
        pack_.texts[language].reserve(build_.texts.size());
        build_.origins[language].reserve(build_.texts.size());
        for (std::size_t text = 0; text < build_.texts.size(); ++text) {
            const TextSource& source = build_.texts[text];
            TextOrigin origin = language == 0 ? base_origin(source) : find(language, source, complete);
            const bool share = language != 0 && origin.tag == pack_.languages[0].str();
            pack_.texts[language].push_back(share ? pack_.texts[0][text] : compile(origin, source.key));
            build_.origins[language].push_back(std::move(origin));
        }
    }

    /// False when a whole file is absent: one complaint says so, instead of one for every text in it.
    bool require_file(std::size_t language) {
        if (language == 0 || pack_.message_only[language]) {
            return true;
        }
        for (const std::string& tag : own_chain(pack_.languages[language])) {
            const auto found = build_.sources.locales.find(tag);
            if (found != build_.sources.locales.end() && !found->second.program.missing()) {
                return true;
            }
        }
        const std::string file = "locales/" + pack_.languages[language].str() + "/" + pack_.program + ".yaml";
        if (!build_.fallback) {
            build_.complaints.push_back(
                {file, 1, "missing-text",
                 "the program speaks " + pack_.language_names[language] + ", but this file is absent",
                 "write it, or take the language out of program.yaml", Complaint::Level::error});
        }
        return build_.fallback;
    }

    TextOrigin base_origin(const TextSource& source) const {
        return {source.file, source.line, source.text, pack_.languages[0].str(), false, nullptr};
    }

    TextOrigin find(std::size_t language, const TextSource& source, bool complete) {
        if (source.fixed) {
            return base_origin(source);
        }
        const std::string& wanted = pack_.languages[language].str();
        for (const std::string& tag : own_chain(pack_.languages[language])) {
            const auto file = by_tag_.find(tag);
            if (file == by_tag_.end()) {
                continue;
            }
            const auto entry = file->second.find(source.key);
            if (entry != file->second.end()) {
                const Node& words = words_of(*entry->second);
                TextOrigin origin{
                    entry->second->file(), entry->second->line(), read_text(words, build_.complaints), tag,
                    tag != wanted,         entry->second};
                if (origin.text.empty()) {
                    build_.complain(*entry->second, "empty-text", "'" + source.key + "' has no words",
                                    "translate it");
                }
                return origin;
            }
        }
        return fall_back(language, source, complete);
    }

    TextOrigin fall_back(std::size_t language, const TextSource& source, bool complete) {
        TextOrigin origin = base_origin(source);
        origin.fallback = true;
        const std::string file = "locales/" + pack_.languages[language].str() + "/" +
                                 (source.common ? "common" : pack_.program) + ".yaml";
        const bool quiet = pack_.message_only[language] && !source.common;
        if (quiet || (!complete && !source.common)) {
            return origin;
        }
        const bool allowed = build_.fallback || pack_.message_only[language];
        build_.complaints.push_back(
            {file, 0, allowed ? "falls-back" : "missing-text",
             "'" + source.key + "' has no words in " + pack_.language_names[language] +
                 (allowed ? "; " + pack_.language_names[0] + " is said" : ""),
             "add it: " + source.text, allowed ? Complaint::Level::warning : Complaint::Level::error});
        return origin;
    }

    std::shared_ptr<const Message> compile(const TextOrigin& origin, const std::string& key) {
        const auto tag = LanguageTag::parse(origin.tag);
        auto message = Message::compile(origin.text, tag ? *tag : LanguageTag{});
        if (message) {
            return std::make_shared<const Message>(std::move(*message));
        }
        auto [rule, mend] = explain(message.error());
        build_.complaints.push_back({origin.file, origin.line, std::move(rule),
                                     "'" + key + "': " + message.error().message(), std::move(mend),
                                     Complaint::Level::error});
        return nullptr;
    }

    Build& build_;
    Pack& pack_;
    std::map<std::string, TextMap> by_tag_;
};

}  // namespace

void build_common(Build& build) {
    for (const std::string& tag : own_chain(build.pack->languages[0])) {
        const auto found = build.sources.locales.find(tag);
        if (found == build.sources.locales.end()) {
            continue;
        }
        for (const auto& [name, entry] : found->second.common["texts"].entries()) {
            if (build.pack->text_index.count("common." + name) == 0) {  // the nearer file was read first
                const TextIndex index = build.add_text("common." + name, words_of(entry));
                if (index != no_text) {
                    build.texts[index].common = true;
                }
            }
        }
    }
}

void build_texts(Build& build) { TextBuilder(build).build(); }

}  // namespace rightsline::flows
