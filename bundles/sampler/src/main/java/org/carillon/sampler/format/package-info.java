/** Instruments from files: WAV, folders of WAV, SFZ, SF2; and sound into WAV files. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.carillon.sampler.format;
