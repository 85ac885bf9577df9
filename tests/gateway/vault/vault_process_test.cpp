// The vault behind its socket: what a gateway gets, and what it does not.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <filesystem>

#include "gateway/net/connect.hpp"
#include "gateway/ops/supervise.hpp"
#include "gateway/vault/blob.hpp"
#include "gateway/vault/error.hpp"
#include "gateway/vault/frame_io.hpp"
#include "gateway/vault/known_names.hpp"
#include "gateway/vault/local_vault.hpp"
#include "gateway/vault/receipt_code.hpp"
#include "gateway/vault/remote_home.hpp"
#include "gateway/vault/vault_server.hpp"
#include "key_folder.hpp"
#include "tests/support/run.hpp"

namespace rightsline::vault {
namespace {

using namespace std::chrono_literals;
using tests::run;

class VaultProcess : public testing::Test {
 protected:
    struct Running {
        Running(boost::asio::io_context& loop, const Keys& keys, const ops::Clock& clock, UsedOnDay so_far,
                Counts most, VaultServer::Options options)
            : tasks(loop.get_executor()),
              quota(most, so_far, clock,
                    [this](const UsedOnDay& used) {
                        kept = used;
                        return Result<void>();
                    }),
              desk(keys, quota),
              server(loop.get_executor(), tasks, clock, desk, std::move(options)) {}
        UsedOnDay kept;
        ops::Supervisor tasks;
        Quota quota;
        VaultDesk desk;
        VaultServer server;
    };

    void start() {
        running = std::make_unique<Running>(loop, keys, clock, kept, most,
                                            VaultServer::Options{socket, {allowed}, 600});
        ASSERT_TRUE(running->server.listen());
    }
    void end() {
        kept = running->kept;
        running->server.close();
        running->tasks.cancel_all();
        ASSERT_TRUE(run(loop, running->tasks.drain(clock.in(2s))));
        running.reset();
    }
    void TearDown() override {
        home->close();
        if (running) {
            end();
        }
    }
    std::unique_ptr<Vault> borrowed() {
        Result<LentKeys> lent = run(loop, home->borrow(clock.in(2s)));
        std::unique_ptr<RemoteHome> asked = make_remote_home(loop.get_executor(), clock, socket);
        behind = asked.get();
        return lent ? make_vault(std::move(*lent), std::move(asked), epochs) : nullptr;
    }

    boost::asio::io_context loop{1};
    ops::SystemClock clock;
    KeyFolder folder;
    Keys keys = folder.keys();
    /// As a gateway beside a vault's process reads them.
    std::shared_ptr<EpochRing> epochs = Keys::load_without_home(folder.path())->epochs();
    std::string socket = folder.path() + "/vault.sock";
    Counts most = usual_quota;
    UsedOnDay kept;
    long allowed = static_cast<long>(::getuid());
    std::unique_ptr<Running> running;
    std::unique_ptr<RemoteHome> home = make_remote_home(loop.get_executor(), clock, socket);
    RemoteHome* behind = nullptr;
};

TEST_F(VaultProcess, IsTheSameVaultAsTheOneInTheProcess) {
    start();
    const auto there = borrowed();
    ASSERT_TRUE(there);
    const auto here = make_vault(keys);
    const std::vector<IdRequest> names{{IdKind::phone, "+15005550006"},
                                       {IdKind::event, "SM1"},
                                       {IdKind::limit, "+15005550006"},
                                       {IdKind::receipt, "x"}};
    EXPECT_EQ(run(loop, there->id(names)).value(), run(loop, here->id(names)).value());
    for (const Purpose purpose : {Purpose::conversation, Purpose::number, Purpose::spool, Purpose::login,
                                  Purpose::reply, Purpose::outbox}) {
        const auto sealed_there = run(loop, there->seal({{purpose, "c", "words"}}));
        const auto sealed_here = run(loop, here->seal({{purpose, "c", "words"}}));
        EXPECT_EQ(run(loop, here->open({{purpose, "c", sealed_there->front()}}))->front(), "words");
        EXPECT_EQ(run(loop, there->open({{purpose, "c", sealed_here->front()}}))->front(), "words");
        EXPECT_EQ(run(loop, there->open({{purpose, "d", sealed_here->front()}})).error(),
                  errc::sealed_otherwise);
    }
    behind->close();
}

TEST_F(VaultProcess, AMonthThatOneGatewayDestroysOpensInNoOther) {
    start();
    const auto there = borrowed();
    ASSERT_TRUE(there);
    const auto here = make_vault(keys);
    const std::string inside =
        seal_to_circle(*parse_public_key(make_circle("fair-food", 1).public_file), "c", "words");
    const std::string locked = run(loop, there->seal({{Purpose::epoch, "c", inside}}))->front();
    EXPECT_EQ(run(loop, here->open({{Purpose::epoch, "c", locked}}))->front(), inside);
    ASSERT_TRUE(run(loop, here->destroy_epoch(lock_of(locked)->month)));
    EXPECT_EQ(run(loop, there->open({{Purpose::epoch, "c", locked}})).error(), errc::unknown_key);
    EXPECT_TRUE(run(loop, there->epochs())->front().destroyed);
    const std::string next = run(loop, there->seal({{Purpose::epoch, "c", inside}}))->front();
    EXPECT_EQ(run(loop, here->open({{Purpose::epoch, "c", next}}))->front(), inside);
    behind->close();
}

TEST_F(VaultProcess, LendsWhatMakesReceiptCodes) {
    start();
    Result<LentKeys> lent = run(loop, home->borrow(clock.in(2s)));
    ASSERT_TRUE(lent);
    const ReceiptCode code = ReceiptCode::random();
    const Result<Receipt> there = ReceiptDeriver(lent->names, lent->receipt_salt.bytes()).derive(code);
    EXPECT_EQ(there->index, ReceiptDeriver(keys).derive(code)->index);
}

/// Whoever holds everything that was lent opens no number and names no phone.
TEST_F(VaultProcess, LendsNothingThatOpensANumber) {
    start();
    const auto there = borrowed();
    const std::string sealed = run(loop, there->seal({{Purpose::number, "c", "+15005550006"}}))->front();
    const LentKeys all = run(loop, home->borrow(clock.in(2s))).value();
    for (const SecretKey& state : all.states) {
        EXPECT_FALSE(open_blob({&state, 1}, Purpose::number, "c", sealed));
    }
    const KeyedId phone = KeyedNames(keys).name(IdKind::phone, "+15005550006");
    for (const NameKey& key : all.names) {
        EXPECT_FALSE(home_names(key.kind));
        EXPECT_NE(KeyedNames({&key, 1}).name(key.kind, "+15005550006"), phone);
    }
    const std::string lent = to_bytes(all);
    for (const auto secret : {keys.pepper().bytes.bytes(), keys.number().bytes.bytes()}) {
        EXPECT_EQ(lent.find(std::string(secret.begin(), secret.end())), std::string::npos);
    }
    for (const IdKind kind : {IdKind::phone, IdKind::limit}) {
        const NameKey key = name_key(keys, kind);
        EXPECT_EQ(lent.find(std::string(key.bytes.bytes().begin(), key.bytes.bytes().end())),
                  std::string::npos);
    }
    behind->close();
}

TEST_F(VaultProcess, DoesNotAnswerWhoIsNotAllowed) {
    allowed = 12'345;
    start();
    EXPECT_EQ(run(loop, home->borrow(clock.in(300ms))).error(), errc::away);
    EXPECT_GT(running->server.peers_refused(), 0U);
    EXPECT_TRUE(home->standing().away);
}

TEST_F(VaultProcess, StopsWhoListsNumbersAlsoAfterARestart) {
    most = {100, 5, 5};
    start();
    int named = 0;
    for (int i = 0; i < 300; ++i) {
        named += run(loop, home->name({{IdKind::phone, "+1500555" + std::to_string(1000 + i)}})) ? 1 : 0;
    }
    EXPECT_EQ(named, 100);
    EXPECT_EQ(run(loop, home->name({{IdKind::phone, "+15005559999"}})).error(), errc::used_up);
    EXPECT_EQ(home->standing().used_percent, 100);
    EXPECT_FALSE(home->standing().away);
    EXPECT_GT(home->standing().refused, 0U);
    EXPECT_TRUE(run(loop, home->name({{IdKind::phone, "+15005551000"}}))) << "whom we know is known";
    end();
    start();
    EXPECT_EQ(run(loop, home->name({{IdKind::phone, "+15005559999"}})).error(), errc::used_up);
}

TEST_F(VaultProcess, CountsWhatItOpensByPurpose) {
    most = {100, 2, 5};
    start();
    const auto here = make_vault(keys);
    const std::string number = run(loop, here->seal({{Purpose::number, "c", "n"}}))->front();
    const std::string reply = run(loop, here->seal({{Purpose::reply, "c", "r"}}))->front();
    EXPECT_TRUE(run(loop, home->open({{Purpose::number, "c", number}, {Purpose::number, "c", number}})));
    EXPECT_EQ(run(loop, home->open({{Purpose::number, "c", number}})).error(), errc::used_up);
    EXPECT_TRUE(run(loop, home->open({{Purpose::reply, "c", reply}}))) << "sends go on";
}

TEST_F(VaultProcess, IsAskedAgainWhenItComesBackInTime) {
    start();
    const auto here = make_vault(keys);
    const std::string reply = run(loop, here->seal({{Purpose::reply, "c", "words"}}))->front();
    EXPECT_TRUE(run(loop, home->open({{Purpose::reply, "c", reply}})));
    end();
    EXPECT_EQ(run(loop, home->name({{IdKind::phone, "+15005550006"}})).error(), errc::away);
    EXPECT_TRUE(home->standing().away);
    start();
    EXPECT_EQ(run(loop, home->open({{Purpose::reply, "c", reply}}))->front(), "words");
    EXPECT_FALSE(home->standing().away);
}

TEST_F(VaultProcess, KnownPhonesNeedItNoMore) {
    start();
    const auto before = run(loop, home->name({{IdKind::phone, "+15005550006"}}));
    home->close();
    end();
    EXPECT_EQ(run(loop, home->name({{IdKind::phone, "+15005550006"}})).value(), before.value());
    EXPECT_EQ(run(loop, home->name({{IdKind::limit, "+15005550006"}})).error(), errc::away);
}

TEST(KnownNames, ForgetsAllButWhatWasPinned) {
    KnownNames known(3);
    const IdRequest staff{IdKind::phone, "+15005550101"};
    known.add(staff, KeyedId{{1}});
    known.pin();
    for (std::uint8_t i = 0; i < 50; ++i) {
        const IdRequest worker{IdKind::phone, "+1500555" + std::to_string(1000 + i)};
        known.add(worker, KeyedId{{i}});
        EXPECT_EQ(known.find(worker), (KeyedId{{i}}));
        EXPECT_LE(known.size(), 4U);
    }
    EXPECT_EQ(known.find(staff), (KeyedId{{1}}));
    EXPECT_FALSE(known.find({IdKind::limit, "+15005550101"})) << "another kind is another name";
    EXPECT_FALSE(known.find({IdKind::phone, "+15005551000"}));
}

TEST_F(VaultProcess, EndsAPeerThatSpeaksNothingOfOurs) {
    start();
    for (const std::string& garbage :
         {std::string("GET / HTTP/1.1\r\n\r\n"), std::string(4, '\xff'), std::string("\0\0\0\0", 4)}) {
        Result<net::Stream> stream = run(loop, net::connect_unix(loop.get_executor(), socket, clock.in(1s)));
        ASSERT_TRUE(run(loop, (*stream)->write_all(garbage, clock.in(1s))));
        EXPECT_FALSE(run(loop, read_frame(**stream, clock.in(1s)))) << "closed";
    }
    Result<net::Stream> stream = run(loop, net::connect_unix(loop.get_executor(), socket, clock.in(1s)));
    const std::string odd("\0\0\0\2\1\x63", 6);  // whole, and an operation that is none
    ASSERT_TRUE(run(loop, (*stream)->write_all(odd, clock.in(1s))));
    const Result<std::string> rest = run(loop, read_frame(**stream, clock.in(1s)));
    ASSERT_TRUE(rest);
    EXPECT_EQ(parse_answer(Op::lend, *rest)->status, Status::bad_question);
    EXPECT_TRUE(run(loop, home->borrow(clock.in(1s)))) << "and the others are served";
}

TEST_F(VaultProcess, TheHomeNamesAndOpensNothingElse) {
    start();
    EXPECT_EQ(run(loop, home->name({{IdKind::event, "x"}})).error(), errc::bad_frame);
    const auto here = make_vault(keys);
    const std::string login = run(loop, here->seal({{Purpose::login, "c", "x"}}))->front();
    EXPECT_EQ(run(loop, home->open({{Purpose::login, "c", login}})).error(), errc::bad_frame);
}

}  // namespace
}  // namespace rightsline::vault
