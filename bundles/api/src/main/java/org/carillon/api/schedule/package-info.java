/** The contract between the kernel and the store of events of later dates. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.carillon.api.schedule;
