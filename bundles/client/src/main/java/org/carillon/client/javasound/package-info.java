/**
 * The server's ports for programs that know {@code javax.sound.midi} and nothing of the server: found by Java itself
 * once the client's jars are on the class path.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.carillon.client.javasound;
