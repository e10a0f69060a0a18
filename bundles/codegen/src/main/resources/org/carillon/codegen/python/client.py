class WireRefusal(Exception):
    """A request was understood and not granted; code is one word for programs."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class WireChannel(Protocol):
    """The way of requests to a server."""

    def call(self, request_id: int, request: bytes) -> Buffer:
        """Sends a request and returns its reply: the id of its class, and the value."""

    def send(self, request_id: int, request: bytes) -> None:
        """Sends a request that nobody answers."""


def _body(reply: Buffer, class_id: int) -> memoryview:
    """The value of a reply that is of the class that was asked for."""
    data = memoryview(reply).cast("B")
    if len(data) < _UINT32.size:
        raise WireError(0, f"expected the class of a reply: length={len(data)}")
    found = _UINT32.unpack_from(data)[0]
    value = data[_UINT32.size:]
    if found == class_id:
        return value
    if found == Refused.CLASS_ID:
        refused = Refused.decode(value)
        raise WireRefusal(refused.code, refused.message)
    raise WireError(0, f"expected a reply of another class: expected={class_id}, class={found}")


class $schema$Client:
    """Asks a server over a channel: a method for each request."""

    def __init__(self, channel: WireChannel) -> None:
        self._channel = channel
