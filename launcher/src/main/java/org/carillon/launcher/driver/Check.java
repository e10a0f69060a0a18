package org.carillon.launcher.driver;

/**
 * One expectation of a driver.
 *
 * @param detail what was seen; of a failure, what was expected and what came.
 */
public record Check(String expectation, Verdict verdict, String detail) {
    /** How it went. */
    public enum Verdict {
        /** It holds. */
        OK,
        /** It does not hold. */
        FAILED,
        /** It could not be tried. */
        SKIPPED
    }
}
