package org.carillon.webconsole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.carillon.api.driver.DriverInfo;
import org.carillon.api.port.CarillonException;
import org.junit.jupiter.api.Test;

final class StateJsonTest {
    private static final String HOSTILE = "\"</script><img src=x onerror=alert(1)>\\\n\u2028${x}";

    @Test
    void shouldKeepHostileNamesAsTheyAre() {
        String text = StateJson.driver(new DriverInfo(HOSTILE, "", "", DriverInfo.State.FENCED, HOSTILE)).toString();

        assertEquals(HOSTILE, Json.parse(text).asObject().getString("file", ""));
        assertEquals("fenced", Json.parse(text).asObject().getString("state", ""));
    }

    @Test
    void shouldSayTheSameAsText() {
        StringWriter text = new StringWriter();
        String state = """
                {"ready":true,"drivers":[{"file":"a.jar","reason":"","evidence":{"serial":"7","place":""}}],
                "devices":[],"remembered":[],"ports":[],"connections":[],"sessions":["one"],
                "counters":{"events-in":3},"drops":{}}
                """;
        StateText.print(Json.parse(state).asObject(), new PrintWriter(text, true));

        assertTrue(text.toString().contains("  file=a.jar, evidence=(serial=7)"), text.toString());
        assertTrue(text.toString().contains("  one"), text.toString());
        assertTrue(text.toString().contains("  events-in=3"), text.toString());
    }

    @Test
    void shouldRefuseWhatIsNoAction() {
        Actions actions = new Actions(new House(null, () -> null, () -> null, List::of));
        for (String request : new String[]{"[]", "7", "{}", "{\"do\":7}", "{\"do\":\"explode\"}",
            "{\"do\":\"connect\",\"source\":\" \"}", "{\"do\":\"untap\",\"of\":\"x\"}"}) {
            CarillonException e = assertThrows(CarillonException.class, () -> actions.act(Json.parse(request)));
            assertEquals(CarillonException.Kind.WRONG_USAGE, e.kind(), request);
        }
    }

    @Test
    void shouldSayThatAPartIsLeftOut() {
        Actions actions = new Actions(new House(null, () -> null, () -> null, List::of));
        CarillonException e = assertThrows(CarillonException.class,
                () -> actions.act(Json.parse("{\"do\":\"stop\",\"file\":\"a.jar\"}")));
        assertEquals(CarillonException.Kind.UNREACHABLE, e.kind());
    }
}
