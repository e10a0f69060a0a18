package org.carillon.launcher.demo;

/**
 * One message as it came.
 *
 * @param deadlineNs that it carries, server time.
 * @param arrivalNs  server time when it was handed over.
 * @param message    whole, with its status byte.
 */
record Arrival(long deadlineNs, long arrivalNs, byte[] message) {}
