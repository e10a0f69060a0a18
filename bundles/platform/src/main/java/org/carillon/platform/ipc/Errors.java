package org.carillon.platform.ipc;

import org.carillon.platform.ipc.IpcException.Reason;

/** Error numbers of Linux that calls on sockets and files answer with; the same on x86_64 and aarch64. */
final class Errors {
    static final int EPERM = 1;
    static final int ENOENT = 2;
    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int ENOMEM = 12;
    static final int EACCES = 13;
    static final int EEXIST = 17;
    static final int EINVAL = 22;
    static final int ENFILE = 23;
    static final int EMFILE = 24;
    static final int EPIPE = 32;
    static final int ELOOP = 40;
    static final int EMSGSIZE = 90;
    static final int EADDRINUSE = 98;
    static final int ECONNRESET = 104;
    static final int ENOBUFS = 105;
    static final int ENOTCONN = 107;
    static final int ETIMEDOUT = 110;
    static final int ECONNREFUSED = 111;

    private Errors() {}

    static Reason reason(int errno) {
        return switch (errno) {
            case ENOENT, ECONNREFUSED -> Reason.NOBODY_LISTENS;
            case EPIPE, ECONNRESET, ENOTCONN -> Reason.GONE;
            case EAGAIN, ETIMEDOUT -> Reason.TIMED_OUT;
            case ENOMEM, ENFILE, EMFILE, ENOBUFS -> Reason.EXHAUSTED;
            case EPERM, EACCES, ELOOP -> Reason.FORBIDDEN;
            default -> Reason.FAILED;
        };
    }

    /** As it stands in messages: {@code errno=1 (EPERM)}. */
    static String describe(int errno) {
        String name = switch (errno) {
            case EPERM -> " (EPERM)";
            case ENOENT -> " (ENOENT)";
            case EAGAIN -> " (EAGAIN)";
            case ENOMEM -> " (ENOMEM)";
            case EACCES -> " (EACCES)";
            case EEXIST -> " (EEXIST)";
            case EINVAL -> " (EINVAL)";
            case ENFILE -> " (ENFILE)";
            case EMFILE -> " (EMFILE)";
            case EPIPE -> " (EPIPE)";
            case ELOOP -> " (ELOOP)";
            case EMSGSIZE -> " (EMSGSIZE)";
            case EADDRINUSE -> " (EADDRINUSE)";
            case ECONNRESET -> " (ECONNRESET)";
            case ENOBUFS -> " (ENOBUFS)";
            case ENOTCONN -> " (ENOTCONN)";
            case ETIMEDOUT -> " (ETIMEDOUT)";
            case ECONNREFUSED -> " (ECONNREFUSED)";
            default -> "";
        };
        return "errno=" + errno + name;
    }
}
