#include "locales/authored.hpp"
