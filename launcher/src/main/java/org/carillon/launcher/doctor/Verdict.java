package org.carillon.launcher.doctor;

import java.util.Locale;

/** What a finding means, the worst first. */
public enum Verdict {
    /** Carillon cannot do its work in time. */
    FAIL,
    /** It could do it better. */
    WARN,
    /** It could not be read: neither good nor bad. */
    UNKNOWN,
    /** It is as it should be. */
    PASS;

    /** As it stands in reports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
