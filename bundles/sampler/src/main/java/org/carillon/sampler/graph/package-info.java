/** Messages that have a time, played at their frame; the sampler as a destination of the server. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.carillon.sampler.graph;
