package org.carillon.webconsole;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Looks for a port that nobody has. */
final class FreePort {
    static final int NONE = -1;
    private static final int LAST = 65_535;

    private FreePort() {}

    /** The first free port of some in a row, or {@link #NONE}. */
    static int from(InetAddress address, int first, int count) {
        for (int port = first; port < first + count && port <= LAST; port++) {
            if (isFree(address, port)) {
                return port;
            }
        }
        return NONE;
    }

    private static boolean isFree(InetAddress address, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
