// The parts of a configuration that have rooms of their own: accounts with their secrets, and lines. Only for config.cpp.
//
// Must never: put a secret into a complaint. Threading: one reader. Owner: read_config().
#pragma once

#include <string>
#include <vector>

#include "gateway/config/config.hpp"
#include "gateway/config/settings.hpp"

namespace rightsline::config {

/// A list of texts; anything else is a complaint.
std::vector<std::string> read_texts(const locales::Node& list, locales::Complaints& complaints);

void read_account(const std::string& name, const locales::Node& node, const Sources& sources,
                  Settings& settings, locales::Complaints& complaints, Config& config);
/// The file of a program's roster, read; like a secret it must be for nobody else to read.
void read_roster_file(const std::string& program, const locales::Node& node, const Sources& sources,
                      locales::Complaints& complaints, Config& config);

void read_mail(const locales::Node& node, const Sources& sources, Settings& settings,
               locales::Complaints& complaints, Config& config);
void read_alert_link(Settings& settings, Config& config);
void read_webhooks(const std::string& program, const locales::Node& node, const Sources& sources,
                   locales::Complaints& complaints, Config& config);
/// After the lines: who keeps the machine, and the line that they are told by.
void read_operators(const locales::Node& node, Settings& settings, locales::Complaints& complaints,
                    Config& config);

/// After the accounts: a line names one of them.
void read_line(const std::string& number, const locales::Node& node, locales::Complaints& complaints,
               Config& config);

}  // namespace rightsline::config
