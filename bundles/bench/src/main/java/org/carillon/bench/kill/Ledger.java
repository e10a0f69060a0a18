package org.carillon.bench.kill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What all processes of the measurement know of each other: a file that all of them map. The first page is empty; then
 * a line for each victim, then a list for each ear. Little-endian words of 64 bits, times of the monotonic clock.
 *
 * <pre>
 *   line    0 begun: number that is being sent | 8 session id | 16 phase | 24 killed at | 32 died between claim and
 *           commit | 40 notes on, the first in the low half | 48 notes off, likewise | 56 last note off at
 *   list    0 count, then pairs: session id, gone at
 * </pre>
 */
final class Ledger {
    static final int EARS = 2;
    static final int CPP_EAR = 0;
    static final int JAVA_EAR = 1;
    /** One victim in so many, the last, is in Java. */
    static final long SHARE = 10;
    /** Pairs of notes, and those of them that victims in C++ hold. */
    static final int PAIRS = 1_024;
    static final int CPP_PAIRS = 768;

    private static final long PAGE = 4_096;
    private static final long LINE_LENGTH = 128;
    private static final long BEGUN_OFFSET = 0;
    private static final long SESSION_OFFSET = 8;
    private static final long PHASE_OFFSET = 16;
    private static final long KILLED_OFFSET = 24;
    private static final long BETWEEN_OFFSET = 32;
    private static final long ON_OFFSET = 40;
    private static final long OFF_OFFSET = 48;
    private static final long OFF_NS_OFFSET = 56;
    private static final long PAIR_LENGTH = 16;
    /** More sessions go than victims: those of survivors. */
    private static final long SPARE_PAIRS = 1_024;
    private static final VarHandle WORD = ValueLayout.JAVA_LONG.varHandle();

    private final long victims;
    private final MemorySegment memory;

    /** How far a victim has come. */
    enum Phase {
        UNBORN, BORN, OPEN, HOLDING, BUSY
    }

    private Ledger(Path file, long victims, Arena arena, boolean isNew) {
        this.victims = victims;
        long length = PAGE + victims * LINE_LENGTH + EARS * listLength(victims);
        try (FileChannel channel = isNew
                ? FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE,
                        StandardOpenOption.CREATE_NEW)
                : FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, length, arena);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Ledger make(Path file, long victims, Arena arena) {
        return new Ledger(file, victims, arena, true);
    }

    static Ledger open(Path file, long victims, Arena arena) {
        return new Ledger(file, victims, arena, false);
    }

    private static long listLength(long victims) {
        return PAIR_LENGTH * (1 + victims + SPARE_PAIRS);
    }

    long victims() {
        return victims;
    }

    private long at(long victim, long offset) {
        return (long) WORD.getAcquire(memory, PAGE + victim * LINE_LENGTH + offset);
    }

    private void put(long victim, long offset, long value) {
        WORD.setRelease(memory, PAGE + victim * LINE_LENGTH + offset, value);
    }

    /** Number that a victim was sending last, 0 for none. */
    long begun(long victim) {
        return at(victim, BEGUN_OFFSET);
    }

    void begun(long victim, long number) {
        put(victim, BEGUN_OFFSET, number);
    }

    /** 0 while it is not known. */
    long session(long victim) {
        return at(victim, SESSION_OFFSET);
    }

    void session(long victim, long id) {
        put(victim, SESSION_OFFSET, id);
    }

    Phase phase(long victim) {
        return Phase.values()[(int) at(victim, PHASE_OFFSET)];
    }

    void phase(long victim, Phase phase) {
        put(victim, PHASE_OFFSET, phase.ordinal());
    }

    /** 0 while it lives. */
    long killedNs(long victim) {
        return at(victim, KILLED_OFFSET);
    }

    void killedNs(long victim, long monoNs) {
        put(victim, KILLED_OFFSET, monoNs);
    }

    boolean isBetween(long victim) {
        return at(victim, BETWEEN_OFFSET) != 0;
    }

    void between(long victim) {
        put(victim, BETWEEN_OFFSET, 1);
    }

    /** How often each of its two notes has begun, and how often it has ended: alike when none is stuck. */
    long on(long victim) {
        return at(victim, ON_OFFSET);
    }

    long off(long victim) {
        return at(victim, OFF_OFFSET);
    }

    /** When the last of its notes ended, 0 when none has. */
    long offNs(long victim) {
        return at(victim, OFF_NS_OFFSET);
    }

    /** The ear of the victim only. */
    void noteOn(long victim, int note) {
        put(victim, ON_OFFSET, on(victim) + (1L << note * Integer.SIZE));
    }

    void noteOff(long victim, int note, long monoNs) {
        put(victim, OFF_OFFSET, off(victim) + (1L << note * Integer.SIZE));
        put(victim, OFF_NS_OFFSET, monoNs);
    }

    private long list(int ear) {
        return PAGE + victims * LINE_LENGTH + ear * listLength(victims);
    }

    /** An ear has heard that a session is gone; one thread for each ear. */
    void gone(int ear, int session, long monoNs) {
        long list = list(ear);
        long count = goneCount(ear);
        if (PAIR_LENGTH * (count + 2) > listLength(victims)) {
            throw new IllegalStateException("more sessions have gone than ever came: ear=" + ear);
        }
        WORD.set(memory, list + PAIR_LENGTH * (count + 1), (long) session);
        WORD.set(memory, list + PAIR_LENGTH * (count + 1) + Long.BYTES, monoNs);
        WORD.setRelease(memory, list, count + 1);
    }

    long goneCount(int ear) {
        return (long) WORD.getAcquire(memory, list(ear));
    }

    long goneSession(int ear, long index) {
        return (long) WORD.get(memory, list(ear) + PAIR_LENGTH * (index + 1));
    }

    long goneNs(int ear, long index) {
        return (long) WORD.get(memory, list(ear) + PAIR_LENGTH * (index + 1) + Long.BYTES);
    }

    static boolean isJava(long victim) {
        return victim % SHARE == SHARE - 1;
    }

    /** Which of the victims in its language it is. */
    static long index(long victim) {
        return isJava(victim) ? victim / SHARE : victim / SHARE * (SHARE - 1) + victim % SHARE;
    }

    /** Which pair of notes it holds. */
    static int pair(long victim) {
        return (int) (isJava(victim) ? CPP_PAIRS + index(victim) % (PAIRS - CPP_PAIRS) : index(victim) % CPP_PAIRS);
    }

    /** The first victim with a pair of notes. */
    static long firstWith(int pair) {
        return pair < CPP_PAIRS ? ofCpp(pair) : (pair - CPP_PAIRS) * SHARE + SHARE - 1;
    }

    /** The next one with the same pair. */
    static long nextAfter(long victim) {
        return isJava(victim) ? victim + (PAIRS - CPP_PAIRS) * SHARE : ofCpp(index(victim) + CPP_PAIRS);
    }

    private static long ofCpp(long index) {
        return index / (SHARE - 1) * SHARE + index % (SHARE - 1);
    }
}
