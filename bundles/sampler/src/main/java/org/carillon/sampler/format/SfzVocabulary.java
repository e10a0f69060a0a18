package org.carillon.sampler.format;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.carillon.sampler.instrument.LoopMode;
import org.carillon.sampler.instrument.Region.OffMode;
import org.carillon.sampler.instrument.Region.Trigger;

/** The opcodes of a region that are honoured: what values they have, and what they do. */
final class SfzVocabulary {
    /** Sets a value of a region. */
    @FunctionalInterface
    interface Setter {
        void set(SfzRegion region, double value);
    }

    /** What an opcode may say. */
    sealed interface Opcode permits Quantity, Key, Choice {}

    /** A number within a range; a value beyond it is moved to its end. */
    record Quantity(boolean isWhole, double low, double high, Setter setter) implements Opcode {}

    /** A key by number or name, or -1 for none. */
    record Key(Setter setter) implements Opcode {}

    /** One of some words. */
    record Choice(Map<String, ?> words, Setting setting) implements Opcode {
        void set(SfzRegion region, String word) {
            setting.set(region, words.get(word));
        }
    }

    /** Sets what a word stands for. */
    @FunctionalInterface
    interface Setting {
        void set(SfzRegion region, Object meaning);
    }

    private static final Map<String, String> USUAL = Map.ofEntries(Map.entry("loopmode", "loop_mode"),
            Map.entry("loopstart", "loop_start"), Map.entry("loopend", "loop_end"), Map.entry("pitch", "tune"),
            Map.entry("bendup", "bend_up"), Map.entry("benddown", "bend_down"), Map.entry("offby", "off_by"),
            Map.entry("filtype", "fil_type"), Map.entry("polyphony_group", "group"));
    /** Names for people; nothing sounds by them. */
    private static final Pattern LABELS = Pattern.compile("(region|group|master|global|sw)_label|(label|hint)_.*"
            + "|sw_note_label.*|image|comment");
    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final double MAX_SECONDS = 100;
    private static final int MAX_FRAME = Integer.MAX_VALUE - 8;
    private static final int PERCENT = 100;

    private static final Map<String, Opcode> OPCODES = opcodes();

    private SfzVocabulary() {}

    /** The usual one of several names. */
    static String usual(String name) {
        return USUAL.getOrDefault(name, name);
    }

    /** What an opcode does; null if it is not honoured. */
    static Opcode opcode(String name) {
        return OPCODES.get(name);
    }

    static boolean isLabel(String name) {
        return LABELS.matcher(name).matches();
    }

    /** A name with its numbers taken out, so that {@code cutoff_cc1} and {@code cutoff_cc2} are one topic. */
    static String topic(String name) {
        return DIGITS.matcher(name).replaceAll("N");
    }

    private static Map<String, Opcode> opcodes() {
        Map<String, Opcode> all = new HashMap<>();
        when(all);
        where(all);
        pitch(all);
        loudness(all);
        filter(all);
        return Map.copyOf(all);
    }

    private static void when(Map<String, Opcode> all) {
        all.put("key", new Key((r, v) -> r.key((int) v)));
        all.put("lokey", new Key((r, v) -> r.values.loKey = (int) v));
        all.put("hikey", new Key((r, v) -> r.values.hiKey = (int) v));
        all.put("lovel", whole(0, 127, (r, v) -> r.values.loVelocity = (int) v));
        all.put("hivel", whole(0, 127, (r, v) -> r.values.hiVelocity = (int) v));
        all.put("lochan", whole(1, 16, (r, v) -> r.values.loChannel = (int) v - 1));
        all.put("hichan", whole(1, 16, (r, v) -> r.values.hiChannel = (int) v - 1));
        all.put("lorand", decimal(0, 1, (r, v) -> r.values.loRandom = v));
        all.put("hirand", decimal(0, 1, (r, v) -> r.values.hiRandom = v));
        all.put("seq_length", whole(1, 100, (r, v) -> r.values.sequenceLength = (int) v));
        all.put("seq_position", whole(1, 100, (r, v) -> r.values.sequencePosition = (int) v));
        all.put("group", whole(Integer.MIN_VALUE, Integer.MAX_VALUE, (r, v) -> r.values.group = (int) v));
        all.put("off_by", whole(Integer.MIN_VALUE, Integer.MAX_VALUE, (r, v) -> r.values.offBy = (int) v));
        all.put("trigger",
                new Choice(Map.of("attack", Trigger.ATTACK, "release", Trigger.RELEASE, "release_key", Trigger.RELEASE,
                        "first", Trigger.FIRST, "legato", Trigger.LEGATO),
                        (r, word) -> r.values.trigger = (Trigger) word));
        all.put("off_mode", new Choice(Map.of("fast", OffMode.FAST, "normal", OffMode.NORMAL, "time", OffMode.FAST),
                (r, word) -> r.values.offMode = (OffMode) word));
    }

    private static void where(Map<String, Opcode> all) {
        all.put("offset", whole(0, MAX_FRAME, (r, v) -> r.values.startFrame = (int) v));
        all.put("end", whole(-1, MAX_FRAME, (r, v) -> r.lastFrame = (int) v));
        all.put("loop_start", whole(0, MAX_FRAME, (r, v) -> r.values.loopStartFrame = (int) v));
        all.put("loop_end", whole(0, MAX_FRAME, (r, v) -> r.values.loopEndFrame = (int) v + 1));
        all.put("loop_mode",
                new Choice(Map.of("no_loop", LoopMode.NONE, "one_shot", LoopMode.ONE_SHOT, "loop_continuous",
                        LoopMode.CONTINUOUS, "loop_sustain", LoopMode.SUSTAIN),
                        (r, word) -> r.values.loopMode = (LoopMode) word));
    }

    private static void pitch(Map<String, Opcode> all) {
        all.put("pitch_keycenter", new Key((r, v) -> r.rootKey = (int) v));
        all.put("pitch_keytrack", decimal(-1200, 1200, (r, v) -> r.values.keyTrackCents = v));
        all.put("transpose", decimal(-127, 127, (r, v) -> r.transpose = v));
        all.put("tune", decimal(-9600, 9600, (r, v) -> r.tuneCents = v));
        all.put("bend_up", decimal(-9600, 9600, (r, v) -> r.values.bendUpCents = v));
        all.put("bend_down", decimal(-9600, 9600, (r, v) -> r.values.bendDownCents = v));
    }

    private static void loudness(Map<String, Opcode> all) {
        all.put("volume", decimal(-144, 48, (r, v) -> r.volumeDb = v));
        all.put("amplitude", decimal(0, 10_000, (r, v) -> r.amplitude = v / PERCENT));
        all.put("pan", decimal(-100, 100, (r, v) -> r.values.pan = v / PERCENT));
        all.put("amp_veltrack", decimal(-100, 100, (r, v) -> r.values.velocityTrack = v / PERCENT));
        all.put("ampeg_delay", decimal(0, MAX_SECONDS, (r, v) -> r.delayS = v));
        all.put("ampeg_attack", decimal(0, MAX_SECONDS, (r, v) -> r.attackS = v));
        all.put("ampeg_hold", decimal(0, MAX_SECONDS, (r, v) -> r.holdS = v));
        all.put("ampeg_decay", decimal(0, MAX_SECONDS, (r, v) -> r.decayS = v));
        all.put("ampeg_sustain", decimal(0, 100, (r, v) -> r.sustain = v / PERCENT));
        all.put("ampeg_release", decimal(0, MAX_SECONDS, (r, v) -> r.releaseS = v));
    }

    private static void filter(Map<String, Opcode> all) {
        all.put("fil_type", new Choice(SfzFilter.BY_NAME, (r, word) -> r.filter = (SfzFilter) word));
        all.put("cutoff", decimal(0, 100_000, (r, v) -> r.cutoffHz = v));
        all.put("resonance", decimal(-40, 40, (r, v) -> r.resonanceDb = v));
        all.put("fil_keytrack", decimal(-1200, 1200, (r, v) -> r.values.filterKeyTrackCents = v));
        all.put("fil_keycenter", new Key((r, v) -> r.values.filterRootKey = (int) v));
        all.put("fil_veltrack", decimal(-9600, 9600, (r, v) -> r.values.filterVelocityCents = v));
    }

    private static Opcode whole(double low, double high, Setter setter) {
        return new Quantity(true, low, high, setter);
    }

    private static Opcode decimal(double low, double high, Setter setter) {
        return new Quantity(false, low, high, setter);
    }
}
