package org.carillon.api.port;

/** The server says no: one clear message, and a kind that a program or an exit code can act on. */
public final class CarillonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Kind {
        /** It was tried and did not work. */
        FAILED,
        /** The request makes no sense: wrong words, wrong values. */
        WRONG_USAGE,
        /** There is no such name, or more than one. */
        NO_SUCH_NAME,
        /** It is not allowed: a name taken, a loop, a limit reached. */
        REFUSED,
        /** The server is not there any more. */
        UNREACHABLE,
        /** No answer came in time. */
        TIMED_OUT
    }

    private final Kind kind;

    /** @param message what was expected, then each value as {@code name=value}. */
    public CarillonException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
