/**
 * What the operating system gives to a thread that must be on time: a place to sleep until a date or a call, and the
 * rights of a real-time thread. Everything works without native access too, only less exactly.
 * <p>
 * All dates are nanoseconds of {@link System#nanoTime()}, which is CLOCK_MONOTONIC on Linux.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.carillon.platform;
