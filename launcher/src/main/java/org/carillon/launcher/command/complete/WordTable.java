package org.carillon.launcher.command.complete;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * The verbs and options of the command as the build has written them down: to ask the annotations takes longer than a
 * person at a prompt would wait. Lines of fields between tabs, empty ones included:
 *
 * <pre>
 *   path of verbs   names, with blanks   kind   most values   choices, with bars   description   a place or an option
 *   path of verbs                        VERB                                      description   a verb
 * </pre>
 */
final class WordTable {
    static final String RESOURCE = "words.txt";
    static final String VERB = "VERB";
    static final String FIELD = "\t";
    private static final int FIELDS = 6;

    private WordTable() {}

    /** The command itself, with its verbs. */
    static Verb read() {
        InputStream resource = WordTable.class.getResourceAsStream(RESOURCE);
        if (resource == null) {
            throw new IllegalStateException("the build must have made the table of words: resource=" + RESOURCE);
        }
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            Verb root = new Verb("");
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                add(root, line.split(FIELD, FIELDS));
            }
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(Verb root, String[] fields) {
        Verb verb = root;
        boolean isVerb = fields[2].equals(VERB);
        for (String name : words(fields[0], ' ')) {
            verb = verb.verbs().computeIfAbsent(name, _ -> new Verb(isVerb ? fields[5] : ""));
        }
        if (!isVerb) {
            verb.add(new Verb.Place(words(fields[1], ' '), Kind.valueOf(fields[2]), Integer.parseInt(fields[3]),
                    words(fields[4], '|'), fields[5]));
        }
    }

    private static List<String> words(String text, char separator) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(separator == '|' ? "\\|" : " "));
    }
}
