package org.carillon.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.carillon.api.port.ConnectionInfo;
import org.carillon.api.session.Session;
import org.carillon.api.session.Source;
import org.carillon.sampler.graph.SamplerStatus;
import org.carillon.sampler.output.OutputState;
import org.junit.After;
import org.junit.Test;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;

/** The sampler as a destination of the server: with nothing to hear it, and at a sound server that comes and goes. */
public class SamplerIT extends ContainerTest {
    private static final String PORT = "organ loft";
    private static final long AHEAD_NS = 20_000_000;

    private final Jackd jackd = new Jackd();
    private Session session;
    private Source source;

    @Configuration
    public Option[] config() {
        return without();
    }

    @After
    public void endSoundServer() throws IOException {
        jackd.close();
    }

    private static Map<String, Object> properties(Object... more) {
        Map<String, Object> properties = new HashMap<>(Map.of("name", PORT, "output", "none", "blockFrames", 64,
                "anyCollector", true));
        for (int i = 0; i < more.length; i += 2) {
            properties.put((String) more[i], more[i + 1]);
        }
        return properties;
    }

    private org.osgi.service.cm.Configuration sampler(Object... more) throws IOException {
        Server.await("end of the sampler before", () -> !server.has(SamplerStatus.class) && !server.hasPort(PORT));
        var configuration = server.instance(SAMPLER, properties(more));
        Server.await("port", () -> server.hasPort(PORT));
        session = server.open("organist");
        source = session.source("out");
        server.connect("organist:out", PORT, "");
        return configuration;
    }

    private static void update(org.osgi.service.cm.Configuration configuration, Object... more) throws IOException {
        configuration.update(new Hashtable<>(properties(more)));
    }

    private SamplerStatus.Report report() {
        return server.service(SamplerStatus.class).report();
    }

    private void send(int status, int key, int value) {
        assertTrue(source.send(session.clock().nowNs() + AHEAD_NS, status, key, value));
        source.flush();
    }

    private void awaitVoices(int count) {
        Server.await(count + " voices", () -> report().voices().activeVoices() == count);
    }

    @Test
    public void shouldSoundWhatASessionSends() throws IOException {
        sampler();
        send(0xC0, 16, 0);
        send(0x90, 60, 100);
        awaitVoices(1);
        send(0x80, 60, 0);
        awaitVoices(0);

        assertEquals(3, report().messages());
        assertEquals(64, report().latencyFrames());
        assertEquals("", report().trouble());
        assertEquals(0, server.status().droppedInAll());
    }

    @Test
    public void shouldEndTheNotesOfASessionThatGoes() throws IOException {
        sampler();
        send(0xC0, 16, 0);
        send(0x90, 60, 100);
        send(0x90, 64, 100);
        awaitVoices(2);
        session.close();
        awaitVoices(0);
    }

    @Test
    public void shouldReplaceTheInstrumentWhileItSounds() throws IOException {
        Path other = Files.createTempFile("organ", ".sfz");
        Files.writeString(other, "<region> sample=*sine loop_mode=loop_continuous");
        var configuration = sampler();
        send(0xC0, 16, 0);
        send(0x90, 60, 100);
        awaitVoices(1);
        SamplerStatus before = server.service(SamplerStatus.class);
        long blocks = report().sound().blocks();

        update(configuration, "instrument", other.toString());
        Server.await("another instrument", () -> !report().instrument().equals("built-in"));
        assertEquals("what sounds rings out", 1, report().voices().activeVoices());
        send(0x90, 67, 100);
        awaitVoices(2);
        send(0x80, 60, 0);
        awaitVoices(1);

        assertTrue("the component was made anew", before == server.service(SamplerStatus.class));
        assertTrue("the output was opened anew", report().sound().blocks() > blocks);
        assertEquals(ConnectionInfo.State.ACTIVE, server.connection("organist:out", PORT).state());
        Files.delete(other);
    }

    @Test
    public void shouldSayWhatIsMissingAndLetTheRestPlay() throws IOException {
        server.loop("hall", 0);
        sampler("instrument", "/nowhere/organ.sf2");
        Server.await("message", () -> !messages.lines().isEmpty());
        assertEquals(List.of("instrument cannot be loaded, the sampler is silent: name=" + PORT
                + ", reason=file or folder must exist: instrument=/nowhere/organ.sf2"), messages.lines());

        session.destination("in");
        server.connect("organist:out", "hall", "");
        server.connect("hall", "organist:in", "");
        send(0x90, 60, 100);
        assertEquals(List.of("keyon 0 60 100"), new Receiver(session).await(1));
    }

    @Test
    public void shouldWaitForTheSoundServerAndOutliveItInTheMiddleOfANote() throws IOException {
        sampler("output", "jack", "server", jackd.name);
        send(0xC0, 16, 0);
        send(0x90, 60, 100);
        awaitVoices(1);
        assertTrue(report().trouble(), report().trouble().contains("nothing is heard yet"));

        jackd.start(48_000, 64, true);
        awaitSound("48000");
        assertEquals("the note goes on", 1, report().voices().activeVoices());
        assertEquals(List.of("system:playback_1"), jackd.connections(PORT + ":out_1"));
        assertTrue(loudest(jackd.record(1, PORT + ":out_1", PORT + ":out_2")) > 10_000);

        jackd.kill();
        Server.await("loss", () -> report().trouble().contains("output is gone"));
        send(0x90, 64, 100);
        awaitVoices(2);

        jackd.start(44_100, 128, true);
        awaitSound("44100");
        assertEquals(128, report().latencyFrames());
        send(0x90, 67, 100); // on the organ still
        awaitVoices(1);
        assertTrue(loudest(jackd.record(1, PORT + ":out_1", PORT + ":out_2")) > 10_000);
        assertEquals(messages.lines().toString(), 2, messages.lines().size());
        assertEquals(ConnectionInfo.State.ACTIVE, server.connection("organist:out", PORT).state());
    }

    private void awaitSound(String rateHz) {
        Server.await("sound", () -> report().trouble().isEmpty() && report().outputState() == OutputState.RUNNING
                && ("" + report().sampleRateHz()).equals(rateHz));
    }

    private static int loudest(int[] samples) {
        int loudest = 0;
        for (int sample : samples) {
            loudest = Math.max(loudest, Math.abs(sample));
        }
        return loudest;
    }
}
