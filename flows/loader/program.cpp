#include <algorithm>
#include <limits>

#include "flows/loader/build.hpp"
#include "flows/loader/holidays.hpp"

namespace rightsline::flows {
namespace {

class ProgramReader {
 public:
    explicit ProgramReader(Build& build) : build_(build), root_(build.sources.program), pack_(*build.pack) {}

    void read() {
        locales::refuse_unknown_keys(root_,
                                     {"program",
                                      "title",
                                      "status",
                                      "time_zone",
                                      "languages",
                                      "fallback",
                                      "play_drafts",
                                      "start",
                                      "families",
                                      "categories",
                                      "statuses",
                                      "answers",
                                      "emergency_numbers",
                                      "dangerous_words",
                                      "danger_words",
                                      "quiet_hours",
                                      "retention",
                                      "prefixes_to_language",
                                      "sites",
                                      "rosters",
                                      "clocks",
                                      "check_ins",
                                      "holidays",
                                      "organisations",
                                      "circles",
                                      "source",
                                      "review"},
                                     build_.complaints);
        read_head();
        read_languages();
        read_families();
        read_statuses();
        read_ready_answers(build_);
        read_clocks();
        read_holidays(build_);
        read_categories();
        read_words();
        read_prefixes();
        read_retention(build_);
        read_check_ins(build_);
        read_organisations(build_);
        read_circles(build_);
    }

 private:
    void read_head() {
        const std::string name = read_text(root_["program"], build_.complaints);
        if (name != pack_.program) {
            build_.complain(
                root_["program"], "wrong-program",
                "the file says program '" + name + "' and its folder says '" + pack_.program + "'",
                "make the two agree");
        }
        pack_.title = read_text(root_["title"], build_.complaints);
        pack_.status = root_.has("status") ? read_text(root_["status"], build_.complaints) : "draft";
        if (pack_.status != "draft" && pack_.status != "approved") {
            build_.complain(root_["status"], "bad-value",
                            "'" + pack_.status + "' is not a status of a program", "write draft or approved");
        }
        if (root_.has("time_zone")) {
            pack_.time_zone = read_text(root_["time_zone"], build_.complaints);
        }
        build_.fallback = read_flag(root_["fallback"], false, build_.complaints);
        pack_.play_drafts = read_flag(root_["play_drafts"], false, build_.complaints);
        pack_.quiet_hours = read_text(root_["quiet_hours"], build_.complaints);
        if (!pack_.quiet_hours.empty() && !is_hours(pack_.quiet_hours)) {
            build_.complain(root_["quiet_hours"], "bad-value",
                            "'" + pack_.quiet_hours + "' is not a time of day", "write \"21:00-08:00\"");
        }
    }

    void read_languages() {
        const Node& languages = root_["languages"];
        if (!is_map(languages, build_.complaints) || languages.entries().empty()) {
            build_.complain(languages, "no-language", "the program names no language",
                            "write languages: {en: {name: English, tts: true}}, its own language first");
            return;
        }
        for (const auto& [tag, language] : languages.entries()) {
            read_language(tag, language);
        }
    }

    void read_language(const std::string& word, const Node& node) {
        const auto tag = LanguageTag::parse(word);
        if (!tag || tag->is_undetermined() || pack_.languages.size() >= 64) {
            build_.complain(node, "bad-language", "'" + word + "' is not a language tag",
                            "write it as BCP-47 does: en, es, es-MX, ht");
            return;
        }
        if (!is_map(node, build_.complaints)) {
            return;
        }
        locales::refuse_unknown_keys(node, {"name", "tts", "message_only"}, build_.complaints);
        pack_.languages.push_back(*tag);
        const std::string name = read_text(node["name"], build_.complaints);
        pack_.language_names.push_back(name.empty() ? word : name);
        pack_.allow_tts.push_back(read_flag(node["tts"], false, build_.complaints));
        pack_.message_only.push_back(read_flag(node["message_only"], false, build_.complaints));
        if (pack_.languages.size() == 1 && pack_.message_only[0]) {
            build_.complain(node, "bad-value", "the program's first language cannot be message_only",
                            "put a language with a flow first");
        }
    }

    bool check_name(const std::string& name, const Node& node) {
        if (is_name(name)) {
            return true;
        }
        build_.complain(node, "bad-name", "'" + name + "' cannot be a name here",
                        "use lower-case letters, digits, _ and -");
        return false;
    }

    void read_families() {
        const Node& families = root_["families"];
        if (!is_map(families, build_.complaints)) {
            return;
        }
        for (const auto& [key, node] : families.entries()) {
            if (!check_name(key, node) || !is_map(node, build_.complaints)) {
                continue;
            }
            locales::refuse_unknown_keys(node, {"say", "urgency", "circle"}, build_.complaints);
            require_say(node);
            Family family{key, build_.add_text("program.families." + key, node["say"]), Urgency::p3};
            family.urgency = read_urgency(node["urgency"], build_.complaints).value_or(Urgency::p3);
            pack_.families.push_back(std::move(family));
        }
        if (pack_.families.size() > 5) {
            build_.complain(families, "too-many-families",
                            "a worker would have to choose from more than five families",
                            "merge them; monitors sort into categories later");
        }
    }

    void read_statuses() {
        const Node& statuses = root_["statuses"];
        if (!is_map(statuses, build_.complaints)) {
            return;
        }
        for (const auto& [key, node] : statuses.entries()) {
            if (!check_name(key, node) || !is_map(node, build_.complaints)) {
                continue;
            }
            locales::refuse_unknown_keys(node, {"say", "name", "waits", "closes", "after"},
                                         build_.complaints);
            require_say(node);
            pack_.statuses.push_back(read_status(key, node));
        }
        check_statuses(statuses);
    }

    CaseStatus read_status(const std::string& key, const Node& node) {
        CaseStatus status;
        status.key = key;
        status.say = build_.add_text("program.statuses." + key, node["say"]);
        status.name = node.has("name") ? read_text(node["name"], build_.complaints) : key;
        status.by_itself = key == status_taken || key == status_unanswered;
        status.waits = read_flag(node["waits"], false, build_.complaints);
        status.closes = read_flag(node["closes"], false, build_.complaints);
        status.after = read_list(node["after"], build_.complaints);
        return status;
    }

    void check_statuses(const Node& statuses) {
        std::vector<std::string> keys;
        for (const CaseStatus& status : pack_.statuses) {
            keys.push_back(status.key);
        }
        for (const CaseStatus& status : pack_.statuses) {
            const Node& node = statuses[status.key];
            const bool fixed = status.by_itself || status.key == status_received;
            if (fixed && (status.waits || status.closes || !status.after.empty())) {
                build_.complain(node, "bad-value", "nobody sets '" + status.key + "': it follows nothing",
                                "take waits:, closes: and after: away");
            }
            if (status.waits && status.closes) {
                build_.complain(node, "bad-value",
                                "'" + status.key + "' cannot both wait for the worker and be the end",
                                "keep waits: or closes:");
            }
            for (const std::string& before : status.after) {
                if (std::find(keys.begin(), keys.end(), before) == keys.end()) {
                    build_.complain(node["after"], "unknown-status",
                                    "'" + before + "' is none of the program's statuses",
                                    suggest(before, keys));
                }
            }
        }
    }

    void read_clocks() {
        static const std::vector<std::string> presets{"eu", "wsr", "p1"};  // in the order of ClockPreset
        for (const std::string& word : read_list(root_["clocks"], build_.complaints)) {
            const auto found = std::find(presets.begin(), presets.end(), word);
            if (found == presets.end()) {
                build_.complain(root_["clocks"], "unknown-clock", "there is no clock '" + word + "'",
                                suggest(word, presets));
                continue;
            }
            const auto preset = static_cast<ClockPreset>(found - presets.begin());
            if (std::find(pack_.clocks.begin(), pack_.clocks.end(), preset) == pack_.clocks.end()) {
                pack_.clocks.push_back(preset);
            }
        }
    }

    void require_say(const Node& node) {
        if (!node.has("say")) {
            build_.complain(node, "no-words", "nothing says what a worker hears here",
                            "add say: with the words");
        }
    }

    void read_categories() {
        const Node& categories = root_["categories"];
        if (!is_map(categories, build_.complaints)) {
            return;
        }
        std::vector<std::string> families;
        families.reserve(pack_.families.size());
        for (const Family& family : pack_.families) {
            families.push_back(family.key);
        }
        for (const auto& [key, node] : categories.entries()) {
            if (!check_name(key, node) || !is_map(node, build_.complaints)) {
                continue;
            }
            locales::refuse_unknown_keys(node, {"family", "urgency", "name"}, build_.complaints);
            Category category{key, read_text(node["family"], build_.complaints),
                              read_text(node["name"], build_.complaints),
                              read_urgency(node["urgency"], build_.complaints).value_or(Urgency::p3)};
            if (std::find(families.begin(), families.end(), category.family) == families.end()) {
                build_.complain(node, "unknown-family", "category '" + key + "' belongs to no family",
                                suggest(category.family, families));
            }
            pack_.categories.push_back(std::move(category));
        }
    }

    void read_words() {
        for (const std::string& word : read_list(root_["dangerous_words"], build_.complaints)) {
            pack_.dangerous_words.push_back(locales::fold(word));
        }
        const Node& numbers = root_["emergency_numbers"];
        if (is_map(numbers, build_.complaints)) {
            for (const auto& [country, number] : numbers.entries()) {
                pack_.emergency_numbers[country] = read_text(number, build_.complaints);
            }
        }
    }

    void read_prefixes() {
        const Node& prefixes = root_["prefixes_to_language"];
        if (!is_map(prefixes, build_.complaints)) {
            return;
        }
        for (const auto& [prefix, node] : prefixes.entries()) {
            const auto tag = LanguageTag::parse(node.text());
            const auto language = tag ? pack_.find_language(*tag) : std::nullopt;
            if (!language) {
                build_.complain(node, "unknown-language",
                                "'" + node.text() + "' is none of the program's languages",
                                "name one of languages:");
                continue;
            }
            pack_.prefixes[prefix] = *language;
        }
    }

    Build& build_;
    const Node& root_;
    Pack& pack_;
};

}  // namespace

void build_program(Build& build) { ProgramReader(build).read(); }

}  // namespace rightsline::flows
