package org.carillon.bench.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The other end of a {@link Worker}: reads questions from the standard input, answers on the standard output. */
public final class Answers {
    /** Measures what a question asks for. */
    @FunctionalInterface
    public interface Measuring {
        /** Numbers by their names. */
        Map<String, Double> answer(String[] question) throws IOException, InterruptedException;
    }

    private Answers() {}

    /** Until the input ends. */
    public static void give(Measuring measuring) throws IOException, InterruptedException {
        BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = questions.readLine(); line != null; line = questions.readLine()) {
            System.out.println(json(measuring.answer(line.strip().split(" +"))));
        }
    }

    public static String json(Map<String, Double> values) {
        return values.entrySet().stream()
                .map(pair -> "\"" + pair.getKey() + "\":" + String.format(Locale.ROOT, "%.9f", pair.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }
}
