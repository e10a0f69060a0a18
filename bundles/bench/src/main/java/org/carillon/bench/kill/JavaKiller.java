package org.carillon.bench.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.carillon.bench.Command;
import org.carillon.bench.kill.Ledger.Phase;
import org.carillon.bench.process.JavaCommand;

/** Starts victims in Java, one after the other, and kills each at a time of its own. One thread. */
final class JavaKiller {
    /** Cheap ones: there are hundreds of them, and few live long enough to be compiled. */
    private static final List<String> FLAGS = List.of("-XX:-UseZGC", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
            "-Xlog:disable");
    /** As those in C++: what is measured is the server, not how many want a processor. */
    private static final List<String> NICE = List.of("nice", "-n", "10");
    private static final String TRY = "-1";
    private static final long YOUNG_NS = TimeUnit.MILLISECONDS.toNanos(600);
    private static final long BUSY_NS = TimeUnit.MILLISECONDS.toNanos(60);
    private static final long BUSY_LIMIT_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long STEP_NS = TimeUnit.MICROSECONDS.toNanos(500);
    private static final int SHARE_OF_YOUNG = 3;
    private static final int KILLED = 128 + 9;

    private final List<String> command;
    private final Ledger ledger;
    private final Path errors;
    private final SplittableRandom random;
    private int fallen;

    /** @param archive of classes, as {@link #archive} makes it; victims live without one, too, but start later. */
    JavaKiller(Path socket, Path file, Ledger ledger, Path archive, Path errors, long seed) {
        command = command("-XX:SharedArchiveFile=" + archive, socket, file, ledger);
        this.ledger = ledger;
        this.errors = errors;
        random = new SplittableRandom(seed);
    }

    private static List<String> command(String flag, Path socket, Path file, Ledger ledger) {
        List<String> flags = new ArrayList<>(FLAGS);
        flags.add(flag);
        List<String> command = new ArrayList<>(NICE);
        command.addAll(JavaCommand.of(JavaVictim.class, flags.toArray(String[]::new)));
        command.addAll(List.of(socket.toString(), file.toString(), Long.toString(ledger.victims())));
        return command;
    }

    /** Makes an archive of the classes that a victim needs: each starts a third sooner with it. */
    static void archive(Path archive, Path socket, Path file, Ledger ledger) {
        List<String> command = command("-XX:ArchiveClassesAtExit=" + archive, socket, file, ledger);
        command.addAll(List.of(TRY, TRY));
        Command.Outcome outcome = Command.run(command);
        if (!outcome.isOk()) {
            throw new IllegalStateException("client in Java does not work: itsWords=" + outcome.output().strip());
        }
    }

    /** How many have ended before they were killed. */
    int fallen() {
        return fallen;
    }

    /** Lets one live for a while; one in three dies while it comes into the world. */
    void kill(long number) throws InterruptedException {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(List.of(Long.toString(number), Long.toString(random.nextLong())));
        long bornNs = System.nanoTime();
        ledger.phase(number, Phase.BORN); // an ear looks for who was born last
        Process process = start(whole);
        try {
            if (random.nextInt(SHARE_OF_YOUNG) == 0) {
                sleepUntil(bornNs + random.nextLong(YOUNG_NS));
            } else {
                awaitBusy(process, number);
                sleepUntil(System.nanoTime() + random.nextLong(BUSY_NS));
            }
            Optional<Remains> remains = Remains.of(process.pid());
            ledger.killedNs(number, System.nanoTime());
            process.destroyForcibly();
            fallen += process.waitFor() == KILLED ? 0 : 1;
            remains.ifPresent(left -> {
                if (left.holdsUnpublished(ledger.begun(number))) {
                    ledger.between(number);
                }
                left.close();
            });
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(List<String> whole) {
        try {
            return new ProcessBuilder(whole).redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.appendTo(errors.toFile())).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitBusy(Process process, long number) {
        long untilNs = System.nanoTime() + BUSY_LIMIT_NS;
        while (ledger.phase(number) != Phase.BUSY && process.isAlive() && System.nanoTime() - untilNs < 0) {
            LockSupport.parkNanos(STEP_NS);
        }
    }

    private static void sleepUntil(long monoNs) {
        for (long restNs = monoNs - System.nanoTime(); restNs > 0; restNs = monoNs - System.nanoTime()) {
            LockSupport.parkNanos(restNs);
        }
    }
}
