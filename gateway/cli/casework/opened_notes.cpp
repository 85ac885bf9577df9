#include "gateway/cli/casework/opened_notes.hpp"

#include <cstdint>
#include <iostream>
#include <utility>

#include "gateway/cases/notes.hpp"
#include "gateway/cli/casework/case_screen.hpp"
#include "gateway/ops/base64.hpp"

namespace rightsline::cli {
namespace {

namespace json = boost::json;

bool show_note(const NotesPlace& place, const PrivateKeys& keys, const json::value& sealed,
               json::array& opened) {
    const std::string bytes = ops::from_base64(sealed.as_string()).value_or("");
    const vault::CirclePrivateKey& key = keys.for_sealed(bytes, vault::SealedForm::part);
    const Result<cases::Note> note = cases::open_note(key, place.program, place.case_id, bytes);
    if (!note) {
        say_shut("a note", note.error(), bytes);
        return false;
    }
    if (place.json) {
        opened.push_back(json::object{{"by", note->by}, {"text", note->text}, {"at", note->at}});
    } else {
        print_note(*note);
    }
    return true;
}

}  // namespace

std::optional<bool> show_notes(LocalApi& api, const NotesPlace& place, const PrivateKeys& keys,
                               json::array& opened) {
    const std::string address =
        "/api/v1/cases/" + place.case_id + "/notes?program=" + place.program + "&from=";
    bool ok = true;
    std::size_t seen = 0;
    while (true) {
        const Result<json::object> page = api.get(address + std::to_string(seen));
        if (!page) {
            return std::nullopt;
        }
        const json::array& notes = page->at("notes").as_array();
        if (seen == 0 && !notes.empty() && !place.json) {
            print_notes_head();
        }
        for (const json::value& sealed : notes) {
            ok = show_note(place, keys, sealed, opened) && ok;
        }
        seen += notes.size();
        const auto total = page->at("notes_total").to_number<std::int64_t>();
        if (notes.empty() || std::cmp_greater_equal(seen, total)) {
            return ok;
        }
    }
}

}  // namespace rightsline::cli
