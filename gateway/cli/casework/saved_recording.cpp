#include "gateway/cli/casework/saved_recording.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iostream>
#include <system_error>

#include "gateway/cases/case_file.hpp"

namespace rightsline::cli {
namespace {

/// Writes a new file that only its owner reads; "" or why not.
std::string write_new(const std::string& path, const std::string& bytes) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0) {
        return errno == EEXIST ? "is there already, and is left as it is; move it away to save it again"
                               : std::generic_category().message(errno);
    }
    const bool whole = ::write(file, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size());
    const std::string why = whole ? "" : std::generic_category().message(errno);
    ::close(file);
    if (!whole) {
        ::unlink(path.c_str());  // half a recording would look like a whole one
    }
    return why;
}

}  // namespace

bool prepare_folder(const std::string& folder) {
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    if (failed || !std::filesystem::is_directory(folder)) {
        std::cerr << folder << ": no folder for recordings can be made here"
                  << (failed ? " (" + failed.message() + ")" : "") << ". Name another: --recordings DIR\n";
        return false;
    }
    return true;
}

bool save_recording(LocalApi& api, const std::string& folder, const PrivateKeys& keys,
                    const std::string& program, const std::string& address, const std::string& id) {
    const Result<std::string> sealed = api.download(address);
    if (!sealed) {
        std::cerr << "recording " << id << ": " << api.refusal() << "\n";
        return false;
    }
    const vault::CirclePrivateKey& key = keys.for_sealed(*sealed, vault::SealedForm::recording);
    const Result<std::string> sound = vault::open_stream(key, cases::recording_context(program, id), *sealed);
    if (!sound) {
        std::cerr << "recording " << id << ": " << sound.error().message() << "\n";
        return false;
    }
    const std::string path = folder + "/" + id + ".wav";
    const std::string why = write_new(path, *sound);
    std::cerr << path << ": " << (why.empty() ? "saved" : why) << "\n";
    return why.empty();
}

}  // namespace rightsline::cli
