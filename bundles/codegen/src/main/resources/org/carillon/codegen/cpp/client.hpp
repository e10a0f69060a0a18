/** What came of a request: a value, a refusal by the server, or a fault of the channel or of its bytes. */
template <class T>
struct WireAnswer {
    /** Not well: nothing came, or its bytes are wrong. */
    WireStatus status;
    bool is_refused = false;
    Refused refused;
    T value;

    explicit operator bool() const { return static_cast<bool>(status) && !is_refused; }
};

/**
 * Asks a server: a method for each request. A channel has two methods:
 * WireStatus call(std::uint32_t request, const std::vector<std::uint8_t>& value, std::vector<std::uint8_t>& reply),
 * whose reply is the id of its class and a value, and
 * WireStatus send(std::uint32_t request, const std::vector<std::uint8_t>& value) for what nobody answers.
 */
template <class Channel>
class $schema$Client {
public:
    /** The channel must outlive its clients. */
    explicit $schema$Client(Channel& channel) : channel_(channel) {}

$methods$

private:
    template <class T, class Request>
    WireAnswer<T> ask(std::uint32_t id, const Request& request) {
        WireAnswer<T> answer;
        std::vector<std::uint8_t> bytes;
        std::vector<std::uint8_t> reply;
        answer.status = request.encode(bytes);
        if (answer.status) {
            answer.status = channel_.call(id, bytes, reply);
        }
        if (!answer.status) {
            return answer;
        }
        if (reply.size() < HEADER_LENGTH) {
            answer.status = WireStatus{0, "expected the class of a reply"};
            return answer;
        }
        const std::uint32_t found = wire_load<std::uint32_t>(reply.data());
        const std::uint8_t* value = reply.data() + HEADER_LENGTH;
        const std::size_t length = reply.size() - HEADER_LENGTH;
        if (found == T::CLASS_ID) {
            answer.status = T::decode(value, length, answer.value);
        } else if (found == Refused::CLASS_ID) {
            answer.status = Refused::decode(value, length, answer.refused);
            answer.is_refused = true;
        } else {
            answer.status = WireStatus{0, "expected a reply of another class"};
        }
        return answer;
    }

    template <class Request>
    WireStatus tell(std::uint32_t id, const Request& request) {
        std::vector<std::uint8_t> bytes;
        const WireStatus status = request.encode(bytes);
        return status ? channel_.send(id, bytes) : status;
    }

    static constexpr std::size_t HEADER_LENGTH = 4;
    Channel& channel_;
};
