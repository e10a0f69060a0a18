/** Devices and their names: what tells one from another, and what is remembered of them. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.carillon.api.device;
