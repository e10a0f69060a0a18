package org.carillon.launcher.demo;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.carillon.api.session.Sessions;
import org.carillon.launcher.sound.LiveSound;
import org.carillon.launcher.sound.OutputChoice;
import org.carillon.launcher.sound.RenderOptions;
import org.carillon.launcher.sound.Rendered;
import org.carillon.launcher.sound.WavRender;
import org.carillon.sampler.graph.MessageList;
import org.carillon.sampler.instrument.Instrument;

/** Lets the demo be heard: at once by a sound server or card, or afterwards by a file of what came out of the loop. */
final class DemoStage implements AutoCloseable {
    static final String WAV = "carillon-demo.wav";
    private static final long TAIL_NS = TimeUnit.SECONDS.toNanos(3);
    private static final int SYSTEM = 0xF0;

    private final Instrument instrument;
    private final Path wanted;
    private final double gainDb;
    private final LiveSound live;
    private final int liveRateHz;

    /**
     * Looks for a way to be heard.
     *
     * @param wanted file to make in any case; null: one is made where there is no other way.
     * @param gainDb of the sound; a file never clips.
     */
    DemoStage(Sessions sessions, Instrument instrument, Path wanted, double gainDb) {
        this.instrument = instrument;
        this.wanted = wanted;
        this.gainDb = gainDb;
        OutputChoice.Opened opened = wanted != null ? null : OutputChoice.parse(null).open();
        if (opened == null || !opened.isHeard()) {
            live = null;
            liveRateHz = 0;
            if (opened != null) {
                opened.output().close();
            }
        } else {
            live = new LiveSound(sessions, instrument, opened.output(), gainDb);
            liveRateHz = opened.output().sampleRateHz();
        }
    }

    /** The port that sounds, or null. */
    String destination() {
        return live == null ? null : live.destination();
    }

    /** What was heard, or will be: to be asked after the piece. */
    DemoSound sound(Demo.Heard heard) {
        if (live != null) {
            live.awaitSilence(TAIL_NS);
            live.close();
            return new DemoSound(live.outputName(), null, live.meter(), liveRateHz);
        }
        Path wav = DemoFiles.place(wanted, WAV);
        Rendered rendered = new WavRender(list -> write(heard, list), instrument,
                RenderOptions.DEFAULTS.withGainDb(gainDb), frames -> {}).to(wav);
        return new DemoSound("file " + wav.getFileName(), wav, rendered.meter(), rendered.sampleRateHz());
    }

    /** As the messages came, at the dates that they had. */
    private static long write(Demo.Heard heard, MessageList list) {
        List<Arrival> arrivals = heard.arrivals();
        for (Arrival arrival : arrivals) {
            byte[] message = arrival.message();
            if ((message[0] & SYSTEM) != SYSTEM) {
                list.add(Math.max(list.endNs(), arrival.deadlineNs() - heard.startNs()), message[0] & 0xFF, message[1],
                        message.length > 2 ? message[2] : 0);
            }
        }
        return heard.durationNs();
    }

    @Override
    public void close() {
        if (live != null) {
            live.close();
        }
    }
}
