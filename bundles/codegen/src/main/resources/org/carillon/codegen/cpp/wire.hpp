#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "expected a little-endian processor"
#endif

namespace $package$ {

/** Whether it went well; otherwise where it did not, in bytes from the start of the value, and why. */
struct WireStatus {
    std::size_t offset = 0;
    /** Null where all is well. */
    const char* reason = nullptr;

    explicit operator bool() const { return reason == nullptr; }
};

constexpr std::size_t WIRE_MAX_LENGTH = $maxLength$;
constexpr int WIRE_MAX_DEPTH = $maxDepth$;

/** Sizes of arrays: what overflows or divides by zero is no value, and what is made of no value is none. */
struct WireCount {
    /** Stands for no value. */
    static constexpr std::int64_t INVALID = INT64_MIN;

    static std::int64_t of_unsigned(std::uint64_t value) {
        return value > static_cast<std::uint64_t>(INT64_MAX) ? INVALID : static_cast<std::int64_t>(value);
    }

    static std::int64_t add(std::int64_t left, std::int64_t right) {
        std::int64_t sum = 0;
        return is_invalid(left, right) || __builtin_add_overflow(left, right, &sum) ? INVALID : sum;
    }

    static std::int64_t subtract(std::int64_t left, std::int64_t right) {
        std::int64_t difference = 0;
        return is_invalid(left, right) || __builtin_sub_overflow(left, right, &difference) ? INVALID : difference;
    }

    static std::int64_t multiply(std::int64_t left, std::int64_t right) {
        std::int64_t product = 0;
        return is_invalid(left, right) || __builtin_mul_overflow(left, right, &product) ? INVALID : product;
    }

    /** Without the fraction, towards zero. */
    static std::int64_t divide(std::int64_t left, std::int64_t right) {
        return is_invalid(left, right) || right == 0 ? INVALID : left / right;
    }

    /** The product of two dimensions, neither of which may be negative. */
    static std::int64_t area(std::int64_t rows, std::int64_t columns) {
        return rows < 0 || columns < 0 ? INVALID : multiply(rows, columns);
    }

private:
    static bool is_invalid(std::int64_t left, std::int64_t right) { return left == INVALID || right == INVALID; }
};

/** Whether two values have the same bits; numbers that are none are equal to themselves. */
template <class T>
bool wire_same(const T& left, const T& right) {
    if constexpr (std::is_floating_point_v<T>) {
        return std::memcmp(&left, &right, sizeof(T)) == 0;
    } else {
        return left == right;
    }
}

template <class T>
bool wire_same(const std::vector<T>& left, const std::vector<T>& right) {
    if (left.size() != right.size()) {
        return false;
    }
    for (std::size_t i = 0; i < left.size(); i++) {
        if (!wire_same<T>(left[i], right[i])) {
            return false;
        }
    }
    return true;
}

/** A number where it lies. */
template <class T>
T wire_load(const std::uint8_t* from) {
    T value;
    std::memcpy(&value, from, sizeof(T));
    return value;
}

/** Whether bytes are UTF-8: no longer form than needed, no half of a pair, nothing above U+10FFFF. */
inline bool wire_is_utf8(const std::uint8_t* text, std::size_t length) {
    std::size_t i = 0;
    while (i < length) {
        const std::uint8_t first = text[i];
        if (first < 0x80) {
            i++;
            continue;
        }
        const int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
        if (first < 0xC2 || first > 0xF4 || length - i <= static_cast<std::size_t>(more)) {
            return false;
        }
        const std::uint8_t second = text[i + 1];
        const std::uint8_t low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
        const std::uint8_t high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
        if (second < low || second > high) {
            return false;
        }
        for (int j = 2; j <= more; j++) {
            if ((text[i + static_cast<std::size_t>(j)] & 0xC0) != 0x80) {
                return false;
            }
        }
        i += static_cast<std::size_t>(more) + 1;
    }
    return true;
}

/** Reads one value and checks each length and count before it is used. After a fault it reads zeros. */
class WireReader {
public:
    WireReader(const void* from, std::size_t length)
        : begin_(static_cast<const std::uint8_t*>(from)), end_(length) {
        if (length > WIRE_MAX_LENGTH) {
            fail(0, "expected at most $maxLength$ bytes");
        }
    }

    const WireStatus& status() const { return status_; }

    bool ok() const { return status_.reason == nullptr; }

    /** Where a class begins. */
    void enter() {
        if (++depth_ > WIRE_MAX_DEPTH) {
            fail(position_, "expected fewer classes in one another");
        }
    }

    /** Where a class ends. */
    void leave() { depth_--; }

    /** Where the value ends. */
    void end() {
        if (ok() && position_ < end_) {
            fail(position_, "expected no more bytes");
        }
    }

    /** The stored count of an array whose size is over members. */
    std::size_t count(const char* reason, std::int64_t expected, std::size_t element_length) {
        const std::size_t at = position_;
        const std::uint32_t count = number<std::uint32_t>();
        if (ok() && static_cast<std::int64_t>(count) != expected) {
            fail(at, reason);
        }
        return room(count, element_length);
    }

    /** A count for whose elements there are bytes enough; otherwise 0. */
    std::size_t room(std::size_t count, std::size_t element_length) {
        if (ok() && count > (end_ - position_) / element_length) {
            fail(position_, "expected more bytes");
        }
        return ok() ? count : 0;
    }

    template <class T>
    void read(T& value) {
        if constexpr (std::is_same_v<T, bool>) {
            value = truth();
        } else if constexpr (std::is_arithmetic_v<T>) {
            value = number<T>();
        } else {
            value.read_from(*this);
        }
    }

    void read(std::string& text) {
        const std::size_t at = position_;
        const std::size_t length = room(number<std::uint32_t>(), 1);
        if (!ok()) {
            return;
        }
        if (length > 0) {
            text.assign(reinterpret_cast<const char*>(begin_ + position_), length);
        } else {
            text.clear();
        }
        position_ += length;
        if (!wire_is_utf8(reinterpret_cast<const std::uint8_t*>(text.data()), length)) {
            fail(at, "expected UTF-8");
        }
    }

    /** Bytes of any meaning. */
    void read_bytes(std::vector<std::uint8_t>& to) { elements(to, room(number<std::uint32_t>(), 1)); }

    /** Elements of an array whose count has been checked. */
    template <class T>
    void elements(std::vector<T>& to, std::size_t count) {
        to.clear();
        if constexpr (std::is_arithmetic_v<T> && !std::is_same_v<T, bool>) {
            if (const std::uint8_t* from = take(count * sizeof(T)); from != nullptr && count > 0) {
                to.resize(count);
                std::memcpy(to.data(), from, count * sizeof(T));
            }
        } else {
            for (std::size_t i = 0; i < count && ok(); i++) {
                T value{};
                read(value);
                to.push_back(std::move(value));
            }
        }
    }

    /** Byte strings of an array whose count has been checked. */
    void elements_bytes(std::vector<std::vector<std::uint8_t>>& to, std::size_t count) {
        to.clear();
        for (std::size_t i = 0; i < count && ok(); i++) {
            to.emplace_back();
            read_bytes(to.back());
        }
    }

private:
    void fail(std::size_t offset, const char* reason) {
        if (ok()) {
            status_ = WireStatus{offset, reason};
        }
    }

    /** Where the next bytes are; null where they are not there. */
    const std::uint8_t* take(std::size_t length) {
        if (!ok()) {
            return nullptr;
        }
        if (length > end_ - position_) {
            fail(position_, "expected more bytes");
            return nullptr;
        }
        const std::uint8_t* at = begin_ + position_;
        position_ += length;
        return at;
    }

    template <class T>
    T number() {
        const std::uint8_t* from = take(sizeof(T));
        return from == nullptr ? T{} : wire_load<T>(from);
    }

    bool truth() {
        const std::uint8_t value = number<std::uint8_t>();
        if (value > 1) {
            fail(position_ - 1, "expected 0 or 1");
        }
        return value == 1;
    }

    const std::uint8_t* begin_;
    std::size_t end_;
    std::size_t position_ = 0;
    int depth_ = 0;
    WireStatus status_;
};

/** Writes one value; without a place to write to it only checks and counts. */
class WireWriter {
public:
    explicit WireWriter(std::uint8_t* to) : begin_(to) {}

    const WireStatus& status() const { return status_; }

    std::size_t length() const { return position_; }

    /** Where a class begins. */
    void enter() {
        if (++depth_ > WIRE_MAX_DEPTH) {
            fail("expected fewer classes in one another");
        }
    }

    /** Where a class ends. */
    void leave() { depth_--; }

    /** Whether an array has as many elements as its size says. */
    void check(const char* reason, std::int64_t expected, std::size_t count) {
        if (expected < 0 || count != static_cast<std::uint64_t>(expected)) {
            fail(reason);
        }
    }

    /** The count of an array whose size is over members. */
    void count(const char* reason, std::int64_t expected, std::size_t count) {
        check(reason, expected, count);
        write(static_cast<std::uint32_t>(count));
    }

    template <class T>
    void write(const T& value) {
        if constexpr (std::is_same_v<T, bool>) {
            write(static_cast<std::uint8_t>(value ? 1 : 0));
        } else if constexpr (std::is_arithmetic_v<T>) {
            append(&value, sizeof(T));
        } else {
            value.write_to(*this);
        }
    }

    void write(const std::string& text) {
        if (!wire_is_utf8(reinterpret_cast<const std::uint8_t*>(text.data()), text.size())) {
            fail("expected UTF-8");
        }
        write(static_cast<std::uint32_t>(text.size()));
        append(text.data(), text.size());
    }

    void write_bytes(const std::vector<std::uint8_t>& value) {
        write(static_cast<std::uint32_t>(value.size()));
        append(value.data(), value.size());
    }

    template <class T>
    void elements(const std::vector<T>& from) {
        if constexpr (std::is_arithmetic_v<T> && !std::is_same_v<T, bool>) {
            append(from.data(), from.size() * sizeof(T));
        } else {
            for (std::size_t i = 0; i < from.size() && status_; i++) {
                write<T>(from[i]);
            }
        }
    }

    void elements(const std::vector<std::string>& from) {
        for (const std::string& each : from) {
            write(each);
        }
    }

    void elements_bytes(const std::vector<std::vector<std::uint8_t>>& from) {
        for (const std::vector<std::uint8_t>& each : from) {
            write_bytes(each);
        }
    }

private:
    void fail(const char* reason) {
        if (status_) {
            status_ = WireStatus{position_, reason};
        }
    }

    void append(const void* from, std::size_t length) {
        if (length > WIRE_MAX_LENGTH - position_) {
            fail("expected at most $maxLength$ bytes");
        }
        if (!status_ || length == 0) {
            return;
        }
        if (begin_ != nullptr) {
            std::memcpy(begin_ + position_, from, length);
        }
        position_ += length;
    }

    std::uint8_t* begin_;
    std::size_t position_ = 0;
    int depth_ = 0;
    WireStatus status_;
};

/** Reads a value that fills some bytes; where they are none of its class, the value stays as it was. */
template <class T>
WireStatus wire_decode(const void* from, std::size_t length, T& to) {
    WireReader in(from, length);
    T value{};
    value.read_from(in);
    in.end();
    if (in.ok()) {
        to = std::move(value);
    }
    return in.status();
}

/** Writes a value to where there is room; length is what it takes, also where there is too little room. */
template <class T>
WireStatus wire_encode(const T& value, void* to, std::size_t capacity, std::size_t& length) {
    WireWriter counted(nullptr);
    value.write_to(counted);
    length = counted.length();
    if (!counted.status()) {
        return counted.status();
    }
    if (length > capacity) {
        return WireStatus{capacity, "expected more room"};
    }
    WireWriter out(static_cast<std::uint8_t*>(to));
    value.write_to(out);
    return out.status();
}

/** Writes a value behind what a vector holds already; where it cannot be written the vector stays as it was. */
template <class T>
WireStatus wire_append(const T& value, std::vector<std::uint8_t>& to) {
    WireWriter counted(nullptr);
    value.write_to(counted);
    if (!counted.status()) {
        return counted.status();
    }
    const std::size_t start = to.size();
    to.resize(start + counted.length());
    WireWriter out(to.data() + start);
    value.write_to(out);
    return out.status();
}
