package org.carillon.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.carillon.api.filter.CompiledFilter;
import org.carillon.api.filter.FilterException;
import org.carillon.api.filter.FilterTables;

/** Reads the words of one filter. */
final class Parser {
    private record Change(Word.Transform transform, Values values) {}

    private final String text;
    private final List<Token> tokens;
    private final Selection selection = new Selection();
    private final List<Change> changes = new ArrayList<>();
    private int next;

    Parser(String text) {
        this.text = text;
        tokens = Token.of(text);
    }

    CompiledFilter parse() throws FilterException {
        while (next < tokens.size()) {
            Word word = word(tokens.get(next++));
            switch (word.meaning()) {
                case Word.Negation _ -> negated();
                case Word.Selector selector -> selector.select(selection, true, values(word));
                case Word.Transform transform -> changes.add(new Change(transform, values(word)));
            }
        }
        FilterTables tables = new FilterTables();
        selection.write(tables);
        for (Change change : changes) {
            change.transform().change(tables, change.values());
        }
        return tables.compile(text);
    }

    private void negated() throws FilterException {
        String expected = "a selector or range after \"not\"";
        if (next == tokens.size()) {
            throw end(expected, Vocabulary.NOT.name());
        }
        Token token = tokens.get(next++);
        Word word = word(token);
        if (!(word.meaning() instanceof Word.Selector selector)) {
            throw wrong(token, expected, "word");
        }
        selector.select(selection, false, values(word));
    }

    private Word word(Token token) throws FilterException {
        Word word = Vocabulary.named(token.text());
        if (word == null) {
            Word nearest = Vocabulary.nearest(token.text());
            String hint = nearest == null ? "" : ", did you mean \"" + nearest.name() + "\"?";
            throw error(token.column(), "unknown word \"" + token.text() + "\"" + hint);
        }
        return word;
    }

    private Values values(Word word) throws FilterException {
        Values values = new Values();
        for (Argument argument : word.arguments()) {
            boolean single = word.arguments().size() == 1;
            switch (argument.shape()) {
                case ONE -> values.add(read(take(argument, word), argument, single ? word.name() : argument.label()));
                case OPTIONAL -> optional(word, argument, values);
                case SPAN -> span(word, argument, values);
                default -> pair(word, argument, values);
            }
        }
        return values;
    }

    private void optional(Word word, Argument argument, Values values) throws FilterException {
        if (next < tokens.size() && tokens.get(next).hasDigit()) {
            span(word, argument, values);
        } else {
            values.add(argument.quantity().low());
            values.add(argument.quantity().high());
        }
    }

    private void span(Word word, Argument argument, Values values) throws FilterException {
        Token token = take(argument, word);
        if (token.isRange()) {
            ends(token.low(), token.high(), argument, "lo", "hi", values);
        } else {
            double value = read(token, argument, word.name());
            values.add(value);
            values.add(value);
        }
    }

    private void pair(Word word, Argument argument, Values values) throws FilterException {
        int blank = argument.label().indexOf(' ');
        String low = argument.label().substring(0, blank);
        String high = argument.label().substring(blank + 1);
        Token token = take(argument, word);
        if (token.isRange()) {
            ends(token.low(), token.high(), argument, low, high, values);
        } else {
            read(token, argument, low);
            ends(token, take(argument, word), argument, low, high, values);
        }
    }

    private void ends(Token lowToken, Token highToken, Argument argument, String lowName, String highName,
            Values values) throws FilterException {
        double low = read(lowToken, argument, lowName);
        double high = read(highToken, argument, highName);
        if (low > high && argument.shape() != Argument.Shape.ENDS) {
            throw error(highToken.column(), "expected the higher end last: " + named(lowName, lowToken) + ", "
                    + named(highName, highToken));
        }
        values.add(low);
        values.add(high);
    }

    private Token take(Argument argument, Word word) throws FilterException {
        if (next == tokens.size()) {
            throw end(argument.quantity().description(), word.name());
        }
        return tokens.get(next++);
    }

    private double read(Token token, Argument argument, String name) throws FilterException {
        double value = argument.quantity().read(token.text());
        if (Double.isNaN(value)) {
            throw wrong(token, argument.quantity().description(), name);
        }
        return value;
    }

    private FilterException end(String expected, String word) {
        return error(text.length() + 1, "expected " + expected + ", not the end: word=" + word);
    }

    private static FilterException wrong(Token token, String expected, String name) {
        return error(token.column(), "expected " + expected + ": " + named(name, token));
    }

    private static String named(String name, Token token) {
        return name.toLowerCase(Locale.ROOT) + "=" + token.text();
    }

    private static FilterException error(int column, String message) {
        return new FilterException(column, "column " + column + ": " + message);
    }
}
