package org.carillon.bench.enemies;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server has said in its life.
 *
 * @param expulsions clients it has ended, of which each has a line, or is counted in a later one.
 * @param errors     lines of what must not happen in it.
 */
record ServerLog(long expulsions, List<String> errors, long lengthBytes) {
    private static final Pattern EXPULSION = Pattern.compile("(session|connection) is ended: ");
    private static final Pattern UNSAID = Pattern.compile("unsaidBefore=([0-9]+)");
    private static final Pattern ERROR = Pattern.compile("\\b(SEVERE|ERROR)\\b|Exception|Error:|A fatal error");

    static ServerLog of(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        long expulsions = 0;
        List<String> errors = new ArrayList<>();
        for (String line : lines) {
            expulsions += EXPULSION.matcher(line).find() ? 1 : 0;
            if (ERROR.matcher(line).find()) {
                errors.add(line);
            }
            Matcher unsaid = UNSAID.matcher(line);
            expulsions += unsaid.find() ? Long.parseLong(unsaid.group(1)) : 0;
        }
        return new ServerLog(expulsions, errors, Files.size(file));
    }
}
