package org.carillon.launcher.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a score from text. One directive or any number of bars to a line; blanks separate words.
 *
 * <pre>
 * # words                              comment: a word that begins with # and all after it
 * title WORDS                          name of the piece
 * beats N                              quarters to the bar, 4 unless told; before the first voice or tempo
 * tempo BPM at bar N [beat N]          quarters a minute from there on
 * sysex F0 … F7                        system exclusive at the very beginning, bytes in hexadecimal
 * voice NAME channel N [SETTING …]     begins a voice on channel 1 to 16, one voice to a channel
 * canon NAME after N beats until bar N this voice plays what an earlier one plays, until it goes on by itself
 * repeat N BARS                        the bars of this line N times
 * BARS                                 words of the voice: notes, rests, settings, bar lines
 *
 * note     F#5q  letter A to G, # or b, octave (C4 is key 60), duration, a tie ~ if the next note prolongs it
 * rest     re    the letter r and a duration
 * duration       w h q e s t for whole, half, quarter, eighth, sixteenth, thirty-second; dots as in print
 * bar line |     checked: the beats before it must add up; a bar may go on in the next line
 * setting        program=, volume=, pan=, expression=, sustain= 0 to 127; bend= -8192 to 8191;
 *                velocity= 1 to 127 of the notes that follow
 * </pre>
 *
 * A canon copies the settings within the leader's bars, not those of its voice line. Whatever is wrong ends the reading
 * with an {@link IllegalArgumentException} that names line and column.
 */
final class ScoreReader {
    private static final int BEATS_MAX = 16;
    private static final int TEMPO_MIN_BPM = 10;
    private static final int TEMPO_MAX_BPM = 400;
    private static final int BAR_MAX = 9_999;
    private static final int REPEAT_MAX = 999;
    private static final int CHANNELS = 16;
    private static final int HEXADECIMAL = 16;

    private final TempoMap tempos = new TempoMap();
    private final ScoreEvents events = new ScoreEvents();
    private final List<VoicePart> voices = new ArrayList<>();
    private String name = "untitled";
    private int barTicks = 4 * ScoreNote.TICKS_PER_BEAT;
    private boolean barTicksUsed;

    private ScoreReader() {}

    static Score read(String text) {
        return new ScoreReader().score(text);
    }

    /** Reads a score that lies beside this class. */
    static Score readResource(String resource) {
        try (InputStream in = ScoreReader.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("score must be a resource of the demo: resource=" + resource);
            }
            return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Score score(String text) {
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            line(new ScoreLine(line, number));
        }
        ScoreWord end = new ScoreWord("", number + 1, 1);
        if (voices.isEmpty()) {
            throw end.wrong("score must have a voice");
        }
        voices.getLast().requireEnd(end);
        for (int voice = 0; voice < voices.size(); voice++) {
            voices.get(voice).writeTo(events, voice);
        }
        int endTick = voices.stream().mapToInt(VoicePart::endTick).max().orElseThrow();
        if (endTick == 0) {
            throw end.wrong("score must have a bar");
        }
        List<String> names = voices.stream().map(VoicePart::name).toList();
        return new Score(name, names, events.timed(tempos), tempos.changes(), tempos.timeNs(endTick));
    }

    private void line(ScoreLine line) {
        if (!line.hasNext()) {
            return;
        }
        ScoreWord first = line.next();
        switch (first.text()) {
            case "title" -> title(line);
            case "beats" -> beats(line);
            case "tempo" -> tempo(line);
            case "sysex" -> sysex(line);
            case "voice" -> voice(line, first);
            case "canon" -> canon(line, first);
            case "repeat" -> repeat(line, first);
            default -> bars(line, first);
        }
    }

    private void title(ScoreLine line) {
        List<ScoreWord> words = line.rest();
        if (words.isEmpty()) {
            throw line.next().wrong("title must have a word");
        }
        name = String.join(" ", words.stream().map(ScoreWord::text).toList());
    }

    private void beats(ScoreLine line) {
        ScoreWord word = line.next();
        if (barTicksUsed) {
            throw word.wrong("beats must be set before the first voice and tempo");
        }
        barTicks = word.number("beats", 1, BEATS_MAX) * ScoreNote.TICKS_PER_BEAT;
        line.requireEnd();
    }

    private void tempo(ScoreLine line) {
        ScoreWord word = line.next();
        int tempoBpm = word.number("tempo", TEMPO_MIN_BPM, TEMPO_MAX_BPM);
        line.require("at");
        int tick = barTick(line);
        if (line.skip("beat")) {
            int beats = barTicks / ScoreNote.TICKS_PER_BEAT;
            tick += (line.next().number("beat", 1, beats) - 1) * ScoreNote.TICKS_PER_BEAT;
        }
        line.requireEnd();
        if (!tempos.add(tick, tempoBpm)) {
            throw word.wrong("tempo must be set only once at a time");
        }
    }

    private int barTick(ScoreLine line) {
        barTicksUsed = true;
        line.require("bar");
        return (line.next().number("bar", 1, BAR_MAX) - 1) * barTicks;
    }

    private void sysex(ScoreLine line) {
        List<ScoreWord> words = line.rest();
        byte[] message = new byte[words.size()];
        int last = message.length - 1;
        for (int i = 0; i <= last; i++) {
            int min = i == 0 ? ScoreMessages.SYSEX_START : i == last ? ScoreMessages.SYSEX_END : 0;
            int max = i == 0 || i == last ? min : ScoreMessages.DATA_MAX;
            message[i] = (byte) words.get(i).number("hexadecimal byte", HEXADECIMAL, min, max);
        }
        if (last < 1) {
            throw line.next().wrong("system exclusive message must go from F0 to F7");
        }
        events.sysex(message);
    }

    private void voice(ScoreLine line, ScoreWord first) {
        if (!voices.isEmpty()) {
            voices.getLast().requireEnd(first);
        }
        barTicksUsed = true;
        ScoreWord voice = line.next();
        if (voice.text().isEmpty() || voices.stream().anyMatch(other -> voice.is(other.name()))) {
            throw voice.wrong("voice must have a name of its own");
        }
        line.require("channel");
        ScoreWord number = line.next();
        int channel = number.number("channel", 1, CHANNELS) - 1;
        if (voices.stream().anyMatch(other -> other.channel() == channel)) {
            throw number.wrong("voice must have a channel of its own");
        }
        VoicePart part = new VoicePart(voice.text(), channel, barTicks);
        line.rest().forEach(part::set);
        part.endHeading();
        voices.add(part);
    }

    private void canon(ScoreLine line, ScoreWord first) {
        VoicePart follower = voice(first);
        ScoreWord name = line.next();
        VoicePart leader = voices.stream().filter(voice -> voice != follower && name.is(voice.name())).findFirst()
                .orElseThrow(() -> name.wrong("leader of a canon must be an earlier voice"));
        line.require("after");
        int delayTicks = line.next().number("delay", 0, BAR_MAX) * ScoreNote.TICKS_PER_BEAT;
        line.require("beats");
        line.require("until");
        int untilTick = barTick(line);
        line.requireEnd();
        follower.requireEnd(first);
        if (follower.endTick() != 0 || untilTick > leader.endTick() + delayTicks) {
            throw first.wrong("canon must begin its voice and end while its leader plays");
        }
        follower.follow(leader, delayTicks, untilTick);
    }

    private void repeat(ScoreLine line, ScoreWord first) {
        VoicePart voice = voice(first);
        int times = line.next().number("repeat", 1, REPEAT_MAX);
        List<ScoreWord> words = line.rest();
        for (int i = 0; i < times; i++) {
            words.forEach(voice::read);
        }
    }

    private void bars(ScoreLine line, ScoreWord first) {
        if (first.text().matches("[a-z]{3,}")) {
            throw first.wrong("directive must be title, beats, tempo, sysex, voice, canon or repeat");
        }
        VoicePart voice = voice(first);
        voice.read(first);
        line.rest().forEach(voice::read);
    }

    private VoicePart voice(ScoreWord first) {
        if (voices.isEmpty()) {
            throw first.wrong("line must be a directive or stand in a voice");
        }
        return voices.getLast();
    }
}
