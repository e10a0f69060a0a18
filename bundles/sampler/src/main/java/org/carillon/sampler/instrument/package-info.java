/** What sounds: samples in memory, the regions that they play in, programs of regions. All immutable. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.carillon.sampler.instrument;
