// Small word lists for the reading tests, in the shape that common.yaml gives.
#pragma once

#include "locales/reading.hpp"

namespace rightsline::locales::testing {

inline ReadingWords english() {
    ReadingWords words;
    words.numbers = {{{"zero"},
                      {"one"},
                      {"two"},
                      {"three"},
                      {"four"},
                      {"five"},
                      {"six"},
                      {"seven"},
                      {"eight"},
                      {"nine"},
                      {"ten"},
                      {"eleven"},
                      {"twelve"}}};
    words.yes = {"yes", "yeah", "y", "sure"};
    words.no = {"no", "nope", "n"};
    words.stop = {"STOP", "stop all", "unsubscribe"};
    words.stop_phrases = {"stop texting", "do not text me", "take me off"};
    words.courtesy = {"thank you", "thanks", "please"};
    words.languages = {{"en", {"English"}}, {"es", {"Spanish"}}, {"ht", {"Creole", "Haitian Creole"}}};
    return fold_words(std::move(words));
}

inline ReadingWords spanish() {
    ReadingWords words;
    words.numbers = {{{"cero"},
                      {"uno", "una"},
                      {"dos"},
                      {"tres"},
                      {"cuatro"},
                      {"cinco"},
                      {"seis"},
                      {"siete"},
                      {"ocho"},
                      {"nueve"},
                      {"diez"},
                      {"once"},
                      {"doce"}}};
    words.yes = {"sí", "claro", "s"};
    words.no = {"no", "n"};
    words.stop = {"ALTO", "BAJA", "parar"};
    words.stop_phrases = {"no me escriban", "dejen de escribirme"};
    words.courtesy = {"gracias", "por favor"};
    words.languages = {{"en", {"inglés"}}, {"es", {"español", "castellano"}}, {"ht", {"criollo"}}};
    return fold_words(std::move(words));
}

inline ReadingWords creole() {
    ReadingWords words;
    words.numbers[1] = {"youn", "en"};
    words.numbers[2] = {"de"};
    words.numbers[10] = {"dis"};
    words.yes = {"wi"};
    words.no = {"non"};
    words.stop = {"sispann", "kanpe"};
    words.stop_phrases = {"pa ekri m ankò"};
    words.courtesy = {"tanpri"};
    words.languages = {{"ht", {"kreyòl"}}, {"es", {"panyòl"}}, {"en", {"anglè"}}};
    return fold_words(std::move(words));
}

}  // namespace rightsline::locales::testing
