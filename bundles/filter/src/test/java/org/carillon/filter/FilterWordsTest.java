package org.carillon.filter;

import static org.carillon.filter.Message.filter;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.carillon.api.filter.FilterException;
import org.carillon.protocol.EventType;
import org.carillon.protocol.StatusPage;
import org.junit.jupiter.api.Test;

class FilterWordsTest {
    private static final int ROUNDS = 100_000;

    private final FilterWords compiler = new FilterWords();

    @Test
    void shouldMakeFiltersWithTheirOwnState() {
        assertNotSame(filter("nrpn"), filter("nrpn"));
        assertEquals("  Ch 1", filter("  Ch 1").words());
    }

    @Test
    void shouldSayWhatWasExpected() {
        assertRefused("pb ch 17", 7, "expected a channel from 1 to 16: ch=17");
        assertRefused("ch 0", 4, "expected a channel from 1 to 16: ch=0");
        assertRefused("ch note", 4, "expected a channel from 1 to 16: ch=note");
        assertRefused("ch", 3, "expected a channel from 1 to 16, not the end: word=ch");
        assertRefused("port 256", 6, "expected a port from 0 to 255: port=256");
        assertRefused("type foo", 6, "expected a type by name or code from 0 to 255: type=foo");
        assertRefused("note C10", 6, "expected a note from C-1 to G9 or 0 to 127: note=C10");
        assertRefused("ccmap 1 128", 9, "expected a controller from 0 to 127: to=128");
        assertRefused("noterange 1 x", 13, "expected a note from C-1 to G9 or 0 to 127: hi=x");
        assertRefused("velscale -1", 10, "expected a factor from 0 to 100: velscale=-1");
        assertRefused("velcurve 0", 10, "expected a gamma from 0.01 to 100: velcurve=0");
        assertRefused("velcurve 1e1", 10, "expected a gamma from 0.01 to 100: velcurve=1e1");
        assertRefused("transp 99999999999999999999", 8,
                "expected semitones from -127 to 127: transp=" + "9".repeat(20));
        assertRefused("ccscale 7", 10, "expected a factor from 0 to 100, not the end: word=ccscale");
    }

    @Test
    void shouldPointIntoRanges() {
        assertRefused("ch 1..17", 7, "expected a channel from 1 to 16: hi=17");
        assertRefused("ch ..3", 4, "expected a channel from 1 to 16: lo=");
        assertRefused("ch 1..", 7, "expected a channel from 1 to 16: hi=");
        assertRefused("ch 5..3", 7, "expected the higher end last: lo=5, hi=3");
        assertRefused("noterange C5 C4", 14, "expected the higher end last: lo=C5, hi=C4");
        assertRefused("velclip 9 3", 11, "expected the higher end last: min=9, max=3");
        assertRefused("ccrescale 7 9..3 0 1", 16, "expected the higher end last: inlo=9, inhi=3");
    }

    @Test
    void shouldNameTheNearestWord() {
        assertRefused("transpose", 1, "unknown word \"transpose\", did you mean \"transp\"?");
        assertRefused("ch 1 nterange 1 2", 6, "unknown word \"nterange\", did you mean \"noterange\"?");
        assertRefused("  ccscael 1 2", 3, "unknown word \"ccscael\", did you mean \"ccscale\"?");
        assertRefused("channels 1", 1, "unknown word \"channels\"");
        assertRefused("ch 1 2", 6, "unknown word \"2\"");
        assertRefused("\uD83C\uDFB9", 1, "unknown word \"\uD83C\uDFB9\"");
    }

    @Test
    void shouldNegateOnlySelectors() {
        assertRefused("not", 4, "expected a selector or range after \"not\", not the end: word=not");
        assertRefused("not not ch 1", 5, "expected a selector or range after \"not\": word=not");
        assertRefused("ch 1 not transp 12", 10, "expected a selector or range after \"not\": word=transp");
    }

    @Test
    void shouldRefuseWhatTheStatusPageCannotShow() throws FilterException {
        String longest = "ch 1" + " ".repeat(StatusPage.MAX_FILTER_LENGTH - 4);
        compiler.compile(longest);
        assertRefused(longest + " ", 1, "expected filter words of at most 342 bytes: lengthBytes=343");
        assertRefused("é".repeat(172), 1, "expected filter words of at most 342 bytes: lengthBytes=344");
    }

    @Test
    void shouldReadNoteNames() {
        String[] names = {"C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"};
        for (int note = 0; note < 128; note++) {
            assertEquals(note, Numbers.note(names[note % 12] + (note / 12 - 1)));
        }
        assertEquals(60, Numbers.note("c4"));
        assertEquals(59, Numbers.note("Cb4"));
        assertEquals(58, Numbers.note("bB3"));
        assertEquals(59, Numbers.note("b3"));
        assertEquals(60, Numbers.note("B#3"));
        for (String wrong : new String[]{"", "C", "H4", "C##4", "C--1", "C4 ", "4", "C-"}) {
            assertEquals(Double.NaN, Numbers.note(wrong), wrong);
        }
    }

    @Test
    void shouldAnswerEveryPhraseWithAFilterOrAFilterException() {
        Random random = new Random(1);
        String[] alphabet = IntStream.concat(IntStream.range(0, Vocabulary.WORDS.size()), IntStream.range(-20, 0))
                .mapToObj(i -> i < 0 ? arguments(i + 20) : Vocabulary.WORDS.get(i).name()).toArray(String[]::new);
        for (int i = 0; i < ROUNDS; i++) {
            tryToCompile(random.ints(random.nextInt(12), 0, alphabet.length).mapToObj(word -> alphabet[word])
                    .collect(Collectors.joining(" ")), random);
        }
    }

    @Test
    void shouldAnswerEveryTextWithAFilterOrAFilterException() {
        Random random = new Random(2);
        String likely = "abcdefghijklmnopqrstuvwxyzC#0123456789.-+xX \t";
        for (int i = 0; i < ROUNDS; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(40); length > 0; length--) {
                text.append(random.nextInt(4) > 0 ? likely.charAt(random.nextInt(likely.length()))
                        : (char) random.nextInt(0x10000));
            }
            tryToCompile(text.toString(), random);
        }
    }

    private static String arguments(int index) {
        return new String[]{"0", "1", "7", "16", "60", "127", "128", "-1", "0x7F", "0.5", "2.0", "C4", "G9", "Bb-1",
            "1..4", "60..72", "9..3", "..", "tempo", "C3..C4"}[index];
    }

    private void tryToCompile(String words, Random random) {
        try {
            int channel = random.nextInt(16) + 1;
            Message.noteOn(channel, random.nextInt(128), random.nextInt(128)).through(compiler.compile(words));
            new Message(EventType.BASE + random.nextInt(256), random.nextInt(256), random.nextLong())
                    .through(compiler.compile(words));
        } catch (FilterException e) {
            String column = "column " + e.column() + ": ";
            assertEquals(column, e.getMessage().substring(0, Math.min(column.length(), e.getMessage().length())));
        }
    }

    private void assertRefused(String words, int column, String message) {
        FilterException e = assertThrows(FilterException.class, () -> compiler.compile(words));
        assertEquals("column " + column + ": " + message, e.getMessage());
        assertEquals(column, e.column());
    }
}
