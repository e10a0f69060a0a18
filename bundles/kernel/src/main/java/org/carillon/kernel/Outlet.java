package org.carillon.kernel;

import java.lang.foreign.MemorySegment;
import org.carillon.api.ring.LocalRing;
import org.carillon.protocol.EventProducer;

/**
 * A ring that the kernel writes: inside the JVM or at the border of the process. Both rings are final classes, and
 * which of the two it is, is a branch that never changes: no call on the way of an event is looked up. A destination
 * takes the ring itself out of here: one step less for each event.
 */
final class Outlet {
    /** One of the two is null. */
    final LocalRing local;
    final EventProducer border;

    Outlet(LocalRing local) {
        this.local = local;
        border = null;
    }

    Outlet(EventProducer border) {
        local = null;
        this.border = border;
    }

    boolean isOf(LocalRing ring) {
        return local == ring;
    }

    boolean offer(int type, long timeNs, long word, long data) {
        return local != null ? local.offer(type, timeNs, word, data) : border.offer(type, timeNs, word, data);
    }

    boolean offer(MemorySegment from, long offset, int lengthBytes, int type, long timeNs, long word) {
        return local != null
                ? local.offer(from, offset, lengthBytes, type, timeNs, word)
                : border.offer(from, offset, lengthBytes, type, timeNs, word);
    }

    /** Wakes the reader if something was put in since the last call. */
    void flush() {
        if (local != null) {
            local.flush();
        } else {
            border.flush();
        }
    }

    int freeBytes() {
        return local != null ? local.freeBytes() : border.freeBytes();
    }

    int capacityBytes() {
        return local != null ? local.capacityBytes() : border.capacityBytes();
    }
}
