package org.carillon.launcher.sound;

import java.nio.file.Path;
import java.util.function.LongConsumer;
import org.carillon.sampler.graph.MessageList;
import org.carillon.sampler.instrument.Instrument;
import org.carillon.sequencer.Sequence;

/** A song into a file. */
public final class SongRender {
    private SongRender() {}

    /**
     * Renders.
     *
     * @param progress as {@link WavRender} has it.
     */
    public static Rendered render(Sequence song, Performance performance, Instrument instrument, RenderOptions options,
            Path file, LongConsumer progress) {
        return new WavRender(list -> SongMessages.play(song, performance, SongMessages.WHOLE, taker(list)), instrument,
                options, progress).to(file);
    }

    /** Into the list go all messages that a sampler could have a use for. */
    private static MessageTaker taker(MessageList list) {
        return (timeNs, status, data1, data2) -> list.add(Math.max(timeNs, list.endNs()), status, data1, data2);
    }
}
