package org.carillon.kernel;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.Consumer;
import org.carillon.platform.Grant;
import org.carillon.platform.Platform;
import org.carillon.platform.WaitPoint;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.StatusCounter;
import org.carillon.protocol.StatusPage;

/**
 * Runs the agent on the time thread. It sleeps in one place, until a bell rings or the next date comes, whichever is
 * first; a bounded spin before the date is configuration.
 */
final class KernelLoop implements Runnable {
    private static final System.Logger LOG = System.getLogger(KernelLoop.class.getName());
    private static final long TIMER_SLACK_NS = 1;
    private static final long REPORT_NS = 1_000_000_000;

    private final KernelAgent agent;
    private final StatusPage page;
    private final WaitPoint waitPoint;
    private final Doorbell bell;
    private final Platform platform;
    private final Consumer<Throwable> onError;
    private volatile boolean running = true;
    private volatile int askedPriority;
    private volatile long spinNs;
    private int priority;
    private long sleeps;
    private long errors;
    private long reportedMonoNs;
    private BorderInlet[] watched = {};

    /** @param onError told of what went wrong; the loop goes on. */
    KernelLoop(KernelAgent agent, StatusPage page, WaitPoint waitPoint, Doorbell bell, Platform platform,
            Consumer<Throwable> onError) {
        this.agent = agent;
        this.page = page;
        this.waitPoint = waitPoint;
        this.bell = bell;
        this.platform = platform;
        this.onError = onError;
    }

    /**
     * From the next turn on. Any thread.
     *
     * @param fifoPriority SCHED_FIFO priority, 0 for none.
     * @param spinBeforeNs how long to spin before a date, 0 for not at all.
     */
    void configure(int fifoPriority, long spinBeforeNs) {
        askedPriority = fifoPriority;
        spinNs = spinBeforeNs;
        bell.ring();
    }

    @Override
    public void run() {
        prepare();
        Thread warmUp = new Thread(this::warmUp, "carillon-warm-up");
        warmUp.setDaemon(true);
        warmUp.start();
        while (running) {
            try {
                if (agent.doWork() == 0) {
                    sleep();
                }
            } catch (RuntimeException | Error e) {
                reportOnceASecond(e);
            }
        }
        agent.patchbay().detachAll();
        agent.publish();
        page.state(StatusPage.STOPPED);
    }

    /** What goes wrong in every turn must not fill the disk. */
    private void reportOnceASecond(Throwable error) {
        long monoNs = System.nanoTime();
        if (errors++ == 0 || monoNs - reportedMonoNs >= REPORT_NS) {
            reportedMonoNs = monoNs;
            onError.accept(error);
        }
    }

    /** Ends the loop after the turn in progress. Any thread. */
    void stop() {
        running = false;
        bell.ring();
    }

    private void prepare() {
        log(platform.timerSlack(TIMER_SLACK_NS));
        takePriority();
        waitPoint.warmUp();
    }

    private void takePriority() {
        int asked = askedPriority;
        if (asked != priority) {
            priority = asked;
            log(asked > 0 ? platform.fifo(asked) : platform.normalPriority());
            log(platform.timerSlack(TIMER_SLACK_NS));
        }
    }

    /** Runs beside the time thread, which takes commands meanwhile; the server is ready when it is done. */
    private void warmUp() {
        try {
            WarmUp.run();
        } catch (RuntimeException e) {
            onError.accept(e);
        }
        agent.offer(() -> page.state(StatusPage.READY));
        bell.ring();
    }

    private static void log(Grant grant) {
        LOG.log(grant.granted() ? System.Logger.Level.DEBUG : System.Logger.Level.INFO, grant.message());
    }

    /** Each session of another process has a word of its own, so that none can silence another. */
    private void arm() {
        BorderInlet[] borders = agent.patchbay().borders();
        if (borders != watched) {
            watched = borders;
            waitPoint.watch(Arrays.stream(borders).map(BorderInlet::kernelWord).toArray(MemorySegment[]::new));
        }
        for (BorderInlet border : borders) {
            border.arm();
        }
        bell.arm();
    }

    private void disarm() {
        for (BorderInlet border : watched) {
            border.disarm();
        }
        bell.disarm();
    }

    private void sleep() {
        long untilMonoNs = agent.nextMonoNs();
        agent.publish();
        arm();
        if (agent.hasWork() || !running) {
            disarm();
            return;
        }
        takePriority();
        long spin = spinNs;
        page.counter(StatusCounter.SLEEPS, ++sleeps);
        waitPoint.await(untilMonoNs == Long.MAX_VALUE ? untilMonoNs : untilMonoNs - spin);
        disarm();
        if (spin > 0 && untilMonoNs - System.nanoTime() <= spin) {
            while (untilMonoNs - System.nanoTime() > 0 && !agent.hasWork()) {
                Thread.onSpinWait();
            }
        }
    }
}
