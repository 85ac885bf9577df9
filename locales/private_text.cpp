#include "locales/private_text.hpp"

#include <cstring>

namespace rightsline::locales {

void wipe(std::string& text) noexcept {
    // Short strings live inside the object: clearing the whole capacity reaches both places.
    if (text.capacity() != 0) {
        explicit_bzero(text.data(), text.capacity());
    }
    text.clear();
}

}  // namespace rightsline::locales
