package org.carillon.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.carillon.api.driver.DriverInfo;
import org.carillon.api.driver.DriverInfo.State;
import org.osgi.framework.Bundle;

/** What is known of one file of the folder. Owned by the deployer's thread. */
final class Slot {
    final String file;
    /** Of the file that was dealt with last, or null. */
    FileStamp stamp;
    /** Of the file that is being dealt with, or null. */
    FileStamp taking;
    /** Of a file that was not whole when it was looked at, or null. */
    FileStamp unfinished;
    Bundle bundle;
    String symbolicName = "";
    String version = "";
    State state = State.PENDING;
    String reason = "";
    /** What people were told of this file last. */
    String told = "";
    /** Whether another file that comes or goes may change things; then how often it was tried. */
    boolean mayRetry;
    int tries;
    /** Whether the file that was dealt with last is the one that is installed. */
    boolean installed;
    /** Whether its bundle was stopped after it was fenced off. */
    boolean calmed;
    /** What is being done, or null. */
    Action action;
    /** Whether there is more to do when that is done. */
    boolean again;
    /** What the last action was meant to lead to. */
    State wanted = State.ACTIVE;
    /** Reasons by driver, of a bundle that runs while one of its drivers does not. */
    final Map<String, String> failures = new TreeMap<>();
    final List<CompletableFuture<DriverInfo>> waiting = new ArrayList<>();

    Slot(String file) {
        this.file = file;
    }

    boolean isFenced() {
        return state == State.FENCED;
    }

    /** Whether its bundle runs. */
    boolean runs() {
        return bundle != null && bundle.getState() == Bundle.ACTIVE;
    }

    void name(DriverJar jar) {
        symbolicName = jar.symbolicName();
        version = jar.version();
    }

    void set(State now, String why) {
        state = now;
        reason = why;
    }

    DriverInfo info() {
        return new DriverInfo(file, symbolicName, version, state, reason);
    }

    /** Answers everybody who waits until nothing more is done. */
    void settle() {
        if (action == null) {
            waiting.forEach(each -> each.complete(info()));
            waiting.clear();
        }
    }
}
