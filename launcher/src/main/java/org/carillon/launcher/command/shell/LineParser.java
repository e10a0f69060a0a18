package org.carillon.launcher.command.shell;

import java.util.ArrayList;
import java.util.List;
import org.carillon.launcher.command.complete.Quoting;
import org.carillon.launcher.command.complete.TypedLine;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Takes lines apart as the shell's verbs will have them. */
final class LineParser implements Parser {
    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        return new Parsed(line, cursor, TypedLine.of(line.substring(0, cursor)));
    }

    /** @param typed the line up to the cursor. */
    private record Parsed(String line, int cursor, TypedLine typed) implements CompletingParsedLine {
        @Override
        public String word() {
            return typed.current();
        }

        @Override
        public int wordCursor() {
            return typed.current().length();
        }

        @Override
        public int wordIndex() {
            return typed.words().size();
        }

        @Override
        public List<String> words() {
            List<String> words = new ArrayList<>(typed.words());
            words.add(typed.current());
            return words;
        }

        @Override
        public int rawWordCursor() {
            return cursor - typed.start();
        }

        @Override
        public int rawWordLength() {
            return cursor - typed.start();
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            String quote = typed.quote() == 0 ? "" : Character.toString(typed.quote());
            return quote + Quoting.quoted(candidate.toString(), typed.quote()) + (complete ? quote : "");
        }
    }
}
