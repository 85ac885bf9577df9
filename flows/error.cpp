#include "flows/error.hpp"
