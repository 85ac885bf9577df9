// Prints screening-vectors.json: what is found in replies before they are sealed, for every program that screens them.
#include <array>
#include <boost/json.hpp>
#include <iostream>
#include <string>

#include "tests/gateway/cases/screening_vectors.hpp"

int main() {
    using namespace rightsline;
    static constexpr std::array texts{
        "We read your report. Which day was it?",
        "Call 911 if you are in danger now.",
        "Nou li mesaj ou a. Ki jou sa te rive?",
        "You are owed 120.50 for May.",
        "¿Qué día fue? Gracias.",
        "call 305 555 0100 or +1 (305) 555-0100",
        "٣٠٥٥٥٥٠١٠٠",
        "३०५ ५५५ ०१००",
        "３０５５５５０１００ and ③0 5 5 5 5 0 1",
        "❸⓿❺❺❺❺⓿❶⓿⓿, ③⓪⑤⑤⑤⑤⓪①⓪⓪, ➌🄌➎➎➄🄋⓵ or ⓭⓭⓭ ㉈",
        "call1 305x555 0100",
        "the number on the gate is 407112",
        "on 2026-11-22 we come, or on 22/11/2026, or 32/11/2026",
        "on 7555 01 00",
        "write to help@example.org, or help＠example．org",
        "see https://example.org/x, www.example, Example.ORG. (example.com/help)",
        "We read it.then we came. a.b, ñandú.es",
        "MARIA was there, mária too; ask LÓPEZ and juan. the lopezes came",
        "your Fair Food report: the unions, CIW came, the ciwara",
        "We spoke with Pedro. Then “Ángel” left. On Monday they came: Óscar. × Ångström",
        "“Curly” – quotes… and a\ttab\r\nline\u2028end",
        "it\u202Eis\u202C hidden\u200b here \u0007",
        "Straße ŁÓDŹ İstanbul ΟΔΟΣ",
        "আপনার বার্তা পেয়েছি ০১৭১২৩৪৫৬৭৮",
        "ကျေးဇူးတင်ပါတယ် ၀၉၄၅၀၀၁၂၃",
        "   \n ",
    };
    boost::json::array all;
    for (const char* text : texts) {
        all.push_back(cases::screened_vector(text));
    }
    for (const std::size_t length : {160U, 161U, 306U, 307U, 918U, 919U}) {
        all.push_back(cases::screened_vector(std::string(length, 'a')));
    }
    for (const std::size_t length : {70U, 71U, 134U, 135U, 402U, 403U}) {
        std::string text;
        for (std::size_t i = 0; i < length; ++i) {
            text += "ó";
        }
        all.push_back(cases::screened_vector(text));
    }
    std::cout << boost::json::serialize(boost::json::object{{"screened", std::move(all)}}) << "\n";
}
