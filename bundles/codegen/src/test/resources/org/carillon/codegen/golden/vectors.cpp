// Writes values, reads and writes them again, or says where they are wrong: write|again|judge SCHEMA ...
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include "draw.hpp"
$includes$

using Bytes = std::vector<std::uint8_t>;

template <class T>
Bytes bytes_of(const T& value) {
    Bytes bytes;
    if (!value.encode(bytes)) {
        std::abort();
    }
    Bytes exact(bytes.size());
    std::size_t length = 0;
    if (!value.encode(exact.data(), exact.size(), length) || length != bytes.size() || exact != bytes) {
        std::abort();
    }
    if (length > 0 && value.encode(exact.data(), length - 1, length)) {
        std::abort();
    }
    return bytes;
}

// copied to where the sanitizer sees each byte beyond the end
template <class T>
std::string again(const Bytes& from, Bytes& to, bool (*is_same_in_place)(const Bytes&, const T&)) {
    std::uint8_t* copy = static_cast<std::uint8_t*>(std::malloc(from.size() > 0 ? from.size() : 1));
    if (!from.empty()) {
        std::memcpy(copy, from.data(), from.size());
    }
    T value;
    const auto status = T::decode(copy, from.size(), value);
    std::free(copy);
    if (!status) {
        return std::to_string(status.offset);
    }
    if (!is_same_in_place(from, value)) {
        return "otherwise in place";
    }
    to = bytes_of(value);
    T twin;
    if (!T::decode(to.data(), to.size(), twin) || twin != value) {
        return "unequal";
    }
    return to == from ? "good" : "differs";
}

$makers$

static void write(std::ofstream& out, std::uint32_t index, const Bytes& bytes) {
    const std::uint32_t header[] = {index, static_cast<std::uint32_t>(bytes.size())};
    out.write(reinterpret_cast<const char*>(header), sizeof(header));
    out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

// requests over two pipes: id, length, value; length, reply
struct Pipes {
    std::ofstream out;
    std::ifstream in;

    golden::desk::WireStatus call(std::uint32_t id, const Bytes& request, Bytes& reply) {
        send(id, request);
        std::uint32_t length = 0;
        in.read(reinterpret_cast<char*>(&length), sizeof(length));
        reply.resize(length);
        in.read(reinterpret_cast<char*>(reply.data()), length);
        return in ? golden::desk::WireStatus{} : golden::desk::WireStatus{0, "expected a reply"};
    }

    golden::desk::WireStatus send(std::uint32_t id, const Bytes& request) {
        write(out, id, request);
        out.flush();
        return {};
    }
};

static void ask(const char* in, const char* out, std::ofstream& lines) {
    Pipes pipes;
    pipes.out.open(out, std::ios::binary);
    pipes.in.open(in, std::ios::binary);
    golden::desk::DeskClient<Pipes> client(pipes);
    for (const char* name : {"hall", "taken", "boom"}) {
        golden::desk::OpenSession request;
        request.name = name;
        request.capacity = 64;
        const auto answer = client.openSession(request);
        if (answer) {
            lines << "opened " << answer.value.session << '\n';
        } else if (answer.is_refused) {
            lines << "refused " << answer.refused.code << ' ' << answer.refused.message << '\n';
        }
    }
    client.down(golden::desk::Done{});
    golden::desk::Connect request;
    request.source = "a";
    request.destination = "b";
    lines << "done " << (client.connect(request) ? "true" : "false") << '\n';
}

int main(int count, char** arguments) {
    const std::string command = arguments[1];
    const std::string schema = arguments[2];
    std::ofstream out(arguments[count - 1], std::ios::binary);
    if (command == "ask") {
        ask(arguments[2], arguments[3], out);
        return 0;
    }
    if (command == "write") {
        Draw draw(std::strtoull(arguments[3], nullptr, 10));
        const int wanted = std::atoi(arguments[4]);
        for (int i = 0; i < wanted; i++) {
            const std::uint32_t index = static_cast<std::uint32_t>(i) % classes(schema);
            write(out, index, make(schema, index, draw));
        }
        return 0;
    }
    std::ifstream file(arguments[3], std::ios::binary);
    const std::vector<char> in((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    for (std::size_t at = 0; at < in.size();) {
        std::uint32_t header[2];
        std::memcpy(header, in.data() + at, sizeof(header));
        at += sizeof(header);
        const Bytes bytes(in.begin() + static_cast<std::ptrdiff_t>(at),
            in.begin() + static_cast<std::ptrdiff_t>(at + header[1]));
        at += header[1];
        Bytes to;
        const std::string verdict = again(schema, header[0], bytes, to);
        if (command == "again") {
            if (verdict != "good") {
                std::fprintf(stderr, "class %u: %s\n", header[0], verdict.c_str());
                return 1;
            }
            write(out, header[0], to);
        } else {
            out << verdict << '\n';
        }
    }
    return 0;
}
