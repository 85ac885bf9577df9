#include "tests/support/program_texts.hpp"

#include <stdexcept>

#include "flows/loader.hpp"
#include "gateway/stores/sources.hpp"

namespace rightsline::tests {

ProgramTexts::ProgramTexts(const std::string& program_folder, const std::string& locales_folder) {
    locales::Complaints complaints;
    const flows::Bundle bundle = stores::read_bundle({program_folder, locales_folder, {}}, complaints);
    pack_ = flows::compile(bundle).pack;
    if (!pack_) {
        throw std::runtime_error("the program does not compile: " + program_folder);
    }
}

std::string ProgramTexts::operator()(const std::string& key, const std::string& language) const {
    const flows::TextIndex text = pack_->find_text(key);
    const auto index = pack_->find_language(*locales::LanguageTag::parse(language));
    if (text == flows::no_text || !index || !pack_->texts[*index][text]) {
        throw std::runtime_error("no text " + key + " in " + language);
    }
    for (const locales::Piece& piece : pack_->texts[*index][text]->pieces()) {
        if (const auto* words = std::get_if<locales::TextPiece>(&piece)) {
            return words->text;
        }
    }
    throw std::runtime_error("no words in " + key);
}

}  // namespace rightsline::tests
