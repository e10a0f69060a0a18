/** Ports and connections: who publishes, who is connected with whom. All times are server-clock nanoseconds. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.carillon.api.port;
