package org.carillon.kernel;

import java.lang.foreign.MemorySegment;
import org.carillon.api.filter.CompiledFilter;
import org.carillon.api.port.ConnectionInfo.State;
import org.carillon.api.port.ConnectionInfo.Tap;
import org.carillon.protocol.DropReason;
import org.carillon.protocol.Event;
import org.carillon.protocol.EventType;

/**
 * A connection, held by the names of its ports; while both are there, the way of events from the one to the other: its
 * filter, the destination's filter, the ledger of what it has started.
 */
final class Connection {
    private enum Sysex {
        NONE, PASSING, SKIPPING
    }

    final int id;
    final int slot;
    String sourceName;
    String destinationName;
    final Tap tap;
    /** The session with whose end it ends, or null. */
    final Client owner;
    final Ledger ledger = new Ledger();
    private final KernelAgent agent;
    boolean loopAllowed;
    /** Made from memory: the first who makes it again is not refused. */
    boolean restored;
    CompiledFilter filter;
    State state = State.WAITING;
    /** The state that those who watch know. */
    State toldState = State.WAITING;
    /** Where its events come from, or null: of a tap of a destination, that is {@link #tapped}. */
    SourcePort source;
    DestinationPort tapped;
    DestinationPort destination;
    long events;
    long dropped;
    long filtered;
    private CompiledFilter destinationFilter;
    private Sysex sysex = Sysex.NONE;
    private int activation;

    Connection(int id, int slot, String sourceName, String destinationName, Tap tap, Client owner, KernelAgent agent) {
        this.id = id;
        this.slot = slot;
        this.sourceName = sourceName;
        this.destinationName = destinationName;
        this.tap = tap;
        this.owner = owner;
        this.agent = agent;
    }

    boolean isTap() {
        return tap != Tap.NONE;
    }

    /** Id of the port that its events come from, 0 while there is none. */
    int fromId() {
        return source != null ? source.id : tapped != null ? tapped.id : 0;
    }

    /** Both ports are there; of source and tapped destination, one is null. */
    void activate(SourcePort source, DestinationPort tapped, DestinationPort destination) {
        this.source = source;
        this.tapped = tapped;
        this.destination = destination;
        destinationFilter = destination.filter == null ? null : destination.filter.copy();
        state = State.ACTIVE;
        activation++;
    }

    /** A port goes or the connection ends: what it started is released; a tap started nothing. */
    void deactivate() {
        if (state == State.ACTIVE) {
            release();
            destination.payDebts();
            destination.outlet.flush();
        }
        state = State.WAITING;
        source = null;
        tapped = null;
        destination = null;
        sysex = Sysex.NONE;
    }

    /** Hands over what it started to the destination's debts. Note-offs that are scheduled have nothing to do then. */
    void release() {
        cutSysex();
        destination.gate.forgetStarts(this);
        if (isTap()) {
            ledger.clear();
        } else {
            agent.released(ledger.release(destination.debts));
        }
        activation++;
    }

    /** The destination has another filter of its own. */
    void destinationFilter(CompiledFilter changed) {
        destinationFilter = changed == null ? null : changed.copy();
    }

    /** Delivers a short message. */
    void deliver(int type, long timeNs, long word, long data) {
        if (type == EventType.KEY_ON && Event.data2(data) != 0) {
            noteOn(timeNs, word, data);
        } else if (type == EventType.KEY_ON || type == EventType.KEY_OFF) {
            noteOff(type, timeNs, word, data);
        } else {
            other(type, timeNs, word, data);
        }
    }

    private void noteOn(long timeNs, long word, long data) {
        int in = Ledger.key(data);
        long out = filter == null ? data : filter.applyNoteOn(word, data);
        if (destinationFilter != null && out != CompiledFilter.REJECTED) {
            out = destinationFilter.applyNoteOn(word, out);
        }
        if (out == CompiledFilter.REJECTED) {
            filtered++;
            if (filter == null || filter.acceptsNoteOns()) {
                ledger.reject(in);
            }
            return;
        }
        int key = Ledger.key(out);
        int before = ledger.soundsAs(in);
        if (before >= 0 && before != key) {
            endAll(in, timeNs, word);
        }
        if (put(EventType.KEY_ON, timeNs, word, out)) {
            ledger.start(in, key);
        }
    }

    private void endAll(int in, long timeNs, long word) {
        for (int key = ledger.end(in); key >= 0; key = ledger.end(in)) {
            putOrOwe(timeNs, word, Debts.noteOff(key), key);
        }
    }

    private void noteOff(int type, long timeNs, long word, long data) {
        int key = ledger.end(Ledger.key(data));
        if (key >= 0) {
            long out = data & ~0xFF0FL | key >>> 7 | (long) (key & 0x7F) << 8;
            putOrOwe(type, timeNs, word, out, key);
            return;
        }
        long out = key == Ledger.REJECTED ? CompiledFilter.REJECTED : filtered(EventType.KEY_OFF, word, data);
        if (out == CompiledFilter.REJECTED) {
            filtered++;
        } else {
            put(type, timeNs, word, out);
        }
    }

    private void other(int type, long timeNs, long word, long data) {
        int held = type == EventType.KEY_PRESS ? ledger.soundsAs(Ledger.key(data)) : Ledger.UNKNOWN;
        long follows = held < 0 ? data : data & ~0xFF0FL | held >>> 7 | (long) (held & 0x7F) << 8;
        long out = filtered(type, word, data);
        if (out == CompiledFilter.REJECTED) {
            filtered++;
        } else if (put(type, timeNs, word, held < 0 ? out : follows)) {
            if (type == EventType.CONTROL_CHANGE) {
                ledger.controller(out);
            } else if (type == EventType.PITCH_WHEEL) {
                ledger.bend(out);
            }
        }
    }

    /** Delivers a record that is neither short nor a piece of a system exclusive message. */
    void deliverRecord(int type, long timeNs, long word, MemorySegment segment, long offset, int lengthBytes) {
        if (type == EventType.NOTE) {
            note(timeNs, word, segment, offset);
        } else if (filtered(type, word, 0L) == CompiledFilter.REJECTED) {
            filtered++;
        } else {
            count(destination.putRecord(this, type, timeNs, word, segment, offset, lengthBytes));
        }
    }

    private void note(long timeNs, long word, MemorySegment segment, long offset) {
        Event note = agent.scratch.wrap(segment, offset);
        long out = filtered(EventType.NOTE, word, note.data());
        if (out == CompiledFilter.REJECTED) {
            filtered++;
        } else if (destination.wholeNotes) {
            count(destination.putRecord(this, EventType.NOTE, timeNs, word,
                    agent.changedNote(note.durationNs(), out), 0, Event.NOTE_LENGTH));
        } else {
            expand(timeNs, word, out, note.durationNs());
        }
    }

    /** Sends the note-on now and schedules the note-off for exactly this destination, past all filters. */
    private void expand(long timeNs, long word, long data, long durationNs) {
        long offNs = Inlet.later(timeNs, Math.max(0, durationNs));
        long noteOn = data & 0xFFFFFFL;
        Client owner = source == null ? null : source.owner;
        long handle = agent.scheduleOwedNoteOff(owner, offNs, id, noteOn | (long) activation << 32);
        if (handle < 0) {
            dropped++;
        } else if (put(EventType.KEY_ON, timeNs, word, noteOn)) {
            ledger.startTimed(Ledger.key(noteOn));
        } else {
            agent.cancelOwedNoteOff(owner, handle);
        }
    }

    /** The date of an owed note-off has come. */
    void owedNoteOff(long timeNs, long data) {
        int key = Ledger.key(data);
        if ((int) (data >>> 32) == activation && state == State.ACTIVE && ledger.endTimed(key)) {
            long word = Event.word(source == null ? 0 : source.id, 0, 3, 0);
            putOrOwe(timeNs, word, Debts.noteOff(key), key);
        }
    }

    /** Delivers a piece of a system exclusive message; the first decides for the others. */
    void deliverSysex(long timeNs, long word, MemorySegment segment, long offset, int lengthBytes) {
        int flags = Event.flags(word);
        if ((flags & Event.BEGIN) != 0) {
            boolean passes = filtered(EventType.SYSEX, word, 0L) != CompiledFilter.REJECTED;
            if (!passes) {
                filtered++;
            }
            sysex = passes ? Sysex.PASSING : Sysex.SKIPPING;
        }
        if (sysex == Sysex.PASSING) {
            count(destination.gate.put(this, timeNs, word, segment, offset, lengthBytes));
        } else if (sysex == Sysex.NONE) {
            agent.drop(DropReason.SYSEX_ORPHAN);
            dropped++;
        }
        if ((flags & Event.END) != 0) {
            sysex = Sysex.NONE;
        }
    }

    boolean hasRoomForSysex(int flags, int lengthBytes) {
        boolean wouldPass = sysex == Sysex.PASSING || (flags & Event.BEGIN) != 0;
        return !wouldPass || isTap() || destination.gate.hasRoomFor(this, lengthBytes);
    }

    /** Ends an unfinished system exclusive message at the destination. */
    void cutSysex() {
        if (sysex == Sysex.PASSING) {
            destination.gate.cut(this);
        }
    }

    /** A message begins where another was not ended. */
    void sysexBegins() {
        sysex = Sysex.PASSING;
    }

    /** The message was cut: its other pieces go nowhere. */
    void sysexWasCut() {
        if (sysex == Sysex.PASSING) {
            sysex = Sysex.SKIPPING;
        }
        dropped++;
    }

    private long filtered(int type, long word, long data) {
        long out = filter == null ? data : filter.apply(type, word, data);
        return destinationFilter == null || out == CompiledFilter.REJECTED
                ? out
                : destinationFilter.apply(type, word, out);
    }

    private boolean put(int type, long timeNs, long word, long data) {
        return count(destination.put(this, type, timeNs, word, data));
    }

    private void putOrOwe(long timeNs, long word, long noteOff, int key) {
        putOrOwe(EventType.KEY_OFF, timeNs, word, noteOff, key);
    }

    /** A note-off is never lost: one that finds no room is owed, except to a tap. */
    private void putOrOwe(int type, long timeNs, long word, long noteOff, int key) {
        if (isTap()) {
            put(type, timeNs, word, noteOff);
        } else if (destination.putOrOwe(this, type, timeNs, word, noteOff, key)) {
            events++;
        }
    }

    private boolean count(boolean delivered) {
        if (delivered) {
            events++;
        } else {
            dropped++;
        }
        return delivered;
    }
}
