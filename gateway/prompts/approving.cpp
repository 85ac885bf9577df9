#include "gateway/prompts/approving.hpp"

#include "gateway/prompts/error.hpp"

namespace rightsline::prompts {

Result<void> may_shelve(const ScriptLine& line, const Take& take, const std::string& by,
                        const TakeFolder& takes, AudioShelf& shelf) {
    const Result<void> allowed = may_approve(take, line.text, by);
    if (!allowed) {
        return allowed;
    }
    const Result<std::string> sound = takes.sound(line, take);
    return sound ? shelf.can_take(line) : sound.error();
}

Result<void> may_refuse(const ScriptLine& line, const Take& take, AudioShelf& shelf) {
    const Result<void> allowed = may_reject(take);
    const Result<void> known = allowed ? shelf.can_take(line) : allowed;
    if (!known) {
        return known;
    }
    const locales::AudioEntry* approved = shelf.approved(line);
    return approved != nullptr && approved->hash == take.hash ? Result<void>(errc::already_judged)
                                                              : Result<void>();
}

Result<void> shelve(const ScriptLine& line, const Take& take, const std::string& by, const TakeFolder& takes,
                    AudioShelf& shelf) {
    const Result<void> allowed = may_approve(take, line.text, by);
    if (!allowed) {
        return allowed;
    }
    const Result<std::string> sound = takes.sound(line, take);
    return sound ? shelf.put_as_heard(line, *sound, take.length) : sound.error();
}

}  // namespace rightsline::prompts
