package org.carillon.configuration;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ValidatorTest {
    static final String XML = """
            <?xml version="1.0" encoding="UTF-8"?>
            <m:MetaData xmlns:m="http://www.osgi.org/xmlns/metatype/v1.4.0">
              <OCD id="c" name="C">
                <AD id="name" type="String"/>
                <AD id="delayUs" type="Integer" min="0" max="60" default="0"/>
                <AD id="gainDb" type="Double" min="-60" max="24" default="0.0"/>
                <AD id="on" type="Boolean" default="true"/>
                <AD id="direction" type="String" default="both">
                  <Option label="in" value="in"/><Option label="both" value="both"/>
                </AD>
                <AD id="programs" type="Integer" cardinality="3" default=""/>
                <AD id="note" type="String" required="false"/>
              </OCD>
              <OCD id="s" name="S"><AD id="size" type="Byte" default="1"/></OCD>
              <Designate factoryPid="org.loop"><Object ocdref="c"/></Designate>
              <Designate pid="org.single"><Object ocdref="s"/></Designate>
            </m:MetaData>
            """;

    static Descriptions descriptions() throws IOException {
        Descriptions descriptions = new Descriptions();
        descriptions.add(new ByteArrayInputStream(XML.getBytes(StandardCharsets.UTF_8)));
        return descriptions;
    }

    private static Validator.Result check(String name, String text) throws SettingsException, IOException {
        SettingsFile file = SettingsFile.of(Path.of(name)).orElseThrow();
        return Validator.check(file, file.format().read(text), descriptions());
    }

    private static String said(Validator.Result result) {
        return result.findings().stream().map(f -> f.kind() + " " + f.line() + ":" + f.column() + " " + f.key() + ": "
                + f.message()).collect(Collectors.joining("; "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`',
            textBlock = """
                    {N, "delayUs": 61} | ERROR 1:26 delayUs: expected a whole number, 0 to 60: delayUs=61
                    {N, "delayUs": "5"} | ERROR 1:26 delayUs: expected a whole number, 0 to 60: delayUs="5"
                    {N, "delayUs": 5.5} | ERROR 1:26 delayUs: expected a whole number, 0 to 60: delayUs=5.5
                    {N, "delayUs": [5]} | ERROR 1:26 delayUs: expected a whole number, 0 to 60: delayUs=[5]
                    {N, "gainDb": -60.5} | ERROR 1:25 gainDb: expected a number, -60 to 24: gainDb=-60.5
                    {N, "on": 1} | ERROR 1:21 on: expected true or false: on=1
                    {"name": 5} | ERROR 1:10 name: expected a string: name=5
                    {N, "direction": "out"} | ERROR 1:28 direction: expected a string, one of in, both: direction="out"
                    {N, "programs": [1,2,3,4]} | ERROR 1:27 programs: expected at most 3 values: count=4
                    {"delayUs": 5} | ERROR 1:14 name: expected this key, with a string
                    {N, "delayus": 5} | WARNING 1:15 delayus: component does not know this key, did you mean: delayUs
                    {N, "xyzzy": 5} | WARNING 1:15 xyzzy: component does not know this key
                    """)
    void shouldSayWhereAndWhatWasExpected(String text, String expected) throws Exception {
        assertEquals(expected, said(check("org.loop~a.cfg.json", text.replace("N", "\"name\": \"a\""))));
    }

    @Test
    void shouldFindNothingWrongWithWhatIsRight() throws Exception {
        assertEquals("", said(check("org.loop~a.cfg.json", "{\"name\": \"\", \"delayUs\": 60, \"gainDb\": 24, "
                + "\"on\": false, \"direction\": \"in\", \"programs\": [1, 2, 3], \"service.ranking\": 5, "
                + "\"clock.target\": \"(a=b)\"}")));
        assertEquals("", said(check("org.loop~a.cfg.json", "{\"name\": \"a\", \"programs\": 7}")));
    }

    @Test
    void shouldKnowTheBoundsOfATypeWithoutMinAndMax() throws Exception {
        assertEquals("ERROR 1:10 size: expected a whole number: size=128",
                said(check("org.single.cfg.json", "{\"size\": 128}")));
        assertEquals("", said(check("org.single.cfg.json", "{\"size\": -128}")));
    }

    @Test
    void shouldJudgeTheNameOfTheFile() throws Exception {
        assertTrue(said(check("org.loop.cfg.json", "{\"name\": \"a\"}")).startsWith(
                "WARNING 1:1 : expected an instance, PID~name"));
        assertTrue(said(check("org.single~a.cfg.json", "{}")).startsWith("WARNING 1:1 : expected no ~name"));
        assertEquals("UNKNOWN_PID 1:1 : no bundle describes this component: pid=org.lop, did you mean: org.loop",
                said(check("org.lop~a.cfg.json", "{\"any\": 1}")));
    }

    @Test
    void shouldGiveWordsTheirType() throws Exception {
        Validator.Result result = check("org.loop~a.cfg",
                "name = 5\ndelayUs = 7\ngainDb=-3.5\non = FALSE\nprograms = 1, 2\n");

        assertEquals("", said(result));
        assertEquals("5", result.values().get("name"));
        assertEquals(7L, result.values().get("delayUs"));
        assertEquals(-3.5, result.values().get("gainDb"));
        assertEquals(false, result.values().get("on"));
        assertArrayEquals(new Long[]{1L, 2L}, (Long[]) result.values().get("programs"));
        assertEquals("ERROR 2:6 on: expected true or false: on=\"yes\"",
                said(check("org.loop~a.cfg", "name = a\non = yes\n")));
    }

    @Test
    void shouldRefuseADescriptionThatReachesOutside() {
        assertThrows(IOException.class, () -> new Descriptions().add(new ByteArrayInputStream(
                "<!DOCTYPE a [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><a b=\"&e;\"/>".getBytes(
                        StandardCharsets.UTF_8))));
        assertEquals(List.of(), List.copyOf(new Descriptions().pids()));
    }
}
