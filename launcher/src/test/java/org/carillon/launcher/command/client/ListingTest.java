package org.carillon.launcher.command.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.eclipsesource.json.JsonObject;
import java.util.List;
import org.carillon.launcher.doctor.Paint;
import org.junit.jupiter.api.Test;

final class ListingTest {
    private final Listing listing = new Listing("things", List.of(new JsonObject().add("name", "a").add("state",
            "active"), new JsonObject().add("name", "long").add("state", "absent since 12:00:00")),
            List.of("name", "state"), row -> row.getString("name", ""));

    @Test
    void shouldGreyWhatIsAbsentWhereColoursAreWanted() {
        List<String> lines = listing.text(new Paint(true)).lines().toList();

        assertEquals("a     active", lines.get(1));
        assertTrue(lines.get(2).startsWith("\033[2mlong  absent since"), lines.get(2));
        assertEquals(-1, listing.text().indexOf('\033'));
    }

    @Test
    void shouldTellNamesAndObjects() {
        assertEquals(List.of("a", "long"), listing.plain().lines().toList());
        assertTrue(listing.json().startsWith("{\"schema\":1,\"things\":[{"), listing.json());
    }
}
