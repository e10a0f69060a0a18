package org.carillon.sampler.format;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads the text of an SFZ file and of those that it includes: takes out comments, puts in definitions, and hands over
 * headers and opcodes. A value goes to the next opcode, header, comment or end of line, so that it may hold blanks.
 */
final class SfzScanner {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_INCLUDES = 1_000;
    private static final int MAX_DEFINITION = 512;
    /** Of all text together, included and defined. */
    private static final long MAX_CHARS = 16 << 20;
    private static final int MAX_NAME = 64;
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final SfzFiles files;
    private final Notices notices;
    private final SfzSink sink;
    private final Map<String, String> definitions = new HashMap<>();
    /** The files that are being read, outermost last. */
    private final Deque<Path> chain = new ArrayDeque<>();
    private int includes;
    private long chars;

    SfzScanner(SfzFiles files, Notices notices, SfzSink sink) {
        this.files = files;
        this.notices = notices;
        this.sink = sink;
    }

    /** Reads the outermost file. */
    void scan(Path file) throws IOException {
        chain.push(file.toRealPath());
        new Text(file, read(file)).scan();
        chain.pop();
    }

    private String read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new FormatException(Place.of(file), "expected a file that can be read");
        }
        count(Files.size(file), Place.of(file));
        byte[] bytes = Files.readAllBytes(file);
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            notices.add(Notice.Kind.ASSUMED, Place.of(file), "text is no UTF-8, it is read as ISO 8859-1");
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private void count(long more, Place place) throws FormatException {
        chars += more;
        if (chars > MAX_CHARS) {
            throw new FormatException(place, "expected at most " + MAX_CHARS + " characters of SFZ: chars=" + chars);
        }
    }

    private void include(String path, Path includer, Place place) throws IOException {
        Path file;
        try {
            file = files.find(path, includer);
        } catch (InvalidPathException e) {
            file = null;
        }
        if (file == null) {
            notices.add(Notice.Kind.MISSING, place, "included file is not there: include=" + SfzOpcode.shown(path));
            return;
        }
        Path real = file.toRealPath();
        if (chain.contains(real) || chain.size() == MAX_DEPTH || ++includes > MAX_INCLUDES) {
            String way = chain.reversed().stream().map(Path::getFileName).map(Path::toString)
                    .collect(Collectors.joining(" -> "));
            throw new FormatException(place, "expected files that do not include each other, at most " + MAX_DEPTH
                    + " deep and " + MAX_INCLUDES + " in all: chain=" + way + " -> " + real.getFileName());
        }
        chain.push(real);
        new Text(file, read(file)).scan();
        chain.pop();
    }

    /** Puts definitions in; the longest name that fits wins. */
    private String expand(String text, Place place) throws FormatException {
        int next = text.indexOf('$');
        if (next < 0) {
            return text;
        }
        StringBuilder expanded = new StringBuilder(text.substring(0, next));
        while (next < text.length()) {
            int end = next + 1;
            if (text.charAt(next) == '$') {
                while (end < Math.min(text.length(), next + MAX_NAME) && SfzText.isNamePart(text.charAt(end))) {
                    end++;
                }
                while (end > next + 1 && !definitions.containsKey(text.substring(next + 1, end))) {
                    end--;
                }
            }
            String word = text.substring(next, end);
            String meaning = definitions.get(word.substring(1));
            if (word.equals("$")) {
                notices.add(Notice.Kind.WRONG, place, "expected a name that is defined before: text="
                        + SfzOpcode.shown(text));
            }
            expanded.append(meaning == null ? word : meaning);
            next = end;
        }
        count(expanded.length(), place);
        return expanded.toString();
    }

    /** The text of one file. */
    private final class Text {
        private final Path file;
        private final SfzText text;

        Text(Path file, String text) {
            this.file = file;
            this.text = new SfzText(text);
        }

        void scan() throws IOException {
            while (text.skipBlanks()) {
                Place place = Place.line(file, text.line());
                switch (text.peek()) {
                    case '<' -> header(place);
                    case '#' -> directive(place);
                    default -> opcode(place);
                }
            }
            if (text.isCommentOpen()) {
                notices.add(Notice.Kind.WRONG, Place.line(file, text.line()), "expected the end of a comment");
            }
        }

        private void header(Place place) throws FormatException {
            String name = text.takeHeader();
            if (name == null) {
                wrong(place, "expected a header such as <region>", text.takeLine());
            } else {
                sink.header(name.toLowerCase(Locale.ROOT), place);
            }
        }

        private void directive(Place place) throws IOException {
            String word = text.takeWord();
            if (word.equals("#define")) {
                define(place);
            } else if (word.startsWith("#include")) {
                String path = text.takeQuoted();
                if (path == null) {
                    wrong(place, "expected a path in quotes after #include", text.takeLine());
                } else {
                    include(expand(path, place), file, place);
                }
            } else {
                wrong(place, "expected #define or #include", word);
            }
        }

        private void define(Place place) throws FormatException {
            String name = text.takeWordOnLine();
            String value = text.takeWordOnLine();
            if (name.length() < 2 || name.length() > MAX_NAME || name.charAt(0) != '$'
                    || SfzText.nameEnd(name, 1) != name.length()) {
                wrong(place, "expected #define $NAME value", name);
                return;
            }
            String meaning = expand(value, place);
            if (meaning.length() > MAX_DEFINITION) {
                throw new FormatException(place, "expected a definition of at most " + MAX_DEFINITION
                        + " characters: name=" + SfzOpcode.shown(name) + ", chars=" + meaning.length());
            }
            definitions.put(name.substring(1), meaning);
        }

        private void opcode(Place place) throws FormatException {
            String rawName = text.takeName();
            if (rawName == null) {
                wrong(place, "expected opcode=value", text.takeWord());
                return;
            }
            String name = expand(rawName, place).toLowerCase(Locale.ROOT);
            boolean isPath = name.equals("sample") || name.equals("default_path");
            sink.opcode(new SfzOpcode(SfzVocabulary.usual(name), expand(text.takeValue(isPath), place), place));
        }

        private void wrong(Place place, String expected, String found) {
            notices.add(Notice.Kind.WRONG, place, expected + ": text=" + SfzOpcode.shown(found));
        }
    }
}
