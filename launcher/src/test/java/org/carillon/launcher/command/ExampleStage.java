package org.carillon.launcher.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.carillon.client.CarillonClient;
import org.carillon.client.ClientException;
import org.carillon.client.ClientOptions;
import org.carillon.client.ClientSession;
import org.carillon.client.ClientSource;
import org.carillon.launcher.Program;
import org.carillon.launcher.driver.DriverTemplateIT;
import org.carillon.launcher.sound.Songs;
import org.carillon.protocol.ServerClock;
import org.carillon.protocol.control.ConnectionEntry;
import org.carillon.protocol.control.DriverEntry;
import org.carillon.protocol.control.DriverFile;
import org.carillon.protocol.control.Ends;
import org.carillon.protocol.control.NewConnection;
import org.carillon.protocol.control.Page;
import org.carillon.sequencer.MidiFileWriter;

/**
 * What the examples of the help speak of: a folder with their files, a server of its own installation with their ports,
 * something that plays there, a connection, and a client to kick.
 */
final class ExampleStage implements AutoCloseable {
    static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(120);
    private static final String ABSENT = "ABSENT";
    private static final List<String> PORTS = List.of("keystation", "synth");
    private static final String LOOPBACK = "org.carillon.driver.loopback~";
    private static final byte[] IDENTITY = HexFormat.of().parseHex("f07e7f0601f7");

    private final Path folder;
    private final Path home;
    private final Process server;
    private final CarillonClient client;
    private final ClientSession playing;
    private final Thread player;
    private ClientSession victim;
    private volatile boolean isOver;

    ExampleStage(Path folder) throws IOException {
        this.folder = folder;
        home = Program.copyDistribution(folder.resolve("carillon-home"));
        for (String port : PORTS) {
            Files.writeString(home.resolve("config").resolve(LOOPBACK + port + ".cfg.json"),
                    "{\"name\": \"" + port + "\"}");
        }
        files();
        server = start("exec carillon up --json --data data", socket(), "server");
        client = new CarillonClient(ClientOptions.named("examples").at(socket()).startedBy());
        await(client::isServerThere, "server");
        await(() -> PORTS.stream().allMatch(name -> client.look().ports().stream()
                .filter(port -> port.name().equals(name)).count() == 2), "ports");
        playing = client.open("playing");
        player = Thread.ofPlatform().daemon().start(this::play);
    }

    private void files() throws IOException {
        MidiFileWriter.write(Songs.twoTracks(8), folder.resolve("song.mid"));
        Files.write(folder.resolve("bank.syx"), HexFormat.of().parseHex("f07d0102f7f07d0304f7"));
        Files.writeString(folder.resolve("words.txt"), "# a fifth\non C4 100 on G4 100\nat +0.1 off C4 off G4\n");
        Files.writeString(folder.resolve("n.json"),
                "[{\"className\": \"Point\", \"members\": [{\"name\": \"x\", \"type\": \"int\"}]}]");
        Path config = Files.createDirectory(folder.resolve("config"));
        Path target = Files.createDirectory(folder.resolve("target"));
        Files.writeString(config.resolve(LOOPBACK + "loop.cfg.json"), "{\"name\": \"loop\"}");
        Files.writeString(folder.resolve(LOOPBACK + "echo.cfg.json"), "{\"name\": \"echo\"}");
        Files.writeString(folder.resolve(LOOPBACK + "left.cfg.json"), "{\"name\": \"left\"}");
        Files.writeString(target.resolve(LOOPBACK + "right.cfg.json"), "{\"name\": \"right\"}");
        try (var found = Files.newDirectoryStream(home.resolve("bundles/5"), "org.carillon.driver.loopback-*.jar")) {
            Files.copy(found.iterator().next(), target.resolve("loopback.jar"));
        }
        for (Path jar : List.of(target.resolve("driver.jar"), folder.resolve("driver.jar"))) {
            try (InputStream driver = DriverTemplateIT.class.getResourceAsStream("echo-1.0.0.jar")) {
                Files.copy(driver, jar);
            }
        }
        Path sudo = Files.writeString(home.resolve("bin/sudo"), "#!/bin/sh\nexec cat > /dev/null\n");
        Files.setPosixFilePermissions(sudo, PosixFilePermissions.fromString("rwx------"));
    }

    /** Notes to both ports, and now and then a system exclusive message. */
    private void play() {
        ClientSource out = playing.source("out");
        int count = 0;
        ServerClock clock = playing.server().clock();
        while (!isOver) {
            out.send(0, 0x90, 60, 100);
            out.send(clock.nowNs() + 10_000_000, 0x80, 60, 0);
            if (count++ % 50 == 0) {
                out.sendMessage(0, IDENTITY, LIMIT_NS);
            }
            out.flush();
            LockSupport.parkNanos(20_000_000);
        }
    }

    Path socket() {
        return folder.resolve("carillon/control");
    }

    Process server() {
        return server;
    }

    CarillonClient client() {
        return client;
    }

    /**
     * Makes again what an example may have taken away.
     *
     * @param isConnected whether keystation and synth are connected.
     */
    void restore(boolean isConnected) {
        for (String port : PORTS) {
            connect("playing:out", port);
        }
        if (isConnected) {
            connect("keystation", "synth");
        } else {
            client.look().connections().stream().filter(each -> each.tap() == 0 && each.source().equals("keystation"))
                    .forEach(each -> client.ask(to -> to.disconnect(new Ends(each.source(), each.destination()))));
        }
        if (victim == null || !victim.isReachable()) {
            victim = client.open("victim-" + System.nanoTime());
        }
    }

    /** Empties the drivers folder. */
    void removeDrivers() {
        drivers().filter(each -> !each.state().equals(ABSENT))
                .forEach(each -> client.ask(to -> to.removeDriver(new DriverFile(each.file()))));
        await(() -> drivers().allMatch(each -> each.state().equals(ABSENT)), "drivers to go");
    }

    /** Puts a driver named echo.jar into the drivers folder, where it is not there. */
    void addDriver() throws IOException {
        Path jar = home.resolve("drivers/echo.jar");
        if (!Files.exists(jar)) {
            Files.copy(folder.resolve("driver.jar"), jar);
        }
        await(() -> drivers().anyMatch(each -> each.file().equals("echo.jar")
                && Set.of("ACTIVE", "STOPPED").contains(each.state())), "driver");
    }

    private Stream<DriverEntry> drivers() {
        return Stream.of(client.ask(to -> to.drivers(new Page(0, 256, "")).drivers()));
    }

    private void connect(String source, String destination) {
        try {
            client.ask(to -> to.connect(new NewConnection(source, destination, "", false)));
        } catch (ClientException e) {
            if (e.kind() != ClientException.Kind.REFUSED) {
                throw e;
            }
        }
    }

    /** Number of the connection of the two ports. */
    int connectionId() {
        return client.look().connections().stream().filter(each -> each.tap() == 0
                && each.source().equals("keystation") && each.destination().equals("synth"))
                .mapToInt(ConnectionEntry::connectionId).findFirst().orElseThrow();
    }

    /** Number of a session that nobody needs. */
    int victimId() {
        return victim.id();
    }

    /** Starts a line as a person types it, its words going to files of this name. */
    Process start(String line, Path socket, String name) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("env", VerbServer.HEARS_CTRL_C, "sh", "-c", line)
                .directory(folder.toFile());
        builder.environment().put("CARILLON_SERVER", socket.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        builder.environment().put("PATH", home.resolve("bin") + ":" + System.getenv("PATH"));
        return builder.redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .redirectError(folder.resolve(name + ".err").toFile()).start();
    }

    String said(String name) throws IOException {
        return Files.readString(folder.resolve(name + ".out")) + Files.readString(folder.resolve(name + ".err"));
    }

    static void await(BooleanSupplier isSo, String what) {
        long startNs = System.nanoTime();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() - startNs > LIMIT_NS) {
                throw new AssertionError("waited in vain: for=" + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    @Override
    public void close() {
        isOver = true;
        LockSupport.unpark(player);
        await(() -> !player.isAlive(), "player");
        client.close();
        server.descendants().forEach(ProcessHandle::destroyForcibly);
        server.destroyForcibly();
        await(() -> !server.isAlive(), "server's end");
    }
}
