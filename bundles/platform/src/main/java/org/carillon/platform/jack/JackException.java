package org.carillon.platform.jack;

/** The sound server or its library did not do what was asked; the message says what and which. */
public final class JackException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JackException(String message) {
        super(message);
    }
}
