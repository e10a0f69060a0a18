package org.carillon.transport.shm;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.carillon.protocol.control.Page;
import org.carillon.protocol.control.WireMessage;
import org.carillon.protocol.control.WireRefusal;

/** The part of a list that was asked for, as far as it fits into a packet. */
final class Paged {
    /** Leaves room for head and counts. */
    private static final int MAX_BYTES = 60_000;

    private Paged() {}

    static void check(Page page) throws WireRefusal {
        if (page.first() < 0 || page.limit() < 1) {
            throw new WireRefusal("WRONG_USAGE", "page must start at 0 or above and hold at least 1: first="
                    + page.first() + ", limit=" + page.limit());
        }
    }

    static boolean has(String name, Page page) {
        return page.part().isEmpty()
                || name.toLowerCase(Locale.ROOT).contains(page.part().toLowerCase(Locale.ROOT));
    }

    static <T extends WireMessage> List<T> of(List<T> all, Page page) {
        return of(all.subList(Math.min(page.first(), all.size()), all.size()), page.limit());
    }

    static <T extends WireMessage> List<T> of(List<T> rest, int limit) {
        List<T> part = new ArrayList<>();
        long bytes = 0;
        for (T each : rest) {
            bytes += each.encodedLength();
            if (part.size() == limit || bytes > MAX_BYTES) {
                break;
            }
            part.add(each);
        }
        return part;
    }
}
