// The shapes that speak of the recordings that calls play.
#include <boost/json.hpp>

#include "gateway/api/openapi_schemas.hpp"

namespace rightsline::api {
namespace {

constexpr const char* schemas = R"({
  "PromptState": {"enum": ["recorded", "stale", "draft", "missing", "untranslated"],
    "description": "stale: a recording of other words, which no call plays; draft: a machine speaks; untranslated: the first language is said"},
  "Prompts": {"type": "object", "required": ["program", "languages", "prompts"], "properties": {
    "program": {"type": "string"},
    "languages": {"type": "array", "items": {"type": "object",
      "required": ["language", "lines", "recorded", "stale", "draft", "missing", "untranslated", "waiting"], "properties": {
      "language": {"type": "string"}, "lines": {"type": "integer"}, "recorded": {"type": "integer"},
      "stale": {"type": "integer"}, "draft": {"type": "integer"}, "missing": {"type": "integer"},
      "untranslated": {"type": "integer"}, "waiting": {"type": "integer", "description": "Takes that can be approved"}}}},
    "prompts": {"type": "array", "items": {"type": "object", "required": ["name", "cells"], "properties": {
      "name": {"type": "string"}, "cells": {"type": "object", "description": "By language", "additionalProperties": {
        "type": "object", "required": ["state"], "properties": {"state": {"$ref": "#/components/schemas/PromptState"},
        "take": {"enum": ["waiting", "outdated", "rejected", "unreadable"]}}}}}}}}},
  "PromptLines": {"type": "object", "required": ["program", "language", "lines"], "properties": {
    "program": {"type": "string"}, "language": {"type": "string"},
    "lines": {"type": "array", "items": {"type": "object", "required": ["name", "text", "words", "state", "soon", "length_ms"],
      "properties": {"name": {"type": "string"}, "text": {"type": "string", "description": "To be read aloud"},
      "words": {"type": "string", "description": "A hash of the text, for the query of an upload"},
      "state": {"$ref": "#/components/schemas/PromptState"},
      "soon": {"type": "boolean", "description": "Approved just now: calls play it within a quarter of an hour"},
      "length_ms": {"type": "integer", "description": "Of what calls play; 0: nothing"},
      "take": {"$ref": "#/components/schemas/Take"},
      "outdated": {"type": "boolean", "description": "The take says other words"}}}}}},
  "Take": {"type": "object", "required": ["state", "by", "at", "way", "length_ms", "sound", "warnings"], "properties": {
    "state": {"enum": ["waiting", "approved", "rejected", "unreadable"]}, "by": {"type": "string"},
    "at": {"type": "string", "description": "UTC"}, "way": {"type": "string", "description": "phone, browser, file"},
    "length_ms": {"type": "integer"}, "sound": {"type": "string", "description": "SHA-256 of it"},
    "warnings": {"type": "string", "description": "Too quiet, too loud, clipped, too long"},
    "judged_by": {"type": "string"}, "why": {"type": "string", "description": "It was rejected"}}},
  "TakeKept": {"type": "object", "required": ["program", "language", "name", "length_ms", "warnings"], "properties": {
    "program": {"type": "string"}, "language": {"type": "string"}, "name": {"type": "string"},
    "length_ms": {"type": "integer"}, "warnings": {"type": "array", "items": {"type": "string"}}}},
  "TakeHeard": {"type": "object", "required": ["sound"], "properties": {
    "sound": {"type": "string", "description": "SHA-256 of the take that you listened to"}}},
  "TakeRefused": {"type": "object", "required": ["sound", "why"], "properties": {
    "sound": {"type": "string"}, "why": {"type": "string", "description": "What whoever records shall do differently"}}},
  "TakeJudged": {"type": "object", "required": ["program", "language", "name", "take"], "properties": {
    "program": {"type": "string"}, "language": {"type": "string"}, "name": {"type": "string"},
    "take": {"$ref": "#/components/schemas/Take"}}}
})";

}  // namespace

boost::json::object openapi_schemas_of_prompts() { return boost::json::parse(schemas).as_object(); }

}  // namespace rightsline::api
