// `rightsline site`: which sites a program has, who stands on an employer's list, who looks after which. For the operator on
// the machine itself, through the running server. Blocking. Threading: one command per process.
#pragma once

#include <string>
#include <vector>

namespace rightsline::cli {

struct SiteOptions {
    std::string socket;
    std::string program;  // "" when the server has only one
    std::string as;       // who does it: a name of the roster; "" = the user of this machine
    std::string site;
    std::string person;
    std::vector<std::string> sites;  // near: none = all
    bool undo = false;               // employer: they stand on it no more
    bool json = false;
};

// Exit codes: 0 done, or it was so already; 1 it may not be (409); 65 no such site or person; 69 the server is not there.
int site_list(const SiteOptions& options);
int site_add(const SiteOptions& options);
int site_remove(const SiteOptions& options);
int site_employer(const SiteOptions& options);
int site_near(const SiteOptions& options);

}  // namespace rightsline::cli
