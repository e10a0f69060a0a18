package org.carillon.sampler.output;

import org.carillon.platform.Platform;

/** A thread of an output's own that takes blocks, at real-time priority where that is given. */
final class AudioThread {
    private static final System.Logger LOG = System.getLogger(AudioThread.class.getName());
    private static final long JOIN_LIMIT_MS = 8_000;
    private static final DurationSummary NONE = new DurationSummary(0, 0, 0, 0, 0, 0);

    private final Thread thread;

    private AudioThread(Thread thread) {
        this.thread = thread;
    }

    /** @param fifoPriority 0 for none. */
    static AudioThread start(String name, int fifoPriority, Runnable run) {
        return new AudioThread(Thread.ofPlatform().daemon().name(name).start(() -> {
            if (fifoPriority > 0) {
                var grant = Platform.current().fifo(fifoPriority);
                LOG.log(grant.granted() ? System.Logger.Level.DEBUG : System.Logger.Level.INFO, grant.message());
            }
            run.run();
        }));
    }

    static void checkFirst(Renderer renderer, boolean isClosing) {
        if (renderer != null || isClosing) {
            throw new IllegalStateException(
                    "output starts once, before its end: started=" + (renderer != null) + ", closed=" + isClosing);
        }
    }

    static OutputStatistics statistics(Renderer renderer, long backendXruns, long interruptions) {
        return renderer == null
                ? new OutputStatistics(0, 0, 0, 0, backendXruns, interruptions, 0, NONE, NONE)
                : renderer.statistics(backendXruns, interruptions);
    }

    Thread thread() {
        return thread;
    }

    /** Waits some seconds for it to end; a source that hangs is left behind. */
    void join() {
        boolean wasInterrupted = Thread.interrupted();
        try {
            thread.join(JOIN_LIMIT_MS);
        } catch (InterruptedException e) {
            wasInterrupted = true;
        }
        if (thread.isAlive()) {
            LOG.log(System.Logger.Level.WARNING,
                    "audio thread does not end; left behind: thread=" + thread.getName() + ", waitedMs="
                            + JOIN_LIMIT_MS);
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
