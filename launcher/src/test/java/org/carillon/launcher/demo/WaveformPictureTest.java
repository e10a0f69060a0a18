package org.carillon.launcher.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.carillon.launcher.sound.LevelMeter;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

final class WaveformPictureTest {
    private static final int RATE_HZ = 8_000;
    private static final int FULL_SCALE_TOP = 106;

    @Test
    void shouldDrawWhereItIsLoud() throws Exception {
        LevelMeter meter = new LevelMeter(1);
        meter.add(new float[2 * RATE_HZ], 2 * RATE_HZ);
        float[] loud = new float[RATE_HZ];
        java.util.Arrays.fill(loud, 1);
        meter.add(loud, RATE_HZ);
        Document picture = parse(WaveformPicture.svg("A <piece> & more", "file x.wav", meter, 3));

        String path = picture.getElementsByTagName("path").item(0).getAttributes().getNamedItem("d").getNodeValue();
        double first = Double.MAX_VALUE;
        for (String point : path.substring(1, path.length() - 1).split("L")) {
            String[] xy = point.split(" ");
            first = Double.parseDouble(xy[1]) <= FULL_SCALE_TOP ? Math.min(first, Double.parseDouble(xy[0])) : first;
        }
        assertEquals(56 + 864 * 2 / 3.0, first, 3);
        assertEquals("A <piece> & more", picture.getElementsByTagName("title").item(0).getTextContent());
    }

    @Test
    void shouldDrawSilence() throws Exception {
        String svg = WaveformPicture.svg("Nothing", "nowhere", new LevelMeter(2), 0);

        assertTrue(svg.contains("peak silence"), svg);
        parse(svg);
    }

    private static Document parse(String svg) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }
}
