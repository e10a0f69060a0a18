package $package$;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** The way of requests to a server. Whether several threads may call at once is the channel's own matter. */
public interface WireChannel {
    /**
     * Sends a request and waits for its reply.
     *
     * @return the reply as {@code dispatch} has written it: the id of its class, and the value. It is read before this
     *         thread calls again.
     * @throws IOException where the server cannot be reached or does not answer.
     */
    MemorySegment call(int requestId, WireMessage request) throws IOException;

    /**
     * Sends a request that nobody answers.
     *
     * @throws IOException where the server cannot be reached.
     */
    void send(int requestId, WireMessage request) throws IOException;
}
