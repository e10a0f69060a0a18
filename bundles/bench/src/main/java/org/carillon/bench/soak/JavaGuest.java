package org.carillon.bench.soak;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.carillon.client.CarillonClient;
import org.carillon.client.ClientDestination;
import org.carillon.client.ClientSession;
import org.carillon.client.ClientSource;
import org.carillon.client.ServerView;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;
import org.carillon.protocol.control.Number;

/** A guest in Java; what it does and when is the same as in {@code soak_guests.cpp}. */
final class JavaGuest {
    private static final long NS_PER_MS = 1_000_000;
    private static final long TICK_NS = 20 * NS_PER_MS;
    private static final int PLAIN_A_TICK = 4;
    private static final int BURST = 400;
    private static final int TICKS_A_BURST = 100;
    private static final int TICKS_A_SYSEX = 32;
    private static final int TICKS_A_TASK = 3;
    private static final int LATEST_MS = 50;
    private static final long FAR_NS = TimeUnit.HOURS.toNanos(1);
    private static final long ROUND_NS = 500 * NS_PER_MS;
    private static final long LIMIT_NS = TimeUnit.MINUTES.toNanos(1);
    private static final long OWED_LIMIT_NS = LIMIT_NS / 10;
    private static final long RUNNING = 1;
    private static final long FENCE = 2;
    private static final int POLL_LIMIT = 4096;
    private static final Map<String, Double> OK = Map.of("ok", 1.0);

    private record Question(String[] words, CompletableFuture<Map<String, Double>> answer) {}

    private final CarillonClient client;
    private final ClientSession session;
    private final ServerView server;
    private final Random random;
    private final int kinds;
    private final Map<Kind, ClientSource> sources = new HashMap<>();
    private final long[] sent = new long[Kind.values().length];
    private final List<ClientDestination> destinations = new ArrayList<>();
    private final Tally tally = new Tally();
    private final LinkedBlockingQueue<Question> questions = new LinkedBlockingQueue<>();
    private boolean sends;
    private boolean isOver;
    private boolean isStalled;
    private long stalledUntilNs;
    private long pieces;
    private long tasksSent;
    private long tasksReceived;
    /** Tasks; one whose date is past comes later, and others may pass it. */
    private final Set<Long> underWay = new HashSet<>();
    private long wrongTasks;
    private long fences;
    private long fenceSeen;
    private long saidNo;
    /** Of all that was sent, ends of notes included. */
    private long lastDateNs;
    private long lastDatedNs;
    private long polledNs;

    JavaGuest(CarillonClient client, String name, int seed, int kinds, int capacityBytes) {
        this.client = client;
        this.kinds = kinds;
        session = client.open(name, capacityBytes, capacityBytes);
        server = session.server();
        random = new Random(seed);
        for (Kind kind : Kind.values()) {
            sources.put(kind, session.source(kind.word()));
        }
        Guest.DESTINATIONS.forEach(port -> destinations.add(session.destination(port)));
        Thread thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    Map<String, Double> opened() {
        Map<String, Double> answer = new HashMap<>();
        sources.forEach((kind, source) -> answer.put(kind.word(), (double) source.id()));
        for (int i = 0; i < destinations.size(); i++) {
            answer.put("in" + i, (double) destinations.get(i).index());
        }
        return answer;
    }

    /** On the guest's own thread. */
    Map<String, Double> ask(String[] words) {
        Question question = new Question(words, new CompletableFuture<>());
        questions.add(question);
        session.wake();
        return question.answer().join();
    }

    private void run() {
        long nextNs = System.nanoTime();
        while (!isOver) {
            isStalled = isStalled && System.nanoTime() - stalledUntilNs < 0;
            if (!isStalled) {
                receive();
            }
            long nowNs = System.nanoTime();
            if (nowNs - nextNs >= 0) {
                nextNs = Math.max(nextNs + TICK_NS, nowNs + TICK_NS / 2);
                if (sends) {
                    tick();
                }
            }
            pause(nextNs);
        }
    }

    private void pause(long untilNs) {
        try {
            boolean sleepsOnItsWord = (kinds & Guest.SLEEPS) != 0 && !isStalled;
            if (sleepsOnItsWord) {
                session.await(untilNs);
            }
            Question question = sleepsOnItsWord
                    ? questions.poll()
                    : questions.poll(Math.max(0, untilNs - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (question != null) {
                answer(question);
            }
        } catch (InterruptedException e) {
            isOver = true;
        }
    }

    private void answer(Question question) {
        try {
            question.answer().complete(answer(question.words()));
        } catch (RuntimeException e) {
            question.answer().completeExceptionally(e);
        }
    }

    private void receive() {
        polledNs = 0;
        while (session.poll(this::onEvent, POLL_LIMIT) > 0) {
            polledNs = 0;
        }
    }

    private void onEvent(Event event) {
        if (event.type() == EventType.TASK) {
            onTask(event.taskWord(0), event.taskWord(1));
            return;
        }
        polledNs = event.timeNs() > polledNs ? server.clock().nowNs() : polledNs;
        tally.take(event, polledNs);
    }

    private void onTask(long what, long number) {
        tasksReceived++;
        if (what == FENCE) {
            fenceSeen = Math.max(fenceSeen, number);
            return;
        }
        if (what != RUNNING || !underWay.remove(number)) {
            wrongTasks++;
        }
    }

    private boolean sends(Kind kind) {
        return (kinds & kind.bit) != 0;
    }

    private void tick() {
        long nowNs = server.clock().nowNs();
        for (int i = random.nextInt(TICKS_A_BURST) == 0 ? BURST : PLAIN_A_TICK; i > 0 && sends(Kind.PLAIN); i--) {
            count(Kind.PLAIN, sendPlain(sent[Kind.PLAIN.ordinal()]));
        }
        for (int i = 2; i > 0 && sends(Kind.DATED); i--) {
            long dateNs = Math.max(lastDatedNs + 1, nowNs + random.nextInt(LATEST_MS) * NS_PER_MS);
            ClientSource source = sources.get(Kind.DATED);
            if (count(Kind.DATED, source.sendUmp(dateNs,
                    Numbers.words(sent[Kind.DATED.ordinal()], source.id())))) {
                lastDatedNs = dateNs;
                lastDateNs = Math.max(lastDateNs, dateNs);
            }
        }
        if (sends(Kind.NOTES)) {
            count(Kind.NOTES, sendNote(sent[Kind.NOTES.ordinal()], nowNs));
        }
        if (random.nextInt(TICKS_A_TASK) == 0) {
            sendTask(Math.max(lastDateNs, nowNs) + 1, RUNNING, tasksSent);
        }
        if (sends(Kind.SYSEX) && random.nextInt(TICKS_A_SYSEX) == 0) {
            sendSysex();
        }
        session.flush();
    }

    private boolean count(Kind kind, boolean isTaken) {
        if (isTaken) {
            sent[kind.ordinal()]++;
        } else {
            saidNo++;
        }
        return isTaken;
    }

    private boolean sendTask(long dateNs, long what, long number) {
        boolean isTaken = session.sendTask(dateNs, what, number, 0, 0);
        if (isTaken) {
            if (what == RUNNING) {
                underWay.add(number);
            }
            tasksSent++;
            lastDateNs = dateNs;
        } else {
            saidNo++;
        }
        return isTaken;
    }

    private boolean sendPlain(long number) {
        ClientSource source = sources.get(Kind.PLAIN);
        int low = (int) number & Numbers.SEVEN_BITS;
        int high = (int) (number >>> 7) & Numbers.SEVEN_BITS;
        return switch ((int) (number % Numbers.IN_FOUR)) {
            case 0 -> source.sendUmp(0, Numbers.words(number, source.id()));
            case 1 -> source.send(0, 0xB0, (int) number & Numbers.CONTROLLER_MASK,
                    (int) (number >>> Numbers.CONTROLLER_BITS) & Numbers.SEVEN_BITS);
            case 2 -> source.send(0, 0xA0, low, high);
            default -> source.send(0, 0xE0, low, high);
        };
    }

    private boolean sendNote(long number, long nowNs) {
        ClientSource source = sources.get(Kind.NOTES);
        if (number % Numbers.IN_FOUR == 0) {
            return source.sendUmp(nowNs, Numbers.words(number, source.id()));
        }
        long durationNs = (1 + random.nextInt(LATEST_MS)) * NS_PER_MS;
        boolean isTaken = source.sendNote(nowNs, 0, (int) (Numbers.LOW_PITCH + number % Numbers.PITCHES),
                (int) (1 + number / Numbers.PITCHES % Numbers.VELOCITIES), durationNs);
        if (isTaken) {
            lastDateNs = Math.max(lastDateNs, nowNs + durationNs);
        }
        return isTaken;
    }

    private void sendSysex() {
        ClientSource source = sources.get(Kind.SYSEX);
        byte[] message = Numbers.sysex(sent[Kind.SYSEX.ordinal()]++, source.id());
        if (!source.sendMessage(0, message, LIMIT_NS)) {
            throw new IllegalStateException("ring to the server stays full: session=" + session.name());
        }
        pieces += (message.length + Event.MAX_PAYLOAD_LENGTH - 1) / Event.MAX_PAYLOAD_LENGTH;
    }

    /** A task to itself comes back behind all that was sent. One that finds no room is counted as every other. */
    private void fence() {
        isStalled = false;
        long startNs = System.nanoTime();
        long before = fences;
        while (System.nanoTime() - startNs < LIMIT_NS) {
            if (sendTask(Math.max(lastDateNs, server.clock().nowNs()) + NS_PER_MS, FENCE, fences + 1)) {
                fences++;
            }
            session.flush();
            long roundNs = System.nanoTime();
            while (System.nanoTime() - roundNs < ROUND_NS) {
                receive();
                if (fences > before && fenceSeen == fences) {
                    return;
                }
                session.await(System.nanoTime() + TICK_NS);
            }
        }
        throw new IllegalStateException("a task does not come back: session=" + session.name());
    }

    private Map<String, Double> answer(String[] words) {
        switch (words[0]) {
            case "go" -> sends = true;
            case "hold" -> {
                sends = false;
                fence();
                return sent();
            }
            case "stall" -> {
                isStalled = true;
                stalledUntilNs = System.nanoTime() + Long.parseLong(words[2]) * NS_PER_MS;
            }
            case "connect" -> session.connect(words[2], words[3],
                    String.join(" ", Arrays.copyOfRange(words, 4, words.length)), false);
            case "disconnect" -> session.disconnect(words[2], words[3]);
            case "look" -> {
                return Map.of("right", isAnsweredRightly() ? 1.0 : 0.0);
            }
            case "leave" -> {
                return leave(Integer.parseInt(words[2]));
            }
            default -> throw new IllegalArgumentException("no such question: question=" + words[0]);
        }
        return OK;
    }

    private Map<String, Double> sent() {
        Map<String, Double> answer = new HashMap<>();
        for (Kind kind : Kind.values()) {
            answer.put(kind.word(), (double) sent[kind.ordinal()]);
        }
        answer.put("pieces", (double) pieces);
        return answer;
    }

    private boolean isAnsweredRightly() {
        long number = random.nextInt();
        boolean isRight = client.ask(to -> to.ping(new Number(number))).number() == number;
        long handle = session.schedule(server.clock().nowNs() + FAR_NS, RUNNING, 0, 0, 0);
        isRight &= session.cancel(handle) && !session.cancel(handle);
        int id = sources.get(Kind.PLAIN).id();
        return isRight && server.ports().stream().anyMatch(port -> port.portId() == id);
    }

    private Map<String, Double> leave(int pending) {
        sends = false;
        fence();
        long owedNs = System.nanoTime();
        while (tally.stuck() > 0 && System.nanoTime() - owedNs < OWED_LIMIT_NS) {
            session.await(System.nanoTime() + NS_PER_MS); // what is owed is paid within some milliseconds
            receive();
        }
        Map<String, Double> answer = sent();
        long leftBehind = 0;
        for (int i = 0; i < pending; i++) {
            if (sources.get(Kind.DATED).sendUmp(server.clock().nowNs() + FAR_NS, 0)) {
                leftBehind++;
            } else {
                saidNo++;
            }
        }
        answer.put("refused", (double) session.refused());
        session.close();
        receive();
        isOver = true;
        answer.put("leftBehind", (double) leftBehind);
        answer.put("saidNo", (double) saidNo);
        answer.put("tasksSent", (double) tasksSent);
        answer.put("tasksReceived", (double) tasksReceived);
        answer.put("wrongTasks", (double) wrongTasks);
        tally.tell(answer);
        return answer;
    }
}
