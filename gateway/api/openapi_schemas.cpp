#include "gateway/api/openapi_schemas.hpp"

#include <array>
#include <boost/json.hpp>
#include <utility>

namespace rightsline::api {
namespace {

constexpr const char* schemas = R"({
  "Problem": {"type": "object", "required": ["status", "title"], "properties": {
    "status": {"type": "integer"}, "title": {"type": "string", "description": "A sentence for a person"}}},
  "Time": {"type": "integer", "description": "Seconds since 1970, UTC"},
  "Roles": {"type": "object", "description": "By program",
    "additionalProperties": {"type": "array", "items": {"type": "string"}}},
  "OpenApi": {"type": "object", "required": ["openapi", "info", "paths"], "properties": {
    "openapi": {"type": "string"}, "info": {"type": "object"}, "paths": {"type": "object"},
    "security": {"type": "array"}, "components": {"type": "object"}}},
  "CaseFacts": {"type": "object", "required": ["id", "alias", "status", "urgency"], "properties": {
    "id": {"type": "string"}, "alias": {"type": "string"}, "status": {"type": "string"},
    "urgency": {"enum": ["P1", "P2", "P3"]}, "family": {"type": "string"}, "language": {"type": "string"},
    "mode": {"type": "string"}, "reason": {"type": "string"},
    "circle": {"type": "string", "description": "That it is sealed to; empty: the program's own"},
    "held": {"type": "boolean", "description": "On hold: nothing of it is deleted for its age"},
    "entered_by": {"type": "string", "description": "Who of the team entered it for its worker; empty: nobody did"},
    "call_hour": {"$ref": "#/components/schemas/Time", "description": "When they had taken the call in which it was told; 0: in none"},
    "filed_hour": {"$ref": "#/components/schemas/Time"},
    "contact": {"enum": ["none", "relay", "call"], "description": "How its worker may be reached; never where"},
    "contact_stopped": {"type": "boolean", "description": "Its worker's phone has said STOP: no text goes to it, and no call"},
    "contact_texts": {"type": "boolean", "description": "Its worker may be sent a neutral text; not said in a list"},
    "number_told": {"type": "boolean", "description": "No: its worker was not told the number to come back with so far. One filed before this was kept says yes"},
    "replies": {"type": "integer"}, "replies_read": {"type": "integer"},
    "pinged_hour": {"type": "integer", "description": "When a text last told its worker that a message waits; 0 = never"},
    "assignee": {"type": "string", "description": "Empty: nobody has it"},
    "site": {"type": "string", "description": "Empty: nobody has said which"},
    "category": {"type": "string", "description": "What the team sorted it into; empty: nobody has"},
    "category_name": {"type": "string", "description": "The same for the team's eyes; empty: the program has it no more"},
    "readable": {"type": "boolean", "description": "No: what the team made of it cannot be read"},
    "linked": {"type": "integer", "description": "How many reports it is linked with"},
    "tasks_open": {"type": "integer"}, "tasks_late": {"type": "integer", "description": "Of these, the due ones"},
    "told_more": {"type": ["integer", "null"], "description": "The hour in which its worker told more, seconds since 1970"},
    "clocks": {"type": "array", "description": "What presses most first", "items": {"type": "object",
      "required": ["name", "due", "state"], "properties": {"name": {"type": "string"},
      "due": {"$ref": "#/components/schemas/Time"}, "state": {"type": "string"}}}}}},
  "Cases": {"type": "object", "required": ["program", "cases", "next"], "properties": {
    "program": {"type": "string"},
    "cases": {"type": "array", "items": {"$ref": "#/components/schemas/CaseFacts"}},
    "next": {"type": ["string", "null"], "description": "The cursor of the next page, good for who got it"}}},
  "Case": {"allOf": [{"$ref": "#/components/schemas/CaseFacts"}, {"type": "object",
    "required": ["program", "parts", "parts_total"], "properties": {
    "program": {"type": "string"}, "parts": {"type": "array", "items": {"type": "string", "contentEncoding": "base64"}},
    "parts_total": {"type": "integer"},
    "recused": {"type": "array", "items": {"type": "string"}}, "excluded": {"type": "array", "items": {"type": "string"}},
    "thread": {"type": "array", "description": "Replies, with the first page", "items": {"type": "object",
      "required": ["id", "sealed", "read_hour"], "properties": {"id": {"type": "string"},
      "sealed": {"type": "string", "contentEncoding": "base64"}, "read_hour": {"type": "integer"}}}},
    "recordings": {"type": "array", "description": "Those that are not deleted, with the first page", "items": {
      "type": "object", "required": ["id", "state", "why"], "properties": {"id": {"type": "string"},
      "state": {"enum": ["on_its_way", "here", "put_aside", "lost"]},
      "why": {"type": "string", "description": "Of one put aside: never_arrived, empty, too_long, cut_short, refused …"}}}},
    "check_ins": {"type": "array", "description": "When its worker was asked how they are", "items": {"type": "object",
      "required": ["day", "asked", "how", "answer", "hour"], "properties": {"day": {"type": "integer"},
      "asked": {"$ref": "#/components/schemas/Time"}, "how": {"enum": ["text", "mailbox"]},
      "answer": {"enum": ["", "fine", "changed", "stop", "unknown"], "description": "Empty: there is time to answer yet"},
      "hour": {"type": "integer"}}}},
    "check_ins_missed": {"type": "integer", "description": "So many at the end nobody answered: nobody knows how they are"},
    "links": {"type": "array", "description": "Reports that belong together with it", "items": {"type": "object",
      "required": ["id", "alias", "status", "urgency"], "properties": {"id": {"type": "string"},
      "alias": {"type": "string"}, "status": {"type": "string"}, "urgency": {"type": "string"},
      "reason": {"type": "string"}}}},
    "pings": {"type": "array", "description": "Texts that told its worker that a message waits", "items": {
      "type": "object", "required": ["at", "state", "delivery"], "properties": {
      "at": {"$ref": "#/components/schemas/Time"}, "state": {"type": "string"}, "delivery": {"type": "string"}}}},
    "pings_held": {"type": "string", "description": "Why none goes now: unanswered, stop, no_way; empty: none is held"}}}]},
  "Figures": {"type": "object", "required": ["program", "until", "check_ins", "statuses"], "properties": {
    "program": {"type": "string"}, "until": {"$ref": "#/components/schemas/Time"},
    "check_ins": {"type": "object", "description": "Rounded down to fives; null: too few to be told"},
    "statuses": {"type": "array", "items": {"type": "object", "required": ["status", "cases", "median_days"],
      "properties": {"status": {"type": "string"}, "cases": {"type": ["integer", "null"]},
      "median_days": {"type": ["integer", "null"]}}}}}},
  "LinkWish": {"type": "object", "required": ["with"], "properties": {
    "with": {"type": "string", "description": "The other report's id"}}},
  "Linked": {"type": "object", "required": ["program", "id", "with", "before"], "properties": {
    "program": {"type": "string"}, "id": {"type": "string"}, "with": {"type": "string"},
    "before": {"type": "boolean", "description": "It was so already"}}},
  "Choices": {"type": "object", "required": ["program", "id", "assignee", "statuses", "people"], "properties": {
    "program": {"type": "string"}, "id": {"type": "string"}, "assignee": {"type": "string"},
    "statuses": {"type": "array", "items": {"type": "object", "required": ["key", "name", "words", "waits", "closes"],
      "properties": {"key": {"type": "string"}, "name": {"type": "string", "description": "For the team"},
      "words": {"type": "string", "description": "What its worker would hear, in their language"},
      "waits": {"type": "boolean"}, "closes": {"type": "boolean"}}}},
    "site": {"type": "string"}, "sites": {"type": "array", "items": {"type": "string"}},
    "category": {"type": "string"}, "categories": {"type": "array", "items": {"type": "object",
      "required": ["key", "name", "family", "urgency"], "properties": {"key": {"type": "string"}, "name": {"type": "string"},
      "family": {"type": "string"}, "urgency": {"enum": ["P1", "P2", "P3"]}}}},
    "people": {"type": "array", "items": {"type": "string"}}}},
  "SiteWish": {"type": "object", "required": ["site"], "properties": {
    "site": {"type": "string", "description": "One that there is; empty: none"}}},
  "CategoryWish": {"type": "object", "required": ["category"], "properties": {
    "category": {"type": "string", "description": "One of the program's; empty: none"}}},
  "SiteName": {"type": "object", "required": ["site"], "properties": {
    "site": {"type": "string", "pattern": "^[a-z0-9.-]{1,40}$"}}},
  "Sites": {"type": "object", "required": ["program", "sites", "near"], "properties": {"program": {"type": "string"},
    "sites": {"type": "array", "items": {"type": "object", "required": ["site", "employer"], "properties": {
      "site": {"type": "string"}, "employer": {"type": "array", "items": {"type": "string"}}}}},
    "near": {"type": "array", "description": "Who is not in it looks after all", "items": {"type": "object",
      "required": ["person", "sites"], "properties": {"person": {"type": "string"},
      "sites": {"type": "array", "items": {"type": "string"}}}}}}},
  "EmployerWish": {"type": "object", "required": ["site", "person"], "properties": {"site": {"type": "string"},
    "person": {"type": "string"}, "undo": {"type": "boolean", "description": "They stand on it no more"}}},
  "NearWish": {"type": "object", "required": ["person", "sites"], "properties": {"person": {"type": "string"},
    "sites": {"type": "array", "items": {"type": "string"}, "description": "None: all"}}},
  "SitesChanged": {"type": "object", "required": ["program", "before", "cases_released"], "properties": {
    "program": {"type": "string"}, "before": {"type": "boolean", "description": "It was so already"},
    "cases_released": {"type": "integer", "description": "Back in the pool: who had them may have them no more"}}},
  "StatusWish": {"type": "object", "required": ["status"], "properties": {"status": {"type": "string"}}},
  "PersonWish": {"type": "object", "required": ["person"], "properties": {
    "person": {"type": "string", "description": "Empty, where one may be given to nobody: into the pool"}}},
  "Changed": {"allOf": [{"$ref": "#/components/schemas/CaseFacts"}, {"type": "object",
    "required": ["program", "assignee", "before", "words"], "properties": {"program": {"type": "string"},
    "before": {"type": "boolean", "description": "It was so already"},
    "words": {"type": "string", "description": "What its worker hears of its status"}}}]},
  "Notes": {"type": "object", "required": ["program", "notes", "notes_total"], "properties": {
    "program": {"type": "string"}, "notes_total": {"type": "integer"},
    "notes": {"type": "array", "items": {"type": "string", "contentEncoding": "base64"}}}},
  "Task": {"type": "object", "required": ["id", "kind", "by", "person", "set", "due", "done", "done_by"],
    "properties": {"id": {"type": "string"},
    "kind": {"type": "string", "description": "Why the server set it (no_answer); empty: somebody did"},
    "by": {"type": "string"}, "person": {"type": "string", "description": "Empty: whoever has the case"},
    "set": {"$ref": "#/components/schemas/Time"}, "due": {"$ref": "#/components/schemas/Time"},
    "done": {"type": "integer", "description": "Seconds since 1970; 0 = not yet"}, "done_by": {"type": "string"},
    "sealed": {"type": "string", "contentEncoding": "base64", "description": "What is to be done, in a list"}}},
  "Tasks": {"type": "object", "required": ["program", "tasks"], "properties": {"program": {"type": "string"},
    "tasks": {"type": "array", "items": {"$ref": "#/components/schemas/Task"}}}},
  "NewTask": {"type": "object", "required": ["sealed", "due"], "properties": {
    "sealed": {"type": "string", "contentEncoding": "base64"}, "due": {"$ref": "#/components/schemas/Time"},
    "person": {"type": "string", "description": "Empty: whoever has the case"}}},
  "Intake": {"type": "object", "required": ["program", "language", "languages", "families", "questions", "calls", "colleagues"],
    "properties": {"program": {"type": "string"}, "language": {"type": "string"},
    "languages": {"type": "array", "items": {"type": "object", "required": ["tag", "name"], "properties": {
      "tag": {"type": "string"}, "name": {"type": "string"}}}},
    "families": {"type": "array", "items": {"type": "object", "required": ["key", "words", "urgency", "circle"], "properties": {
      "key": {"type": "string"}, "words": {"type": "string"}, "urgency": {"type": "string"},
      "circle": {"type": "string", "description": "The public key file that a report of it is sealed to; empty: the server has none"}}}},
    "questions": {"type": "array", "items": {"type": "object", "required": ["name", "words", "needed"], "properties": {
      "name": {"type": "string"}, "words": {"type": "string"}, "needed": {"type": "boolean"}}}},
    "calls": {"type": "array", "description": "Callers that you took in the last day, the newest first", "items": {"type": "object",
      "required": ["call", "at", "over", "report"], "properties": {"call": {"type": "string"}, "at": {"$ref": "#/components/schemas/Time"},
      "over": {"type": "boolean", "description": "You are in it no more; as long as you are you can hand it on"},
      "report": {"type": ["string", "null"], "description": "The report that was entered of it; empty: that was deleted since; null: none was"}}}},
    "colleagues": {"type": "array", "items": {"type": "string"}, "description": "The others of the roster"}}},
  "NewReport": {"type": "object", "required": ["id", "language", "family", "parts"], "properties": {
    "id": {"type": "string", "pattern": "^[0-9a-f]{32}$", "description": "Drawn where the parts were sealed"},
    "language": {"type": "string"}, "family": {"type": "string"},
    "danger": {"type": "boolean", "description": "The worker is in danger now"},
    "call": {"type": "string", "description": "In which you were told, by its name in `listCalls`; empty: in none"},
    "parts": {"type": "array", "items": {"type": "string", "contentEncoding": "base64"}}}},
  "Entered": {"type": "object", "required": ["program", "id", "alias", "urgency", "code"], "properties": {
    "program": {"type": "string"}, "id": {"type": "string"}, "alias": {"type": "string"},
    "urgency": {"type": "string"},
    "code": {"type": "string", "description": "The worker's own, told this once: read it out to them"}}},
  "LetOut": {"type": "object", "required": ["program", "id", "alias", "purpose"], "properties": {
    "program": {"type": "string"}, "id": {"type": "string"}, "alias": {"type": "string"},
    "purpose": {"type": "string"}}},
  "Hold": {"type": "object", "required": ["id", "held", "before"], "properties": {"id": {"type": "string"},
    "held": {"type": "boolean"}, "before": {"type": "boolean", "description": "It was so already"}}},
  "KeptFor": {"type": "object", "required": ["kept_seconds", "over"], "properties": {
    "kept_seconds": {"type": ["integer", "null"], "description": "From the closing on; null: for ever"},
    "over": {"type": ["integer", "null"], "description": "Seconds since 1970; null: never, as it stands"}}},
  "TimeAhead": {"type": "object", "required": ["program", "id", "held", "closed", "recordings", "relay", "content"],
    "properties": {"program": {"type": "string"}, "id": {"type": "string"}, "held": {"type": "boolean"},
    "closed": {"type": ["integer", "null"], "description": "Since when time counts; null: it is open, or nobody can say"},
    "recordings": {"$ref": "#/components/schemas/KeptFor"},
    "relay": {"$ref": "#/components/schemas/KeptFor", "description": "The worker's number, the mailbox and the replies"},
    "content": {"$ref": "#/components/schemas/KeptFor", "description": "Everything"}}},
  "Offered": {"type": "object", "required": ["id", "alias", "urgency", "state", "reason", "from", "by", "at", "until"],
    "properties": {"id": {"type": "string"}, "alias": {"type": "string"}, "urgency": {"enum": ["P1", "P2", "P3"]},
    "state": {"$ref": "#/components/schemas/ReferralState"}, "reason": {"type": "string"},
    "from": {"type": "string", "description": "The program"}, "by": {"type": "string"},
    "at": {"$ref": "#/components/schemas/Time"},
    "until": {"type": "integer", "description": "An offer that nobody answered by then is over; seconds since 1970"},
    "to": {"type": "string", "description": "For those who offer it"},
    "not_passed": {"type": "integer", "description": "For them: how many parts the others do not have"}}},
  "ReferralState": {"enum": ["offered", "accepted", "declined", "taken_back", "lapsed", "withdrawn"]},
  "Referrals": {"type": "object", "required": ["program", "referrals"], "properties": {"program": {"type": "string"},
    "referrals": {"type": "array", "items": {"$ref": "#/components/schemas/Offered"}}}},
  "CaseReferrals": {"type": "object", "required": ["program", "id", "alias", "parts_total", "organisations"],
    "properties": {"program": {"type": "string"}, "id": {"type": "string"}, "alias": {"type": "string"},
    "parts_total": {"type": "integer"}, "organisations": {"type": "array", "items": {"type": "object",
    "required": ["key", "name", "consent", "circle_name", "circle", "told", "referral"], "properties": {"key": {"type": "string"},
    "name": {"type": "string"}, "consent": {"type": "string"},
    "circle_name": {"type": "string", "description": "Of the circle that copies for it are sealed to"},
    "circle": {"type": "string", "description": "Its public key file; empty: the server has none"},
    "told": {"type": "integer", "description": "How many there hear by e-mail that something is offered, and not what"},
    "referral": {"type": ["object", "null"], "description": "How it stands with it; null: it was never offered"}}}}}},
  "Offer": {"type": "object", "required": ["to", "parts"], "properties": {"to": {"type": "string"},
    "reason": {"enum": ["investigate", "advice", "urgent", "mandate", "other"]},
    "parts": {"type": "array", "items": {"type": "string", "contentEncoding": "base64"},
      "description": "Each sealed to the organisation's circle"},
    "recordings": {"type": "array", "items": {"type": "string"}, "description": "Ids of those that were brought before"},
    "seen": {"type": "integer", "description": "How many parts the case had when these were made"},
    "after": {"type": "integer", "description": "Of more: how many they have"}}},
  "TakeBack": {"type": "object", "required": ["to"], "properties": {"to": {"type": "string"}}},
  "DeclineWish": {"type": "object", "required": ["reason"], "properties": {
    "reason": {"enum": ["mandate", "capacity", "conflict", "duplicate", "other"]}}},
  "Referred": {"type": "object", "required": ["program", "id", "alias", "to", "state", "before"], "properties": {
    "program": {"type": "string"}, "id": {"type": "string"}, "alias": {"type": "string"}, "to": {"type": "string"},
    "state": {"$ref": "#/components/schemas/ReferralState"}, "status": {"type": "string"},
    "words": {"type": "string", "description": "What its worker hears from now on"},
    "before": {"type": "boolean", "description": "It was so already"}}},
  "ReferredCase": {"allOf": [{"$ref": "#/components/schemas/Offered"}, {"type": "object",
    "required": ["program", "parts", "parts_total"], "properties": {"program": {"type": "string"},
    "status": {"type": "string"}, "family": {"type": "string"}, "language": {"type": "string"},
    "mode": {"type": "string"}, "filed_hour": {"$ref": "#/components/schemas/Time"},
    "parts": {"type": "array", "items": {"type": "string", "contentEncoding": "base64"}},
    "parts_total": {"type": "integer"}}}]},
  "SealedNote": {"type": "object", "required": ["sealed"], "properties": {
    "sealed": {"type": "string", "contentEncoding": "base64", "description": "To the circle's key of now"}}},
  "Kept": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}},
  "CaseLog": {"type": "object", "required": ["program", "alias", "entries", "next"], "properties": {
    "program": {"type": "string"}, "alias": {"type": "string"},
    "entries": {"type": "array", "items": {"type": "object", "required": ["at", "what"], "properties": {
      "at": {"$ref": "#/components/schemas/Time"}, "what": {"type": "string"}, "who": {"type": "string"},
      "how": {"type": "string"}, "why": {"type": "string"}, "to": {"type": "string"}}}},
    "next": {"type": "string", "description": "Where to go on; empty: that was all"}}},
  "Audit": {"type": "object", "required": ["program", "entries", "next", "head", "head_damaged"], "properties": {
    "program": {"type": "string"}, "entries": {"type": "array", "maxItems": 500, "items": {"type": "object"},
      "description": "id, at, what, whether a signed block holds it (sealed), and the case's random id, who, how, why, to, whom"},
    "next": {"type": "string", "description": "The cursor of the next page; empty: that was all"},
    "head_damaged": {"type": "boolean", "description": "What is stored as the newest block is none: run audit verify"},
    "head": {"type": ["object", "null"], "description": "The newest signed block, as audit verify takes it; its bytes"}}},
  "Circle": {"type": "object", "required": ["program", "circle"], "properties": {
    "program": {"type": "string"}, "circle": {"type": "string", "description": "Its public key file"}}},
  "Mailbox": {"type": "object", "required": ["id", "program", "mailbox", "circle", "dangerous_words", "answers"], "properties": {
    "id": {"type": "string"}, "program": {"type": "string"}, "alias": {"type": "string"}, "language": {"type": "string"},
    "replies": {"type": "integer"}, "replies_read": {"type": "integer"}, "number_told": {"type": "boolean"},
    "mailbox": {"type": "string", "contentEncoding": "base64"}, "circle": {"type": "string"},
    "dangerous_words": {"type": "array", "items": {"type": "string"}},
    "answers": {"type": "array", "description": "Sentences of the program that may be sent as they stand; both sealed copies name the key", "items": {
      "type": "object", "required": ["key", "name", "words", "heard"], "properties": {"key": {"type": "string"},
      "name": {"type": "string", "description": "In the program's first language"},
      "words": {"type": "string", "description": "In the report's language"},
      "heard": {"enum": ["recorded", "machine", "nothing"], "description": "How a call in the report's language says it"}}}}}},
  "SealedReply": {"type": "object", "required": ["id", "for_circle", "for_mailbox"], "properties": {
    "id": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
    "for_circle": {"type": "string", "contentEncoding": "base64"},
    "for_mailbox": {"type": "string", "contentEncoding": "base64"}}},
  "ConsentWish": {"type": "object", "required": ["purpose"], "properties": {"purpose": {"type": "string"}}},
  "Consents": {"type": "object", "required": ["program", "id", "alias", "contact", "consents"], "properties": {
    "program": {"type": "string"}, "id": {"type": "string"}, "alias": {"type": "string"},
    "handed_on": {"type": "array", "description": "What went to others already, the oldest first", "items": {
      "type": "object", "required": ["purpose", "who", "hour"], "properties": {"purpose": {"type": "string"},
      "who": {"type": "string"}, "hour": {"$ref": "#/components/schemas/Time"},
      "to": {"type": "string", "description": "The organisation that reads it here; missing: it was taken out"}}}},
    "contact": {"enum": ["none", "relay", "call"]}, "before": {"type": "boolean", "description": "It was so already"},
    "consents": {"type": "array", "items": {"type": "object", "required": ["purpose", "answer", "asked", "hour", "how"],
      "properties": {"purpose": {"type": "string"}, "answer": {"enum": ["no", "yes", "withdrawn"]},
      "asked": {"type": "boolean"}, "hour": {"type": "integer"}, "how": {"type": "string"}}}},
    "pings": {"type": "array", "description": "Texts that told its worker that a message waits", "items": {
      "type": "object", "required": ["at", "state", "delivery"], "properties": {
      "at": {"$ref": "#/components/schemas/Time"}, "state": {"type": "string"}, "delivery": {"type": "string"}}}},
    "pings_held": {"type": "string", "description": "Why none goes now: unanswered, stop, no_way; empty: none is held"},
    "contact_stopped": {"type": "boolean", "description": "Its worker's phone has said STOP: no text goes to it, and no call"},
    "contact_texts": {"type": "boolean", "description": "Its worker may be sent a neutral text"}}}
})";

}  // namespace

boost::json::object openapi_schemas() {
    boost::json::object all = boost::json::parse(schemas).as_object();
    for (boost::json::object& more : std::array{openapi_schemas_of_people(), openapi_schemas_of_prompts()}) {
        for (auto& [name, schema] : more) {
            all.insert_or_assign(name, std::move(schema));
        }
    }
    return all;
}

}  // namespace rightsline::api
