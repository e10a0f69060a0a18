package org.carillon.api.device;

import java.util.Map;

/**
 * One port of a device as it was seen at one moment.
 *
 * @param name     of its ports; empty while nothing is known of it.
 * @param address  where it is found: the path of its file.
 * @param evidence that its name rests on.
 * @param doubt    see {@link DeviceName#doubt}.
 * @param reason   why it is in this state; empty where there is nothing to say.
 * @param counters what it counted since the server started, by word.
 */
public record DeviceInfo(String name, String address, DeviceEvidence evidence, State state, String doubt, String reason,
        Map<String, Long> counters) {
    /** How it fares. */
    public enum State {
        /** Its ports are there. */
        OPEN,
        /** It is there, and somebody else has it. */
        BUSY,
        /** It is there and cannot be used. */
        FAILED,
        /** It was there. */
        ABSENT
    }
}
