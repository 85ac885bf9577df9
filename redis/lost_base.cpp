#include "redis/lost_base.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <system_error>
#include <utility>
#include <vector>

#include "redis/error.hpp"
#include "redis/server_process.hpp"

namespace rightsline::redis {
namespace {

constexpr std::string_view manifest_name = "/appendonly.aof.manifest";
constexpr std::string_view kept_name = "/appendonly.aof.manifest.lost-base";
constexpr std::string_view new_name = "/temp-mended.manifest";

struct Line {
    std::string file;
    std::uint64_t number = 0;
    char type = 0;  // b: base, i: increment, h: history, of either

    bool holds_a_base() const { return file.find(".base.") != std::string::npos; }
};

/// "file NAME seq N type T"; nothing else.
std::optional<Line> read_line(const std::string& text) {
    std::istringstream words(text);
    std::string file_word, seq_word, number, type_word, type, more;
    Line line;
    if (!(words >> file_word >> line.file >> seq_word >> number >> type_word >> type) || words >> more ||
        file_word != "file" || seq_word != "seq" || type_word != "type" || type.size() != 1 ||
        line.file.find_first_of("\"'/\\") != std::string::npos) {
        return std::nullopt;
    }
    const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), line.number);
    if (error != std::errc() || end != number.data() + number.size()) {
        return std::nullopt;
    }
    line.type = type.front();
    return line;
}

std::optional<std::vector<Line>> read_lines(std::string_view manifest) {
    std::vector<Line> lines;
    std::istringstream text{std::string(manifest)};
    for (std::string one; std::getline(text, one);) {
        std::optional<Line> line = read_line(one);
        if (!line) {
            return std::nullopt;
        }
        lines.push_back(std::move(*line));
    }
    return lines;
}

bool follow_one_another(const std::vector<Line>& increments) {
    return std::ranges::adjacent_find(increments, [](const Line& one, const Line& next) {
               return next.number != one.number + 1 || (one.type == 'i' && next.type == 'h');
           }) == increments.end();
}

std::string text_of(const Line& base, const std::vector<Line>& increments) {
    const auto line_of = [](const Line& line, char type) {
        return "file " + line.file + " seq " + std::to_string(line.number) + " type " + type + "\n";
    };
    std::string text = line_of(base, 'b');
    for (const Line& one : increments) {
        text += line_of(one, 'i');
    }
    return text;
}

bool write_synced(const std::string& path, std::string_view text) {
    const OwnedFd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    return file.get() >= 0 &&
           ::write(file.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
           ::fsync(file.get()) == 0;
}

bool sync_folder(const std::string& folder) {
    const OwnedFd opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    return opened.get() >= 0 && ::fsync(opened.get()) == 0;
}

/// The manifest as it was stays beside it, for whoever wants to look.
bool replace(const std::string& folder, std::string_view now, std::string_view mended) {
    const std::string fresh = folder + std::string(new_name);
    const std::string path = folder + std::string(manifest_name);
    return write_synced(folder + std::string(kept_name), now) && write_synced(fresh, mended) &&
           sync_folder(folder) && ::rename(fresh.c_str(), path.c_str()) == 0 && sync_folder(folder);
}

/// Whether every base that is named stands there. What cannot be read is for Redis to refuse.
bool has_base(std::string_view manifest, const std::function<bool(std::string_view)>& stands) {
    const std::optional<std::vector<Line>> lines = read_lines(manifest);
    return !lines || std::ranges::all_of(*lines, [&stands](const Line& line) {
        return line.type != 'b' || stands(line.file);
    });
}

}  // namespace

std::optional<std::string> with_former_base(std::string_view manifest,
                                            const std::function<bool(std::string_view)>& stands) {
    const std::optional<std::vector<Line>> lines = read_lines(manifest);
    if (!lines) {
        return std::nullopt;
    }
    std::vector<Line> lost, former, increments;
    for (const Line& line : *lines) {
        const bool is_base = line.holds_a_base();
        if (is_base && line.type == 'b' && !stands(line.file)) {
            lost.push_back(line);
        } else if (!stands(line.file) || (line.type != 'h' && (is_base || line.type != 'i'))) {
            return std::nullopt;
        } else {
            (is_base ? former : increments).push_back(line);
        }
    }
    std::ranges::sort(increments, {}, &Line::number);
    if (lost.size() != 1 || former.size() != 1 || former.front().number >= lost.front().number ||
        increments.empty() || !follow_one_another(increments)) {
        return std::nullopt;
    }
    return text_of(former.front(), increments);
}

Result<Base> name_former_base(const std::string& folder) {
    const std::string path = folder + std::string(manifest_name);
    std::ifstream file(path, std::ios::binary);
    if (!file) {
        std::error_code unknown;
        const bool absent = !std::filesystem::exists(path, unknown) && !unknown;
        return absent ? Result<Base>(Base::stands) : Result<Base>(errc::cannot_start);
    }
    const std::string now{std::istreambuf_iterator<char>(file), {}};
    const auto stands = [&folder](std::string_view name) {
        std::error_code unknown;  // a file that cannot be looked at is not known to be gone
        return std::filesystem::exists(folder + "/" + std::string(name), unknown) || unknown;
    };
    const std::optional<std::string> mended = with_former_base(now, stands);
    if (!mended) {
        return has_base(now, stands) ? Base::stands : Base::lost;
    }
    return replace(folder, now, *mended) ? Result<Base>(Base::named_again) : Result<Base>(errc::cannot_start);
}

}  // namespace rightsline::redis
