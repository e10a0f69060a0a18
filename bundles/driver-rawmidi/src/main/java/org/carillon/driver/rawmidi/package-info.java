/** Raw MIDI byte streams: device files, FIFOs, terminals. */
package org.carillon.driver.rawmidi;
