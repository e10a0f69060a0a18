package org.carillon.api.device;

/**
 * What tells one port of a device from others, strongest first. Each may be empty. Control characters become spaces,
 * and what is longer than {@link #MAX_LENGTH} is cut.
 *
 * @param serial  serial number that the device tells of itself.
 * @param busPath where it is plugged in: the same socket gives the same words, whatever number the system gives.
 * @param product vendor and product, as {@code 1234:abcd}.
 * @param name    that the device or its driver gives, for people.
 * @param port    which of the device's ports it is.
 */
public record DeviceEvidence(String serial, String busPath, String product, String name, String port) {
    /** The most characters of each. */
    public static final int MAX_LENGTH = 200;

    public DeviceEvidence {
        serial = clean(serial);
        busPath = clean(busPath);
        product = clean(product);
        name = clean(name);
        port = clean(port);
    }

    static String clean(String words) {
        if (words == null) {
            return "";
        }
        StringBuilder clean = new StringBuilder();
        words.strip().codePoints().limit(MAX_LENGTH)
                .map(c -> Character.isISOControl(c) || Character.isSpaceChar(c) ? ' ' : c)
                .forEach(clean::appendCodePoint);
        return clean.toString().strip();
    }

    /** Whether all but serial and place is the same. */
    boolean isSameKind(DeviceEvidence other) {
        return product.equals(other.product) && name.equals(other.name) && port.equals(other.port);
    }
}
