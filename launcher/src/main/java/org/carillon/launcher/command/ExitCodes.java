package org.carillon.launcher.command;

import org.carillon.api.port.CarillonException;

/** What the command says to a script. */
public final class ExitCodes {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    public static final int WRONG_USAGE = 2;
    public static final int NO_SUCH_NAME = 3;
    public static final int REFUSED = 4;
    public static final int UNREACHABLE = 5;
    public static final int TIMED_OUT = 6;

    private ExitCodes() {}

    /** The code for what ended a verb. */
    public static int of(Throwable error) {
        return error instanceof CarillonException e ? of(e.kind()) : FAILED;
    }

    static int of(CarillonException.Kind kind) {
        return switch (kind) {
            case FAILED -> FAILED;
            case WRONG_USAGE -> WRONG_USAGE;
            case NO_SUCH_NAME -> NO_SUCH_NAME;
            case REFUSED -> REFUSED;
            case UNREACHABLE -> UNREACHABLE;
            case TIMED_OUT -> TIMED_OUT;
        };
    }
}
