// Reads the golden file: its grammar stands in its own head.
#ifndef CARILLON_TEST_GOLDEN_HPP
#define CARILLON_TEST_GOLDEN_HPP

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <string>
#include <vector>

using Bytes = std::vector<std::uint8_t>;

struct Block {
    std::string kind;
    std::string name;
    std::vector<std::string> keys;
    std::map<std::string, std::string> fields;
    Bytes bytes;

    const std::string& text(const std::string& key) const {
        auto found = fields.find(key);
        if (found == fields.end()) {
            std::fprintf(stderr, "golden block lacks a field: field=%s, name=%s\n", key.c_str(), name.c_str());
            std::exit(1);
        }
        return found->second;
    }
    std::int64_t number(const std::string& key) const { return std::stoll(text(key)); }
};

inline Bytes unhex(const std::string& hex) {
    Bytes bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        bytes.push_back(static_cast<std::uint8_t>(std::stoi(hex.substr(i, 2), nullptr, 16)));
    }
    return bytes;
}

inline std::string hex(const std::uint8_t* bytes, std::size_t length) {
    static const char digits[] = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < length; ++i) {
        text += digits[bytes[i] >> 4];
        text += digits[bytes[i] & 15];
    }
    return text;
}

inline std::vector<Block> read_golden(const char* path) {
    std::vector<Block> blocks;
    std::ifstream in(path);
    std::string line;
    bool in_block = false;
    bool in_bytes = false;
    while (std::getline(in, line)) {
        if (line.empty()) {
            in_block = in_bytes = false;
        } else if (line[0] == '#') {
            continue;
        } else if (!in_block) {
            auto space = line.find(' ');
            blocks.push_back({line.substr(0, space), line.substr(space + 1), {}, {}, {}});
            in_block = true;
        } else if (line == "bytes") {
            in_bytes = true;
        } else if (in_bytes) {
            Bytes more = unhex(line.substr(2));
            blocks.back().bytes.insert(blocks.back().bytes.end(), more.begin(), more.end());
        } else {
            auto space = line.find(' ');
            std::string key = line.substr(0, space);
            blocks.back().keys.push_back(key);
            blocks.back().fields[key] = space == std::string::npos ? "" : line.substr(space + 1);
        }
    }
    return blocks;
}

#endif
