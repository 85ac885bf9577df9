#include "gateway/cli/version_command.hpp"

#include <boost/json.hpp>
#include <iostream>
#include <string>

#include "gateway/keep/archive.hpp"
#include "gateway/spool/format.hpp"
#include "redis/libraries.hpp"

namespace rightsline::cli {
namespace {

constexpr const char* name = "rightsline";
constexpr const char* compiler =
#ifdef __clang__
    __VERSION__;
#else
    "GCC " __VERSION__;
#endif

}  // namespace

int version(bool as_json) {
    const std::string functions(redis::library_name());
    if (as_json) {
        const boost::json::object reads{{"backup", keep::archive_format},
                                        {"store", keep::store_schema},
                                        {"spool", spool::format_version}};
        std::cout << boost::json::serialize(boost::json::object{{"name", name},
                                                                {"version", RIGHTSLINE_VERSION},
                                                                {"build", RIGHTSLINE_BUILD},
                                                                {"compiler", compiler},
                                                                {"functions", functions},
                                                                {"reads", reads}})
                  << "\n";
        return 0;
    }
    std::cout << name << " " << RIGHTSLINE_VERSION << "\nbuild: " << RIGHTSLINE_BUILD << ", " << compiler
              << "; functions in the store: " << functions << "\nreads: backups of format up to "
              << keep::archive_format << ", stores of schema up to " << keep::store_schema
              << ", spools of format " << spool::format_version << "\n";
    return 0;
}

}  // namespace rightsline::cli
