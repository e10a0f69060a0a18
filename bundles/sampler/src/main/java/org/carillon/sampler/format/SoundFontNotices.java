package org.carillon.sampler.format;

/** What is said about a sound font: each topic once, however many zones have it. */
final class SoundFontNotices {
    private final RiffFile file;
    private final Notices notices = new Notices();

    SoundFontNotices(RiffFile file) {
        this.file = file;
    }

    Notices all() {
        return notices;
    }

    void generator(SoundFontGenerator generator, int amount, long offset) {
        once(Notice.Kind.NOT_HONOURED, offset, "generator is not honoured: generator=" + generator.label,
                ", amount=" + amount);
    }

    void once(Notice.Kind kind, long offset, String topic, String values) {
        notices.once(topic, kind, file.at(offset), topic + values);
    }

    void add(Notice.Kind kind, long offset, String text) {
        notices.add(kind, file.at(offset), text);
    }
}
