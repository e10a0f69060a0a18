package org.carillon.kernel;

import java.lang.System.Logger.Level;
import org.carillon.api.filter.FilterCompiler;
import org.carillon.api.port.Kernel;
import org.carillon.api.schedule.Scheduler;
import org.carillon.platform.Platform;
import org.carillon.platform.WaitPoint;
import org.carillon.protocol.Doorbell;
import org.carillon.protocol.StatusPage;

/** The agent, its proxy and its thread, from start to end: what the component wires, and all of it without one. */
public final class RunningKernel {
    private static final System.Logger LOG = System.getLogger(RunningKernel.class.getName());
    private static final long STOP_LIMIT_MS = 2_000;

    private final KernelProxy proxy;
    private final KernelLoop loop;
    private final Thread thread;
    private final StatusMemory status;

    /**
     * One that remembers nothing and makes no filters.
     *
     * @param scheduler that nobody else uses.
     */
    public RunningKernel(Scheduler scheduler) {
        this(new DataFile(null, ConnectionMemory.FILE));
        proxy.schedulerCame(scheduler);
    }

    /**
     * One that remembers nothing.
     *
     * @param scheduler that nobody else uses.
     */
    public RunningKernel(Scheduler scheduler, FilterCompiler filters) {
        this(scheduler);
        proxy.held().filters(filters);
    }

    /** @param connections where those are that outlive it. */
    RunningKernel(DataFile connections) {
        Platform platform = Platform.current();
        WaitPoint waitPoint = platform.newWaitPoint();
        Doorbell bell = new Doorbell(waitPoint.word(), waitPoint::wake);
        status = StatusMemory.on(platform);
        StatusPage page = status.page();
        long startedNs = System.nanoTime();
        page.begin(ProcessHandle.current().pid(), startedNs);
        page.clock().set(0, startedNs, 1.0);
        KernelAgent agent = new KernelAgent(page, bell);
        proxy = new KernelProxy(agent, status, bell, new ConnectionMemory(connections));
        loop = new KernelLoop(agent, page, waitPoint, bell, platform, RunningKernel::report);
        thread = new Thread(loop, "carillon-time");
        thread.start();
        LOG.log(Level.DEBUG, () -> "kernel starts on " + platform.describe());
    }

    private static void report(Throwable error) {
        LOG.log(Level.ERROR, "the time thread met an error and goes on", error);
    }

    public Kernel kernel() {
        return proxy;
    }

    KernelProxy proxy() {
        return proxy;
    }

    KernelLoop loop() {
        return loop;
    }

    /** Ends the thread; what sounds is released before. Waits for it, for two seconds at most. */
    public void stop() throws InterruptedException {
        proxy.stopped();
        loop.stop();
        thread.join(STOP_LIMIT_MS);
        status.close();
    }
}
