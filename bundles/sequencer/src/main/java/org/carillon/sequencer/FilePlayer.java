package org.carillon.sequencer;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.carillon.api.port.CarillonException;
import org.carillon.api.port.Wiring;
import org.carillon.api.session.Session;
import org.carillon.api.session.Sessions;
import org.carillon.api.session.Source;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Plays one file by itself, as its configuration says; a service, so that consoles can start and stop it. */
@Component(service = FilePlayer.class, configurationPid = FilePlayer.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE, immediate = true)
@Designate(ocd = FilePlayerConfig.class, factory = true)
public final class FilePlayer {
    static final String PID = "org.carillon.sequencer.player";
    static final String PORT = "out";
    private static final System.Logger LOG = System.getLogger(FilePlayer.class.getName());

    private final MidiFile file;
    private final Session session;
    private final Player player;
    private final PlayerThread thread;
    private final String to;

    /** Reads the file, opens the session, and starts where the configuration says so. */
    @Activate
    public FilePlayer(@Reference Sessions sessions, FilePlayerConfig config) throws IOException {
        if (config.name() == null || config.name().isBlank() || config.file() == null || config.file().isBlank()) {
            throw new IllegalArgumentException("player needs a name and a file: name=" + config.name() + ", file="
                    + config.file());
        }
        file = read(config);
        player = new Player(new PlayerOptions(TimeUnit.MILLISECONDS.toNanos(config.lookAheadMs()),
                PlayerOptions.DEFAULTS.pendingLimit()));
        player.tempo(config.tempoPercent());
        BarPosition from = BarPosition.parse(config.from());
        session = sessions.open(config.name());
        try {
            Source source = session.source(PORT);
            Part part = config.track() == 0
                    ? player.add(file.sequence(), source)
                    : player.add(file.sequence(), config.track() - 1, source);
            player.locate(part.timeNs(from));
            to = connect(source, config.to());
            if (config.repeat()) {
                player.loop();
            }
            if (config.start()) {
                player.play();
            }
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
        thread = new PlayerThread(player, session);
    }

    /** Connects unless somebody has done so; says what to undo at the end, empty for nothing. */
    private String connect(Source source, String destination) {
        boolean isThere = session.status().connections().stream()
                .anyMatch(c -> c.source().equals(source.name()) && c.destination().equals(destination));
        if (destination.isBlank() || isThere) {
            return "";
        }
        session.wiring().connect(source.name(), destination, "", Wiring.Loops.REFUSED);
        return destination;
    }

    private static MidiFile read(FilePlayerConfig config) throws IOException {
        MidiFile file;
        try {
            file = MidiFileReader.read(Path.of(config.file()));
        } catch (NoSuchFileException e) {
            throw new IOException("file to play must exist: file=" + config.file() + ", name=" + config.name(), e);
        }
        if (!file.damage().isEmpty()) {
            LOG.log(System.Logger.Level.WARNING, "file is damaged, it is played as far as it can be read: findings="
                    + file.damage().size() + ", first=" + file.damage().getFirst().message());
        }
        return file;
    }

    /** Of the session. */
    public String name() {
        return session.name();
    }

    /** What is played, and what is wrong with it. */
    public MidiFile file() {
        return file;
    }

    /** Takes commands and says how far it is. */
    public Player player() {
        return player;
    }

    @Deactivate
    void deactivate() {
        thread.close();
        try {
            if (!to.isEmpty() && session.isOpen()) {
                session.wiring().disconnect(session.name() + ":" + PORT, to);
            }
        } catch (CarillonException e) {
            LOG.log(System.Logger.Level.DEBUG, "somebody else has ended the connection", e);
        }
        session.close();
    }
}
