/** Sequences, Standard MIDI Files, player and recorder. */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.carillon.sequencer;
