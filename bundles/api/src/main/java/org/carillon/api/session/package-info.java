/** Sessions of client programs: sending, receiving, tasks. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.carillon.api.session;
