#include "gateway/vault/prepared_codes.hpp"

#include <mutex>
#include <vector>

#include "gateway/vault/error.hpp"

namespace rightsline::vault {

struct PreparedCodes::Stock : std::enable_shared_from_this<Stock> {
    Stock(ReceiptDeriver with, PostJob to, std::size_t limit)
        : deriver(std::move(with)), post(std::move(to)), most(limit) {}

    // Posts one job unless one is on its way, the stock is full or nobody wants it any more.
    void prepare_next() {
        {
            const std::lock_guard lock(mutex);
            if (busy || closed || codes.size() >= most) {
                return;
            }
            busy = true;
        }
        const Result<void> taken = post([self = shared_from_this()] { self->prepare(); });
        if (!taken) {
            const std::lock_guard lock(mutex);
            busy = false;  // the next take() asks again
        }
    }

    void prepare() {
        const ReceiptCode code = ReceiptCode::random();
        const Result<Receipt> receipt = deriver.derive(code);
        {
            const std::lock_guard lock(mutex);
            busy = false;
            if (!receipt || closed) {
                return;  // out of memory: the next take() asks again
            }
            codes.push_back({code, receipt->index, receipt->mailbox});
        }
        prepare_next();
    }

    const ReceiptDeriver deriver;
    const PostJob post;
    const std::size_t most;
    mutable std::mutex mutex;
    std::vector<PreparedCode> codes;
    bool busy = false;
    bool closed = false;
};

PreparedCodes::PreparedCodes(ReceiptDeriver deriver, PostJob post, std::size_t most)
    : stock_(std::make_shared<Stock>(std::move(deriver), std::move(post), most)) {}

PreparedCodes::~PreparedCodes() {
    const std::lock_guard lock(stock_->mutex);
    stock_->closed = true;
    stock_->codes.clear();
}

void PreparedCodes::fill() { stock_->prepare_next(); }

Result<PreparedCode> PreparedCodes::take() {
    Result<PreparedCode> taken = errc::no_code_ready;
    {
        const std::lock_guard lock(stock_->mutex);
        if (!stock_->codes.empty()) {
            taken = std::move(stock_->codes.back());
            stock_->codes.pop_back();
        }
    }
    stock_->prepare_next();
    return taken;
}

std::size_t PreparedCodes::ready() const {
    const std::lock_guard lock(stock_->mutex);
    return stock_->codes.size();
}

}  // namespace rightsline::vault
