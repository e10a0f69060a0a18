package org.carillon.transport.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.sound.midi.InvalidMidiDataException;
import javax.sound.midi.MidiEvent;
import javax.sound.midi.MidiSystem;
import javax.sound.midi.Sequence;
import javax.sound.midi.ShortMessage;
import javax.sound.midi.Track;
import org.carillon.client.CarillonClient;
import org.carillon.platform.Platform;
import org.carillon.protocol.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A program in a process of its own that knows javax.sound.midi alone, with the client's three jars beside it. */
@Timeout(120)
class JavaSoundProgramTest extends JavaSoundRig {
    private static final String LONG_BYTES = "1048576";

    private final List<ClientProgram> programs = new ArrayList<>();
    private ClientProgram program;

    @BeforeEach
    void startProgram() throws IOException {
        program = program(rig.socket, "--enable-native-access=ALL-UNNAMED");
    }

    @AfterEach
    void endPrograms() {
        programs.forEach(ClientProgram::close);
    }

    private ClientProgram program(Path socket, String... options) throws IOException {
        String classPath = String.join(File.pathSeparator, Stream.of(SoundProgram.class, CarillonClient.class,
                Event.class, Platform.class).map(
                        type -> type.getProtectionDomain().getCodeSource().getLocation()
                                .getPath())
                .toList());
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classPath, SoundProgram.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CARILLON_SERVER", socket.toString());
        ClientProgram started = new ClientProgram(builder);
        programs.add(started);
        return started;
    }

    private void expect(String line) throws IOException {
        assertEquals(line, program.line());
    }

    private void list(String... lines) throws IOException {
        program.say("list");
        for (String line : lines) {
            expect(line);
        }
        expect("end");
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private long heardAtUs(String bytes) throws IOException {
        String line = program.line();
        assertTrue(line.matches("heard " + bytes + " at [0-9]+"), line);
        return Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
    }

    @Test
    void shouldListPortsAsTheyComeAndGo() throws IOException, InterruptedException {
        list("synth:in transmitters=0 receivers=-1", "synth:out transmitters=-1 receivers=0");
        program.say("await synth:later");
        var later = other.source("later");
        expect("synth:later came");
        program.say("hear synth:later");
        expect("listening");
        assertTrue(client.look().isConnected("synth:later", "SoundProgram:synth:later"));
        list("synth:in transmitters=0 receivers=-1", "synth:later transmitters=-1 receivers=0",
                "synth:out transmitters=-1 receivers=0");
        program.say("awaitGone synth:later");
        other.remove(later);
        expect("synth:later went");
        program.say("await synth:later");
        later = other.source("later");
        expect("synth:later came");
        assertTrue(later.sendMessage(0, hex("b00102"), 1_000_000_000L));
        heardAtUs("b00102");
        program.say("close synth:later");
        expect("closed");
        ServerRig.await("session is gone", () -> client.look().sessions().equals(List.of("synth")));
        program.say("quit");
        assertEquals("", program.end());
    }

    @Test
    void shouldSaySoLittleWhereNoServerRuns() throws IOException, InterruptedException {
        program = program(folder.resolve("nobody/control"));

        list();
        program.say("quit");

        assertEquals("", program.end(), "not even a warning of native calls");
    }

    @Test
    void shouldCarryDatesAndLongMessages() throws IOException, InvalidMidiDataException {
        program.say("hear synth:out");
        expect("listening");
        long dateNs = other.server().clock().nowNs() + 20_000_000;
        assertTrue(out.send(dateNs, 0x93, 60, 100));
        assertTrue(out.send(dateNs + 12_345_000, 0x83, 60, 100));
        out.flush();
        long firstUs = heardAtUs("933c64");
        assertEquals(12_345, heardAtUs("833c64") - firstUs);
        program.say("open synth:in");
        expect("opened");
        program.say("later synth:in 15000");
        expect("sent");
        awaitCome(3);
        assertEquals(List.of("90 3c 01", "90 3d 01", "90 3e 01"), come);
        assertEquals(List.of(15_000_000L, 15_000_000L),
                List.of(timesNs.get(1) - timesNs.get(0), timesNs.get(2) - timesNs.get(1)));

        byte[] message = longMessage(Integer.parseInt(LONG_BYTES));
        assertTrue(out.sendMessage(0, message, 20_000_000_000L));
        heardAtUs("long " + LONG_BYTES + " " + SoundProgram.sum(message));
        program.say("long synth:in " + LONG_BYTES);
        String sum = program.line();
        awaitCome(4);
        assertEquals("long " + LONG_BYTES, come.getLast());
        assertEquals(sum, "sum " + SoundProgram.sum(sysex.toByteArray()));
    }

    @Test
    void shouldPlayAFileToItsEnd() throws IOException, InvalidMidiDataException {
        File file = folder.resolve("song.mid").toFile();
        List<String> notes = writeSong(file);

        program.say("play " + file + " synth:in");
        awaitCome(notes.size());
        expect("played");

        List<String> heard = come.stream().filter(word -> word.matches("[89].*")).toList();
        for (int i = 0; i < notes.size(); i++) {
            assertEquals(notes.get(i), heard.get(i), "note " + i);
        }
        assertEquals(notes.size(), heard.size());
        assertEquals(timesNs.stream().sorted().toList(), timesNs);
    }

    /** Chords on three channels in one track: Java's player, when it is late, plays one track after the other. */
    private static List<String> writeSong(File file) throws IOException, InvalidMidiDataException {
        Sequence song = new Sequence(Sequence.PPQ, 480);
        Track track = song.createTrack();
        List<String> notes = new ArrayList<>();
        for (int step = 0; step < 400; step++) {
            int status = (step / 3 % 2 == 0 ? 0x90 : 0x80) | step % 3;
            for (int chord = 0; chord < 2; chord++) {
                int pitch = 40 + step / 6 % 40 + chord * 7;
                track.add(new MidiEvent(new ShortMessage(status, pitch, 64), step * 4L));
                notes.add(HexFormat.ofDelimiter(" ").formatHex(new byte[]{(byte) status, (byte) pitch, 64}));
            }
        }
        MidiSystem.write(song, 0, file);
        return notes;
    }

    @Test
    void shouldBeRecorded() throws IOException {
        program.say("record synth:out");
        expect("recording");
        for (int i = 0; i < 5; i++) {
            assertTrue(out.sendMessage(0, hex("905" + i + "40"), 1_000_000_000L));
        }
        String recorded = "";
        for (int i = 0; i < 2_000 && !recorded.endsWith("905440"); i++) {
            program.say("recorded");
            recorded = program.line();
        }
        assertEquals("recorded 905040 905140 905240 905340 905440", recorded);
    }

    @Test
    void shouldOpenByItselfAsTheDefaultDevice() throws IOException {
        program.say("default");

        expect("synth:in open=true");
        expect("open=false");
        awaitCome(1);
        assertEquals(List.of("90 40 40"), come.subList(0, 1));
    }

    @Test
    void shouldGoOnAtTheNextServer() throws IOException {
        program.say("hear synth:out");
        expect("listening");
        program.say("open synth:in");
        expect("opened");
        program.say("awaitGone synth:out");
        rig.close();
        expect("synth:out went");
        program.say("await synth:out");
        rig = new ServerRig(folder);
        expect("synth:out came");
        ServerRig.await("both are connected", () -> client.look().isConnected("synth:out", "SoundProgram:synth:out")
                && client.look().isConnected("SoundProgram:synth:in", "synth:in"));

        assertTrue(out.sendMessage(0, hex("c105"), 1_000_000_000L));
        heardAtUs("c105");
        program.say("send synth:in f07e01f7");
        awaitCome(1);
        assertEquals(List.of("f0 7e 01 f7"), come);
    }
}
