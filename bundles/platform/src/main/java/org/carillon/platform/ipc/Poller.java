package org.carillon.platform.ipc;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Waits for many descriptors at once (epoll(7), level-triggered). One thread waits; {@link #wake} may be called by any.
 *
 * <pre>
 *   struct epoll_event: 0 int32 events, then int64 key: at 4 on x86_64, where it is packed, else at 8
 * </pre>
 */
public final class Poller implements AutoCloseable {
    private static final long CLOEXEC = 0x8_0000;
    private static final long NONBLOCK = 0x800;
    private static final long ADD = 1;
    private static final long DELETE = 2;
    private static final long MODIFY = 3;
    private static final int READABLE = 1;
    private static final int ERROR = 8;
    private static final int HUNG_UP = 0x10;
    private static final int PEER_HUNG_UP = 0x2000;
    private static final int EVENT_LIMIT = 64;
    private static final int KEY_OFFSET = Syscall.AARCH64 ? 8 : 4;
    private static final int EVENT_LENGTH = KEY_OFFSET + Long.BYTES;
    private static final ValueLayout.OfLong KEY = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final ValueLayout.OfInt EVENTS = ValueLayout.JAVA_INT_UNALIGNED;
    private static final long WAKE_KEY = -1;

    private final Descriptor epoll;
    private final Descriptor wakeUp;
    private final MemorySegment found = Arena.ofAuto().allocate((long) EVENT_LIMIT * EVENT_LENGTH, Long.BYTES);
    private final MemorySegment changed = Arena.ofAuto().allocate(EVENT_LENGTH, Long.BYTES);
    private final MemorySegment one = Arena.ofAuto().allocateFrom(ValueLayout.JAVA_LONG, 1L);
    private final MemorySegment count = Arena.ofAuto().allocate(ValueLayout.JAVA_LONG);

    public Poller() throws IpcException {
        epoll = new Descriptor(Syscall.checked("epoll_create1", "", Syscall.call(Syscall.EPOLL_CREATE1, CLOEXEC, 0L,
                0L)));
        long made = Syscall.call(Syscall.EVENTFD2, 0L, CLOEXEC | NONBLOCK, 0L);
        if (made < 0) {
            epoll.close();
        }
        wakeUp = new Descriptor(Syscall.checked("eventfd2", "", made));
        add(wakeUp.number(), WAKE_KEY);
    }

    /**
     * Waits for a descriptor from now on, until it is removed or closed: to become readable, or to end. Waiting thread
     * only.
     *
     * @param key what {@link #key} says of it, 0 or more.
     */
    public void add(int descriptor, long key) throws IpcException {
        changed.set(EVENTS, 0, READABLE | PEER_HUNG_UP);
        changed.set(KEY, KEY_OFFSET, key);
        Syscall.checked("epoll_ctl", "", Syscall.call(Syscall.EPOLL_CTL, epoll.number(), ADD, descriptor,
                changed.address(), 0L, 0L));
    }

    /** Waits for a descriptor that was added to become readable, or only for its end. Waiting thread only. */
    public void change(int descriptor, long key, boolean reads) throws IpcException {
        changed.set(EVENTS, 0, reads ? READABLE | PEER_HUNG_UP : PEER_HUNG_UP);
        changed.set(KEY, KEY_OFFSET, key);
        Syscall.checked("epoll_ctl", "", Syscall.call(Syscall.EPOLL_CTL, epoll.number(), MODIFY, descriptor,
                changed.address(), 0L, 0L));
    }

    /** Forgets a descriptor. Waiting thread only. */
    public void remove(int descriptor) {
        Syscall.call(Syscall.EPOLL_CTL, epoll.number(), DELETE, descriptor, changed.address(), 0L, 0L);
    }

    /**
     * Waits until something is to be done. Waiting thread only.
     *
     * @param limitMs -1 for no limit.
     * @return how many descriptors; 0 after {@link #wake} or when the time is over.
     */
    public int await(int limitMs) throws IpcException {
        int number = (int) Syscall.checked("epoll_pwait", "", Syscall.call(Syscall.EPOLL_PWAIT, epoll.number(),
                found.address(), EVENT_LIMIT, limitMs, 0L, 0L));
        for (int i = 0; i < number; i++) {
            if (key(i) == WAKE_KEY) {
                Syscall.call(Syscall.READ, wakeUp.number(), count.address(), Long.BYTES);
                move(--number, i);
                break;
            }
        }
        return number;
    }

    private void move(int from, int to) {
        MemorySegment.copy(found, (long) from * EVENT_LENGTH, found, (long) to * EVENT_LENGTH, EVENT_LENGTH);
    }

    /** Which descriptor it is, of those that the last {@link #await} found. */
    public long key(int index) {
        return found.get(KEY, (long) index * EVENT_LENGTH + KEY_OFFSET);
    }

    /** Whether its other side has gone; there may still be something to read. */
    public boolean isHungUp(int index) {
        return (found.get(EVENTS, (long) index * EVENT_LENGTH) & (ERROR | HUNG_UP | PEER_HUNG_UP)) != 0;
    }

    /** Lets {@link #await} come back, now or at its next call. Any thread. */
    public void wake() {
        Syscall.call(Syscall.WRITE, wakeUp.number(), one.address(), Long.BYTES);
    }

    @Override
    public void close() {
        wakeUp.close();
        epoll.close();
    }
}
