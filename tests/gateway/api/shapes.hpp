// Shapes: whether an answer has the names that openapi.json says it has, and all of those that it must have.
//
// Threading: one test.
#pragma once

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <set>
#include <string>
#include <string_view>

namespace rightsline::api {

/// Names and required names of a schema; allOf taken together.
inline void collect_names(const boost::json::object& schemas, const boost::json::object& schema,
                          std::set<std::string>& all, std::set<std::string>& required) {
    if (const boost::json::value* ref = schema.if_contains("$ref")) {
        const std::string name(ref->as_string());
        collect_names(schemas, schemas.at(name.substr(name.rfind('/') + 1)).as_object(), all, required);
    }
    if (const boost::json::value* parts = schema.if_contains("allOf")) {
        for (const boost::json::value& part : parts->as_array()) {
            collect_names(schemas, part.as_object(), all, required);
        }
    }
    if (const boost::json::value* properties = schema.if_contains("properties")) {
        for (const auto& [name, value] : properties->as_object()) {
            all.insert(std::string(name));
        }
    }
    if (const boost::json::value* names = schema.if_contains("required")) {
        for (const boost::json::value& name : names->as_array()) {
            required.insert(std::string(name.as_string()));
        }
    }
}

inline void expect_shape(const boost::json::object& schemas, std::string_view name,
                         const boost::json::object& document, const std::string& where) {
    std::set<std::string> all;
    std::set<std::string> required;
    collect_names(schemas, schemas.at(name).as_object(), all, required);
    for (const auto& [field, value] : document) {
        EXPECT_TRUE(all.contains(std::string(field))) << where << " says " << field;
    }
    for (const std::string& field : required) {
        EXPECT_TRUE(document.contains(field)) << where << " lacks " << field;
    }
}

}  // namespace rightsline::api
