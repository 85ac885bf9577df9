// ProgramTexts: what the program says, by key and language, read from its sources: tests name keys, translators keep
// their freedom.
#pragma once

#include <string>

#include "flows/pack.hpp"

namespace rightsline::tests {

class ProgramTexts {
 public:
    /// Throws when the program does not compile.
    ProgramTexts(const std::string& program_folder, const std::string& locales_folder);
    /// The first constant words of a text; throws when there are none.
    std::string operator()(const std::string& key, const std::string& language) const;
    const flows::Pack& pack() const { return *pack_; }

 private:
    flows::PackPtr pack_;
};

}  // namespace rightsline::tests
