// case task add, list, done: what is to be done about a case, by when and by whom, on the machine itself.
//
// Asks the running server over its local socket. What is to be done is sealed here, to the circle, before it leaves; its words
// come from stdin, never from an option, which other users of the machine could read. Threading: one command per process.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>

#include "gateway/cli/keys/private_key.hpp"
#include "gateway/cli/local_api.hpp"
#include "gateway/cli/terminal.hpp"

namespace rightsline::cli {

struct TaskOptions {
    std::string socket;    // the server's api.sock
    std::string program;   // "" when the server has only one
    std::string which;     // alias ("7K4-921") or id
    std::string as;        // who asks: a name of the roster; "" = the user of this machine
    std::string in;        // "3d", "12h": when it is due, from now
    std::string person;    // who is to do it; "" = whoever has the case
    int number = 0;        // of the list, from 1
    KeyFiles keys;         // what opens the words
    std::string keys_dir;  // of the circle's plain key where `keys` names none
    bool json = false;
};

// Exit codes: 0 done; 1 it may not be (409); 2 usage; 65 no such case, task or person, or words that do not open; 69 the server
// is not there.
/// `in`: the words, to their end.
int task_add(const TaskOptions& options, std::istream& in);
int task_list(const TaskOptions& options, Terminal& terminal);
int task_done(const TaskOptions& options);

/// Seconds that "3d" or "12h" names; nothing: it names none between an hour and two years.
std::optional<std::int64_t> seconds_ahead(const std::string& text);

/// Which case's tasks, and where they go.
struct TasksPlace {
    std::string program;
    std::string case_id;
    bool json = false;       // into `opened` instead of stdout
    bool open_only = false;  // without the done ones
};
/// Fetches and shows them. Whether all could be opened; nothing when they did not come.
std::optional<bool> show_tasks(LocalApi& api, const TasksPlace& place, const PrivateKeys& keys,
                               boost::json::array& opened);

}  // namespace rightsline::cli
