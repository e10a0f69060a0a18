package org.carillon.webconsole;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.apache.felix.webconsole.spi.SecurityProvider;

/** Lets in who knows the password. While there is none of these the console serves nothing. */
final class Doorkeeper implements SecurityProvider {
    static final String ID = "carillon";
    static final String USER = "carillon";
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int MAX_HEADER_LENGTH = 2_048;
    private static final String BASIC = "Basic ";

    private final RequestRules rules;
    private final byte[] digest;
    private final Lockout lockout;
    private final RareLog log;

    Doorkeeper(RequestRules rules, String password, Lockout lockout, RareLog log) {
        this.rules = rules;
        digest = sha256((USER + ":" + password).getBytes(StandardCharsets.UTF_8));
        this.lockout = lockout;
        this.log = log;
    }

    @Override
    public Object authenticate(HttpServletRequest request, HttpServletResponse response) {
        try {
            return isLetIn(request, response) ? USER : null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean isLetIn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        RequestRules.Refusal refusal = rules.refusal(request); // once more: the gate is another service
        if (refusal != null) {
            Gate.say(response, refusal.status(), refusal.message());
            return false;
        }
        String address = request.getRemoteAddr();
        long pauseNs = lockout.pauseNs(address);
        if (pauseNs > 0) {
            long seconds = TimeUnit.NANOSECONDS.toSeconds(pauseNs) + 1;
            response.setHeader("Retry-After", Long.toString(seconds));
            Gate.say(response, TOO_MANY_REQUESTS, "too many wrong passwords: try again in " + seconds + " s");
            return false;
        }
        String authorization = request.getHeader("Authorization");
        if (authorization == null) {
            ask(response);
            return false;
        }
        if (!isRight(authorization)) {
            int wrong = lockout.wrong(address);
            log.warn("wrong name or password for the console: from=" + address + ", tries=" + wrong);
            ask(response);
            return false;
        }
        lockout.right(address);
        return true;
    }

    private static void ask(HttpServletResponse response) throws IOException {
        response.setHeader("WWW-Authenticate", "Basic realm=\"Carillon\", charset=\"UTF-8\"");
        Gate.say(response, HttpServletResponse.SC_UNAUTHORIZED, "log in as " + USER
                + " with the password that carillon up says where to find");
    }

    /** Takes as long whatever is wrong: digests are compared, all of them. */
    private boolean isRight(String authorization) {
        if (authorization.length() > MAX_HEADER_LENGTH
                || !authorization.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            return false;
        }
        try {
            byte[] given = Base64.getDecoder().decode(authorization.substring(BASIC.length()).strip());
            return MessageDigest.isEqual(digest, sha256(given));
        } catch (IllegalArgumentException e) {
            return false; // not base 64
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** There is one user, who may do everything. */
    @Override
    public boolean authorize(Object user, String role) {
        return USER.equals(user);
    }

    /** A browser forgets a password when it is asked for another. */
    @Override
    public void logout(HttpServletRequest request, HttpServletResponse response) {
        try {
            ask(response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
