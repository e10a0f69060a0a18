/**
 * The server from another process: open a session, have ports, send and receive events. A plain jar without OSGi that
 * needs the jars of protocol and platform and nothing else.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.carillon.client;
