#include "gateway/cases/tasks.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <optional>
#include <utility>

#include "gateway/audit/entry.hpp"
#include "gateway/cases/error.hpp"
#include "gateway/ops/json_text.hpp"

namespace rightsline::cases {
namespace {

namespace json = boost::json;
using ops::text_of;

std::int64_t number_in(const json::object& line, std::string_view name) {
    const json::value* found = line.if_contains(name);
    return found != nullptr && found->is_int64() ? found->get_int64() : 0;
}

std::optional<json::object> read_line(std::string_view line) {
    boost::system::error_code failed;
    const json::value value = json::parse(line, failed);
    return failed || !value.is_object() ? std::nullopt : std::optional(value.get_object());
}

/// A task that is set, or one that is done.
void take_line(const json::object& line, std::vector<Task>& tasks) {
    const std::string id = text_of(line, "id");
    const auto known = std::ranges::find(tasks, id, &Task::id);
    const std::int64_t done = number_in(line, "done");
    const std::int64_t due = number_in(line, "due");
    if (known == tasks.end() && due > 0 && !id.empty()) {
        tasks.push_back({id, text_of(line, "kind"), text_of(line, "by"), text_of(line, "who"),
                         number_in(line, "made"), due});
    } else if (known != tasks.end() && known->is_open() && done > 0) {
        known->done = done;
        known->done_by = text_of(line, "by");
    }
}

redis::Write line_write(const stores::Keyspace& keys, const std::string& case_id, const json::object& line) {
    return {redis::Op::append, keys.case_tasks(case_id), {json::serialize(line) + "\n"}};
}

}  // namespace

std::string task_context(std::string_view program, std::string_view case_id) {
    return std::string(program) + "|" + std::string(case_id) + "|task";
}

std::string seal_task(const vault::CirclePublicKey& circle, std::string_view program,
                      std::string_view case_id, std::string_view words) {
    return vault::seal_to_circle(circle, task_context(program, case_id), words);
}

Result<std::string> open_task(const vault::CirclePrivateKey& key, std::string_view program,
                              std::string_view case_id, std::string_view sealed) {
    return key.open(task_context(program, case_id), sealed);
}

Result<void> check_task(const vault::CirclePublicKey& circle, std::string_view sealed) {
    if (sealed.size() > longest_sealed_task) {
        return errc::bad_task;
    }
    const Result<std::array<std::uint8_t, 8>> key = vault::sealed_to(sealed, vault::SealedForm::part);
    return key && *key == circle.id() ? Result<void>() : Result<void>(errc::bad_task);
}

std::vector<Task> read_tasks(std::string_view stored) {
    std::vector<Task> tasks;
    while (!stored.empty()) {
        const std::string_view line = stored.substr(0, stored.find('\n'));
        if (const std::optional<json::object> read = read_line(line)) {
            take_line(*read, tasks);
        }
        stored.remove_prefix(std::min(line.size() + 1, stored.size()));
    }
    return tasks;
}

std::vector<redis::Write> task_writes(const stores::Keyspace& keys, const std::string& case_id,
                                      const Task& task, std::string sealed) {
    std::vector<redis::Write> writes;
    writes.push_back({redis::Op::must_exist, keys.case_facts(case_id), {}});
    writes.push_back(line_write(keys, case_id,
                                {{"id", task.id},
                                 {"kind", task.kind},
                                 {"by", task.by},
                                 {"who", task.who},
                                 {"made", task.made},
                                 {"due", task.due}}));
    if (!sealed.empty()) {
        writes.push_back({redis::Op::hset, keys.task_words(case_id), {task.id, std::move(sealed)}});
    }
    // The desk of the alerts looks at the case, and from then on when its tasks are due.
    writes.push_back({redis::Op::zadd, keys.clocks(), {std::to_string(task.made * 1000), case_id}});
    audit::Act act{audit::What::task_set, case_id, task.by};
    act.why = task.kind;
    act.to = task.who;
    audit::add_entry(writes, keys, std::move(act));
    return writes;
}

std::vector<redis::Write> task_done_writes(const stores::Keyspace& keys, const std::string& case_id,
                                           const Task& task, const std::string& who, std::int64_t at) {
    std::vector<redis::Write> writes;
    writes.push_back({redis::Op::must_exist, keys.case_facts(case_id), {}});
    writes.push_back(line_write(keys, case_id, {{"id", task.id}, {"done", at}, {"by", who}}));
    audit::Act act{audit::What::task_done, case_id, who};
    act.why = task.kind;
    audit::add_entry(writes, keys, std::move(act));
    return writes;
}

}  // namespace rightsline::cases
