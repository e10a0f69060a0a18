package org.carillon.sampler.output;

/** An output cannot be had; the message says why, and what would help. */
public final class OutputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** @param message what was expected, and the values. */
    public OutputException(String message) {
        super(message);
    }

    /** @param cause what failed below. */
    public OutputException(String message, Throwable cause) {
        super(message, cause);
    }
}
