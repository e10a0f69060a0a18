package org.carillon.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.util.List;
import org.carillon.protocol.StatusPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ServerViewTest {
    private final StatusPage page = new StatusPage(Arena.ofAuto().allocate(StatusPage.LENGTH, 128));
    private final ServerView view = new ServerView(page);

    @Test
    @Timeout(60)
    void shouldNotWaitForAServerThatDiedWhileItWrote() {
        assertEquals(List.of(), view.sessions());

        page.beginChange();

        ClientException gone = assertThrows(ClientException.class, view::sessions);
        assertEquals(ClientException.Kind.UNREACHABLE, gone.kind());
        assertEquals("server is unreachable: its tables stay unfinished", gone.getMessage());
        page.endChange();
        assertEquals(List.of(), view.sessions());
    }
}
