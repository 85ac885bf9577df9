#include "gateway/providers/xml.hpp"

#include <gtest/gtest.h>

#include "support.hpp"

namespace rightsline::providers {
namespace {

std::string document(std::string_view value) {
    XmlWriter xml;
    xml.open("R");
    xml.attribute("a", value);
    xml.element("B", value);
    xml.close();
    return std::move(xml).str();
}

TEST(XmlWriter, WritesEmptyAndNestedElements) {
    XmlWriter xml;
    xml.open("R");
    xml.open("E");
    xml.attribute("n", 3);
    xml.close();
    xml.element("T", "x");
    xml.close();
    EXPECT_EQ(std::move(xml).str(), R"(<?xml version="1.0" encoding="UTF-8"?><R><E n="3"/><T>x</T></R>)");
}

TEST(XmlWriter, EveryValueComesBackAsItWas) {
    for (const std::string value :
         {"", "<Hangup/>", "</Body><Dial>1</Dial>", "\"/><Dial/>", "a & b &amp; c", "]]>", "<!--", "<?x?>",
          "a='1'", "line\nline", "مرحبا 😀", "&#0;", "<![CDATA[x]]>"}) {
        const auto tree = parse_xml(document(value));
        EXPECT_EQ(tree.get<std::string>("R.<xmlattr>.a"), value);
        EXPECT_EQ(tree.get<std::string>("R.B"), value);
        EXPECT_EQ(tree.get_child("R").size(), 2U) << value;
    }
}

TEST(XmlWriter, LeavesOutWhatXmlForbids) {
    std::string every;
    for (char c = 1; c < 0x20; ++c) {
        every += c;
    }
    const std::string text = document(every + "\uFFFE\uFFFF" + std::string(1, '\0') + "z");
    EXPECT_EQ(text,
              R"(<?xml version="1.0" encoding="UTF-8"?><R a="&#9;&#10;&#13;z"><B>&#9;&#10;&#13;z</B></R>)");
}

TEST(XmlWriter, MakesValidUtf8OfAnything) {
    EXPECT_NE(document("\xFF\xC3").find("\uFFFD\uFFFD"), std::string::npos);
}

}  // namespace
}  // namespace rightsline::providers
