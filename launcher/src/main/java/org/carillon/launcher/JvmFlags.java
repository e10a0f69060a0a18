package org.carillon.launcher;

import org.carillon.api.port.CarillonException;

/** The one flag of the JVM that the host cannot do without. */
final class JvmFlags {
    static final String ADD_EXPORTS = "--add-exports java.base/jdk.internal.misc=ALL-UNNAMED";

    private JvmFlags() {}

    /** Agrona's buffers need a package of the JDK that is closed unless the program is started with the flag. */
    static void check() {
        if (!Object.class.getModule().isExported("jdk.internal.misc", JvmFlags.class.getModule())) {
            throw new CarillonException(CarillonException.Kind.FAILED,
                    "java must be started with the flag " + ADD_EXPORTS);
        }
    }
}
