// key new-circle, admit, members, rotate: a circle whose private key exists only sealed to its members.
//
// The private key is made in locked memory, sealed to each member and forgotten; what is written is the public half and the
// shares (vault/shares.hpp). Exit codes: 0; 1 a file could not be written; 2 usage, or no terminal; 65 a file or what was
// typed. Must never: write a private key in plain, or overwrite a key. Threading: one command per process.
#pragma once

#include <string>
#include <vector>

#include "gateway/cli/terminal.hpp"

namespace rightsline::cli {

struct NewCircleOptions {
    std::string circle;                // the program whose reports it opens
    std::vector<std::string> members;  // their .pub files
    std::string out = ".";             // folder for CIRCLE.N.shares and CIRCLE.N.pub
    std::string keys_dir;  // where the server reads circles/CIRCLE.N.pub; "" = it is carried there by hand
    unsigned version = 0;  // 0 = the next one in keys_dir, or 1
};
int key_new_circle(const NewCircleOptions& options);

struct AdmitOptions {
    std::string fresh;   // .pub of the new member
    std::string shares;  // rewritten, whole or not at all
    std::string member;  // .member of somebody who can open it
};
int key_admit(const AdmitOptions& options, Terminal& terminal);

struct MembersOptions {
    std::string shares;
    std::string member;  // "" = the list is not checked against a change by somebody who cannot open it
    bool json = false;
};
int key_members(const MembersOptions& options, Terminal& terminal);

struct RotateOptions {
    std::string shares;  // of the version that is left behind; stays as it is
    std::string member;
    std::vector<std::string> leave;  // names
    std::string out = ".";
    std::string keys_dir;
    bool dry_run = false;
};
int key_rotate(const RotateOptions& options, Terminal& terminal);

}  // namespace rightsline::cli
