package org.carillon.sampler.format;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Gathers notices; the same one counts once, and a hostile file cannot fill the memory with them. */
final class Notices {
    static final int LIMIT = 1_000;

    private final Set<Notice> notices = new LinkedHashSet<>();
    private final Set<String> topics = new HashSet<>();

    void add(Notice.Kind kind, Place place, String text) {
        add(new Notice(kind, place, text));
    }

    void addAll(List<Notice> others) {
        for (Notice notice : others) {
            add(notice);
        }
    }

    /** Adds what is said once for a topic, however often it is met. */
    void once(String topic, Notice.Kind kind, Place place, String text) {
        if (topics.size() < LIMIT && topics.add(topic)) {
            add(kind, place, text);
        }
    }

    List<Notice> list() {
        return List.copyOf(notices);
    }

    /** The first notice, for the message of an exception. */
    String first() {
        return notices.isEmpty() ? "none" : notices.iterator().next().toString();
    }

    private void add(Notice notice) {
        if (notices.size() < LIMIT) {
            notices.add(notice);
        } else if (notices.size() == LIMIT) {
            notices.add(new Notice(Notice.Kind.NOT_HONOURED, notice.place(),
                    "from here on nothing more is said: notices=" + LIMIT));
        }
    }
}
