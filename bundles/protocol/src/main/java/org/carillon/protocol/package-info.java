/**
 * The byte layout of everything that crosses a thread or a process: event records, wake-up words, the clock line and
 * the status page. Server and clients of every language follow these drawings; {@code golden-records.txt} holds sample
 * bytes that each of them must read and write alike.
 * <p>
 * All words are little-endian. A record starts at a multiple of 8 bytes. Nothing here starts a thread, takes a lock or
 * allocates after construction.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.carillon.protocol;
