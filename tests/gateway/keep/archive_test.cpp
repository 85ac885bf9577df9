// A backup's file: what went in comes out, and nothing that was touched is believed.
#include "gateway/keep/archive.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

#include "gateway/keep/error.hpp"
#include "tests/support/redis_server.hpp"

namespace rightsline::keep {
namespace {

std::string read(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

class Archive : public testing::Test {
 protected:
    using Files = std::map<std::string, std::string>;

    void SetUp() override {
        pair = vault::make_circle("backup", 1);
        head.build = "0.3.0";
        head.created_ms = 1'763'811'000'000;
        head.store = "5f0c";
    }
    vault::CirclePrivateKey key() const { return vault::CirclePrivateKey::parse(pair.private_file).value(); }
    void make(const Files& files) {
        Result<ArchiveWriter> writer =
            ArchiveWriter::create(path, head, vault::parse_public_key(pair.public_file).value());
        ASSERT_TRUE(writer) << writer.error().message();
        for (const auto& [name, bytes] : files) {
            ASSERT_TRUE(writer->begin(name));
            for (std::size_t at = 0; at < bytes.size(); at += 70'000) {
                ASSERT_TRUE(writer->write(std::string_view(bytes).substr(at, 70'000)));
            }
            ASSERT_TRUE(writer->end());
        }
        ASSERT_TRUE(writer->finish());
    }
    Result<Files> open(const vault::CirclePrivateKey& with) const {
        Result<ArchiveReader> reader = ArchiveReader::open(path);
        if (!reader) {
            return reader.error();
        }
        Files files;
        std::string name;
        const Result<void> done = reader->read(with, {[&](const std::string& next) {
                                                          name = next;
                                                          files[name];
                                                          return Result<void>();
                                                      },
                                                      [&](std::string_view bytes) {
                                                          files[name] += bytes;
                                                          return Result<void>();
                                                      },
                                                      [] { return Result<void>(); }});
        return done ? Result<Files>(files) : Result<Files>(done.error());
    }
    void spoil(std::size_t at, char by = 1) const {
        std::string bytes = read(path);
        bytes[at] = static_cast<char>(bytes[at] ^ by);
        std::ofstream(path, std::ios::binary) << bytes;
    }

    tests::TemporaryDirectory folder;
    std::string path = folder.path() + "/one.backup";
    vault::CirclePair pair;
    ArchiveHead head;
    const Files some{
        {"store.rdb", std::string(300'000, 'r')}, {"blobs/0a.sealed", "canary"}, {"spool/empty", ""}};
};

TEST_F(Archive, GivesBackWhatWentIn) {
    make(some);
    const Result<Files> files = open(key());
    ASSERT_TRUE(files) << files.error().message();
    EXPECT_EQ(*files, some);
    const Result<ArchiveReader> reader = ArchiveReader::open(path);
    EXPECT_EQ(reader->head().created_ms, head.created_ms);
    EXPECT_EQ(reader->head().store, "5f0c");
}

TEST_F(Archive, IsForItsOwnerAloneAndSaysNothingInClear) {
    make(some);
    struct stat facts{};
    ASSERT_EQ(::stat(path.c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 0777U, 0600U);
    EXPECT_EQ(read(path).find("canary"), std::string::npos);
    EXPECT_EQ(read(path).find("blobs/"), std::string::npos);
}

TEST_F(Archive, IsNotThereUntilItIsWhole) {
    {
        Result<ArchiveWriter> writer =
            ArchiveWriter::create(path, head, vault::parse_public_key(pair.public_file).value());
        ASSERT_TRUE(writer && writer->begin("store.rdb"));
        EXPECT_FALSE(std::filesystem::exists(path));
    }
    EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST_F(Archive, OverwritesNothing) {
    make(some);
    const Result<ArchiveWriter> again =
        ArchiveWriter::create(path, head, vault::parse_public_key(pair.public_file).value());
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error(), make_error_code(errc::there_already));
}

TEST_F(Archive, AnotherKeyOpensNothing) {
    make(some);
    const vault::CirclePair other = vault::make_circle("backup", 1);
    const Result<Files> files = open(vault::CirclePrivateKey::parse(other.private_file).value());
    ASSERT_FALSE(files);
    EXPECT_EQ(files.error(), make_error_code(errc::wrong_key));
}

TEST_F(Archive, EveryChangedByteIsFound) {
    make({{"store.rdb", "few"}});
    const std::size_t size = read(path).size();
    for (std::size_t at = 0; at < size; ++at) {
        spoil(at);
        EXPECT_FALSE(open(key())) << at;
        spoil(at);
    }
    EXPECT_TRUE(open(key()));
}

TEST_F(Archive, EveryCutAndEveryTailIsFound) {
    make({{"store.rdb", std::string(70'000, 'r')}, {"spool/a", "b"}});
    const std::string whole = read(path);
    for (std::size_t size = 0; size < whole.size();
         size += size + 400 < whole.size() && size > 400 ? 371 : 1) {
        std::ofstream(path, std::ios::binary) << whole.substr(0, size);
        EXPECT_FALSE(open(key())) << size;
    }
    std::ofstream(path, std::ios::binary) << whole << "x";
    EXPECT_FALSE(open(key()));
    std::ofstream(path, std::ios::binary) << whole;
    EXPECT_TRUE(open(key()));
}

TEST_F(Archive, ANewerOneIsRefusedBeforeAnythingIsRead) {
    for (const auto& [format, schema] :
         {std::pair(archive_format + 1, store_schema), std::pair(archive_format, store_schema + 1)}) {
        ArchiveHead newer = head;
        newer.format = format;
        newer.schema = schema;
        const Result<ArchiveHead> parsed = parse_head(to_text(newer));
        ASSERT_FALSE(parsed);
        EXPECT_EQ(parsed.error(), make_error_code(errc::newer));
    }
    EXPECT_TRUE(parse_head(to_text(head)));
}

TEST_F(Archive, OtherFilesAreNoBackups) {
    for (const char* text : {"", "rightsline-backup 1", "rightsline-backup x\n\n", "REDIS0010\n\n",
                             "rightsline-backup 1\nbuild: 1\n\n"}) {
        std::ofstream(path, std::ios::binary) << text;
        const Result<ArchiveReader> reader = ArchiveReader::open(path);
        ASSERT_FALSE(reader) << text;
        EXPECT_EQ(reader.error(), make_error_code(errc::not_a_backup)) << text;
    }
}

}  // namespace
}  // namespace rightsline::keep
