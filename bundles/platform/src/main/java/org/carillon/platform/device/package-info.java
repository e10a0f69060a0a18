/** What the system tells of MIDI devices beside their bytes: where they are plugged in, and who has them. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.carillon.platform.device;
