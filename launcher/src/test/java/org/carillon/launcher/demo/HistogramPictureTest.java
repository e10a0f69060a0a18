package org.carillon.launcher.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

final class HistogramPictureTest {
    private static final long US = 1_000;

    @Test
    void shouldBeWellFormedWhateverTheTextSays() throws Exception {
        String title = "a < b & \"c\" > 'd' \u0000 100 % %s";
        Document document = parsed(HistogramPicture.svg(title, List.of("]]> & <svg>"), latencies()));

        assertEquals("svg", document.getDocumentElement().getLocalName());
        assertEquals(title.replace('\u0000', ' '), document.getElementsByTagName("title").item(0).getTextContent());
        assertTrue(texts(document).contains("]]> & <svg>"));
    }

    @Test
    void shouldDescribeItselfToWhoCannotSeeIt() throws Exception {
        Document document = parsed(HistogramPicture.svg("Latency", List.of(), latencies()));

        assertEquals("img", document.getDocumentElement().getAttribute("role"));
        assertTrue(document.getElementsByTagName("desc").item(0).getTextContent().contains("p50"));
    }

    @Test
    void shouldMarkMedianAnd99thPercentile() throws Exception {
        long[] valuesNs = new long[1_000];
        Arrays.fill(valuesNs, 12_340);
        Arrays.fill(valuesNs, 900, 1_000, 2_500 * US);
        List<String> texts = texts(parsed(HistogramPicture.svg("Latency", List.of(), valuesNs)));

        assertTrue(texts.contains("p50 12.3 µs"), texts.toString());
        assertTrue(texts.contains("p99 2.50 ms"), texts.toString());
    }

    @Test
    void shouldNameEachDecadeOfTheAxis() throws Exception {
        List<String> texts = texts(parsed(HistogramPicture.svg("Latency", List.of(), latencies())));

        assertTrue(texts.containsAll(List.of("1 µs", "10 µs", "100 µs", "1 ms", "10 ms", "100 ms")), texts.toString());
    }

    @Test
    void shouldKeepEveryBarInsideThePicture() throws Exception {
        long[] valuesNs = {-5, 0, 1, US, 17 * US, 99_999 * US, 100_000 * US, Long.MAX_VALUE};
        Document document = parsed(HistogramPicture.svg("Latency", List.of(), valuesNs));

        List<Element> bars = bars(document);
        assertEquals(3, bars.size());
        for (Element bar : bars) {
            double x = Double.parseDouble(bar.getAttribute("x"));
            assertTrue(x >= 88 && x + Double.parseDouble(bar.getAttribute("width")) <= 920, "x=" + x);
        }
    }

    @Test
    void shouldCountEachValueOnce() {
        int[] counts = LatencyScale.counts(new long[]{1 * US, 9_999, 10 * US, 10 * US, 5, 900_000 * US});

        assertEquals(6, Arrays.stream(counts).sum());
        assertEquals(2, counts[0]);
        assertEquals(1, counts[LatencyScale.BARS_PER_DECADE - 1]);
        assertEquals(2, counts[LatencyScale.BARS_PER_DECADE]);
        assertEquals(1, counts[LatencyScale.BARS - 1]);
    }

    @Test
    void shouldBreakLongLinesBetweenWords() {
        assertEquals(List.of("one two", "three", "fourfiv", "e"), SvgText.wrapped("one two three fourfive", 7));
    }

    private static long[] latencies() {
        Random random = new Random(1706);
        return random.doubles(10_000).mapToLong(d -> (long) (8_000 / Math.sqrt(1 - d))).toArray();
    }

    private static Document parsed(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static List<Element> bars(Document document) {
        NodeList all = document.getElementsByTagName("rect");
        List<Element> bars = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            Element rect = (Element) all.item(i);
            if (!rect.getAttribute("class").isEmpty()) {
                bars.add(rect);
            }
        }
        return bars;
    }

    private static List<String> texts(Document document) {
        NodeList all = document.getElementsByTagName("text");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            texts.add(all.item(i).getTextContent());
        }
        return texts;
    }
}
