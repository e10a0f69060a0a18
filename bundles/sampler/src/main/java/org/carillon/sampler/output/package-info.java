/** Where the sound goes: a sound server, a sound card, a file, or nowhere at the right speed. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.carillon.sampler.output;
