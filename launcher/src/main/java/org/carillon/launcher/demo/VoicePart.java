package org.carillon.launcher.demo;

import java.util.ArrayList;
import java.util.List;

/** One voice while it is read: its notes and settings in ticks, one after the other, checked bar by bar. */
final class VoicePart {
    private static final int DEFAULT_VELOCITY = 80;

    private record Note(int tick, int ticks, int pitch, int velocity) {}

    private record Setting(int tick, ScoreControl control, int value) {}

    private final String name;
    private final int channel;
    private final int barTicks;
    private final List<Note> notes = new ArrayList<>();
    private final List<Setting> settings = new ArrayList<>();
    private int ownSettings;
    private int velocity = DEFAULT_VELOCITY;
    private int tick;
    private int barTick;
    private boolean tied;

    VoicePart(String name, int channel, int barTicks) {
        this.name = name;
        this.channel = channel;
        this.barTicks = barTicks;
    }

    String name() {
        return name;
    }

    int channel() {
        return channel;
    }

    /** Where the next bar begins, and the music ends so far. */
    int endTick() {
        return barTick;
    }

    /** Settings up to here belong to the voice alone: a canon does not copy them. */
    void endHeading() {
        ownSettings = settings.size();
    }

    /** Reads one word of a bar: a note, a rest, a setting or a bar line. */
    void read(ScoreWord word) {
        if (word.is("|")) {
            endBar(word);
        } else if (word.text().indexOf('=') >= 0) {
            set(word);
        } else {
            add(ScoreNote.parse(word), word);
        }
    }

    void set(ScoreWord word) {
        int equalsIndex = word.text().indexOf('=');
        if (equalsIndex < 0) {
            throw word.wrong("setting must be written name=value");
        }
        ScoreWord setting = word.upTo(equalsIndex);
        ScoreWord value = word.from(equalsIndex + 1);
        if (setting.is("velocity")) {
            velocity = value.number("velocity", 1, ScoreMessages.DATA_MAX);
        } else {
            ScoreControl control = ScoreControl.named(setting);
            settings.add(new Setting(tick, control, control.value(value)));
        }
    }

    private void add(ScoreNote note, ScoreWord word) {
        if (tied) {
            prolong(note, word);
        } else if (note.pitch() != ScoreNote.REST) {
            notes.add(new Note(tick, note.ticks(), note.pitch(), velocity));
        }
        tied = note.tied();
        tick += note.ticks();
    }

    private void prolong(ScoreNote note, ScoreWord word) {
        Note last = notes.removeLast();
        if (note.pitch() != last.pitch) {
            throw word.wrong("tied note must be followed by its own pitch", "key=" + last.pitch);
        }
        notes.add(new Note(last.tick, last.ticks + note.ticks(), last.pitch, last.velocity));
    }

    private void endBar(ScoreWord barLine) {
        if (tick - barTick != barTicks) {
            String beats = "beats=" + beats(tick - barTick);
            throw barLine.wrong("bar must hold %s beats".formatted(beats(barTicks)), "bar=" + bar() + ", " + beats);
        }
        barTick = tick;
    }

    private int bar() {
        return barTick / barTicks + 1;
    }

    private static String beats(int ticks) {
        int whole = ticks / ScoreNote.TICKS_PER_BEAT;
        boolean even = ticks % ScoreNote.TICKS_PER_BEAT == 0;
        return even ? String.valueOf(whole) : String.valueOf((double) ticks / ScoreNote.TICKS_PER_BEAT);
    }

    /** Complains about a bar or a tie left open before the word: a directive, or the end of the text. */
    void requireEnd(ScoreWord next) {
        if (tick != barTick) {
            throw next.wrong("bar must be closed by a bar line", "bar=" + bar() + ", voice=" + name);
        }
        if (tied) {
            throw next.wrong("tie must lead to a note", "voice=" + name);
        }
    }

    /**
     * Plays what the leader plays, later, until the given tick, where this voice goes on by itself. A note that would
     * last longer is cut.
     */
    void follow(VoicePart leader, int delayTicks, int untilTick) {
        for (Note note : leader.notes) {
            int start = note.tick + delayTicks;
            if (start < untilTick) {
                notes.add(new Note(start, Math.min(note.ticks, untilTick - start), note.pitch, note.velocity));
            }
        }
        for (Setting setting : leader.settings.subList(leader.ownSettings, leader.settings.size())) {
            if (setting.tick + delayTicks < untilTick) {
                settings.add(new Setting(setting.tick + delayTicks, setting.control, setting.value));
            }
        }
        tick = untilTick;
        barTick = untilTick;
    }

    void writeTo(ScoreEvents events, int voice) {
        for (Setting setting : settings) {
            events.control(setting.tick, voice, setting.control.message(channel, setting.value));
        }
        for (Note note : notes) {
            events.noteOn(note.tick, voice, ScoreMessages.noteOn(channel, note.pitch, note.velocity));
            events.noteOff(note.tick + note.ticks, voice, ScoreMessages.noteOff(channel, note.pitch));
        }
    }
}
