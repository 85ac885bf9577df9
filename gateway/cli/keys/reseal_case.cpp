#include "gateway/cli/keys/reseal_case.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "gateway/cases/notes.hpp"
#include "gateway/cases/reply.hpp"
#include "gateway/cases/reseal_desk.hpp"
#include "gateway/cases/tasks.hpp"
#include "gateway/ops/base64.hpp"
#include "gateway/ops/json_text.hpp"
#include "locales/private_text.hpp"

namespace rightsline::cli {
namespace {

namespace json = boost::json;
using cases::ResealDesk;
using ops::text_of;

constexpr std::size_t pieces_at_once = 20;
constexpr std::size_t chunk_bytes = 64U << 10U;
static_assert(pieces_at_once <= ResealDesk::most_pieces);

std::string bytes_of(const json::value& sealed) {
    return sealed.is_string() ? ops::from_base64(sealed.get_string()).value_or("") : "";
}

/// The same words, sealed to the newest key. Nothing when no key that was named opens it.
std::optional<std::string> sealed_anew(const PrivateKeys& keys, const vault::CirclePrivateKey& newest,
                                       const std::string& context, const std::string& sealed) {
    Result<std::string> plain = keys.for_sealed(sealed, vault::SealedForm::part).open(context, sealed);
    if (!plain) {
        return std::nullopt;
    }
    std::string fresh = vault::seal_to_circle(newest.public_key(), context, *plain);
    Result<std::string> again = newest.open(context, fresh);
    const bool same = again && *again == *plain;
    locales::wipe(*plain);
    if (again) {
        locales::wipe(*again);
    }
    return same ? std::optional(std::move(fresh)) : std::nullopt;
}

std::optional<std::string> stream_anew(const PrivateKeys& keys, const vault::CirclePrivateKey& newest,
                                       const std::string& context, const std::string& sealed) {
    Result<std::string> sound =
        keys.for_sealed(sealed, vault::SealedForm::recording).open_stream(context, sealed);
    if (!sound) {
        return std::nullopt;
    }
    vault::StreamSealer sealer(newest.public_key(), context);
    std::string fresh = sealer.header();
    std::string_view rest = *sound;
    do {
        const std::string_view chunk = rest.substr(0, chunk_bytes);
        rest.remove_prefix(chunk.size());
        fresh += sealer.push(chunk, rest.empty());
    } while (!rest.empty());
    Result<std::string> again = newest.open_stream(context, fresh);
    const bool same = again && *again == *sound;
    locales::wipe(*sound);
    if (again) {
        locales::wipe(*again);
    }
    return same ? std::optional(std::move(fresh)) : std::nullopt;
}

}  // namespace

void ResealCase::keep_older(Found piece, std::vector<Found>& into) const {
    const auto to = vault::sealed_to(piece.sealed, vault::SealedForm::part);
    if (to && *to != newest_.public_key().id()) {
        into.push_back(std::move(piece));
    }
}

bool ResealCase::fetch_parts(const std::string& id, std::vector<Found>& into) {
    for (std::int64_t from = 0, total = 1; from < total;) {
        const Result<json::object> page =
            api_.get("/api/v1/cases/" + id + "?program=" + program_ + "&from=" + std::to_string(from));
        if (!page) {
            return false;
        }
        if (const json::value* thread = page->if_contains("thread"); thread != nullptr) {
            std::int64_t at = 0;
            for (const json::value& one : thread->as_array()) {
                const std::string reply = text_of(one.as_object(), "id");
                keep_older(
                    {"reply", cases::reply_context(program_, id, reply), at++, bytes_of(one.at("sealed"))},
                    into);
            }
        }
        const json::array& parts = page->at("parts").as_array();
        for (const json::value& one : parts) {
            keep_older({"part", cases::part_context(program_, id), from++, bytes_of(one)}, into);
        }
        total = parts.empty() ? from : page->at("parts_total").to_number<std::int64_t>();
    }
    return true;
}

bool ResealCase::fetch_notes(const std::string& id, std::vector<Found>& into) {
    for (std::int64_t from = 0, total = 1; from < total;) {
        const Result<json::object> page =
            api_.get("/api/v1/cases/" + id + "/notes?program=" + program_ + "&from=" + std::to_string(from));
        if (!page) {
            return false;
        }
        const json::array& notes = page->at("notes").as_array();
        for (const json::value& one : notes) {
            keep_older({"note", cases::note_context(program_, id), from++, bytes_of(one)}, into);
        }
        total = notes.empty() ? from : page->at("notes_total").to_number<std::int64_t>();
    }
    return true;
}

bool ResealCase::fetch_tasks(const std::string& id, std::vector<Found>& into) {
    const Result<json::object> all = api_.get("/api/v1/cases/" + id + "/tasks?program=" + program_);
    if (!all) {
        return false;
    }
    for (const json::value& one : all->at("tasks").as_array()) {
        const json::object& task = one.as_object();
        const std::string sealed = ops::from_base64(text_of(task, "sealed")).value_or("");
        keep_older({"task", cases::task_context(program_, id), 0, sealed, text_of(task, "id")}, into);
    }
    return true;
}

/// What was passed on to them.
bool ResealCase::fetch_copies(const std::string& id, std::vector<Found>& into) {
    for (std::int64_t from = 0, total = 1; from < total;) {
        const Result<json::object> page =
            api_.get("/api/v1/cases/" + id + "/referred?program=" + side_ + "&from=" + std::to_string(from));
        if (!page) {
            return false;
        }
        const json::array& parts = page->at("parts").as_array();
        for (const json::value& one : parts) {
            keep_older({"copy", cases::part_context(program_, id), from++, bytes_of(one)}, into);
        }
        total = parts.empty() ? from : page->at("parts_total").to_number<std::int64_t>();
    }
    return true;
}

bool ResealCase::fetch(const std::string& id, std::vector<Found>& into) {
    return of_others_ ? fetch_copies(id, into)
                      : fetch_parts(id, into) && fetch_notes(id, into) && fetch_tasks(id, into);
}

bool ResealCase::bring(const std::string& id, json::array pieces, ResealedCase& done) {
    const auto count = static_cast<std::int64_t>(pieces.size());
    done.refused = count != 0 && !api_.post("/api/v1/cases/" + id + "/reseal?program=" + side_,
                                            json::object{{"pieces", std::move(pieces)}});
    done.pieces += done.refused ? 0 : count;
    return !done.refused;
}

void ResealCase::seal_pieces(const std::string& id, const std::vector<Found>& pieces, ResealedCase& done) {
    json::array batch;
    std::size_t bytes = 0;
    for (const Found& piece : pieces) {
        const std::optional<std::string> fresh = sealed_anew(keys_, newest_, piece.context, piece.sealed);
        if (!fresh) {
            ++done.shut;
            continue;
        }
        if (batch.size() == pieces_at_once || bytes + fresh->size() > ResealDesk::most_bytes) {
            if (!bring(id, std::exchange(batch, json::array()), done)) {
                return;
            }
            bytes = 0;
        }
        bytes += fresh->size();
        batch.push_back(json::object{{"of", piece.of},
                                     {"at", piece.at},
                                     {"task", piece.task},
                                     {"was", ops::to_base64(piece.sealed.substr(0, ResealDesk::name_bytes))},
                                     {"sealed", ops::to_base64(*fresh)}});
    }
    bring(id, std::move(batch), done);
}

void ResealCase::seal_recording(const std::string& id, const std::string& recording, ResealedCase& done) {
    const std::string address = "/api/v1/cases/" + id + "/recordings/" + recording;
    const std::string read =
        of_others_ ? "/api/v1/cases/" + id + "/referred/recordings/" + recording : address;
    const Result<std::string> sealed = api_.download(read + "?program=" + side_);
    if (!sealed) {
        done.refused = true;
        return;
    }
    std::optional<std::string> fresh =
        stream_anew(keys_, newest_, cases::recording_context(program_, recording), *sealed);
    if (!fresh) {
        ++done.shut;
        return;
    }
    const std::string was = ops::to_base64(sealed->substr(0, vault::recording_opening_bytes));
    done.refused =
        !api_.upload(address + "/reseal?program=" + side_ + "&was=" + escaped(was), std::move(*fresh));
    done.recordings += done.refused ? 0 : 1;
}

ResealedCase ResealCase::run(const OlderCase& one) {
    ResealedCase done;
    std::vector<Found> pieces;
    if (one.pieces != 0 && !fetch(one.id, pieces)) {
        done.refused = true;
        return done;
    }
    seal_pieces(one.id, pieces, done);
    for (std::size_t i = 0; i < one.recordings.size() && !done.refused; ++i) {
        seal_recording(one.id, one.recordings[i], done);
    }
    return done;
}

}  // namespace rightsline::cli
