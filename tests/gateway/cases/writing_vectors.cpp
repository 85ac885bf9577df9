// Prints writing-vectors.json: notes and the circle's copies of replies, as C++ seals them, for the browser to open. They are
// sealed to the circle of circle-vectors.json, whose private key stands there.
#include <boost/json.hpp>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <sstream>
#include <string>

#include "gateway/cases/notes.hpp"
#include "gateway/cases/reply.hpp"
#include "gateway/vault/key_file.hpp"

namespace {

using namespace rightsline;

constexpr const char* case_id = "00112233445566778899aabbccddeeff";
constexpr std::int64_t written = 1'763'800'000;

std::string hex(const std::string& bytes) {
    return vault::to_hex({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

vault::CirclePublicKey the_circle() {
    std::ostringstream text;
    text << std::ifstream(RIGHTSLINE_SOURCE_DIR "/tests/data/circle-vectors.json").rdbuf();
    const boost::json::value given = boost::json::parse(text.str());
    return vault::parse_public_key(std::string(given.at("public_file").as_string())).value();
}

vault::MailboxPublicKey a_mailbox() {
    const vault::SecretBytes opener(32);
    return vault::mailbox_key(vault::lock_mailbox(opener, vault::fresh_mailbox())).value();
}

/// The circle's copy as it was sealed, and the bytes that the mailbox's copy holds.
boost::json::object reply_of(const vault::CirclePublicKey& circle, const cases::OpenedReply& words) {
    const cases::Reply sealed = cases::seal_reply(circle, a_mailbox(), "fair-food", case_id, words);
    boost::json::object reply{{"text", words.text}, {"by", words.by}, {"at", words.at}};
    if (!words.answer.empty()) {
        reply["answer"] = words.answer;
    }
    reply["id"] = sealed.id;
    reply["sealed"] = hex(sealed.for_circle);
    reply["for_worker"] = hex(cases::to_bytes(cases::ReplyWords{words.text, words.answer}));
    return reply;
}

}  // namespace

int main() {
    const vault::CirclePublicKey circle = the_circle();
    boost::json::array notes;
    boost::json::array replies;
    for (const std::string& text : {std::string("Call the clinic."), std::string("“Ñandú” said \\ \"no\"\n2"),
                                    std::string(3000, 'x')}) {
        boost::json::object note{{"text", text}, {"by", "maria"}, {"at", written}};
        note["sealed"] = hex(cases::seal_note(circle, "fair-food", case_id, {"maria", text, written}));
        notes.push_back(std::move(note));
        replies.push_back(reply_of(circle, {text, "maria", written}));
    }
    replies.push_back(
        reply_of(circle, {"Tanpri di nou plis: ki kote sa te fèt, ak ki lè.", "maria", written, "more"}));
    std::cout << boost::json::serialize(boost::json::object{{"program", "fair-food"},
                                                            {"case", case_id},
                                                            {"notes", std::move(notes)},
                                                            {"replies", std::move(replies)}})
              << "\n";
}
