package org.carillon.configuration;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** All that is known of one PID: its file, its configuration, and what both said when they agreed last. */
final class Slot {
    /** What there is to see of its file. */
    record Seen(SettingsFile file, FileStamp stamp, List<Path> overruled) {}

    /** As files name it. */
    final String pid;
    /** As Configuration Admin names it. */
    String livePid;
    /** The file that was dealt with last; null where there was none. */
    Seen seen;
    /** A file that is new and must rest. */
    Seen resting;
    long restingSinceNs;
    boolean isResting;
    /** What the file said when it was right last; null where there is none. */
    Map<String, Object> fileValues;
    /** What the configuration held last; null where there is none. */
    Map<String, Object> liveValues;
    /** The configuration has changed, and the file does not say so yet. */
    boolean isUnwritten;
    /** That no bundle describes it, empty where one does. */
    String unknown = "";
    long unknownSinceNs;
    boolean isWrong;
    /** Messages that stand, so that each is said once. */
    Set<String> told = new HashSet<>();

    Slot(String pid) {
        this.pid = pid;
        livePid = pid;
    }

    /** Whether a file that looks new is to be left alone for a while, until it has not changed for some time. */
    boolean rests(Seen now, long nowNs, long quietNs) {
        if (!isResting || !Objects.equals(resting, now)) {
            isResting = true;
            resting = now;
            restingSinceNs = nowNs;
        }
        return nowNs - restingSinceNs < quietNs;
    }
}
