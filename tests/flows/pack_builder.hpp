// PackBuilder: packs written in C++ for tests, so that a test shows the few blocks that it is about.
//
// Texts of language "en" are what is written; other languages get "[es] " before them, so that a wrong language is seen.
// Threading: one test.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "flows/pack.hpp"

namespace rightsline::flows::testing {

/// One block under construction; targets are names, resolved by PackBuilder::build().
class BlockBuilder {
 public:
    BlockBuilder& next(std::string block) { return next_ = std::move(block), *this; }
    BlockBuilder& no_match(std::string block) { return no_match_ = std::move(block), *this; }
    BlockBuilder& no_input(std::string block) { return no_input_ = std::move(block), *this; }
    BlockBuilder& end() { return end_ = true, *this; }
    BlockBuilder& resumes() { return block_.resumes = true, *this; }
    BlockBuilder& returns() { return block_.returns = true, *this; }
    BlockBuilder& retries(int count) { return retries_ = count, *this; }
    BlockBuilder& only(Mode mode) {
        return modes_ = static_cast<std::uint8_t>(1U << static_cast<unsigned>(mode)), *this;
    }
    /// A choice with its label; key by order, `go` a block or "" for next.
    BlockBuilder& choice(std::string name, std::string label, std::string go = "");
    BlockBuilder& urgent(Urgency urgency);                // of the last choice
    BlockBuilder& words(std::vector<std::string> words);  // of the last choice, for every language
    BlockBuilder& sets_language();
    BlockBuilder& families();  // the menu that gives a report its family
    BlockBuilder& again(std::string text);
    BlockBuilder& kind(AskKind kind);
    BlockBuilder& seal();
    BlockBuilder& files();
    BlockBuilder& skip();
    BlockBuilder& check_code();
    BlockBuilder& range(std::optional<std::int64_t> min, std::optional<std::int64_t> max);
    BlockBuilder& after(std::string menu) { return after_ = std::move(menu), *this; }
    BlockBuilder& secret();
    BlockBuilder& when(Condition condition, std::string go);
    BlockBuilder& otherwise(std::string go) { return otherwise_ = std::move(go), *this; }
    BlockBuilder& exit(std::string name, std::string go);
    BlockBuilder& with(std::string name, std::string value);

 private:
    friend class PackBuilder;
    struct Label {
        std::string text;
        std::string go;
    };
    Block block_;
    std::string text_;
    std::string next_, no_match_, no_input_, after_, otherwise_, call_;
    std::vector<std::string> again_;
    std::vector<Label> labels_;
    std::vector<std::pair<Condition, std::string>> conditions_;
    std::vector<std::pair<std::string, std::string>> exits_;
    bool end_ = false;
    int retries_ = 2;
    std::uint8_t modes_ = 7;
};

class PackBuilder {
 public:
    /// Languages by tag; the first is the base. Every common text of the engine exists in all of them.
    explicit PackBuilder(std::vector<std::string> languages = {"en", "es", "ht"});

    BlockBuilder& say(std::string name, std::string text);
    BlockBuilder& menu(std::string name, std::string text);
    BlockBuilder& ask(std::string name, std::string text, AskKind kind = AskKind::text);
    BlockBuilder& branch(std::string name);
    BlockBuilder& work(std::string name, std::string action);
    BlockBuilder& call(std::string name, std::string flow);
    /// Blocks that follow belong to this flow, which begins at its first block.
    PackBuilder& flow(std::string name);

    PackBuilder& hotkey(char key, std::string block);
    PackBuilder& keyword(std::string folded, std::string block);
    PackBuilder& first_text(std::string block);
    PackBuilder& danger(std::string block) { return danger_ = std::move(block), *this; }
    PackBuilder& message_only(std::string language);
    PackBuilder& common(std::string key, std::string text);
    PackBuilder& danger_word(std::string folded, LanguageIndex language = 0);
    PackBuilder& family(std::string key, Urgency urgency);
    PackBuilder& tts(bool allowed);

    PackPtr build();

 private:
    BlockBuilder& add(std::string name, std::string text, decltype(Block::kind) kind);
    TextIndex add_text(const std::string& key, const std::string& text, bool same_in_all = false);
    void add_said_words(Choice& choice);
    BlockIndex target(const std::string& name, std::uint8_t flow) const;
    void finish(BlockBuilder& built);
    void finish_menu(BlockBuilder& built, MenuBlock& menu, const std::string& key);
    void finish_flows();

    std::shared_ptr<Pack> pack_ = std::make_shared<Pack>();
    std::vector<std::unique_ptr<BlockBuilder>> blocks_;
    std::vector<std::pair<char, std::string>> hotkeys_;
    std::vector<std::pair<std::string, std::string>> keywords_;
    std::vector<std::pair<std::string, std::string>> texts_;
    std::string first_text_;
    std::string danger_;
};

/// A small hotline with every kind of block: language, danger, rights, report, receipt, return with code.
PackBuilder hotline();

}  // namespace rightsline::flows::testing
