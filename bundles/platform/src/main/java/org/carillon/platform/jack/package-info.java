/**
 * Clients of a JACK sound server, or of PipeWire through its own libjack, by {@code java.lang.foreign} alone.
 * <p>
 * The library is {@code libjack.so.0}, or what the system property {@code carillon.jack.library} names. No server is
 * ever started from here.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.carillon.platform.jack;
