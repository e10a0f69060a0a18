package org.carillon.transport.shm;

import java.nio.charset.StandardCharsets;
import org.carillon.protocol.StatusPage;
import org.carillon.protocol.control.WireRefusal;

/** Which names a client may give. */
final class Names {
    private Names() {}

    /** A name of 1 to 102 bytes without control characters. */
    static String checked(String what, String name) throws WireRefusal {
        int lengthBytes = name.getBytes(StandardCharsets.UTF_8).length;
        boolean isWrong = name.isBlank() || lengthBytes > StatusPage.MAX_SESSION_NAME_LENGTH
                || name.codePoints().anyMatch(Character::isISOControl);
        if (isWrong) {
            throw new WireRefusal("WRONG_USAGE", what + " must have 1 to " + StatusPage.MAX_SESSION_NAME_LENGTH
                    + " bytes and no control characters: lengthBytes=" + lengthBytes + ", name=" + name);
        }
        return name;
    }

    /** The same, without what parts a session's name from its port's. */
    static String checkedSession(String name) throws WireRefusal {
        if (name.indexOf(':') >= 0) {
            throw new WireRefusal("WRONG_USAGE", "session name must have no ':': name=" + name);
        }
        return checked("session name", name);
    }
}
