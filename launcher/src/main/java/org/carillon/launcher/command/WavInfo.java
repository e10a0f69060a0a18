package org.carillon.launcher.command;

import com.eclipsesource.json.JsonArray;
import com.eclipsesource.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.carillon.launcher.sound.LevelMeter;
import org.carillon.sampler.format.Wav;
import org.carillon.sampler.instrument.Sample;

/** What a WAV file has in it, for people and as JSON. */
final class WavInfo implements FileInfo {
    private final String name;
    private final long lengthBytes;
    private final Wav wav;
    private final LevelMeter meter;

    WavInfo(String name, long lengthBytes, Wav wav) {
        this.name = name;
        this.lengthBytes = lengthBytes;
        this.wav = wav;
        meter = measure(wav.sample());
    }

    private static LevelMeter measure(Sample sample) {
        float[][] channels = sample.channels();
        LevelMeter meter = new LevelMeter(channels.length);
        float[] frame = new float[channels.length];
        for (int i = 0; i < sample.frames(); i++) {
            for (int channel = 0; channel < channels.length; channel++) {
                frame[channel] = channels[channel][i];
            }
            meter.add(frame, 1);
        }
        return meter;
    }

    @Override
    public int findings() {
        return wav.notices().size();
    }

    private double seconds() {
        return (double) wav.sample().frames() / wav.sample().sampleRateHz();
    }

    @Override
    public JsonObject json() {
        JsonArray loops = new JsonArray();
        wav.loops().forEach(loop -> loops.add(new JsonObject().add("start_frame", loop.startFrame())
                .add("end_frame", loop.endFrame())));
        JsonObject json = new JsonObject().add("schema", SCHEMA).add("kind", "wav").add("file", name)
                .add("bytes", lengthBytes).add("sample_rate_hz", wav.sample().sampleRateHz())
                .add("channels", wav.sample().channels().length).add("frames", wav.sample().frames())
                .add("seconds", seconds()).add("peak_dbfs", Decibels.json(meter.peakDbfs()))
                .add("rms_dbfs", Decibels.json(meter.rmsDbfs())).add("loops", loops);
        wav.root().ifPresent(root -> json.add("root_key", root.key()).add("root_cents", root.cents()));
        return json.add("notices", SoundInfo.json(wav.notices()));
    }

    @Override
    public String text() {
        Sample sample = wav.sample();
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, "%s: WAV file, %d Hz, %d channels, %d frames, %.3f seconds", name,
                sample.sampleRateHz(), sample.channels().length, sample.frames(), seconds()));
        lines.add("  peak " + Decibels.text(meter.peakDbfs()) + ", RMS " + Decibels.text(meter.rmsDbfs()));
        wav.root().ifPresent(root -> lines.add(String.format(Locale.ROOT, "  root key %d, %+.1f cents", root.key(),
                root.cents())));
        wav.loops().forEach(loop -> lines.add("  loop from frame " + loop.startFrame() + " to " + loop.endFrame()));
        lines.addAll(SoundInfo.lines(wav.notices()));
        return String.join("\n", lines);
    }
}
