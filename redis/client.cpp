#include "redis/client.hpp"

#include <boost/asio/async_result.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "redis/link.hpp"

namespace rightsline::redis {
namespace {

namespace asio = boost::asio;

// No captures: GCC 12 spoils the locals of a coroutine that awaits a capturing initiation.
struct Submit {
    template <class Handler>
    void operator()(Handler handler, std::shared_ptr<Link> link, Command command, Deadline deadline) const {
        link->submit(std::move(handler), std::move(command), deadline);
    }
};

class LinkedClient final : public Client {
 public:
    explicit LinkedClient(std::shared_ptr<Link> link) : link_(std::move(link)) {}
    LinkedClient(const LinkedClient&) = delete;
    LinkedClient& operator=(const LinkedClient&) = delete;
    ~LinkedClient() override { link_->close(); }

    Awaitable<Result<Reply>> execute(Command command, Deadline deadline) override {
        return asio::async_initiate<const asio::use_awaitable_t<>, void(Result<Reply>)>(
            Submit{}, asio::use_awaitable, link_, std::move(command), deadline);
    }
    bool connected() const override { return link_->connected(); }
    Traffic traffic() const override { return link_->traffic(); }
    void close() override { link_->close(); }

 private:
    std::shared_ptr<Link> link_;
};

}  // namespace

std::unique_ptr<Client> make_client(asio::any_io_executor executor, Address address, ClientOptions options) {
    auto link = std::make_shared<Link>(executor, std::move(address), options);
    link->start();
    return std::make_unique<LinkedClient>(std::move(link));
}

}  // namespace rightsline::redis
