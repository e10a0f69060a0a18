/** Filters: what may pass a connection, and how it is changed on the way. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.carillon.api.filter;
