package org.carillon.sequencer;

import java.util.concurrent.TimeUnit;

/**
 * How a player sends.
 *
 * @param lookAheadNs  how long before its date a message is sent, 5 ms to 10 s: the longer, the longer the player's
 *                     thread may be held up; and commands wait as long.
 * @param pendingLimit how many messages may wait for their dates, 16 to 65536; the server's store must have that much
 *                     room, for all players together.
 */
public record PlayerOptions(long lookAheadNs, int pendingLimit) {
    private static final long MIN_LOOK_AHEAD_NS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long MAX_LOOK_AHEAD_NS = TimeUnit.SECONDS.toNanos(10);

    /** 200 ms ahead, 1024 messages. */
    public static final PlayerOptions DEFAULTS = new PlayerOptions(TimeUnit.MILLISECONDS.toNanos(200), 1_024);

    public PlayerOptions {
        if (lookAheadNs < MIN_LOOK_AHEAD_NS || lookAheadNs > MAX_LOOK_AHEAD_NS || pendingLimit < 16
                || pendingLimit > 65_536) {
            throw new IllegalArgumentException(
                    "look-ahead must be 5 ms to 10 s, pending limit 16 to 65536: lookAheadNs="
                            + lookAheadNs + ", pendingLimit=" + pendingLimit);
        }
    }
}
