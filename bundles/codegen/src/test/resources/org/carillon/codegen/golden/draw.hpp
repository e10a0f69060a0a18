// Values from a seed, the same in every language; extremes come often.
#pragma once
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

class Draw {
public:
    explicit Draw(std::uint64_t seed) : state_(seed * 0x9E3779B97F4A7C15u + 1) {}

    std::uint32_t below(std::uint32_t limit) { return static_cast<std::uint32_t>((next() >> 33) % limit); }

    std::uint64_t number() {
        static const std::uint64_t NUMBERS[] = {0, UINT64_MAX, 1, 0x7F7F7F7F7F7F7F7Fu, 0x8080808080808080u,
            INT64_MAX, 0x8000000000000000u, 0x7FFF7FFF7FFF7FFFu, 0x8000800080008000u, 0x7FFFFFFF7FFFFFFFu,
            0x8000000080000000u};
        return below(3) == 0 ? NUMBERS[below(11)] : next();
    }

    bool truth() { return below(2) == 1; }

    float float32() {
        static const std::uint32_t FLOATS[] = {0x7F800001u, 0xFFC12345u, 0x7FFFFFFFu, 0x7F800000u, 0x80000000u, 1u,
            0xFF800001u};
        const std::uint32_t bits = below(3) == 0 ? FLOATS[below(7)] : static_cast<std::uint32_t>(next());
        float value;
        std::memcpy(&value, &bits, sizeof(value));
        return value;
    }

    double float64() {
        static const std::uint64_t DOUBLES[] = {0x7FF0000000000001u, 0xFFF8000012345678u, 0x7FFFFFFFFFFFFFFFu,
            0x7FF0000000000000u, 0x8000000000000000u, 1u, 0xFFF0000000000001u};
        const std::uint64_t bits = below(3) == 0 ? DOUBLES[below(7)] : next();
        double value;
        std::memcpy(&value, &bits, sizeof(value));
        return value;
    }

    std::string string() {
        static const std::string LETTERS[] = {"a", std::string(1, '\0'), "\x7f", "\xc3\xa9", "\xdf\xbf",
            "\xe0\xa0\x80", "\xef\xbf\xbf", "\xf0\x9f\x98\x80", "\xf4\x8f\xbf\xbf", "Z"};
        std::string text;
        for (std::uint32_t left = below(9); left > 0; left--) {
            text += LETTERS[below(10)];
        }
        return text;
    }

    std::vector<std::uint8_t> bytes() {
        std::vector<std::uint8_t> bytes(below(9));
        for (std::uint8_t& each : bytes) {
            each = static_cast<std::uint8_t>(number());
        }
        return bytes;
    }

private:
    std::uint64_t next() {
        state_ ^= state_ << 13;
        state_ ^= state_ >> 7;
        state_ ^= state_ << 17;
        return state_;
    }

    std::uint64_t state_;
};
