package org.carillon.platform;

/** Asks Linux for what a thread needs to be on time, and puts the answer in words. */
final class RealTime {
    private RealTime() {}

    static Grant timerSlack(long slackNs) {
        int errno = Libc.setTimerSlack(slackNs);
        return errno == 0
                ? granted("timer slack set: slackNs=" + slackNs)
                : refused("timer slack refused", errno, ", slackNs=" + slackNs, "",
                        "going on with wake-ups some 50 us late");
    }

    static Grant fifo(int priority) {
        int errno = Libc.setScheduler(Libc.SCHED_FIFO, priority);
        return errno == 0
                ? granted("SCHED_FIFO granted: priority=" + priority)
                : refused("SCHED_FIFO refused", errno, ", priority=" + priority,
                        "rtprio in /etc/security/limits.d or CAP_SYS_NICE", "going on at normal priority");
    }

    static Grant normalPriority() {
        int errno = Libc.setScheduler(Libc.SCHED_OTHER, 0);
        return errno == 0
                ? granted("normal priority set")
                : refused("normal priority refused", errno, "", "CAP_SYS_NICE", "going on at the present priority");
    }

    static Grant lockMemory() {
        int errno = Libc.lockMemory();
        return errno == 0
                ? granted("memory locked: each page stays resident once it is touched")
                : refused("memory lock refused", errno, "",
                        "memlock unlimited in /etc/security/limits.d or CAP_IPC_LOCK",
                        "going on with memory that may be swapped out");
    }

    static Grant unlockMemory() {
        int errno = Libc.unlockMemory();
        return errno == 0
                ? granted("memory unlocked")
                : refused("memory unlock refused", errno, "", "CAP_IPC_LOCK", "going on with memory locked");
    }

    private static Grant granted(String message) {
        return new Grant(true, message);
    }

    /** Names the missing right only when a right is what is missing: too little memory locked is ENOMEM. */
    private static Grant refused(String what, int errno, String values, String right, String consequence) {
        boolean lacksRight = !right.isEmpty() && (errno == Errno.EPERM || errno == Errno.ENOMEM);
        String remedy = lacksRight ? "; needs " + right : "";
        return new Grant(false, what + ": " + Errno.describe(errno) + values + remedy + "; " + consequence);
    }
}
