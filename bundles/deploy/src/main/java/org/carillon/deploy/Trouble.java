package org.carillon.deploy;

/** Why a driver cannot be used: a reason for people, and a kind to act on. */
final class Trouble extends Exception {
    private static final long serialVersionUID = 1L;
    /** What the framework adds to each name. */
    private static final String REVISION = " \\[\\d+]\\(R [0-9.]+\\)";

    /** What to do about it. */
    enum Kind {
        /** The rest may still come. */
        NOT_WHOLE,
        /** Another file would do; this one stays where it is. */
        UNUSABLE,
        /** It may work when another file comes or goes. */
        UNRESOLVED,
        /** It was tried and did not work. */
        FAILED,
        /** It did not come back once. */
        FENCED
    }

    private final Kind kind;

    /** Has no stack trace: the reason is for people. */
    Trouble(Kind kind, String reason) {
        super(reason, null, false, false);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }

    /** What began it, in one line. */
    static String reason(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String words = cause.getMessage() == null || !(cause instanceof Exception) ? cause.toString()
                : cause.getMessage();
        return words.replaceFirst(" Unresolved requirements: .*", "").replaceAll(REVISION, "").replace('\n', ' ');
    }
}
