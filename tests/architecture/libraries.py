"""Libraries: each heavy or dangerous one lives behind one door, so that a one-file rebuild stays short."""
import re

import tree as our_tree

# what, the headers it is known by, where it may be included, why
FENCES = (
    ("Beast", r"boost/beast(/|\.hpp)", ("gateway/http/",), "it costs eight seconds a file"),
    ("Asio's sockets", r"boost/asio/(ip/|local/|ssl|generic/|posix/|windows/|basic_\w*(socket|acceptor)|connect|read|write)",
     ("gateway/net/", "redis/"), "everybody else sees awaitable and values"),
    ("all of Asio", r"boost/asio\.hpp", (), "name the parts that are used"),
    ("spdlog", r"(spdlog|fmt)/", ("gateway/ops/log.cpp",), "a log line goes through gateway/ops/log.hpp, which cannot print a number"),
    ("hiredis", r"hiredis/", ("redis/",), "Redis is spoken in one room"),
    ("libphonenumber", r"phonenumbers/", ("gateway/vault/phone_number.cpp",), "a number is a PhoneNumber everywhere else"),
    ("ICU", r"unicode/", ("locales/",), "text belongs to the locales room"),
    ("yaml-cpp", r"yaml-cpp/", ("locales/",), "authored files are read through locales/authored.hpp"),
    ("CLI11", r"CLI/", ("gateway/cli/casework/caller_commands.cpp", "gateway/cli/casework/casework_commands.cpp", "gateway/cli/commands.cpp", "gateway/cli/given.cpp", "gateway/cli/keep/keep_commands.cpp", "gateway/cli/keys/key_commands.cpp", "gateway/cli/casework/referral_commands.cpp", "gateway/cli/casework/site_commands.cpp", "gateway/cli/casework/task_commands.cpp", "gateway/cli/sound/prompt_commands.cpp", "gateway/cli/user_commands.cpp", "gateway/main.cpp"), "it costs three seconds a file"),
)


def check(tree):
    findings = []
    for name, text in our_tree.cpp(tree).items():
        for line, _, included in our_tree.includes(text):
            for library, headers, homes, why in FENCES:
                if re.match(headers, included) and not name.startswith(homes or ("/",)):
                    where = " and ".join(homes) or "nobody"
                    findings.append(f"{name}:{line}: {included}: {library} belongs to {where}: {why}")
    return findings


SAMPLES = [
    ("each behind its door", {"gateway/http/codec.cpp": "#include <boost/beast/http/parser.hpp>\n",
                              "gateway/net/tcp.cpp": "#include <boost/asio/ip/tcp.hpp>\n#include <boost/asio/ssl/stream.hpp>\n",
                              "redis/link.cpp": "#include <boost/asio/local/stream_protocol.hpp>\n#include <hiredis/read.h>\n",
                              "gateway/ops/log.cpp": "#include <spdlog/spdlog.h>\n",
                              "gateway/vault/phone_number.cpp": "#include <phonenumbers/phonenumberutil.h>\n",
                              "locales/a.cpp": "#include <unicode/unistr.h>\n#include <yaml-cpp/yaml.h>\n",
                              "flows/a.cpp": "#include <boost/system/result.hpp>\n",
                              "gateway/hooks/a.hpp": "#include <boost/asio/awaitable.hpp>\n"}, None),
    ("Beast in hooks", {"gateway/hooks/a.cpp": "#include <boost/beast.hpp>\n"}, "Beast belongs to gateway/http/"),
    ("Beast core in net", {"gateway/net/a.cpp": "#include <boost/beast/core.hpp>\n"}, "Beast belongs to"),
    ("socket in the turn", {"gateway/conversations/a.cpp": "#include <boost/asio/ip/tcp.hpp>\n"}, "Asio's sockets belongs to"),
    ("unix socket in api", {"gateway/api/a.cpp": "#include <boost/asio/local/stream_protocol.hpp>\n"}, "Asio's sockets"),
    ("ssl in http", {"gateway/http/a.cpp": "#include <boost/asio/ssl.hpp>\n"}, "Asio's sockets"),
    ("write in http", {"gateway/http/a.cpp": "#include <boost/asio/write.hpp>\n"}, "Asio's sockets"),
    ("all of Asio", {"gateway/net/a.cpp": "#include <boost/asio.hpp>\n"}, "nobody"),
    ("spdlog in a header", {"gateway/ops/log.hpp": "#include <spdlog/spdlog.h>\n"}, "spdlog belongs to gateway/ops/log.cpp"),
    ("fmt elsewhere", {"gateway/api/a.cpp": "#include <fmt/format.h>\n"}, "spdlog belongs to"),
    ("hiredis in stores", {"gateway/stores/a.cpp": "#include <hiredis/hiredis.h>\n"}, "hiredis belongs to redis/"),
    ("libphonenumber in config", {"gateway/config/a.cpp": "#include <phonenumbers/phonenumber.pb.h>\n"}, "libphonenumber belongs to"),
    ("ICU in flows", {"flows/a.cpp": "#include <unicode/msgfmt.h>\n"}, "ICU belongs to locales/"),
    ("YAML in config", {"gateway/config/a.cpp": '#include "yaml-cpp/yaml.h"\n'}, "yaml-cpp belongs to locales/"),
    ("CLI11 in api", {"gateway/api/a.cpp": "#include <CLI/CLI.hpp>\n"}, "CLI11 belongs to"),
]
