package org.carillon.client.javasound;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a program is called by people: after its jar, its main class or its source file. */
final class ProgramName {
    /** So that names of its ports have room behind it. */
    static final int MAX_LENGTH_BYTES = 40;

    private static final String UNKNOWN = "java";
    /** Programs that are run from their source file: the launcher of the compiler is their main class. */
    private static final Pattern SOURCE = Pattern
            .compile("^jdk\\.compiler/\\S+\\s+(?:.*[/\\\\])?([^/\\\\]+?)\\.java(?:\\s.*)?$");
    private static final Pattern JAR = Pattern.compile("^(?:\\S*[/\\\\])?([^/\\\\\\s]+)\\.jar(?:\\s.*)?$");
    /** No main class begins like that. */
    private static final Pattern JAR_WITH_SPACES = Pattern.compile("^[/.].*?/([^/]+?)\\.jar(?:\\s.*)?$");
    private static final Pattern CLASS = Pattern.compile("^(?:\\S+/)?(?:[^\\s/]+\\.)?([^\\s/.]+)(?:\\s.*)?$");

    private ProgramName() {}

    static String ofThisProcess() {
        return of(System.getProperty("sun.java.command", ""));
    }

    /** @param command main class or jar, and arguments. */
    static String of(String command) {
        for (Pattern pattern : new Pattern[]{SOURCE, JAR, JAR_WITH_SPACES, CLASS}) {
            Matcher matcher = pattern.matcher(command);
            if (matcher.matches()) {
                String name = cut(matcher.group(1).replaceAll("[:\\p{Cntrl}]", " "), MAX_LENGTH_BYTES).strip();
                return name.isEmpty() ? UNKNOWN : name;
            }
        }
        return UNKNOWN;
    }

    /** The beginning of a text that fits into so many bytes of UTF-8. */
    static String cut(String text, int maxBytes) {
        int length = text.length();
        while (text.substring(0, length).getBytes(StandardCharsets.UTF_8).length > maxBytes) {
            length = text.offsetByCodePoints(length, -1);
        }
        return text.substring(0, length);
    }
}
