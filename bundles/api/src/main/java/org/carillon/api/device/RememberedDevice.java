package org.carillon.api.device;

/**
 * One port of a device that is there or was there.
 *
 * @param name     given when it came for the first time.
 * @param alias    that the user has given in place of the name; empty for none.
 * @param evidence when it was seen last.
 * @param present  whether a driver sees it now.
 */
public record RememberedDevice(String name, String alias, DeviceEvidence evidence, boolean present) {
    /** What the port is called. */
    public String shownName() {
        return alias.isEmpty() ? name : alias;
    }
}
