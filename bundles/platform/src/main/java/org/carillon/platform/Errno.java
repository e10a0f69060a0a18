package org.carillon.platform;

/** Error numbers of Linux that a refused call answers with. */
final class Errno {
    static final int EPERM = 1;
    static final int EAGAIN = 11;
    static final int ENOMEM = 12;
    static final int EINVAL = 22;
    static final int ENOSYS = 38;

    private Errno() {}

    /** As it stands in messages: {@code errno=1 (EPERM)}. */
    static String describe(int errno) {
        String name = switch (errno) {
            case EPERM -> " (EPERM)";
            case EAGAIN -> " (EAGAIN)";
            case ENOMEM -> " (ENOMEM)";
            case EINVAL -> " (EINVAL)";
            case ENOSYS -> " (ENOSYS)";
            default -> "";
        };
        return "errno=" + errno + name;
    }
}
