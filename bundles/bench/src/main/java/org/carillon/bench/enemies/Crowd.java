package org.carillon.bench.enemies;

import java.util.ArrayList;
import java.util.List;

/** Many of a kind, ended together. */
final class Crowd<T extends AutoCloseable> implements AutoCloseable {
    private final List<T> members = new ArrayList<>();

    T add(T member) {
        members.add(member);
        return member;
    }

    T last() {
        return members.getLast();
    }

    int size() {
        return members.size();
    }

    @Override
    public void close() {
        for (T member : members) {
            try {
                member.close();
            } catch (Exception e) {
                throw new IllegalStateException("cannot be closed: member=" + member, e);
            }
        }
    }
}
