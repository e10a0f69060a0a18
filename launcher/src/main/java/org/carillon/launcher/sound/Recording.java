package org.carillon.launcher.sound;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.carillon.api.session.Session;
import org.carillon.api.session.Sessions;
import org.carillon.sequencer.MidiFileWriter;
import org.carillon.sequencer.Recorder;
import org.carillon.sequencer.RecorderOptions;
import org.carillon.sequencer.Sequence;

/** A session that records ports, each into a track of its own. One thread, but for {@link #wake}. */
public final class Recording implements AutoCloseable {
    private static final int LIMIT = 256;

    private final Session session;
    private final Recorder recorder;

    /**
     * Begins.
     *
     * @param sources names of the ports.
     */
    public Recording(Sessions sessions, List<String> sources) {
        session = sessions.open("recorder");
        recorder = new Recorder(RecorderOptions.DEFAULTS, sources);
        for (int i = 0; i < sources.size(); i++) {
            String destination = session.destination(sources.size() == 1 ? "in" : "in-" + (i + 1)).name();
            session.wiring().connect(sources.get(i), destination);
        }
        recorder.start(session.clock().nowNs());
    }

    /** Whether the server is still there. */
    public boolean isOpen() {
        return session.isOpen();
    }

    /** Takes what comes until a time of {@link System#nanoTime()}, or until it is woken. */
    public void poll(long untilNs) {
        session.await(untilNs);
        while (session.poll(recorder, LIMIT) > 0) {
            // until nothing waits
        }
    }

    /** Wakes {@link #poll}. Any thread. */
    public void wake() {
        session.wake();
    }

    /** What came so far. */
    public Recorder.Counts counts() {
        return recorder.counts();
    }

    /** Writes the file, which ends now; until it is whole, one of that name stays as it was. */
    public Sequence writeTo(Path file) throws IOException {
        Sequence sequence = recorder.sequence(session.clock().nowNs());
        MidiFileWriter.write(sequence, file);
        return sequence;
    }

    @Override
    public void close() {
        session.close();
    }
}
