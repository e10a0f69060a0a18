package org.carillon.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    @Test
    void shouldWriteOneJsonObject() {
        Report report = new Report("ring", "a machine", 9,
                List.of(Figure.of("hop_ns", 20.5, "ns", "bare hop", 41), Figure.of("allocated_bytes", 0, "bytes")));

        assertEquals("{\"schema\":1,\"bench\":\"ring\",\"machine\":\"a machine\",\"rounds\":9,\"figures\":["
                + "{\"name\":\"hop_ns\",\"value\":20.50,\"unit\":\"ns\",\"control\":\"bare hop\","
                + "\"control_value\":41,\"ratio\":0.5000},"
                + "{\"name\":\"allocated_bytes\",\"value\":0,\"unit\":\"bytes\"}]}", report.toJson());
    }

    @Test
    void shouldEscapeText() {
        Report report = new Report("a\"b", "back\\slash\nline\u0001", 1, List.of());

        assertEquals("{\"schema\":1,\"bench\":\"a\\\"b\",\"machine\":\"back\\\\slash\\u000aline\\u0001\","
                + "\"rounds\":1,\"figures\":[]}", report.toJson());
    }

    @Test
    void shouldWriteNullForWhatIsNoNumber() {
        Report report = new Report("b", "m", 1, List.of(Figure.of("f", 1, "ns", "c", 0)));

        assertTrue(report.toJson().endsWith("\"control_value\":0,\"ratio\":null}]}"));
    }

    @Test
    void shouldListBenchmarksWhenNameIsUnknown() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);

        assertEquals(2, BenchMain.run(new String[]{"nothing"}, stream, stream));
        assertTrue(err.toString(StandardCharsets.UTF_8).contains("scheduler"));
    }
}
