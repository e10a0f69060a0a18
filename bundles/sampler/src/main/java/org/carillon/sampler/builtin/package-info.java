/** An instrument of our own making, for machines that have no other. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.carillon.sampler.builtin;
