// PrivateText: words that belong to a worker. They can be sealed, spoken and sent, never logged.
//
// Must never: gain a stream operator, a formatter or an implicit conversion; that is its whole purpose.
// Invariant: the bytes are wiped when the last owner lets go (also when moved from).
// Threading: a plain value.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

namespace rightsline::locales {

/// Overwrites the bytes of `text` in a way the optimiser keeps, then empties it.
void wipe(std::string& text) noexcept;

class PrivateText {
 public:
    PrivateText() = default;
    explicit PrivateText(std::string text) : text_(std::move(text)) {}
    PrivateText(const PrivateText&) = default;
    PrivateText(PrivateText&& other) noexcept : text_(std::move(other.text_)) { wipe(other.text_); }
    PrivateText& operator=(const PrivateText& other) {
        if (this != &other) {
            wipe(text_);  // a longer text would leave the old place as it is
            text_ = other.text_;
        }
        return *this;
    }
    PrivateText& operator=(PrivateText&& other) noexcept {
        if (this != &other) {
            wipe(text_);
            text_ = std::move(other.text_);
            wipe(other.text_);
        }
        return *this;
    }
    ~PrivateText() { wipe(text_); }

    /// The words. The caller must not keep them longer than it needs them.
    const std::string& reveal() const { return text_; }
    bool empty() const { return text_.empty(); }
    std::size_t size() const { return text_.size(); }

    friend bool operator==(const PrivateText&, const PrivateText&) = default;
    friend std::ostream& operator<<(std::ostream&, const PrivateText&) = delete;

 private:
    std::string text_;
};

}  // namespace rightsline::locales
