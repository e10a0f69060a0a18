package org.carillon.transport.shm;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.carillon.api.ring.PendingQuota;
import org.carillon.protocol.control.WireRefusal;

/**
 * How much of the server each user has and may have. The owner of the server may have all that is free; every other
 * user at most half of what the others leave, so that there is always room for one more. Listening thread only.
 */
final class Quotas {
    /** What is limited. */
    enum Kind {
        SOCKETS, SESSIONS, RING_BYTES, PORTS, CONNECTIONS;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    private static final int KINDS = Kind.values().length;
    private static final long NS_PER_S = 1_000_000_000L;

    private final int ownerId;
    private final long[] totals;
    private final long[] userLimits;
    private final int requestsPerSecond;
    private final int pendingLimit;
    private final long[] used = new long[KINDS];
    private final Map<Integer, Usage> users = new HashMap<>();

    /**
     * @param ownerId    who runs the server.
     * @param totals     what the server has, by kind.
     * @param userLimits what one user may have, by kind.
     */
    Quotas(int ownerId, long[] totals, long[] userLimits, int requestsPerSecond, int pendingLimit) {
        this.ownerId = ownerId;
        this.totals = totals.clone();
        this.userLimits = userLimits.clone();
        this.requestsPerSecond = requestsPerSecond;
        this.pendingLimit = pendingLimit;
    }

    /** What a user has. Users are remembered, so that coming again refills nothing. */
    Usage of(int userId) {
        return users.computeIfAbsent(userId, Usage::new);
    }

    /** What one user has. */
    final class Usage {
        private final int userId;
        private final long[] own = new long[KINDS];
        private final Set<Integer> made = new HashSet<>();
        private final PendingQuota pending = new PendingQuota(pendingLimit);
        private long tokens = requestsPerSecond;
        private long filledNs;
        private boolean wasFilled;

        private Usage(int userId) {
            this.userId = userId;
        }

        int userId() {
            return userId;
        }

        /** Shared by all sessions of the user. */
        PendingQuota pending() {
            return pending;
        }

        /**
         * Takes so much, or nothing.
         *
         * @throws WireRefusal that says what the limit is.
         */
        void take(Kind kind, long amount) throws WireRefusal {
            int index = kind.ordinal();
            long others = used[index] - own[index];
            long share = userId == ownerId ? totals[index] : (totals[index] - others) / 2;
            long limit = Math.min(userLimits[index], share);
            long free = totals[index] - used[index];
            if (own[index] + amount > limit || amount > free) {
                throw new WireRefusal("REFUSED", "quota of " + kind.word() + " is reached: user=" + userId + ", has="
                        + own[index] + ", asked=" + amount + ", limit=" + Math.min(limit, own[index] + free));
            }
            own[index] += amount;
            used[index] += amount;
        }

        void give(Kind kind, long amount) {
            own[kind.ordinal()] -= amount;
            used[kind.ordinal()] -= amount;
        }

        /**
         * Takes room for a connection that is about to be made. Nobody says when one is gone: that is looked up when
         * there is no more room.
         *
         * @param existing the numbers of all connections that are there.
         */
        void takeConnection(Supplier<Set<Integer>> existing) throws WireRefusal {
            try {
                take(Kind.CONNECTIONS, 1);
            } catch (WireRefusal e) {
                Set<Integer> still = existing.get();
                users.values().forEach(user -> user.forgetGone(still));
                take(Kind.CONNECTIONS, 1);
            }
        }

        /** The connection was made, or not: then its room is given back. */
        void made(int connectionId, boolean isMade) {
            if (!isMade || !made.add(connectionId)) {
                give(Kind.CONNECTIONS, 1);
            }
        }

        private void forgetGone(Set<Integer> still) {
            int before = made.size();
            made.retainAll(still);
            give(Kind.CONNECTIONS, before - (long) made.size());
        }

        long has(Kind kind) {
            return own[kind.ordinal()];
        }

        /** Whether one more request may be made now. */
        boolean mayAsk(long nowNs) {
            if (!wasFilled) {
                wasFilled = true;
                filledNs = nowNs;
            }
            if (tokens == 0) {
                long passedNs = Math.min(nowNs - filledNs, NS_PER_S);
                tokens = passedNs * requestsPerSecond / NS_PER_S;
                filledNs = tokens == 0 ? filledNs : nowNs;
            }
            if (tokens == 0) {
                return false;
            }
            tokens--;
            return true;
        }

        /** What {@link #mayAsk} counts up to. */
        int requestsPerSecond() {
            return requestsPerSecond;
        }
    }
}
