// Terminal: where a person types a secret, and where one is shown to them once.
//
// It is /dev/tty, whatever stdin and stdout are: a secret comes from no pipe and goes into no file. Must never: leave the
// echo off, however a command ends (Ctrl-C and Ctrl-Z included; kill -9 cannot be helped: `reset`). Threading: one thread.
#pragma once

#include <string_view>

#include "gateway/vault/typed_secret.hpp"
#include "locales/result.hpp"

namespace rightsline::cli {

class Terminal {
 public:
    virtual ~Terminal() = default;
    /// One line, without echo. Errors: errc::no_terminal, errc::no_answer.
    virtual Result<vault::TypedSecret> ask(std::string_view prompt) = 0;
    /// Errors: errc::no_terminal.
    virtual Result<void> show(std::string_view text) = 0;
};

/// The terminal that this process belongs to. A signal that ends or stops the process while it asks has the echo restored
/// first, and then does what it would have done.
class OwnTerminal final : public Terminal {
 public:
    Result<vault::TypedSecret> ask(std::string_view prompt) override;
    Result<void> show(std::string_view text) override;
};

}  // namespace rightsline::cli
