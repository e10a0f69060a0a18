package org.carillon.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import com.eclipsesource.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A benchmark of the distribution, run as the command does. When it fails its words are what it said on its way. */
public final class BenchProgram {
    private BenchProgram() {}

    /**
     * What it found, by name; it fails where the benchmark does, or breaks a promise.
     *
     * @param folder for what it says.
     */
    public static Map<String, Double> figures(Path folder, int limitS, String... arguments)
            throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path error = folder.resolve("error");
        List<String> line = new ArrayList<>(List.of("-cp", Program.distribution().resolve("lib") + "/*",
                "org.carillon.bench.BenchMain", "--json"));
        line.addAll(List.of(arguments));
        Process bench = Program.start(out, error, line.toArray(String[]::new));
        try {
            assertTrue(bench.waitFor(limitS, TimeUnit.SECONDS), () -> "no end: " + read(error));
            assertEquals(0, bench.exitValue(), () -> read(error));
        } finally {
            bench.destroy();
        }
        Map<String, Double> figures = new HashMap<>();
        for (JsonValue figure : Json.parse(Files.readString(out)).asObject().get("figures").asArray()) {
            figures.put(figure.asObject().getString("name", ""), figure.asObject().getDouble("value", Double.NaN));
        }
        return figures;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
