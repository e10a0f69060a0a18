package org.carillon.sequencer;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.carillon.api.session.Source;
import org.carillon.sequencer.PlayerProgress.State;

/**
 * Plays sequences through sources of a session: every message is sent a little ahead, with the date on which it is due,
 * and the server keeps it until then.
 * <p>
 * {@link #advance} does all the work and belongs to the session's sending thread; a {@link PlayerThread} is one. All
 * other methods may be called by any thread; they are carried out by the next {@code advance}. What has been sent
 * cannot be taken back, so every command takes effect where that ends, at most the look-ahead later: the music until
 * there sounds as it was, and nothing sounds twice.
 */
public final class Player {
    /** Nothing to do until a command comes. */
    public static final long NEVER = Long.MAX_VALUE;
    /** How long after a start the first message is due, so that it is not late. */
    static final long START_NS = 20_000_000;
    /** Later than this, the music is put off instead of being hurried through. */
    static final long MAX_LATE_NS = 1_000_000_000;
    private static final long MIN_LOOP_NS = 10_000_000;
    private static final long NO_LOOP = -1;
    private static final double MIN_TEMPO_PERCENT = 1;
    private static final double MAX_TEMPO_PERCENT = 1_000;

    private final PlayerOptions options;
    private final Sender sender;
    private final Outbox outbox;
    private final SongClock clock = new SongClock();
    private final List<Part> parts = new CopyOnWriteArrayList<>();
    private final Queue<Command> commands = new ConcurrentLinkedQueue<>();
    private State state = State.STOPPED;
    private long speed = SongClock.FULL_SPEED;
    /** Where the music stands while it does not play. */
    private long restNs;
    private long loopFromNs;
    private long loopToNs = NO_LOOP;
    private long endsNs;
    private boolean ending;
    private long loops;
    private long slips;
    private volatile PlayerProgress progress;
    private volatile Runnable wake = () -> {};

    /** Something to do on the sending thread, where what was sent ends. */
    private interface Command {
        void run(long nowNs, long horizonNs);
    }

    public Player() {
        this(PlayerOptions.DEFAULTS);
    }

    public Player(PlayerOptions options) {
        this.options = options;
        sender = new Sender(options.pendingLimit());
        outbox = new Outbox(sender);
        publish(0);
    }

    /** Adds a sequence; one that comes while others play joins them where they are. Format 2 is played in order. */
    public Part add(Sequence sequence, Source source) {
        return add(sequence, Timeline.of(sequence), source);
    }

    /** Adds one of the pieces that a sequence of format 2 holds, tracks from 0; of other formats all is added. */
    public Part add(Sequence sequence, int track, Source source) {
        if (track < 0 || track >= sequence.tracks().size()) {
            throw new IllegalArgumentException("track must be 0 to " + (sequence.tracks().size() - 1) + ": track="
                    + track);
        }
        return add(sequence, Timeline.of(sequence, track), source);
    }

    private Part add(Sequence sequence, Timeline timeline, Source source) {
        Part part = new Part(sequence, timeline, source, this::change);
        command((nowNs, horizonNs) -> {
            part.seek(state == State.PLAYING ? clock.songNs(horizonNs) : restNs);
            parts.add(part);
            if (state == State.PLAYING) {
                ending = false;
                part.chase(horizonNs, outbox);
            }
        });
        return part;
    }

    private void change(Part.Change change) {
        command((nowNs, horizonNs) -> change.apply(horizonNs, outbox));
    }

    /** Starts at once, or goes on. */
    public void play() {
        command((nowNs, horizonNs) -> start(Math.max(nowNs + START_NS, horizonNs)));
    }

    /** Starts at a date: several players that get the same one play together. */
    public void playAt(long serverNs) {
        command((nowNs, horizonNs) -> start(Math.max(serverNs, horizonNs)));
    }

    private void start(long atNs) {
        if (state == State.PLAYING) {
            return;
        }
        if (state == State.ENDED) {
            moveTo(0);
        }
        state = State.PLAYING;
        ending = false;
        clock.jump(atNs, restNs, speed);
        parts.forEach(part -> part.chase(atNs, outbox));
    }

    /** Holds the music; no note, pedal or bend stays. */
    public void pause() {
        command((nowNs, horizonNs) -> rest(State.PAUSED, horizonNs));
    }

    /** Ends the music and goes to its start; no note, pedal or bend stays. */
    public void stop() {
        command((nowNs, horizonNs) -> {
            rest(State.STOPPED, horizonNs);
            state = State.STOPPED;
            moveTo(0);
        });
    }

    private void rest(State next, long horizonNs) {
        if (state == State.PLAYING) {
            state = next;
            restNs = clock.songNs(horizonNs);
            parts.forEach(part -> part.quiet(horizonNs, outbox));
        }
    }

    private void moveTo(long songNs) {
        restNs = songNs;
        parts.forEach(part -> part.seek(songNs));
    }

    /** Goes to a time. Channels are set as if all before had been played; notes that would sound there do not start. */
    public void locate(long songNs) {
        checkTime(songNs);
        command((nowNs, horizonNs) -> locate(horizonNs, songNs));
    }

    /** Goes to a place in the first part. */
    public void locate(BarPosition place) {
        command((nowNs, horizonNs) -> locate(horizonNs, parts.isEmpty() ? 0 : parts.get(0).timeline().timeNs(place)));
    }

    private void locate(long horizonNs, long songNs) {
        state = state == State.ENDED ? State.STOPPED : state;
        moveTo(songNs);
        if (state == State.PLAYING) {
            ending = false;
            clock.jump(horizonNs, songNs, speed);
            parts.forEach(part -> part.release(horizonNs, outbox));
            parts.forEach(part -> part.chase(horizonNs, outbox));
        }
    }

    /** Plays faster or slower than the files say: 1 to 1000 percent, 100 is their own tempo. */
    public void tempo(double percent) {
        if (!(percent >= MIN_TEMPO_PERCENT && percent <= MAX_TEMPO_PERCENT)) {
            throw new IllegalArgumentException("tempo must be 1 to 1000 percent: percent=" + percent);
        }
        command((nowNs, horizonNs) -> {
            speed = Math.round(percent * SongClock.FULL_SPEED / 100);
            if (state == State.PLAYING) {
                ending = false;
                clock.jump(horizonNs, clock.songNs(horizonNs), speed);
            }
        });
    }

    /** Plays from one time to another again and again, at least 10 ms. What is at the end itself is not in it. */
    public void loop(long fromSongNs, long toSongNs) {
        checkTime(fromSongNs);
        if (toSongNs - fromSongNs < MIN_LOOP_NS) {
            throw new IllegalArgumentException("loop must have at least 10 ms: fromSongNs=" + fromSongNs + ", toSongNs="
                    + toSongNs);
        }
        command((nowNs, horizonNs) -> setLoop(fromSongNs, toSongNs));
    }

    /** Plays all again and again. */
    public void loop() {
        command((nowNs, horizonNs) -> setLoop(0, Math.max(MIN_LOOP_NS, durationNs())));
    }

    /** Goes on behind the loop. */
    public void noLoop() {
        command((nowNs, horizonNs) -> setLoop(0, NO_LOOP));
    }

    private void setLoop(long fromSongNs, long toSongNs) {
        loopFromNs = fromSongNs;
        loopToNs = toSongNs;
        ending = false;
    }

    /** How far it is, as of the last {@link #advance}. */
    public PlayerProgress progress() {
        return progress;
    }

    /** What has been added and taken up. */
    public List<Part> parts() {
        return List.copyOf(parts);
    }

    private static void checkTime(long songNs) {
        if (songNs < 0) {
            throw new IllegalArgumentException("time must be 0 or more: songNs=" + songNs);
        }
    }

    private void command(Command command) {
        commands.add(command);
        wake.run();
    }

    void onCommand(Runnable wake) {
        this.wake = wake;
    }

    /** Whether all commands and what follows from them have been carried out. */
    boolean isSettled() {
        return commands.isEmpty() && outbox.isEmpty();
    }

    /**
     * Sends what is due within the look-ahead. Sending thread only; it waits only for the room that a long system
     * exclusive message needs.
     *
     * @param nowNs server time.
     * @return the server time at which to call again, or {@link #NEVER}; earlier does no harm.
     */
    public long advance(long nowNs) {
        sender.expire(nowNs);
        long againNs = outbox.send(nowNs);
        while (againNs == Sender.GONE && !commands.isEmpty()) {
            commands.poll().run(nowNs, sender.horizonNs(nowNs));
            againNs = outbox.send(nowNs);
        }
        while (againNs == Sender.GONE && state == State.PLAYING) {
            againNs = step(nowNs);
        }
        parts.forEach(part -> part.source().flush());
        publish(nowNs);
        return againNs;
    }

    /** Sends one message, or jumps, or says until when there is nothing to do. */
    private long step(long nowNs) {
        if (ending) {
            if (endsNs - nowNs > 0) {
                return endsNs;
            }
            state = State.ENDED;
            restNs = durationNs();
            return Sender.GONE;
        }
        Part part = earliest();
        boolean isLoopEnd = loopToNs != NO_LOOP && (part == null || part.nextNs() >= loopToNs);
        long deadlineNs = clock.deadlineNs(isLoopEnd ? loopToNs : part == null ? durationNs() : part.nextNs());
        if (deadlineNs - nowNs > options.lookAheadNs()) {
            return deadlineNs - options.lookAheadNs();
        }
        if (isLoopEnd) {
            return jumpBack(deadlineNs, nowNs);
        }
        if (part == null) {
            ending = true;
            endsNs = Math.max(deadlineNs, sender.horizonNs(nowNs));
            parts.forEach(any -> any.quiet(endsNs, outbox));
            return outbox.send(nowNs);
        }
        if (part.isNextUnheard()) {
            part.pass();
            return Sender.GONE;
        }
        if (nowNs - deadlineNs > MAX_LATE_NS) {
            slips++;
            clock.jump(nowNs, part.nextNs(), speed);
            return Sender.GONE;
        }
        return sender.send(part, deadlineNs, nowNs);
    }

    private long jumpBack(long deadlineNs, long nowNs) {
        boolean isBehind = nowNs - deadlineNs > options.lookAheadNs();
        long atNs = isBehind ? sender.horizonNs(nowNs) : Math.max(deadlineNs, sender.horizonNs(deadlineNs));
        loops++;
        locate(atNs, loopFromNs);
        return outbox.send(nowNs);
    }

    private Part earliest() {
        Part earliest = null;
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            if (!part.isDone() && (earliest == null || part.nextNs() < earliest.nextNs())) {
                earliest = part;
            }
        }
        return earliest;
    }

    private long durationNs() {
        long durationNs = 0;
        for (int i = 0; i < parts.size(); i++) {
            durationNs = Math.max(durationNs, parts.get(i).timeline().durationNs());
        }
        return durationNs;
    }

    private void publish(long nowNs) {
        long positionNs = state == State.PLAYING ? Math.min(clock.heardNs(nowNs), durationNs()) : restNs;
        long skipped = 0;
        for (Part part : parts) {
            skipped += part.timeline().skipped();
        }
        BarPosition place = parts.isEmpty() ? new BarPosition(1, 1, 0) : parts.get(0).timeline().place(positionNs);
        progress = new PlayerProgress(state, positionNs, durationNs(), place, speed * 100.0 / SongClock.FULL_SPEED,
                sender.sent(), loops, sender.retries(), slips, skipped);
    }
}
