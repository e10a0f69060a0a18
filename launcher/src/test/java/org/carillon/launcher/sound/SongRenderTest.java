package org.carillon.launcher.sound;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.carillon.api.port.CarillonException;
import org.carillon.sampler.format.Wav;
import org.carillon.sampler.format.WavReader;
import org.carillon.sampler.format.WavWriter.Encoding;
import org.carillon.sampler.instrument.Envelope;
import org.carillon.sampler.instrument.Instrument;
import org.carillon.sampler.instrument.LoopMode;
import org.carillon.sampler.instrument.Region;
import org.carillon.sampler.instrument.Sample;
import org.carillon.sequencer.BarPosition;
import org.carillon.sequencer.Sequence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SongRenderTest {
    private static final Sequence SONG = Songs.twoTracks(4);
    private static final RenderOptions OPTIONS = RenderOptions.DEFAULTS;

    @TempDir
    private Path folder;

    @Test
    void shouldSoundAsLongAsTheMusicAndItsLastVoice() throws IOException {
        Rendered rendered = render("a.wav", Performance.PLAIN, OPTIONS);
        Wav wav = WavReader.read(rendered.file());

        assertEquals(1_000_000_000L, rendered.musicNs());
        assertEquals(rendered.frames(), wav.sample().frames());
        assertTrue(rendered.frames() >= 48_000 && rendered.frames() <= 11 * 48_000, rendered.toString());
        assertTrue(rendered.meter().rmsDbfs() > -40, "it must be heard: " + rendered.meter().rmsDbfs());
        assertTrue(rendered.statistics().peakVoices() >= 3, rendered.toString());
        assertEquals(2 + 4 * 6, rendered.messages());
        assertFalse(rendered.isLowered());
        assertEquals(List.of("a.wav"), names(), "nothing half done is left");
    }

    @Test
    void shouldGiveTheSameBytesForTheSameMusicOnly() throws IOException {
        byte[] once = Files.readAllBytes(render("a.wav", Performance.PLAIN, OPTIONS).file());
        byte[] twice = Files.readAllBytes(render("b.wav", Performance.PLAIN, OPTIONS).file());
        byte[] other = Files.readAllBytes(render("c.wav", new Performance(100, new BarPosition(1, 1, 0), Set.of(0)),
                OPTIONS).file());

        assertArrayEquals(once, twice);
        assertFalse(Arrays.equals(once, other));
    }

    @Test
    void shouldLowerWhatWouldClip() throws IOException {
        Rendered rendered = render("a.wav", Performance.PLAIN, OPTIONS.withGainDb(60));
        float peak = 0;
        for (float[] channel : WavReader.read(rendered.file()).sample().channels()) {
            for (float value : channel) {
                peak = Math.max(peak, Math.abs(value));
            }
        }

        assertTrue(rendered.isLowered());
        assertTrue(rendered.gainDb() < 60);
        assertEquals(-1, LevelMeter.dbfs(peak), 0.01);
    }

    @Test
    void shouldWriteEveryEncodingAndRate() throws IOException {
        for (Encoding encoding : Encoding.values()) {
            Rendered rendered = SongRender.render(SONG, Performance.PLAIN, Orchestra.builtIn().instrument(),
                    new RenderOptions(44_100, encoding, 100, 8, 0), folder.resolve(encoding + ".wav"), frames -> {});
            assertEquals(44_100, WavReader.read(rendered.file()).sample().sampleRateHz());
            assertTrue(rendered.meter().rmsDbfs() > -40);
        }
    }

    @Test
    void shouldEndTenSecondsAfterTheMusicAtTheLatest() {
        float[] wave = new float[100];
        Arrays.fill(wave, 0.1f);
        Region.Builder region = Region.of(new Sample("for ever", 48_000, wave));
        region.loopMode = LoopMode.CONTINUOUS;
        region.amplitude = new Envelope(0, 0, 0, 0, 1, 60);
        Rendered rendered = SongRender.render(SONG, Performance.PLAIN, Instrument.of("bell", List.of(region.build())),
                OPTIONS, folder.resolve("a.wav"), frames -> {});

        assertTrue(rendered.isCut());
        assertEquals(11, rendered.seconds(), 0.01);
    }

    @Test
    void shouldSayWhyItCannotWrite() {
        CarillonException e = assertThrows(CarillonException.class,
                () -> render("missing/a.wav", Performance.PLAIN, OPTIONS));

        assertTrue(e.getMessage().contains("missing/a.wav"), e.getMessage());
    }

    private Rendered render(String name, Performance performance, RenderOptions options) {
        return SongRender.render(SONG, performance, Orchestra.builtIn().instrument(), options, folder.resolve(name),
                frames -> {});
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
