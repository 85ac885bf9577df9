// Holds C++ to tests/data/case-vectors.json, browser-vectors.json and writing-vectors.json, which the console is held to as well.
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <sstream>
#include <string>

#include "gateway/cases/case_file.hpp"
#include "gateway/cases/reply.hpp"

namespace rightsline::cases {
namespace {

namespace json = boost::json;

json::value read(const std::string& name) {
    std::ostringstream text;
    text << std::ifstream(RIGHTSLINE_SOURCE_DIR "/tests/data/" + name).rdbuf();
    return json::parse(text.str());
}

std::string text_at(const json::value& object, std::string_view name) {
    return std::string(object.at(name).as_string());
}

std::string bytes_at(const json::value& object, std::string_view name) {
    const std::string hex = text_at(object, name);
    std::string bytes;
    for (std::size_t at = 0; at + 1 < hex.size(); at += 2) {
        bytes += static_cast<char>(std::stoi(hex.substr(at, 2), nullptr, 16));
    }
    return bytes;
}

vault::CirclePrivateKey the_key() {
    const std::string file = text_at(read("circle-vectors.json"), "private_file");
    return vault::CirclePrivateKey::parse(file).value();
}

TEST(CaseVectors, PartsOpenToWhatTheyHold) {
    const vault::CirclePrivateKey key = the_key();
    const json::value given = read("case-vectors.json");
    ASSERT_GE(given.at("parts").as_array().size(), 4U);
    for (const json::value& part : given.at("parts").as_array()) {
        const Result<OpenedPart> opened =
            open_part(key, text_at(given, "program"), text_at(given, "case"), bytes_at(part, "sealed"));
        ASSERT_TRUE(opened);
        EXPECT_EQ(opened->name, text_at(part, "name"));
        EXPECT_EQ(opened->text, text_at(part, "text"));
        EXPECT_EQ(opened->recording, text_at(part, "recording"));
        EXPECT_EQ(opened->seconds, part.at("seconds").as_int64());
        EXPECT_EQ(opened->at, part.at("at").as_int64());
    }
}

TEST(CaseVectors, RecordingsOpenToWhatTheyHold) {
    const vault::CirclePrivateKey key = the_key();
    const json::value given = read("case-vectors.json");
    for (const json::value& one : given.at("recordings").as_array()) {
        const std::string context = recording_context(text_at(given, "program"), text_at(one, "id"));
        const Result<std::string> plain = key.open_stream(context, bytes_at(one, "sealed"));
        ASSERT_TRUE(plain);
        EXPECT_EQ(*plain, bytes_at(one, "plain"));
    }
}

TEST(BrowserVectors, WhatTheBrowserSealedOpens) {
    const vault::CirclePrivateKey key = the_key();
    const json::value given = read("browser-vectors.json");
    for (const json::value& one : given.at("parts").as_array()) {
        const Result<std::string> plain = key.open(text_at(one, "context"), bytes_at(one, "sealed"));
        ASSERT_TRUE(plain);
        EXPECT_EQ(*plain, text_at(one, "plain"));
        EXPECT_FALSE(key.open(text_at(one, "context") + "x", bytes_at(one, "sealed")));
    }
}

TEST(WritingVectors, RepliesOpenAndTheWorkersCopyIsTheSameBytes) {
    const vault::CirclePrivateKey key = the_key();
    const json::value given = read("writing-vectors.json");
    bool ready = false;
    for (const json::value& one : given.at("replies").as_array()) {
        const Result<OpenedReply> reply = open_reply(key, text_at(given, "program"), text_at(given, "case"),
                                                     text_at(one, "id"), bytes_at(one, "sealed"));
        ASSERT_TRUE(reply);
        EXPECT_EQ(reply->text, text_at(one, "text"));
        EXPECT_EQ(reply->answer, one.as_object().contains("answer") ? text_at(one, "answer") : "");
        const ReplyWords words{reply->text, reply->answer};
        EXPECT_EQ(to_bytes(words), bytes_at(one, "for_worker"));
        EXPECT_EQ(parse_reply_words(bytes_at(one, "for_worker")), words);
        ready = ready || !reply->answer.empty();
    }
    EXPECT_TRUE(ready);
}

}  // namespace
}  // namespace rightsline::cases
