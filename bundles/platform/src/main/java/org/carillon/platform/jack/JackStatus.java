package org.carillon.platform.jack;

import java.util.ArrayList;
import java.util.List;

/** Bits of {@code jack_status_t} in words. */
final class JackStatus {
    private static final String[] WORDS = {"failure", "invalid option", "name not unique", "server started",
        "no server reached", "communication error", "no such client", "load failure", "initialisation failure",
        "shared memory not accessible", "other protocol version", "backend error", "client is a zombie"};

    private JackStatus() {}

    /** As it stands in messages: {@code 0x11 (failure, no server reached)}. */
    static String describe(int status) {
        List<String> found = new ArrayList<>();
        for (int bit = 0; bit < WORDS.length; bit++) {
            if ((status & 1 << bit) != 0) {
                found.add(WORDS[bit]);
            }
        }
        return "0x" + Integer.toHexString(status) + " (" + String.join(", ", found) + ")";
    }
}
