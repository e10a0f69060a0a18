package org.carillon.client;

/** A call did not do what it should: one clear message, and a kind that a program or an exit code can act on. */
public final class ClientException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Kind {
        /** It was tried and did not work. */
        FAILED,
        /** The request makes no sense: wrong words, wrong values. */
        WRONG_USAGE,
        /** There is no such name, or more than one. */
        NO_SUCH_NAME,
        /** It is not allowed: a name taken, a loop, a quota, a missing right. */
        REFUSED,
        /** The server is not there, or not there any more. */
        UNREACHABLE,
        /** No answer came in time. */
        TIMED_OUT
    }

    private final Kind kind;

    ClientException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    ClientException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    static ClientException unreachable(String what) {
        return new ClientException(Kind.UNREACHABLE, "server is unreachable: " + what);
    }

    /** The kind that a server's word stands for; a word that is unknown here is a failure. */
    static Kind kind(String word) {
        for (Kind kind : Kind.values()) {
            if (kind.name().equals(word)) {
                return kind;
            }
        }
        return Kind.FAILED;
    }

    public Kind kind() {
        return kind;
    }
}
