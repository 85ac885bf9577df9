// HandedOn: what of a case went to others: for which purpose, when, and who of the team gave it out.
//
// A line is written by the commit that lets it out, before a byte leaves, and only while its worker's last word on that purpose
// is yes; so whoever takes a yes back can be told what went already. Words of ours, names of the team and hours; nothing told.
// Pure. Threading: plain values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/cases/consent.hpp"

namespace rightsline::cases {

struct HandedOn {
    std::string purpose;    // a consent's word
    std::string who;        // as the audit names them
    std::int64_t hour = 0;  // seconds since 1970, cut to the hour
    std::string to{};       // the organisation that reads it here; "" = it was taken out
};

/// The write that notes it, for a commit that has an entry of its own.
redis::Write handed_on_line(const stores::Keyspace& keys, const std::string& case_id, const HandedOn& one);

/// The writes of one hand-over of a case that is there, with its audit entry.
std::vector<redis::Write> handing_on_writes(const stores::Keyspace& keys, const std::string& case_id,
                                            const HandedOn& one);
/// The oldest first; lines that we cannot read are a newer build's: passed over.
std::vector<HandedOn> read_handed_on(std::string_view stored);

}  // namespace rightsline::cases
