package org.carillon.platform.ipc;

import java.io.IOException;

/** The system refused a call on a socket, a memory file or a lock. The message names the call and the reason. */
public final class IpcException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Why, as far as callers tell reasons apart. */
    public enum Reason {
        /** Nobody listens there: no such file, or nobody at the other end of it. */
        NOBODY_LISTENS,
        /** The other side has gone. */
        GONE,
        /** No answer, or no room, in the time that was given. */
        TIMED_OUT,
        /** This process or the system has no more descriptors or memory. */
        EXHAUSTED,
        /** The rights of files or folders forbid it. */
        FORBIDDEN,
        /** A path is longer than a socket's address can hold. */
        PATH_TOO_LONG,
        /** Anything else. */
        FAILED
    }

    private final Reason reason;

    IpcException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** @param values what the call was about, as {@code name=value}. */
    static IpcException of(String call, int errno, String values) {
        return new IpcException(Errors.reason(errno),
                call + " failed: " + Errors.describe(errno) + (values.isEmpty() ? "" : ", " + values));
    }

    public Reason reason() {
        return reason;
    }
}
