package org.carillon.sampler.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.carillon.platform.jack.JackClient;
import org.carillon.platform.jack.JackException;
import org.carillon.platform.jack.JackPort;
import org.carillon.sampler.BlockSource;

/**
 * Sound by a JACK server, or PipeWire in its place. When the server goes, the output looks for it until it returns,
 * and plays on; time that passes meanwhile is the source's business. The server calls for the blocks at real-time
 * priority; a thread of the output looks after everything else.
 */
public final class JackOutput implements AudioOutput {
    private static final int MOST_FRAMES = 8_192;
    private static final long OPEN_LIMIT_S = 10;
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long QUIET_NS = TimeUnit.SECONDS.toNanos(2);
    private static final int WARM_UP_CYCLES = 140;
    private static final long WARM_UP_LIMIT_NS = TimeUnit.MILLISECONDS.toNanos(700);
    private static final int SETTLING_CYCLES = 2;
    /** Three classes, so that the code is not made for the only source it has met, and unmade at the first real one. */
    private static final BlockSource[] SILENCES = {(buffer, frames, startNs) -> buffer[0] = 0,
        (buffer, frames, startNs) -> buffer[1] = 0, (buffer, frames, startNs) -> buffer[2] = 0};

    private final StateNotice notice = new StateNotice();
    private final AtomicLong interruptions = new AtomicLong();
    private final AtomicLong formerXruns = new AtomicLong();
    private final OutputOptions options;
    private final AudioThread supervisor;
    private volatile JackClient client;
    private volatile String clientName;
    private volatile int sampleRateHz;
    private volatile int blockFrames;
    private volatile Renderer renderer;
    private volatile boolean isClosing;

    // of the supervisor
    private JackPlayer player;
    private JackPlayer.Part part;
    private long seenCycles;
    private long seenNs;

    /**
     * Opens a client; its ports appear at the start.
     *
     * @throws OutputException when there is no library or no server, or the garbage collector does not allow live
     *                         sound.
     */
    public JackOutput(OutputOptions options) {
        Collectors.check(options);
        this.options = options;
        var opened = new CompletableFuture<Void>();
        supervisor = AudioThread.start("audio-jack", 0, () -> supervise(opened));
        try {
            opened.orTimeout(OPEN_LIMIT_S, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            isClosing = true;
            throw e.getCause() instanceof TimeoutException
                    ? new OutputException("sound server does not answer: waitedS=" + OPEN_LIMIT_S)
                    : new OutputException(e.getCause().getMessage(), e.getCause());
        }
    }

    @Override
    public String name() {
        return "JACK, client " + clientName;
    }

    @Override
    public int sampleRateHz() {
        return sampleRateHz;
    }

    @Override
    public int channels() {
        return options.channels();
    }

    @Override
    public int blockFrames() {
        return blockFrames;
    }

    @Override
    public synchronized void start(BlockSource source, OutputListener listener) {
        AudioThread.checkFirst(renderer, isClosing);
        notice.listenTo(listener);
        renderer = new Renderer(source, options.channels(), MOST_FRAMES);
        LockSupport.unpark(supervisor.thread());
    }

    @Override
    public OutputState state() {
        return notice.state();
    }

    @Override
    public OutputStatistics statistics() {
        JackClient current = client;
        long xruns = formerXruns.get() + (current == null ? 0 : current.xrunCount());
        return AudioThread.statistics(renderer, xruns, interruptions.get());
    }

    @Override
    public Optional<Throwable> failure() {
        Renderer current = renderer;
        JackClient open = client;
        return (current == null ? notice.failure() : current.failure().or(notice::failure))
                .or(() -> open == null ? Optional.empty() : open.failure());
    }

    @Override
    public synchronized void close() {
        isClosing = true;
        LockSupport.unpark(supervisor.thread());
        supervisor.join();
        notice.change(OutputState.CLOSED, "ended");
    }

    private void supervise(CompletableFuture<Void> opened) {
        try {
            open();
            sampleRateHz = client.sampleRateHz();
            blockFrames = client.blockFrames();
            opened.complete(null);
        } catch (RuntimeException | LinkageError e) {
            opened.completeExceptionally(e);
            return;
        }
        while (!isClosing) {
            if (renderer != null) {
                lookAfter();
            }
            LockSupport.parkNanos(this, LOOK_NS);
        }
        drop();
    }

    private void lookAfter() {
        try {
            if (client == null) {
                open();
            }
            if (client.isGone()) {
                lose("sound server is gone, looking for it: reason=" + client.goneReason());
            } else if (part == null) {
                bringUp();
            } else if (client.sampleRateHz() != sampleRateHz || client.blockFrames() != blockFrames) {
                changeFormat();
            } else {
                watch();
            }
        } catch (JackException e) {
            if (client != null) {
                lose("sound server refuses, trying again: reason=" + e.getMessage());
            }
        }
    }

    private void open() {
        client = JackClient.open(options.name(), options.server());
        clientName = client.name();
        player = new JackPlayer();
    }

    private void lose(String message) {
        if (state() == OutputState.RUNNING) {
            interruptions.incrementAndGet();
        }
        notice.change(OutputState.GONE, message);
        drop();
    }

    private void drop() {
        JackClient ended = client;
        part = null;
        client = null;
        if (ended != null) {
            formerXruns.addAndGet(ended.xrunCount());
            ended.close();
        }
    }

    /** Runs the code on private ports until it is fast, shows the real ports, and plays. */
    private void bringUp() {
        client.activate(player);
        warmUp();
        if (client.cycleCount() == 0) {
            lose("sound server does not call, trying again");
            return;
        }
        JackPort[] ports = new JackPort[options.channels()];
        for (int channel = 0; channel < ports.length; channel++) {
            ports[channel] = client.register("out_" + (channel + 1), JackPort.Kind.AUDIO, JackPort.Way.OUTPUT);
        }
        List<String> ends = connect(ports);
        adopt(new JackPlayer.Part(ports, null, 0, 0));
        seenCycles = client.cycleCount();
        seenNs = System.nanoTime();
        notice.change(OutputState.RUNNING, "sound goes to the server: client=" + clientName + ", sampleRateHz="
                + sampleRateHz + ", blockFrames=" + blockFrames + ", connectedTo=" + ends);
    }

    private void warmUp() {
        JackPort output = client.register("warm-up-out", JackPort.Kind.AUDIO, JackPort.Way.OUTPUT);
        JackPort input = client.register("warm-up-in", JackPort.Kind.AUDIO, JackPort.Way.INPUT);
        client.connect(output.name(), input.name());
        JackPort[] ports = {output, output};
        for (BlockSource silence : SILENCES) {
            Renderer scratch = new Renderer(silence, ports.length, MOST_FRAMES);
            player.play(new JackPlayer.Part(ports, scratch, client.sampleRateHz(), MOST_FRAMES));
            client.awaitCycles(WARM_UP_CYCLES, WARM_UP_LIMIT_NS);
        }
        player.play(new JackPlayer.Part(new JackPort[0], null, 1, 0));
        client.awaitCycles(SETTLING_CYCLES, QUIET_NS);
        client.unregister(output);
        client.unregister(input);
    }

    private List<String> connect(JackPort[] ports) {
        List<String> made = new ArrayList<>();
        if (!options.connectTo().equals(OutputOptions.UNCONNECTED)) {
            boolean isHardware = options.connectTo().isEmpty();
            List<String> inputs = client.ports(options.connectTo(), JackPort.Kind.AUDIO, JackPort.Way.INPUT,
                    isHardware);
            int count = isHardware && ports.length == 1 ? 2 : ports.length; // one channel is heard on both sides
            for (int i = 0; i < Math.min(count, inputs.size()); i++) {
                client.connect(ports[Math.min(i, ports.length - 1)].name(), inputs.get(i));
                made.add(inputs.get(i));
            }
        }
        return made;
    }

    private void changeFormat() {
        player.play(part.silent());
        if (client.awaitCycles(SETTLING_CYCLES, QUIET_NS)) {
            adopt(part);
        }
    }

    /** Plays on the ports of a part in the server's format; no cycle has the renderer at this time. */
    private void adopt(JackPlayer.Part former) {
        int rateHz = client.sampleRateHz();
        int frames = client.blockFrames();
        if (rateHz != sampleRateHz || frames != blockFrames) {
            sampleRateHz = rateHz;
            blockFrames = frames;
            notice.changeFormat(rateHz, frames);
        }
        renderer.restart();
        part = new JackPlayer.Part(former.ports(), renderer, rateHz, frames);
        player.play(part);
    }

    /** A server that calls no more is gone: it hangs, or it is PipeWire, which does not say when it goes. */
    private void watch() {
        long cycles = client.cycleCount();
        long nowNs = System.nanoTime();
        if (cycles != seenCycles) {
            seenCycles = cycles;
            seenNs = nowNs;
        } else if (nowNs - seenNs > QUIET_NS) {
            lose("sound server does not call, looking for it: waitedMs="
                    + TimeUnit.NANOSECONDS.toMillis(nowNs - seenNs));
        }
    }
}
