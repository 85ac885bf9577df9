#include "gateway/cli/keys/member_command.hpp"

#include <unistd.h>

#include <filesystem>
#include <iostream>

#include "gateway/cli/asking.hpp"
#include "gateway/vault/error.hpp"
#include "gateway/vault/key_file.hpp"

namespace rightsline::cli {
namespace {

constexpr int failed = 1;
constexpr int usage = 2;
constexpr int bad_data = 65;
constexpr int unavailable = 69;
constexpr int tries = 3;

bool name_will_do(const std::string& name) {
    if (!vault::is_circle_name(name)) {
        std::cerr << "'" << name
                  << "' cannot be a member's name: use 1 to 64 small letters (a-z), digits and '-': maria\n";
        return false;
    }
    return true;
}

/// Both files, or neither. An exit code.
int write_both(const std::string& stem, const vault::NewMember& made) {
    std::error_code ignored;
    std::filesystem::create_directories(std::filesystem::path(stem).parent_path(), ignored);
    const std::string sealed = stem + ".member";
    const std::string open = stem + ".pub";
    if (const Result<void> written = vault::write_key_file(sealed, made.file, vault::Exposure::secret);
        !written) {
        tell_file(sealed, written.error());
        return failed;
    }
    if (const Result<void> written =
            vault::write_key_file(open, vault::member_text(made.member), vault::Exposure::open);
        !written) {
        ::unlink(sealed.c_str());
        tell_file(open, written.error());
        return failed;
    }
    return 0;
}

bool any_there(const std::string& stem) {
    for (const char* ending : {".member", ".pub"}) {
        if (std::filesystem::exists(stem + ending)) {
            std::cerr << stem << ending << " is there already, and is not overwritten. No key was made.\n";
            return true;
        }
    }
    return false;
}

/// The code, on the terminal and nowhere else. Without it having been shown there must be no key either.
int show_code(Terminal& terminal, const vault::RecoveryCode& recovery) {
    std::string text = "\nYour recovery code, shown this once:\n\n";
    text.reserve(1024);  // so that no shorter copy is left behind
    text += recovery.on_paper().reveal();
    text +=
        "\n\nWrite it on paper now, and keep the paper where the key's file is not. It opens your key when "
        "the "
        "passphrase is\nforgotten; whoever has the paper and the file opens it too. Then close this "
        "window.\n\n";
    const Result<void> shown = terminal.show(text);
    locales::wipe(text);
    if (!shown) {
        const int code = tell_unasked(shown.error());
        std::cerr << "No key was made.\n";
        return code;
    }
    return 0;
}

void tell_member(const std::string& stem, const vault::Member& member) {
    std::cerr
        << stem
        << ".member holds your private key, sealed under your passphrase. Keep it, and a second copy on a "
        << "stick.\n"
        << stem << ".pub is public: give it to whoever makes the circle, and read them this by voice:\n  "
        << member.fingerprint() << "\n"
        << "When passphrase and recovery code are both lost, nobody can open this key again.\n";
}

/// Three tries to type it without a mistake. Nothing is derived from a code whose check digits are wrong.
Got<vault::RecoveryCode> ask_code(Terminal& terminal) {
    for (int i = 0; i < tries; ++i) {
        const Result<vault::TypedSecret> typed =
            terminal.ask("Recovery code (ten groups of five digits, not shown): ");
        if (!typed) {
            return {std::nullopt, tell_unasked(typed.error())};
        }
        Result<vault::RecoveryCode> code = vault::RecoveryCode::parse(typed->view());
        if (code) {
            return {std::move(*code), 0};
        }
        std::cerr << vault::mistake_in_code(typed->view()) << "\n";
    }
    return {std::nullopt, bad_data};
}

void tell_what_is_lost(const std::string& name) {
    std::cerr << "Without passphrase and code the key of " << name
              << " is lost: nobody can open it, not we either.\n"
              << "Reports are not lost as long as another member can open them: " << name
              << " makes a new key (rightsline key new-member), under a new name, and a member admits it "
                 "(rightsline key "
              << "admit).\nWas " << name
              << " the only member, what is sealed to that circle can never be opened again.\n";
}

/// The last step of coming back. An exit code.
int put_passphrase(const RecoverOptions& options, const vault::MemberFile& file, const vault::MemberKey& key,
                   Terminal& terminal) {
    Got<vault::TypedSecret> passphrase = ask_new_passphrase(terminal, file.member().name);
    if (!passphrase) {
        return passphrase.code;
    }
    const Result<std::string> text = file.under(key, *passphrase, options.cost);
    const Result<void> written =
        text ? vault::replace_key_file(options.member, *text) : Result<void>(text.error());
    if (!written) {
        tell_file(options.member, written.error());
        return failed;
    }
    std::cerr << options.member << " opens with the new passphrase. The recovery code stays as it is.\n"
              << "Other copies of this file still open with the old passphrase: replace or delete them.\n";
    return 0;
}

}  // namespace

int key_new_member(const NewMemberOptions& options, Terminal& terminal) {
    const std::string stem = options.out + "/" + options.name;
    if (!name_will_do(options.name) || any_there(stem)) {
        return vault::is_circle_name(options.name) ? failed : usage;
    }
    Got<vault::TypedSecret> passphrase = ask_new_passphrase(terminal, options.name);
    if (!passphrase) {
        return passphrase.code;
    }
    Result<vault::NewMember> made = vault::make_member(options.name, *passphrase, options.cost);
    if (!made) {
        std::cerr << made.error().message() << ". No key was made.\n";
        return unavailable;
    }
    if (const int code = write_both(stem, *made); code != 0) {
        return code;
    }
    if (const int code = show_code(terminal, made->code); code != 0) {
        ::unlink((stem + ".member").c_str());
        ::unlink((stem + ".pub").c_str());
        return code;
    }
    tell_member(stem, made->member);
    return 0;
}

int key_recover(const RecoverOptions& options, Terminal& terminal) {
    Got<vault::MemberFile> file = read_member_file(options.member);
    if (!file) {
        return file.code;
    }
    Got<vault::RecoveryCode> code = ask_code(terminal);
    if (!code) {
        tell_what_is_lost(file->member().name);
        return code.code;
    }
    const Result<vault::MemberKey> key = file->open(*code);
    if (!key) {
        std::cerr << options.member << ": " << key.error().message()
                  << ". The code is well formed: is it the paper of another key?\n";
        tell_what_is_lost(file->member().name);
        return bad_data;
    }
    if (options.dry_run) {
        std::cerr << options.member << ": the code opens the key of " << file->member().name
                  << ". Nothing was changed, and the passphrase is still the one that it was.\n";
        return 0;
    }
    return put_passphrase(options, *file, *key, terminal);
}

}  // namespace rightsline::cli
