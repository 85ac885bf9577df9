// journeys: what several end-to-end tests say and look for.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/hotline.hpp"

namespace rightsline::tests {

/// From a first text to the question for the story, in Spanish: language, no danger, report, pay.
inline const std::vector<std::string> spanish_to_story{"hola", "2", "2", "2", "1"};
/// From a first text to the question for the code, in English.
inline const std::vector<std::string> english_to_code{"hi", "1", "2", "3"};

/// The twelve digits in "8862 7622 8191", or "".
std::string code_in(const std::string& text);
/// The same from played prompts: "common.digit.8.0", … The first code among them.
std::string code_in(const std::vector<std::string>& heard);
/// A code whose check digit is right and that nobody was given.
std::string unknown_code(int number);

/// Keys the code in where it is asked for. A look-up takes a tenth of a second of a whole core and has two seconds: on a
/// loaded machine it may be too late, and then the line says so and the worker tries again, a few times at most.
/// The answer to the last try.
std::string open_by_text(const Hotline& hotline, const TwilioPhone& phone, const std::string& code);
std::string open_by_call(const Hotline& hotline, TwilioCall& call, const std::string& code);

/// The named parts of an opened case, with their words.
std::vector<std::pair<std::string, std::string>> told(const boost::json::object& opened);

/// A whole Spanish report by text; the code.
std::string report_by_text(const TwilioPhone& phone, const std::string& story);

}  // namespace rightsline::tests
