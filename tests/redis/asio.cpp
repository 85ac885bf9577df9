// Asio's templates, instantiated once for the tests of this room.
#include <boost/asio/impl/src.hpp>
