#include "gateway/cases/notes.hpp"

#include <boost/json.hpp>

#include "gateway/audit/entry.hpp"
#include "gateway/cases/error.hpp"
#include "gateway/ops/json_text.hpp"
#include "gateway/stores/error.hpp"
#include "locales/private_text.hpp"

namespace rightsline::cases {

namespace json = boost::json;

std::string note_context(std::string_view program, std::string_view case_id) {
    return std::string(program) + "|" + std::string(case_id) + "|note";
}

std::string seal_note(const vault::CirclePublicKey& circle, std::string_view program,
                      std::string_view case_id, const Note& note) {
    std::string plain = json::serialize(json::object{{"by", note.by}, {"text", note.text}, {"at", note.at}});
    std::string sealed = vault::seal_to_circle(circle, note_context(program, case_id), plain);
    locales::wipe(plain);
    return sealed;
}

Result<Note> open_note(const vault::CirclePrivateKey& key, std::string_view program, std::string_view case_id,
                       std::string_view sealed) {
    const Result<std::string> plain = key.open(note_context(program, case_id), sealed);
    if (!plain) {
        return plain.error();
    }
    boost::system::error_code failed;
    const json::value value = json::parse(*plain, failed);
    const json::object* object = failed ? nullptr : value.if_object();
    const json::value* at = object == nullptr ? nullptr : object->if_contains("at");
    if (at == nullptr || !at->is_int64()) {
        return stores::errc::damaged;
    }
    return Note{ops::text_of(*object, "by"), ops::text_of(*object, "text"), at->get_int64()};
}

Result<void> check_note(const vault::CirclePublicKey& circle, std::string_view sealed) {
    if (sealed.size() > longest_sealed_note) {
        return errc::bad_note;
    }
    const Result<std::array<std::uint8_t, 8>> key = vault::sealed_to(sealed, vault::SealedForm::part);
    return key && *key == circle.id() ? Result<void>() : Result<void>(errc::bad_note);
}

std::vector<redis::Write> note_writes(const stores::Keyspace& keys, const std::string& case_id,
                                      std::string sealed, const std::string& who) {
    std::vector<redis::Write> writes;
    writes.push_back({redis::Op::must_exist, keys.case_facts(case_id), {}});
    writes.push_back({redis::Op::rpush, keys.case_notes(case_id), {std::move(sealed)}});
    audit::add_entry(writes, keys, {audit::What::note_written, case_id, who});
    return writes;
}

}  // namespace rightsline::cases
