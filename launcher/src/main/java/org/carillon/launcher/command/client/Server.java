package org.carillon.launcher.command.client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.TimeUnit;
import org.carillon.api.port.CarillonException;
import org.carillon.api.session.Sessions;
import org.carillon.client.CarillonClient;
import org.carillon.client.CarillonClient.Asking;
import org.carillon.client.ClientException;
import org.carillon.client.ClientException.Kind;
import org.carillon.client.ClientOptions;
import org.carillon.client.ClientSession;
import org.carillon.client.ServerView;
import org.carillon.launcher.Home;
import org.carillon.protocol.SessionMemory;
import org.carillon.protocol.control.Nothing;
import org.carillon.protocol.control.Page;
import picocli.CommandLine.Option;

/** The server that a verb talks to. */
public final class Server {
    /** What a person may type for a port. */
    public static final String ADDRESSES = Address.HELP;
    private static final Path SCRIPT = Path.of("bin", "carillon");
    private static final Nothing NOTHING = new Nothing();
    private static final int PAGE = 256;
    /** A server that has just been started makes remembered connections first. */
    private static final int READY_TRIES = 500;
    private static final long READY_STEP_NS = 10_000_000;
    /** 32,768 short messages: verbs print and write meanwhile, and nothing waits for them. */
    private static final int RECEIVED_BYTES = 1 << 20;
    /** The server gives a driver half of it to start or stop. */
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

    @Option(names = {"-s", "--server"}, paramLabel = "SOCKET", description = "Socket of the server. Default: what "
            + "CARILLON_SERVER says, else where a server of this user or of the system listens.")
    private Path socket;

    private final CarillonClient shared;
    private CarillonClient client;

    /** One that a program meets once. */
    Server() {
        this(null);
    }

    /** @param shared client for the verbs of one program, where they are not told of another server. */
    Server(CarillonClient shared) {
        this.shared = shared;
    }

    /** A part of a list, from its first entry on. */
    @FunctionalInterface
    interface Part<T> {
        T[] from(org.carillon.protocol.control.ControlClient server, Page page) throws java.io.IOException;
    }

    /** Something done with the server. */
    @FunctionalInterface
    public interface Work {
        /** Does it. */
        void run() throws Exception;
    }

    /** Does something, and lets what goes wrong between the processes be told as anything else that does. */
    public void run(Work work) throws Exception {
        try {
            work.run();
        } catch (ClientException e) {
            throw new CarillonException(CarillonException.Kind.valueOf(e.kind().name()), words(e));
        }
    }

    /** Sessions at the server, with names that no other program has. Never starts a server. */
    public Sessions sessions() {
        return purpose -> new RemoteSession(open(purpose));
    }

    /** Full names of destinations. Never starts a server. */
    public List<String> destinations(List<String> words) {
        Ports ports = new Ports(view());
        return words.stream().map(word -> ports.destination(word).name()).distinct().toList();
    }

    /** Full names of sources. Never starts a server. */
    public List<String> sources(List<String> words) {
        Ports ports = new Ports(view());
        return words.stream().map(word -> ports.source(word).name()).distinct().toList();
    }

    /** The client of this program; asks nobody. */
    CarillonClient client() {
        if (client == null) {
            client = shared != null && socket == null ? shared : new CarillonClient(options(socket));
        }
        return client;
    }

    /** @param socket null for the usual one. */
    static ClientOptions options(Path socket) {
        ClientOptions options = ClientOptions.named("carillon").startedBy(command());
        return socket == null ? options : options.at(socket.toAbsolutePath());
    }

    /** Has a server that this program starts run with further options. */
    void startedWith(List<String> upOptions) {
        client = new CarillonClient(client().options().startedWith(upOptions));
    }

    Path socket() {
        return client().options().socket();
    }

    /** What starts a server: the script that this program was called by, else the one of the distribution. */
    static String command() {
        return Optional.ofNullable(System.getenv(ClientOptions.COMMAND_VARIABLE)).filter(named -> !named.isBlank())
                .orElseGet(Server::script);
    }

    private static String script() {
        try {
            Path script = Home.of(Optional.empty()).folder().resolve(SCRIPT);
            return Files.isExecutable(script) ? script.toString() : SCRIPT.getFileName().toString();
        } catch (CarillonException _) { // not run out of a distribution: then one of the search path
            return SCRIPT.getFileName().toString();
        }
    }

    /** Ports and connections as they are now. Never starts a server. */
    ServerView view() {
        return client().look();
    }

    /** Asks for what changes nothing. Never starts a server. */
    <T> T look(Asking<T> asking) {
        return client().ask(asking);
    }

    /** All entries of a list, which comes in parts. Never starts a server. */
    <T> List<T> list(Part<T> part) {
        return look(server -> {
            List<T> all = new ArrayList<>();
            while (true) {
                T[] next = part.from(server, new Page(all.size(), PAGE, ""));
                if (next.length == 0) {
                    return all;
                }
                all.addAll(List.of(next));
            }
        });
    }

    /** Asks for what may take as long as a driver does to start or stop. Never starts a server. */
    <T> T lookPatiently(Asking<T> asking) {
        return patient().ask(asking);
    }

    /** Hands a file to a server that stays, which may take its time: one is started where none is. */
    <T> T hand(Path file, Asking<T> asking) {
        ensure();
        return patient().ask(file, asking);
    }

    private CarillonClient patient() {
        return new CarillonClient(client().options().within(PATIENCE_NS));
    }

    /** Asks for a change, at a server that stays: one is started where none is. */
    <T> T change(Asking<T> asking) {
        ensure();
        return client().ask(asking);
    }

    /** Starts a server where none is, and has it stay when this program has ended. */
    void ensure() {
        if (client().isServerThere()) {
            return;
        }
        try (ClientSession _ = client().open(ownName("start"))) {
            client().ask(server -> server.stay(NOTHING));
            ServerView view = view();
            for (int tries = 0; !view.isReady() && tries < READY_TRIES; tries++) {
                LockSupport.parkNanos(READY_STEP_NS);
            }
        }
    }

    /** Opens a session at a server that is there. */
    ClientSession open(String purpose) {
        client().look(); // opening would start one
        return client().open(ownName(purpose), SessionMemory.DEFAULT_CAPACITY, RECEIVED_BYTES);
    }

    /** No two verbs that run have the same. */
    private static String ownName(String purpose) {
        return "carillon-" + purpose + "-" + ProcessHandle.current().pid() + "-" + Thread.currentThread().threadId();
    }

    /** What is to be said of an error. */
    String words(ClientException error) {
        return error.kind() == Kind.UNREACHABLE
                ? error.getMessage() + System.lineSeparator() + "start one: carillon up --detach"
                : error.getMessage();
    }
}
