package org.carillon.bench.enemies;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.carillon.bench.Benchmark;
import org.carillon.bench.Distribution;
import org.carillon.bench.Figure;
import org.carillon.bench.Machine;
import org.carillon.bench.Options;
import org.carillon.bench.Promise;
import org.carillon.bench.Report;
import org.carillon.bench.process.CControl;
import org.carillon.bench.process.Scratch;
import org.carillon.bench.process.ShippedServer;

/** Clients that lie, stop and flood, while others play on one server: who is thrown out, and who notices. */
public final class EnemiesBench implements Benchmark {
    private static final String NAME = "enemies";
    private static final String SOURCE = "people.cpp";
    private static final String QUIET = "the same clients without enemies";
    private static final String SEED = "CARILLON_BENCH_SEED";
    private static final long SHORT_QUIET_NS = TimeUnit.SECONDS.toNanos(4);
    private static final long FULL_QUIET_NS = TimeUnit.SECONDS.toNanos(30);
    /** After which a user who did wrong too often has a line of the log again. */
    private static final long LINE_NS = TimeUnit.SECONDS.toNanos(2);
    private static final int PROGRESS_STEP = 500;
    private static final double MIDDLE = 0.5;
    private static final double LAST = 0.99;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "clients that lie, stop and flood: how soon they are out, and that nobody else notices";
    }

    @Override
    public List<Promise> promises(Options options) {
        return List.of(Promise.zero("crashes"), Promise.zero("other_sessions_affected"),
                Promise.zero("wrong_answers"), Promise.zero("reasons_missing"), Promise.zero("leaked_descriptors"),
                Promise.zero("leaked_maps"), Promise.zero("leaked_sessions"), Promise.zero("leaked_ports"),
                Promise.zero("leaked_connections"), Promise.atLeast("attacks", Siege.FLOOD));
    }

    @Override
    public Report run(Options options) {
        long seed = seed();
        PrintStream progress = options.progress();
        progress.println(NAME + ": " + SEED + "=" + seed);
        Path home = Distribution.home();
        String noUsers = Users.missing();
        if (!noUsers.isEmpty()) {
            progress.println(NAME + ": attacks of other users are left out: " + noUsers);
        }
        try (Scratch scratch = Scratch.onDisk();
                CControl compiled = new CControl(progress, EnemiesBench.class, "g++")) {
            Path program = compiled.compile(SOURCE, "-std=c++17", "-O2", "-pthread",
                    "-I" + home.resolve("client/cpp/include"))
                    .orElseThrow(() -> new IllegalStateException("the clients in C++ do not compile: wanted=g++"));
            Users.open(program.getParent());
            Path serverHome = noUsers.isEmpty() ? Users.homeThatLetsIn(home, scratch.folder()) : home;
            Run run = new Run(options, seed, noUsers.isEmpty());
            run.siege(scratch.folder(), serverHome, program, home.resolve("client/python"));
            return run.report(ServerLog.of(scratch.folder().resolve("errors")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long seed() {
        String given = System.getenv(SEED);
        return given == null ? System.nanoTime() & Integer.MAX_VALUE : Long.parseLong(given);
    }

    /** One run with its server. */
    private static final class Run {
        private final Options options;
        private final long seed;
        private final boolean hasUsers;
        private final Score score;
        private Traces before;
        private Traces after;
        private boolean died;
        private double received;
        private double quietUs;
        private double lateUs;
        private double connectsPerSecond;

        Run(Options options, long seed, boolean hasUsers) {
            this.options = options;
            this.seed = seed;
            this.hasUsers = hasUsers;
            score = new Score(options.progress());
        }

        void siege(Path folder, Path home, Path program, Path modules) throws IOException {
            say("starting a server");
            try (ShippedServer server = new ShippedServer(folder, home);
                    Innocents innocents = new Innocents(server.socket(), program, modules, options.progress());
                    Siege siege = new Siege(server.socket(), program, innocents, options.isFull(), seed)) {
                say("quiet");
                innocents.start();
                LockSupport.parkNanos(options.isFull() ? FULL_QUIET_NS : SHORT_QUIET_NS);
                score.affected("quiet", innocents.affected());
                quietUs = innocents.lateUs(LAST);
                innocents.forgetLateness();
                before = Traces.of(server.pid(), siege);
                for (Attack attack : Attack.values()) {
                    if (isAlive(server) && (hasUsers || !attack.needsUsers())) {
                        attack(attack, siege);
                    }
                }
                if (options.isFull() && isAlive(server)) {
                    LockSupport.parkNanos(LINE_NS); // one more line, which counts those that were too many
                    score.add(Attack.SHORT_PACKET, Attack.SHORT_PACKET.once(siege));
                }
                score.affected("end", innocents.stop());
                received = innocents.received();
                lateUs = innocents.lateUs(LAST);
                connectsPerSecond = siege.connectsPerSecond();
                died = !isAlive(server);
                after = died ? before : Traces.settled(before, server.pid(), siege);
            }
        }

        private static boolean isAlive(ShippedServer server) {
            return ProcessHandle.of(server.pid()).map(ProcessHandle::isAlive).orElse(false);
        }

        private void attack(Attack attack, Siege siege) {
            int count = attack.count(options.isFull());
            say(attack.description() + ", times=" + count);
            for (int i = 0; i < count; i++) {
                score.add(attack, attack.once(siege));
                if (i % PROGRESS_STEP == PROGRESS_STEP - 1) {
                    say((i + 1) + " of " + count);
                }
            }
            score.affected(attack.name(), siege.innocents().affected());
        }

        private void say(String what) {
            options.progress().println(NAME + ": " + what);
        }

        Report report(ServerLog log) {
            log.errors().forEach(line -> say("the server has an error: " + line));
            List<Figure> figures = new ArrayList<>();
            figures.add(Figure.of("attacks", score.attacks(), "1"));
            for (Attack attack : Attack.values()) {
                figures.add(Figure.of(attack.figure(), score.attacks(attack), "1"));
            }
            figures.add(Figure.of("crashes", (died ? 1 : 0) + log.errors().size(), "1"));
            figures.add(Figure.of("other_sessions_affected", score.affected(), "sessions"));
            figures.add(Figure.of("wrong_answers", score.wrong(), "1"));
            figures.add(Figure.of("expelled", score.expelled(), "1"));
            figures.add(Figure.of("expelled_p50_ms", score.expelledMs(MIDDLE), "ms"));
            figures.add(Figure.of("expelled_p99_ms", score.expelledMs(LAST), "ms"));
            figures.add(Figure.of("expelled_worst_ms", score.expelledMs(1), "ms"));
            figures.add(Figure.of("reasons_missing",
                    score.untold() + Math.max(0, score.expelled() - log.expulsions()), "1"));
            figures.add(Figure.of("innocent_events", received, "events"));
            figures.add(Figure.of("innocent_late_p99_us", lateUs, "us", QUIET, quietUs));
            figures.add(Figure.of("connects_per_s", connectsPerSecond, "1/s"));
            addLeaks(figures);
            figures.add(Figure.of("log_bytes", log.lengthBytes(), "bytes"));
            figures.add(Figure.of("seed", seed, "1"));
            return new Report(NAME, Machine.describe(), 1, figures);
        }

        private void addLeaks(List<Figure> figures) {
            figures.add(leak("leaked_descriptors", before.descriptors(), after.descriptors()));
            figures.add(leak("leaked_maps", before.maps(), after.maps()));
            figures.add(leak("leaked_sessions", before.sessions(), after.sessions()));
            figures.add(leak("leaked_ports", before.ports(), after.ports()));
            figures.add(leak("leaked_connections", before.connections(), after.connections()));
        }

        private static Figure leak(String name, long before, long after) {
            return Figure.of(name, Math.max(0, after - before), "1");
        }
    }
}
