package org.carillon.platform.ipc;

/**
 * Who is at the other end of a socket, as the kernel knows it: not what that process says (unix(7), SO_PEERCRED).
 *
 * @param processId of whoever connected; it may have ended, and its number may be another's by now.
 * @param userId    effective at that time.
 * @param groupId   effective at that time.
 */
public record PeerCredentials(int processId, int userId, int groupId) {
    /** The user that this process acts for. */
    public static int ownUserId() {
        return (int) Syscall.call(Syscall.GETEUID, 0L, 0L, 0L);
    }
}
