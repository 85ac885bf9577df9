// The stored form of Casework: a sealed document's bytes and back.
#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "gateway/cases/casework.hpp"
#include "gateway/cases/error.hpp"
#include "gateway/ops/json_text.hpp"

namespace rightsline::cases {
namespace {

namespace json = boost::json;

// Of the stored bytes. One without a site or a referral, without a category, or that nobody left, has the shape that an older
// build reads: it must lose none of them.
constexpr std::int64_t shape = 1;
constexpr std::int64_t shape_with_more = 2;
constexpr std::int64_t shape_with_category = 3;
constexpr std::int64_t shape_left = 4;

std::int64_t shape_of(bool more, bool category, bool left) {
    return left ? shape_left : category ? shape_with_category : more ? shape_with_more : shape;
}

json::array to_json(const std::vector<std::string>& names) { return json::array(names.begin(), names.end()); }

const json::array* list_of(const json::object& in, std::string_view name) {
    const json::value* found = in.if_contains(name);
    return found == nullptr ? nullptr : found->if_array();
}

/// Nothing when it is no list of texts.
Result<std::vector<std::string>> names_of(const json::object& in, std::string_view name) {
    const json::array* list = list_of(in, name);
    if (list == nullptr ||
        !std::ranges::all_of(*list, [](const json::value& one) { return one.is_string(); })) {
        return errc::damaged;
    }
    std::vector<std::string> names;
    for (const json::value& one : *list) {
        names.emplace_back(one.get_string());
    }
    return names;
}

Result<std::vector<Change>> changes_of(const json::object& in) {
    const json::array* list = list_of(in, "changes");
    if (list == nullptr) {
        return errc::damaged;
    }
    std::vector<Change> changes;
    for (const json::value& one : *list) {
        const json::object* change = one.if_object();
        const json::value* at = change == nullptr ? nullptr : change->if_contains("at");
        if (at == nullptr || !at->is_int64()) {
            return errc::damaged;
        }
        changes.push_back({ops::text_of(*change, "status"), at->get_int64()});
    }
    return changes;
}

Result<std::vector<Referral>> referrals_of(const json::object& in) {
    std::vector<Referral> all;
    if (!in.contains("referrals")) {
        return all;
    }
    const Result<std::vector<std::string>> lines = names_of(in, "referrals");
    if (!lines) {
        return lines.error();
    }
    for (const std::string& line : *lines) {
        std::optional<Referral> one = parse_referral(line);
        if (!one) {
            return errc::damaged;
        }
        all.push_back(std::move(*one));
    }
    return all;
}

}  // namespace

std::string to_bytes(const Casework& casework) {
    json::array changes;
    for (const Change& one : casework.changes) {
        changes.push_back(json::object{{"status", one.status}, {"at", one.at}});
    }
    const bool more = !casework.site.empty() || !casework.referrals.empty();
    const bool left = casework.left != 0;
    json::object out{{"shape", shape_of(more, !casework.category.empty(), left)},
                     {"assignee", casework.assignee},
                     {"recused", to_json(casework.recused)},
                     {"excluded", to_json(casework.excluded)},
                     {"changes", std::move(changes)}};
    if (!casework.site.empty()) {
        out["site"] = casework.site;
    }
    if (!casework.category.empty()) {
        out["category"] = casework.category;
    }
    if (left) {
        out["left"] = casework.left;
    }
    if (!casework.referrals.empty()) {
        json::array referrals;
        for (const Referral& one : casework.referrals) {
            referrals.emplace_back(to_line(one));
        }
        out["referrals"] = std::move(referrals);
    }
    return json::serialize(out);
}

Result<Casework> parse_casework(std::string_view bytes, SitesPtr sites) {
    boost::system::error_code failed;
    const json::value value = json::parse(bytes, failed);
    const json::object* in = failed ? nullptr : value.if_object();
    const json::value* written = in == nullptr ? nullptr : in->if_contains("shape");
    const bool more = in != nullptr && (in->contains("site") || in->contains("referrals"));
    const bool sorted = in != nullptr && in->contains("category");
    const json::value* left = in == nullptr ? nullptr : in->if_contains("left");
    if (written == nullptr || *written != shape_of(more, sorted, left != nullptr)) {
        return errc::damaged;  // or a newer build's, whose members we would lose
    }
    Result<std::vector<std::string>> recused = names_of(*in, "recused");
    Result<std::vector<std::string>> excluded = names_of(*in, "excluded");
    Result<std::vector<Change>> changes = changes_of(*in);
    Result<std::vector<Referral>> referrals = referrals_of(*in);
    std::string site = ops::text_of(*in, "site");
    std::string category = ops::text_of(*in, "category");
    if (!recused || !excluded || !changes || !referrals || (in->contains("site") && site.empty()) ||
        (sorted && category.empty()) || (left != nullptr && !left->is_int64())) {
        return errc::damaged;
    }
    return Casework{
        ops::text_of(*in, "assignee"), std::move(*recused), std::move(*excluded),
        std::move(*changes),           std::move(site),     std::move(*referrals),
        std::move(category),           std::move(sites),    left == nullptr ? 0 : left->get_int64()};
}

}  // namespace rightsline::cases
