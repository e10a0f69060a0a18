package org.carillon.webconsole;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.osgi.service.servlet.whiteboard.Preprocessor;

/** Stands before every URL of the server, those of other bundles and those that nobody serves included. */
final class Gate implements Preprocessor {
    private final RequestRules rules;
    private final RareLog log;
    private final String front;

    /** @param front path that people are sent to who ask for nothing in particular. */
    Gate(RequestRules rules, RareLog log, String front) {
        this.rules = rules;
        this.log = log;
        this.front = front;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        HttpServletRequest http = (HttpServletRequest) request;
        HttpServletResponse answer = (HttpServletResponse) response;
        answer.setHeader("X-Frame-Options", "DENY");
        answer.setHeader("X-Content-Type-Options", "nosniff");
        answer.setHeader("Referrer-Policy", "same-origin");
        RequestRules.Refusal refusal = rules.refusal(http);
        if (refusal != null) {
            log.warn(refusal.message() + ", from=" + http.getRemoteAddr());
            answer.setHeader("Connection", "close"); // what it carries is not read
            say(answer, refusal.status(), refusal.message());
        } else if (http.getRequestURI().equals("/")) {
            answer.sendRedirect(front);
        } else {
            chain.doFilter(request, response);
        }
    }

    /** Answers with one line of plain text. */
    static void say(HttpServletResponse answer, int status, String message) throws IOException {
        byte[] text = (message + "\n").getBytes(StandardCharsets.UTF_8);
        answer.setStatus(status);
        answer.setContentType("text/plain;charset=utf-8");
        answer.setHeader("Cache-Control", "no-store");
        answer.setContentLength(text.length);
        answer.getOutputStream().write(text);
        answer.flushBuffer();
    }
}
