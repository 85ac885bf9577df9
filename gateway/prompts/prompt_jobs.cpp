#include "gateway/prompts/prompt_jobs.hpp"

#include "gateway/ops/read_file.hpp"
#include "gateway/prompts/approving.hpp"
#include "gateway/prompts/error.hpp"
#include "gateway/prompts/folder_claim.hpp"
#include "locales/audio.hpp"

namespace rightsline::prompts {
namespace {

/// While one of these is held no command changes what they say.
struct Claims {
    FolderClaim takes;
    FolderClaim shelf;
};
Result<Claims> claim(const LinePlace& place) {
    Result<FolderClaim> takes = FolderClaim::take(place.takes);
    if (!takes) {
        return takes.error();
    }
    Result<FolderClaim> shelf = FolderClaim::take(place.script.recordings);
    if (!shelf) {
        return shelf.error();
    }
    return Claims{*std::move(takes), *std::move(shelf)};
}

}  // namespace

std::vector<ScriptLine> LinePlace::lines() const { return script_of(*pack, script, which.language); }

Result<ScriptLine> LinePlace::line() const {
    std::optional<ScriptLine> found = line_of(*pack, script, which.language, which.name);
    return found ? Result<ScriptLine>(*std::move(found)) : errc::no_such_line;
}

Result<Judged> take_of(const LinePlace& place) {
    Result<ScriptLine> line = place.line();
    if (!line) {
        return line.error();
    }
    std::optional<Take> take = TakeFolder(place.takes).find(*line);
    if (!take) {
        return errc::no_take;
    }
    if (!place.which.sound.empty() && place.which.sound != take->hash) {
        return errc::other_take;
    }
    return Judged{*std::move(line), *std::move(take)};
}

Result<WavReport> keep_take(const LinePlace& place, const std::string& sound, const Recorded& recorded) {
    const Result<ScriptLine> line = place.line();
    if (!line) {
        return line.error();
    }
    if (line->state == ScriptLine::State::untranslated) {
        return errc::untranslated;
    }
    if (!place.which.words.empty() && place.which.words != locales::to_hex(locales::hash_text(line->text))) {
        return errc::other_words;
    }
    const Result<FolderClaim> claim = FolderClaim::take(place.takes);
    return claim ? TakeFolder(place.takes).keep_bytes(*line, sound, recorded) : claim.error();
}

Result<Judged> look_at(const LinePlace& place, const MayJudge& may) {
    const Result<Judged> known = take_of(place);  // a claim makes folders: not for a name that nobody knows
    if (!known) {
        return known;
    }
    const Result<Claims> claims = claim(place);
    if (!claims) {
        return claims.error();
    }
    Result<Judged> one = take_of(place);
    AudioShelf shelf(place.script.recordings);
    const Result<void> allowed = one ? may(*one, shelf) : Result<void>(one.error());
    return allowed ? one : allowed.error();
}

Result<void> settle_take(const LinePlace& place, const Judged& one, const Take& take) {
    const Result<Claims> claims = claim(place);
    if (!claims) {
        return claims.error();
    }
    TakeFolder takes(place.takes);
    if (takes.find(one.line) != one.take) {
        return errc::other_take;
    }
    if (take.state == Take::State::approved) {
        AudioShelf shelf(place.script.recordings);
        const Result<void> put = shelve(one.line, one.take, take.judged_by, takes, shelf);
        const Result<void> saved = put ? shelf.save() : put;
        if (!saved) {
            return saved;
        }
    }
    return takes.settle(one.line, take);
}

Result<std::string> played(const LinePlace& place) {
    const Result<ScriptLine> line = place.line();
    if (!line) {
        return line.error();
    }
    const auto files = stores::audio_files(place.script.roots);
    const auto file = files.find(line->hash);
    std::optional<std::string> bytes = file == files.end() ? std::nullopt : ops::read_file(file->second);
    if (!bytes || content_hash(*bytes) != line->hash) {
        return errc::no_sound;
    }
    return *std::move(bytes);
}

}  // namespace rightsline::prompts
