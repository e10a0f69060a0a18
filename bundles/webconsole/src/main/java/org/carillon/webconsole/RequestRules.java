package org.carillon.webconsole;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which requests are heard at all, whoever sends them. A browser that shows a foreign page gives itself away by
 * {@code Origin}, {@code Referer} or {@code Sec-Fetch-Site}; a page that has bent its own name to this machine does by
 * {@code Host}. Immutable, any thread.
 */
final class RequestRules {
    private static final int MAX_SHOWN_LENGTH = 80;
    private static final int HTTP_PORT = 80;

    private final Set<String> names = new TreeSet<>();
    private final int port;
    private final long maxBodyBytes;

    /** What is said to a request that is not heard. */
    record Refusal(int status, String message) {}

    /**
     * @param address      that the server listens on.
     * @param moreNames    by which the machine may be called.
     * @param maxBodyBytes that a request may carry.
     */
    RequestRules(String address, int port, List<String> moreNames, long maxBodyBytes) {
        names.addAll(List.of("localhost", "127.0.0.1", "[::1]"));
        names.add(address.indexOf(':') >= 0 ? "[" + address.toLowerCase(Locale.ROOT) + "]" : address);
        moreNames.stream().map(name -> name.strip().toLowerCase(Locale.ROOT)).filter(name -> !name.isEmpty())
                .forEach(names::add);
        this.port = port;
        this.maxBodyBytes = maxBodyBytes;
    }

    /** What speaks against a request, or null. */
    Refusal refusal(HttpServletRequest request) {
        String host = single(request, "Host");
        if (host == null || !isOurs(host)) {
            return new Refusal(HttpServletResponse.SC_FORBIDDEN, "request refused: expected Host to be one of "
                    + String.join(" ", names) + " with port " + port + ", host=" + shown(host));
        }
        String ours = "http://" + host.toLowerCase(Locale.ROOT);
        String origin = single(request, "Origin");
        if (origin != null && !origin.toLowerCase(Locale.ROOT).equals(ours)) {
            return foreign("Origin", ours, origin);
        }
        String site = single(request, "Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return foreign("Sec-Fetch-Site", "same-origin", site);
        }
        String referer = single(request, "Referer");
        if (referer != null && !referer.toLowerCase(Locale.ROOT).startsWith(ours + "/")) {
            return foreign("Referer", ours + "/", referer);
        }
        return body(request);
    }

    private static Refusal foreign(String header, String expected, String value) {
        return new Refusal(HttpServletResponse.SC_FORBIDDEN, "request refused: it comes from another page, expected "
                + header + " to be " + expected + ", " + header.toLowerCase(Locale.ROOT) + "=" + shown(value));
    }

    /** Before a byte of it is read. */
    private Refusal body(HttpServletRequest request) {
        if (request.getHeader("Transfer-Encoding") != null) {
            return new Refusal(HttpServletResponse.SC_LENGTH_REQUIRED,
                    "request refused: expected Content-Length, transfer-encoding="
                            + shown(request.getHeader("Transfer-Encoding")));
        }
        long length = request.getContentLengthLong();
        return length <= maxBodyBytes ? null
                : new Refusal(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE,
                        "upload is too large: expected at most " + maxBodyBytes + " bytes, content-length=" + length
                                + "; the limit is maxUploadMb of org.carillon.webconsole");
    }

    /** One that is sent twice is answered as one that is wrong: who reads which of them is anybody's guess. */
    private static String single(HttpServletRequest request, String header) {
        List<String> values = Collections.list(request.getHeaders(header));
        return values.isEmpty() ? null : values.size() == 1 ? values.getFirst() : String.join(", ", values);
    }

    private boolean isOurs(String host) {
        int colon = host.lastIndexOf(':');
        boolean hasPort = colon > host.lastIndexOf(']');
        String name = (hasPort ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
        String portWord = hasPort ? host.substring(colon + 1) : Integer.toString(HTTP_PORT);
        return names.contains(name) && portWord.equals(Integer.toString(port));
    }

    /** What came from outside, made fit for a line. */
    static String shown(String value) {
        if (value == null) {
            return "none";
        }
        String cut = value.length() <= MAX_SHOWN_LENGTH ? value : value.substring(0, MAX_SHOWN_LENGTH) + "...";
        return cut.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
