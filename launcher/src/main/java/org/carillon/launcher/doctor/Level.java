package org.carillon.launcher.doctor;

import java.util.Locale;

/** How much depends on a check; what is not good is then a failure or a warning. */
public enum Level {
    /** Without it there is no sound or time to rely on. */
    REQUIRED,
    /** It makes things better. */
    ADVISED,
    /** To be known when figures are compared. */
    INFO;

    /** As it stands in reports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
