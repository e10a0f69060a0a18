package org.carillon.codegen;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** What is the same in the code of every schema, from resources; a word between dollar signs is replaced. */
final class Templates {
    private Templates() {}

    static String filled(String name, Map<String, String> words) {
        String text = text(name);
        for (Map.Entry<String, String> each : words.entrySet()) {
            text = text.replace("$" + each.getKey() + "$", each.getValue());
        }
        return text;
    }

    private static String text(String name) {
        try (InputStream in = Templates.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
