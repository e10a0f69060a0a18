/** A sampler as a plain library: notes in from any thread, sound out in the caller's own audio callback. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.carillon.sampler;
