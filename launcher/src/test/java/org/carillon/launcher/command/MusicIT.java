package org.carillon.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertIterableEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.carillon.api.session.Session;
import org.carillon.api.session.Source;
import org.carillon.api.status.StatusSnapshot;
import org.carillon.launcher.CarillonHost;
import org.carillon.launcher.HostOptions;
import org.carillon.launcher.Program;
import org.carillon.launcher.sound.Performance;
import org.carillon.launcher.sound.SongMessages;
import org.carillon.protocol.DropReason;
import org.carillon.sequencer.BarPosition;
import org.carillon.sequencer.MidiFile;
import org.carillon.sequencer.MidiFileReader;
import org.carillon.sequencer.MidiFileWriter;
import org.carillon.sequencer.Player;
import org.carillon.sequencer.PlayerProgress.State;
import org.carillon.sequencer.PlayerThread;
import org.carillon.sequencer.Recorder;
import org.carillon.sequencer.RecorderOptions;
import org.carillon.sequencer.Track;
import org.carillon.sequencer.TrackEvent;
import org.junit.jupiter.api.Test;

/**
 * Music that people wrote, the songs of Debian's package openttd-openmsx: all of them played at once by one player
 * through a server, each recorded, and compared message by message.
 */
final class MusicIT {
    private static final Path SONGS = Path.of("/usr/share/games/openttd/baseset/openmsx");
    /** Ten times as fast as it sounds, so that an hour of music takes half a minute. */
    private static final double TEMPO_PERCENT = 1_000;
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(110);
    private static final int POLL_LIMIT = 1_000;
    private static final long REST_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int SYSTEM = 0xF0;

    private static List<MidiFile> read() throws IOException {
        assertTrue(Files.isDirectory(SONGS), "music must be installed: package=openttd-openmsx");
        List<MidiFile> read = new ArrayList<>();
        try (Stream<Path> files = Files.list(SONGS)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".mid")).sorted().toList()) {
                read.add(MidiFileReader.read(file));
            }
        }
        return read;
    }

    @Test
    void shouldRecordWhatIsPlayed() throws Exception {
        List<MidiFile> songs = read();
        assertTrue(songs.size() >= 30, "songs=" + songs.size());
        List<List<String>> written = new ArrayList<>();
        for (MidiFile song : songs) {
            assertEquals(List.of(), song.damage());
            assertEquals(song.sequence(), MidiFileReader.read(MidiFileWriter.toBytes(song.sequence()), "again")
                    .sequence());
            written.add(written(song));
        }

        try (CarillonHost host = CarillonHost.start(
                HostOptions.temporary().home(Program.distribution()).withoutConfigurationFiles());
                Session box = host.sessions().open("box");
                Session listener = host.sessions().open("listener")) {
            Player player = new Player();
            Recorder recorder = new Recorder(RecorderOptions.DEFAULTS, songs.stream().map(MidiFile::name).toList());
            for (int i = 0; i < songs.size(); i++) {
                Source source = box.source("song-" + i);
                assertEquals(i, listener.destination("song-" + i).index());
                box.wiring().connect(source.name(), "listener:song-" + i);
                player.add(songs.get(i).sequence(), source);
            }
            player.tempo(TEMPO_PERCENT);
            play(player, box, recorder, listener, written.stream().mapToLong(List::size).sum());
            List<Track> tracks = recorder.sequence(listener.clock().nowNs()).tracks();
            for (int i = 0; i < songs.size(); i++) {
                assertIterableEquals(written.get(i), heard(tracks.get(1 + i)), songs.get(i).name());
            }
            StatusSnapshot status = listener.status();
            assertEquals(status.dropped().get(DropReason.SOURCE_FULL), status.droppedInAll(),
                    "only what the player was refused and sent again");
        }
    }

    private static void play(Player player, Session box, Recorder recorder, Session listener, long messages) {
        long untilNs = System.nanoTime() + LIMIT_NS;
        try (PlayerThread thread = new PlayerThread(player, box)) {
            player.play();
            while (player.progress().state() != State.ENDED || recorder.counts().recorded() < messages) {
                assertTrue(System.nanoTime() - untilNs < 0 && thread.isAlive(),
                        () -> "music does not end: counts=" + recorder.counts() + ", messages=" + messages);
                if (listener.poll(recorder, POLL_LIMIT) == 0) {
                    listener.await(System.nanoTime() + REST_NS);
                }
            }
        }
    }

    /** Messages in the order in which a player sends them. */
    private static List<String> written(MidiFile song) {
        List<String> messages = new ArrayList<>();
        SongMessages.play(song.sequence(), new Performance(TEMPO_PERCENT, new BarPosition(1, 1, 0), Set.of()),
                SongMessages.WHOLE, (timeNs, status, data1, data2) -> {
                    if (status < SYSTEM) {
                        messages.add(String.format("%02x %02x %02x", status, data1, data2));
                    }
                });
        return messages;
    }

    private static List<String> heard(Track track) {
        List<String> messages = new ArrayList<>();
        for (int i = 0; i < track.size(); i++) {
            if (track.status(i) < SYSTEM) {
                TrackEvent event = track.event(i);
                byte[] bytes = event.bytes();
                messages.add(String.format("%02x %02x %02x", bytes[0], bytes[1], bytes.length > 2 ? bytes[2] : 0));
            }
        }
        return messages;
    }
}
