package org.carillon.bench.soak;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.carillon.bench.process.Reading;
import org.carillon.bench.process.Worker;

/** A session in another process that does what it is told. */
final class Guest {
    /** Names of its destinations, in their order; the last one is for system exclusive messages. */
    static final List<String> DESTINATIONS = List.of("in0", "in1", "sx");
    /** Added to the kinds: the guest sleeps until something comes. */
    static final int SLEEPS = 16;

    final int slot;
    final String name;
    private final Worker process;
    private final int kinds;
    private final Map<Kind, Integer> sourceIds = new EnumMap<>(Kind.class);

    /** Comes. */
    Guest(int slot, String name, Worker process, int seed, int kinds, int capacityBytes) {
        this.slot = slot;
        this.name = name;
        this.process = process;
        this.kinds = kinds;
        Reading opened = ask("open", Integer.toString(seed), Integer.toString(kinds), Integer.toString(capacityBytes));
        for (Kind kind : Kind.values()) {
            sourceIds.put(kind, (int) opened.get(kind.word()));
        }
        for (int i = 0; i < DESTINATIONS.size(); i++) {
            if (opened.get("in" + i) != i) {
                throw new IllegalStateException("destinations must be counted in their order: guest=" + name
                        + ", answer=" + opened.values());
            }
        }
    }

    boolean sends(Kind kind) {
        return (kinds & kind.bit) != 0;
    }

    int sourceId(Kind kind) {
        return sourceIds.get(kind);
    }

    String source(Kind kind) {
        return name + ":" + kind.word();
    }

    String destination(int index) {
        return name + ":" + DESTINATIONS.get(index);
    }

    /** Tells it something and waits for its answer; one at a time for all guests of a process. */
    Reading ask(String what, String... words) {
        synchronized (process) {
            return process.ask((what + " " + name + " " + String.join(" ", words)).strip());
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
