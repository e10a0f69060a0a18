package org.carillon.bench.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.Map;
import org.carillon.bench.process.Cores;
import org.junit.jupiter.api.Test;

class ReadingTest {
    @Test
    void shouldReadWhatAControlPrints() {
        Reading reading = Reading.parse("{\"client\":\"c\",\"rateHz\":48000,\"p99Ns\":-12.5e3, \"rms\": 0.25 }\n");

        assertEquals(Map.of("rateHz", 48_000.0, "p99Ns", -12_500.0, "rms", 0.25), reading.values());
    }

    @Test
    void shouldReadWhatAWorkerAnswers() {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("cpuNs", 123_456_789.0);
        values.put("rms", 0.000125);

        assertEquals(values, Reading.parse(Answers.json(values)).values());
    }

    @Test
    void shouldNotTakeOtherLinesForAnswers() {
        assertThrows(IllegalStateException.class, () -> Reading.parse("no JACK server"));
        assertThrows(IllegalStateException.class, () -> Reading.parse("{\"cpuNs\":12"));
    }

    @Test
    void shouldNameTheNumberThatIsMissing() {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("rms", Double.NaN);
        Reading reading = Reading.parse(Answers.json(values));

        String message = assertThrows(IllegalStateException.class, () -> reading.get("rms")).getMessage();
        assertEquals("expected a number of this name: name=rms, reading={}", message);
    }

    @Test
    void shouldFindTheLastCoreOfAList() {
        assertEquals(3, Cores.last("\t0-3"));
        assertEquals(7, Cores.last("0,2-4,7"));
        assertEquals(0, Cores.last("0"));
    }
}
