package org.carillon.deploy;

import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/**
 * Something slow that is done with one driver on a thread of its own. Calls that reach the driver's own code are
 * marked, so that the owner can see when one does not come back, and give it up: its thread is interrupted and lost.
 */
final class Action {
    /** What is done; results are left in the fields. */
    interface Work {
        void run(Action action) throws Exception;
    }

    /** A call that reaches the driver's own code. */
    interface Call {
        void run() throws BundleException;
    }

    final String file;
    private final Work work;
    private volatile Bundle bundle;
    private volatile DriverJar jar;
    private volatile Trouble trouble;
    private volatile String calling = "";
    private volatile long sinceNs;
    private volatile boolean givenUp;
    private volatile Thread thread;

    /** @param bundle that it is about, or null where there is none yet. */
    Action(String file, Bundle bundle, Work work) {
        this.file = file;
        this.bundle = bundle;
        this.work = work;
    }

    /** @param finished is told on the action's thread. */
    void start(Consumer<Action> finished) {
        thread = new Thread(() -> {
            run();
            finished.accept(this);
        }, "carillon-drivers " + file);
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            work.run(this);
        } catch (Trouble e) {
            trouble = e;
        } catch (BundleException e) {
            trouble = new Trouble(e.getType() == BundleException.RESOLVE_ERROR ? Trouble.Kind.UNRESOLVED
                    : Trouble.Kind.FAILED, Trouble.reason(e));
        } catch (Throwable e) { // a driver's assertion, or no memory, is as good as any other reason
            trouble = new Trouble(Trouble.Kind.FAILED, Trouble.reason(e));
        }
    }

    /** Runs a call that may never come back. Action's thread. */
    void call(String what, Call call) throws BundleException {
        if (givenUp) {
            throw new RejectedExecutionException("given up before " + what);
        }
        sinceNs = System.nanoTime();
        calling = what;
        try {
            call.run();
        } finally {
            calling = "";
        }
        if (givenUp) {
            throw new RejectedExecutionException("given up in " + what);
        }
    }

    /** The call that has been running for longer than the limit, or empty. Any thread. */
    String late(long nowNs, long limitNs) {
        String name = calling;
        return !name.isEmpty() && nowNs - sinceNs >= limitNs ? name : "";
    }

    /** Goes no further: whatever call is running is its last. Any thread. */
    void giveUp() {
        givenUp = true;
    }

    void interrupt() {
        thread.interrupt();
    }

    /** Null where there is none, or none any more. */
    Bundle bundle() {
        return bundle;
    }

    void bundle(Bundle now) {
        bundle = now;
    }

    /** What was taken, or null where nothing was. */
    DriverJar jar() {
        return jar;
    }

    void jar(DriverJar taken) {
        jar = taken;
    }

    /** What went wrong, or null. */
    Trouble trouble() {
        return trouble;
    }
}
