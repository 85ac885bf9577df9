// The shapes that speak of the people of a program: logins, users, whom alerts reach, and what leaves for them.
#include <boost/json.hpp>

#include "gateway/api/openapi_schemas.hpp"

namespace rightsline::api {
namespace {

constexpr const char* schemas = R"({
  "Credentials": {"type": "object", "required": ["name", "password", "code"], "properties": {
    "name": {"type": "string"}, "password": {"type": "string"},
    "code": {"type": "string", "pattern": "^[0-9]{6}$"},
    "as": {"enum": ["cookie", "bearer"], "description": "bearer: for tools, the token comes in the answer"}}},
  "Login": {"type": "object", "required": ["name", "made", "ends", "idle_seconds"], "properties": {
    "name": {"type": "string"}, "made": {"$ref": "#/components/schemas/Time"},
    "ends": {"$ref": "#/components/schemas/Time"}, "idle_seconds": {"type": "integer"},
    "csrf_token": {"type": "string", "description": "What X-CSRF-Token says, with a cookie"},
    "token": {"type": "string", "description": "Only where a tool asked for it"}}},
  "Session": {"type": "object", "required": ["name", "roles", "csrf_token", "made", "ends", "idle_seconds"],
    "properties": {
    "name": {"type": "string"}, "roles": {"$ref": "#/components/schemas/Roles"}, "csrf_token": {"type": "string"},
    "made": {"$ref": "#/components/schemas/Time"}, "ends": {"$ref": "#/components/schemas/Time"},
    "idle_seconds": {"type": "integer"},
    "last_login_before": {"type": ["integer", "null"], "description": "When the user logged in before this; null: never"}}},
  "Sessions": {"type": "object", "required": ["sessions"], "properties": {"sessions": {"type": "array", "items":
    {"type": "object", "required": ["id", "made", "seen", "ends", "by", "this"], "properties": {
    "id": {"type": "string"}, "made": {"$ref": "#/components/schemas/Time"},
    "seen": {"$ref": "#/components/schemas/Time"}, "ends": {"$ref": "#/components/schemas/Time"},
    "by": {"enum": ["browser", "tool"]}, "this": {"type": "boolean"}}}}}},
  "Alert": {"type": "object", "required": ["id", "alias", "urgency", "raised", "taken_by"], "properties": {
    "program": {"type": "string"}, "id": {"type": "string"}, "alias": {"type": "string"},
    "urgency": {"enum": ["P1", "P2", "P3"]}, "raised": {"$ref": "#/components/schemas/Time"},
    "messages": {"type": "integer"}, "taken_by": {"type": ["string", "null"]}, "taken_how": {"type": "string"},
    "taken_at": {"$ref": "#/components/schemas/Time"}, "told": {"type": "array", "items": {"type": "object"}},
    "before": {"type": "boolean", "description": "You had it already"}}},
  "Alerts": {"type": "object", "required": ["program", "people", "more", "alerts"], "properties": {
    "program": {"type": "string"}, "people": {"type": "integer"}, "more": {"type": "boolean"},
    "alerts": {"type": "array", "maxItems": 100, "items": {"$ref": "#/components/schemas/Alert"}}}},
  "Roster": {"type": "object", "required": ["program", "urgency", "at", "steps", "again_seconds", "nobody_on_duty", "callers"], "properties": {
    "program": {"type": "string"}, "urgency": {"enum": ["P1", "P2", "P3"]}, "at": {"type": "string"},
    "steps": {"type": "array", "items": {"type": "object"}}, "again_seconds": {"type": ["integer", "null"]},
    "nobody_on_duty": {"type": "string", "description": "The hours of any week in which nobody of order is; empty when there are none"},
    "callers": {"enum": ["somebody", "nobody", "conflict", "message"], "description": "Whom a caller reaches whose site is not known: conflict, told on the machine alone, is when all who are on duty stand on an employer's list"}}},
  "Calls": {"type": "object", "required": ["program", "calls", "next"], "properties": {
    "program": {"type": "string"}, "next": {"type": "string"}, "calls": {"type": "array", "items": {"type": "object",
      "required": ["at", "call", "what", "who", "why"], "properties": {"at": {"$ref": "#/components/schemas/Time"},
        "call": {"type": "string", "description": "Tells it from others"}, "what": {"type": "string"},
        "who": {"type": "string"}, "why": {"type": "string", "description": "Why nobody took it, or seconds"},
        "to": {"type": "string", "description": "P1: nobody took it, and the caller had said danger; whom a call was handed on to"}}}}}},
  "HandOnWish": {"type": "object", "required": ["to"], "properties": {
    "to": {"type": "string", "description": "A name of the roster: somebody who may be called"}}},
  "HandedOnCall": {"type": "object", "required": ["program", "call", "to"], "properties": {
    "program": {"type": "string"}, "call": {"type": "string"}, "to": {"type": "string"}}},
  "Outbox": {"type": "object", "required": ["program", "lines", "copies"], "properties": {
    "program": {"type": "string"}, "lines": {"type": "array", "items": {"type": "object"}},
    "copies": {"type": "array", "items": {"type": "object"}}}},
  "User": {"type": "object", "required": ["name", "roles", "disabled", "made", "last_login", "key"], "properties": {
    "name": {"type": "string"}, "roles": {"$ref": "#/components/schemas/Roles"}, "disabled": {"type": "boolean"},
    "made": {"$ref": "#/components/schemas/Time"}, "last_login": {"type": ["integer", "null"]},
    "key": {"type": "string", "description": "Fingerprint of their member's key"}}},
  "Users": {"type": "object", "required": ["users"], "properties": {"users": {"type": "array", "items":
    {"$ref": "#/components/schemas/User"}}}},
  "UserMade": {"allOf": [{"$ref": "#/components/schemas/User"}, {"type": "object",
    "required": ["totp_secret", "totp_uri"], "properties": {
    "totp_secret": {"type": "string", "description": "Of their authenticator; told this once"},
    "totp_uri": {"type": "string", "description": "The same, for a QR code"}}}]},
  "UserChanged": {"allOf": [{"$ref": "#/components/schemas/User"}, {"type": "object", "required": ["cases_released"],
    "properties": {"cases_released": {"type": "integer", "description": "Back in the pool: they may work on none now"}}}]},
  "UserShutOut": {"allOf": [{"$ref": "#/components/schemas/User"}, {"type": "object", "required": ["cases_released"],
    "properties": {"cases_released": {"type": "integer", "description": "Open cases of theirs that nobody has now"}}}]},
  "NewUser": {"type": "object", "required": ["name", "roles", "password"], "properties": {"name": {"type": "string"},
    "roles": {"type": "array", "items": {"type": "string", "description": "PROGRAM:ROLE"}},
    "password": {"type": "string"}, "key": {"type": "string"}}},
  "RolesWish": {"type": "object", "required": ["roles"], "properties": {
    "roles": {"type": "array", "items": {"type": "string", "description": "PROGRAM:ROLE"}}}},
  "ResetUser": {"type": "object", "required": ["password"], "properties": {"password": {"type": "string"},
    "roles": {"type": "array", "items": {"type": "string"}}, "key": {"type": "string"}}},
  "PasswordChange": {"type": "object", "required": ["password", "code", "new_password"], "properties": {
    "password": {"type": "string"}, "code": {"type": "string"}, "new_password": {"type": "string"}}}
})";

}  // namespace

boost::json::object openapi_schemas_of_people() { return boost::json::parse(schemas).as_object(); }

}  // namespace rightsline::api
