/**
 * What clients ask of a server over the control channel: classes, a client and a dispatcher, all made of
 * {@code src/main/schema/control.json} by this build.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.carillon.protocol.control;
