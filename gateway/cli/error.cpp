#include "gateway/cli/error.hpp"

#include <string>

namespace rightsline::cli {
namespace {

class Category final : public boost::system::error_category {
 public:
    const char* name() const noexcept override { return "rightsline.cli"; }
    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::no_voice:
                return "espeak-ng is missing or has no voice for this language";
            case errc::unreachable:
                return "the server does not answer there";
            case errc::refused:
                return "the server refused the request";
            case errc::no_terminal:
                return "secrets are asked for on a terminal and nowhere else, and there is none here";
            case errc::no_answer:
                return "nothing was typed, or far too much";
        }
        return "unknown error of a command";
    }
};

}  // namespace

const boost::system::error_category& category() {
    static const Category instance;
    return instance;
}

}  // namespace rightsline::cli
