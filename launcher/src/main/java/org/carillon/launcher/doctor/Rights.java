package org.carillon.launcher.doctor;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.carillon.launcher.doctor.ProcessLimits.Limit;

/** Who runs this, and what the limits of the session grant. */
final class Rights {
    static final String RTPRIO = "rtprio";
    static final String MEMLOCK = "memlock";
    static final String RTTIME = "rttime";
    static final String NICE = "nice";

    /** The audio thread asks for 70, the time thread for 60; a sound server wants a place above them. */
    private static final long WANTED_PRIORITY = 80;
    /** The least that the audio thread can do with. */
    private static final long AUDIO_PRIORITY = 70;
    /** 20 minus the nice value: -11. */
    private static final long WANTED_NICE = 31;
    private static final long SHORTEST_RTTIME_US = 1_000_000;
    private static final String LIMITS = "carillon doctor --print limits | sudo tee /etc/security/limits.d/"
            + "95-carillon.conf, add yourself to the group it names, log out and in";
    private static final String UNDO_LIMITS = "sudo rm /etc/security/limits.d/95-carillon.conf, log out and in";
    private static final String NO_LIMITS = "line missing in /proc/self/limits";

    private final ProcessLimits limits;
    private final ProcessStatus status;
    private final Users users;

    Rights(Tree tree) {
        limits = ProcessLimits.of(tree);
        status = ProcessStatus.of(tree);
        users = Users.of(tree);
    }

    List<Finding> findings() {
        return List.of(notRoot(), priority(), lockedMemory(), realTimeLimit(), nice(), groups());
    }

    private Finding notRoot() {
        Subject subject = Subject.advised("not-root");
        OptionalLong uid = status.effectiveUid();
        if (uid.isEmpty()) {
            return subject.unknown("no user in /proc/self/status");
        }
        return uid.getAsLong() == 0
                ? subject.lacking("uid=0", "run Carillon as a user of its own; limits or capabilities give it what it "
                        + "needs: carillon doctor --print unit", "")
                : subject.pass("uid=" + uid.getAsLong());
    }

    private Finding priority() {
        Subject subject = Subject.required(RTPRIO);
        Optional<Limit> limit = limits.limit("Max realtime priority");
        if (status.mayByCapability(ProcessStatus.CAP_SYS_NICE)) {
            return subject.pass(withCapability(limit, "CAP_SYS_NICE"));
        }
        if (limit.isEmpty()) {
            return subject.unknown(NO_LIMITS);
        }
        long most = limit.get().soft();
        if (most >= WANTED_PRIORITY) {
            return subject.pass(limit.get().toString());
        }
        return most >= AUDIO_PRIORITY
                ? subject.warn(limit.get().toString(), "leave a place for the sound server above: " + LIMITS,
                        UNDO_LIMITS)
                : subject.lacking(limit.get().toString(), LIMITS, UNDO_LIMITS);
    }

    /** A lock counts all that is mapped, and the JVM maps far more than it uses: only no limit at all is enough. */
    private Finding lockedMemory() {
        Subject subject = Subject.required(MEMLOCK);
        Optional<Limit> limit = limits.limit("Max locked memory");
        if (status.mayByCapability(ProcessStatus.CAP_IPC_LOCK)) {
            return subject.pass(withCapability(limit, "CAP_IPC_LOCK"));
        }
        if (limit.isEmpty()) {
            return subject.unknown(NO_LIMITS);
        }
        return limit.get().soft() == ProcessLimits.UNLIMITED
                ? subject.pass(limit.get().toString())
                : subject.lacking("bytes, " + limit.get(), LIMITS, UNDO_LIMITS);
    }

    private Finding realTimeLimit() {
        Subject subject = Subject.advised(RTTIME);
        Optional<Limit> limit = limits.limit("Max realtime timeout");
        if (limit.isEmpty()) {
            return subject.unknown(NO_LIMITS);
        }
        return limit.get().soft() > SHORTEST_RTTIME_US
                ? subject.pass(limit.get().toString())
                : subject.lacking("us, " + limit.get(), "the kernel ends a real-time program that computes so long at "
                        + "once; rtkit, the portal or a unit has set it: LimitRTTIME=infinity in the unit "
                        + "(carillon doctor --print user-unit)", "take the line out of the unit");
    }

    private Finding nice() {
        Subject subject = Subject.advised(NICE);
        Optional<Limit> limit = limits.limit("Max nice priority");
        if (status.mayByCapability(ProcessStatus.CAP_SYS_NICE)) {
            return subject.pass(withCapability(limit, "CAP_SYS_NICE"));
        }
        if (limit.isEmpty()) {
            return subject.unknown(NO_LIMITS);
        }
        return limit.get().soft() >= WANTED_NICE
                ? subject.pass(limit.get().toString())
                : subject.lacking(limit.get().toString(), LIMITS, UNDO_LIMITS);
    }

    private Finding groups() {
        Subject subject = Subject.advised("groups");
        OptionalLong uid = status.effectiveUid();
        Optional<Set<Long>> active = status.groups();
        Optional<List<Users.Group>> listed = users.groups();
        Optional<String> name = uid.isPresent() ? users.name(uid.getAsLong()) : Optional.empty();
        if (active.isEmpty() || listed.isEmpty() || name.isEmpty()) {
            return subject.unknown("user, its groups or /etc/group cannot be read");
        }
        String missing = listed.get().stream()
                .filter(group -> group.members().contains(name.get()) && !active.get().contains(group.number()))
                .map(Users.Group::name).collect(Collectors.joining(","));
        return missing.isEmpty()
                ? subject.pass("all groups of " + name.get() + " are in force")
                : subject.lacking("not yet in force: " + missing, "log out and in, or start this session anew", "");
    }

    private static String withCapability(Optional<Limit> limit, String capability) {
        return limit.map(each -> each + ", ").orElse("") + capability;
    }
}
