package org.carillon.platform;

/**
 * The answer of the operating system to a request. A refusal is no error: the caller goes on without, and tells.
 *
 * @param granted true when the request is in force.
 * @param message one line for the log: what happened and, when refused, which right is missing and how to get it.
 */
public record Grant(boolean granted, String message) {}
