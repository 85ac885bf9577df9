#include "gateway/reach/texting.hpp"

#include <utility>

#include "flows/words.hpp"
#include "gateway/outbox/error.hpp"
#include "gateway/stores/keyspace.hpp"

namespace rightsline::reach {
namespace {

using namespace std::chrono_literals;

constexpr auto last_start = 1min;  // before the hours end: what begins later could only arrive too late

}  // namespace

std::int64_t ms(ops::UtcMs at) { return at.time_since_epoch().count(); }

std::int64_t hour_of(ops::UtcMs at) {
    const auto hour = std::chrono::floor<std::chrono::hours>(at.time_since_epoch());
    return std::chrono::seconds(hour).count();
}

bool is_no_way(const boost::system::error_code& error) {
    return error == outbox::make_error_code(outbox::errc::no_line) ||
           error == outbox::make_error_code(outbox::errc::prefix_refused);
}

std::string Texting::quiet_hours(const std::string& program) const {
    const flows::PackPtr pack = packs_.active(program);
    return pack ? pack->quiet_hours : "00:00-24:00";
}

std::string Texting::words(const std::string& program, const char* key, const std::string& language) const {
    const flows::PackPtr pack = packs_.active(program);
    const flows::TextIndex text = pack ? pack->find_text(key) : flows::no_text;
    if (text == flows::no_text) {
        return {};
    }
    const Result<locales::LanguageTag> tag = locales::LanguageTag::parse(language);
    const auto index = tag ? pack->find_language(*tag) : std::nullopt;
    return flows::Words(*pack, flows::Mode::sms, {}).text(text, index.value_or(0));
}

Awaitable<Result<StoredOutreach>> Texting::load(std::string program, std::string case_id, Deadline deadline) {
    redis::LoadKeys wanted;
    wanted.document = stores::Keyspace(program).outreach(case_id);
    Result<redis::Loaded> stored = co_await redis::load(redis_, wanted, deadline);
    if (!stored) {
        co_return stored.error();
    }
    if (stored->version == 0) {
        co_return StoredOutreach{};
    }
    std::vector<vault::SealRequest> requests;
    requests.push_back({vault::Purpose::casework, wanted.document, std::move(stored->document)});
    const Result<std::vector<std::string>> plain = co_await vault_.open(std::move(requests));
    if (!plain) {
        co_return plain.error();
    }
    Result<Outreach> outreach = parse_outreach(plain->front());
    if (!outreach) {
        co_return outreach.error();
    }
    co_return StoredOutreach{std::move(*outreach), stored->version};
}

Awaitable<Result<redis::Committed>> Texting::keep(std::string program, std::string case_id,
                                                  StoredOutreach record, redis::Commit commit,
                                                  Deadline deadline) {
    const stores::Keyspace keys(program);
    commit.document_key = keys.outreach(case_id);
    commit.expected_version = record.version;
    commit.now_ms = clock_.now().time_since_epoch().count();
    std::vector<vault::SealRequest> requests;
    requests.push_back({vault::Purpose::casework, commit.document_key, to_bytes(record.outreach)});
    Result<std::vector<std::string>> sealed = co_await vault_.seal(std::move(requests));
    if (!sealed) {
        co_return sealed.error();
    }
    commit.document = std::move(sealed->front());
    commit.writes.insert(commit.writes.begin(), {redis::Op::must_exist, keys.case_facts(case_id), {}});
    co_return co_await redis::commit(redis_, commit, deadline);
}

Awaitable<Result<std::string>> Texting::name(std::string what) {
    std::vector<vault::IdRequest> requests;
    requests.push_back({vault::IdKind::event, std::move(what)});
    const Result<std::vector<vault::KeyedId>> ids = co_await vault_.id(std::move(requests));
    if (!ids) {
        co_return ids.error();
    }
    co_return "p" + ids->front().hex();
}

Awaitable<Result<outbox::Message>> Texting::message(std::string program, std::string case_id,
                                                    cases::Reach reach, std::string words, Window window) {
    Result<vault::PhoneNumber> number = co_await book_.open(program, case_id, reach.sealed_number);
    if (!number) {
        co_return number.error();
    }
    std::vector<vault::IdRequest> requests;
    requests.push_back({vault::IdKind::phone, number->reveal()});
    const Result<std::vector<vault::KeyedId>> ids = co_await vault_.id(std::move(requests));
    if (!ids) {
        co_return ids.error();
    }
    outbox::Message message{outbox::Lane::reply, std::move(*number), ids->front().hex(), outbox::Text{}};
    message.what = outbox::Text{locales::PrivateText(std::move(words)), longest_room};
    message.not_after = window.closes - last_start;
    message.arrive_by = window.closes;
    message.only_while = {stores::Keyspace(program).case_contact(case_id), "number", reach.sealed_number};
    co_return std::move(message);
}

}  // namespace rightsline::reach
