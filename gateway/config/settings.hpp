// Settings: one value under one path, from flag, environment, file or nowhere. Only for config.cpp.
//
// Remembers every path that was asked for; what nobody asked for is a mistake of the operator. Must never: put
// a value into a complaint. Threading: one reader. Owner: read_config().
#pragma once

#include <string>
#include <vector>

#include "gateway/config/config.hpp"

namespace rightsline::config {

class Settings {
 public:
    Settings(const Sources& sources, const locales::Node& root, locales::Complaints& complaints);

    /// The value under "section__key"; empty when nobody gave one.
    std::optional<std::string> text(const std::string& path);
    void take(const std::string& path, std::string& into);
    void take_count(const std::string& path, std::size_t least, std::size_t& into);
    void take_flag(const std::string& path, bool& into);
    void complain(const std::string& path, std::string rule, std::string what, std::string mend,
                  locales::Complaint::Level level = locales::Complaint::Level::error);
    /// Complains about RIGHTSLINE_… variables and flags that nobody asked for.
    void refuse_unknown();

 private:
    const locales::Node& node(const std::string& path) const;
    std::optional<std::string> from_environment(const std::string& path);

    const Sources& sources_;
    const locales::Node& root_;
    locales::Complaints& complaints_;
    std::vector<std::string> known_;
};

}  // namespace rightsline::config
