#include "redis/error.hpp"
