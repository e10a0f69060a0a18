package org.carillon.webconsole;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestRulesTest {
    private static final int MAX_BODY = 1_000;
    private final RequestRules rules = new RequestRules("127.0.0.1", 8181, List.of("Studio.local"), MAX_BODY);

    private int status(String... headers) {
        RequestRules.Refusal refusal = rules.refusal(RequestOf.headers(headers));
        return refusal == null ? 200 : refusal.status();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:8181", "localhost:8181", "LOCALHOST:8181", "[::1]:8181", "studio.local:8181"})
    void shouldHearItsOwnNames(String host) {
        assertEquals(200, status("Host", host));
        assertEquals(200, status("Host", host, "Origin", "http://" + host));
        assertEquals(200, status("Host", host, "Referer", "http://" + host + "/system/console/carillon"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example:8181", "127.0.0.1", "127.0.0.1:8182", "localhost.evil.example:8181", "",
        "localhost:8181:8181", "localhost@evil.example:8181", "127.0.0.1:", "[::1", "127.0.0.1:08181"})
    void shouldRefuseOtherHosts(String host) {
        assertEquals(403, status("Host", host));
    }

    @Test
    void shouldRefuseARequestWithoutHostOrWithTwo() {
        assertEquals(403, status());
        assertEquals(403, status("Host", "localhost:8181", "Host", "evil.example"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://evil.example", "null", "https://localhost:8181", "http://localhost:8182",
        "http://localhost", "http://127.0.0.1:8181", "http://localhost:8181.evil.example", ""})
    void shouldRefuseOtherOrigins(String origin) {
        assertEquals(403, status("Host", "localhost:8181", "Origin", origin));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "", "anything"})
    void shouldRefuseOtherSites(String site) {
        assertEquals(403, status("Host", "localhost:8181", "Sec-Fetch-Site", site));
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-origin", "none"})
    void shouldHearItsOwnPageAndWhoTypesTheAddress(String site) {
        assertEquals(200, status("Host", "localhost:8181", "Sec-Fetch-Site", site));
    }

    @Test
    void shouldRefuseARefererThatOnlyBeginsLikeOurs() {
        assertEquals(403, status("Host", "localhost:8181", "Referer", "http://localhost:8181.evil.example/"));
        assertEquals(403, status("Host", "localhost:8181", "Referer", "http://evil.example/http://localhost:8181/"));
    }

    @Test
    void shouldRefuseBodiesBeforeTheyAreRead() {
        assertEquals(200, status("Host", "localhost:8181", "Content-Length", Integer.toString(MAX_BODY)));
        assertEquals(413, status("Host", "localhost:8181", "Content-Length", Integer.toString(MAX_BODY + 1)));
        assertEquals(411, status("Host", "localhost:8181", "Transfer-Encoding", "chunked"));
    }

    @Test
    void shouldShowNothingThatBreaksALine() {
        RequestRules.Refusal refusal = rules.refusal(RequestOf.headers("Host", "a\r\nb\u001b[2J" + "x".repeat(10_000)));

        assertNotNull(refusal);
        assertFalse(refusal.message().contains("\n"), refusal.message());
        assertTrue(refusal.message().length() < 300, refusal.message());
        assertTrue(refusal.message().contains("host=a??b?[2J"), refusal.message());
    }

    @Test
    void shouldTakeAnAddressOfVersionSix() {
        RequestRules six = new RequestRules("fe80::1", 80, List.of(), MAX_BODY);

        assertNull(six.refusal(RequestOf.headers("Host", "[fe80::1]")));
    }
}
