package org.carillon.bench.kill;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.carillon.bench.process.Answers;
import org.carillon.client.CarillonClient;
import org.carillon.client.ClientOptions;
import org.carillon.client.ClientSession;
import org.carillon.client.ClientSource;
import org.carillon.client.Receiver;

/**
 * A client in Java that lives on: it sends and receives numbered events all the time, listens to victims, and counts
 * what is wrong. It is asked as {@code kill_sides.cpp} is.
 */
final class JavaSurvivor {
    private static final int CAPACITY = 1 << 20;
    private static final int EACH_MS = 8;
    private static final long MS_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long WATCH_LIMIT_NS = TimeUnit.SECONDS.toNanos(20);

    private final List<JavaWatcher> watchers = new ArrayList<>();
    private final NumberedReceiver heard = new NumberedReceiver();
    private ClientSession peer;
    private Numbered.Sender sender;
    private Thread sending;
    private volatile boolean isOver;

    private JavaSurvivor() {}

    /** Answers until its input ends. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Answers.give(new JavaSurvivor()::answer);
        System.exit(0);
    }

    private Map<String, Double> answer(String[] question) throws InterruptedException {
        switch (question[0]) {
            case "join" -> join(Path.of(question[1]), Path.of(question[2]), Long.parseLong(question[3]));
            case "begin" -> {
                sending = new Thread(this::send, "sends");
                sending.start();
            }
            case "stop" -> {
                isOver = true;
                sending.join();
                return Map.of("sent", (double) (sender.next() - Numbered.first(0)));
            }
            case "count" -> {
                return count(Long.parseLong(question[1]));
            }
            case "watch" -> {
                for (int i = 0; i < Integer.parseInt(question[2]); i++) {
                    watchers.add(new JavaWatcher(Path.of(question[1]), i));
                }
            }
            case "lost" -> {
                return lost();
            }
            case "back" -> {
                long untilNs = System.nanoTime() + WATCH_LIMIT_NS;
                return Map.of("back", (double) watchers.stream().filter(watcher -> watcher.isBack(untilNs)).count());
            }
            default -> throw new IllegalArgumentException("no such question: question=" + question[0]);
        }
        return Map.of(question[0], 1.0);
    }

    private Map<String, Double> lost() {
        long untilNs = System.nanoTime() + WATCH_LIMIT_NS;
        Map<String, Double> lost = new HashMap<>();
        for (int i = 0; i < watchers.size(); i++) {
            lost.put("at" + i, (double) watchers.get(i).lostNs(untilNs));
        }
        return lost;
    }

    private void join(Path socket, Path file, long victims) {
        Ledger ledger = Ledger.open(file, victims, Arena.global());
        CarillonClient client = new CarillonClient(ClientOptions.named("java").at(socket).startedBy());
        peer = client.open("java", CAPACITY, CAPACITY);
        ClientSource out = peer.source("out");
        sender = new Numbered.Sender(out, Numbered.first(0), 2);
        peer.destination("in");
        peer.connect(out.name(), "cpp:in");
        peer.receive(heard::take, Receiver.NORMAL);
        ClientSession listening = client.open("java-ear", CAPACITY, CAPACITY);
        listening.receive(new Ear(listening, ledger, Ledger.JAVA_EAR)::take, Receiver.NORMAL);
    }

    /** What is not taken is sent again. */
    private void send() {
        for (long nextNs = System.nanoTime(); !isOver; nextNs = Math.max(nextNs + MS_NS, System.nanoTime())) {
            for (int i = 0; i < EACH_MS; i++) {
                sender.send();
            }
            peer.flush();
            LockSupport.parkNanos(nextNs - System.nanoTime());
        }
    }

    /** Waits for the last that was sent. */
    private Map<String, Double> count(long sent) {
        long last = Numbered.first(0) + sent - 1;
        long untilNs = System.nanoTime() + LIMIT_NS;
        while (heard.last() < last && System.nanoTime() - untilNs < 0) {
            LockSupport.parkNanos(MS_NS);
        }
        return Map.of("events", (double) heard.events(), "lost", (double) (heard.lost() + last - heard.last()), "torn",
                (double) heard.torn(), "doubled", (double) heard.doubled());
    }
}
